import type { Phrases } from '../phrases.ts';
import type { Scope } from './applied.ts';

const DROP =
  "(?:ignore|drop|disregard|discard|(?:do not|don['’]t) (?:apply|merge|queue|take)|hold off on|withdraw)";
/** What is taken back: named, or "this" at the end of its clause. */
const WHAT =
  '(?:(?<what>(?:this|these|that|those|the|my|both|all)(?: \\w+)? (?:patch(?:es|set)?|patch set|series|set|version|posting|submission|e?-?mails?|thread|one|pull request)|v(?<version>\\d{1,3})|it|them)\\b(?! (?:if|when|once|unless|line|part))|(?<bare>this|these|that)(?=$|[.!,;:)]| [-–—(]))';

/** How it is said. */
export const WITHDRAWN: Phrases = {
  words: new RegExp(`${DROP}|retract|nac?k`, 'iu'),
  forms: [
    new RegExp(
      `^(?:(?:sorry|oops|ugh|argh|hi|hello|so|no|ah|ok(?:ay)?|err?|dear|\\p{L}{2,20}|hi \\p{L}{2,20})[,.!:;-]* ){0,3}(?:so )?(?:please,? |pls )?${DROP} ${WHAT}`,
      'iu',
    ),
    new RegExp(`\\b(?:please|pls),? (?:just )?${DROP} ${WHAT}`, 'iu'),
    new RegExp(
      `\\bI(?:['’]m| am|['’]ll| will|['’]d like to| have to| hereby)? (?:hereby )?(?:withdraw(?:ing)?|retract(?:ing)?) ${WHAT}`,
      'iu',
    ),
    /^(?<what>(?:this )?(?:patch|series|patch ?set|version))(?: is| has been)? (?:withdrawn|retracted)(?=$|[.!,;])/iu,
    /^(?<bare>withdrawn|self[- ]nac?k(?:ed)?)(?=$|[.!,;:])/iu,
  ],
};
const NOT_WITHDRAWN =
  /\b(?:if|when|once|unless|until|should|could|shall|can|line|hunk|comment|part)\b|\?\W{0,3}$/i;

/**
 * Which patches their author takes back by a sentence; undefined where the sentence does not say that. `version` is
 * the one that is answered: "please ignore v2" may stand under v3.
 */
export function withdrawnBy(sentence: string, version: number | undefined): Scope | undefined {
  if (!WITHDRAWN.words.test(sentence) || NOT_WITHDRAWN.test(sentence)) return undefined;
  for (const form of WITHDRAWN.forms) {
    const groups = form.exec(sentence)?.groups;
    if (!groups) continue;
    if (groups.version !== undefined) return Number(groups.version) === version ? 'all' : undefined;
    const what = groups.what ?? '';
    if (/\b(?:series|set|patchset|version|thread|patches|pull request|these|those|all)\b/i.test(what))
      return 'all';
    return /\bpatch\b/i.test(what) ? 'one' : 'answered';
  }
  return undefined;
}
