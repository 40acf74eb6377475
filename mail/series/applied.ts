import type { Block } from '../block.ts';
import type { Phrases } from '../phrases.ts';

/**
 * Which patches of a series a word is of: `all`; `one`, the one that is answered, and of an answer to a cover letter
 * not known which; `answered`, the patch that is answered, or all for a cover letter; `part`, not known which; or
 * those with these numbers.
 */
export type Scope = 'all' | 'one' | 'answered' | 'part' | readonly number[];

const VERB = '(?:applied|queued(?: up)?|merged|pulled(?: in)?|committed|pushed(?: out)?|picked up)';
const TAKEN = `${VERB}(?: and ${VERB})?`;
const COUNTED = 'two|three|four|five|six|seven|eight|nine|ten';
const NUMBER = String.raw`\[?\d{1,3}(?:\/\d{1,3})?\]?`;
const NUMBERS = `(?:patch(?:es)? )?#?${NUMBER}(?: ?(?:-|–|,|&|and|to|through|,? and) ?#?${NUMBER}){0,8}`;
const ADVERBS = '(?: (?:now|just|also|already|finally))*';
const DONE =
  '(?: now| just| also| already| finally| provisionally| tentatively| gone ahead and| went ahead and)*';
/** What is this work, and not some version, suggestion or fix of it. */
const WORK = `(?:the first (?:\\d{1,2}|${COUNTED})(?: patches| ones)?|(?:all|both)(?: of (?:this|these|them|it)| (?:the |these )?patches)?|everything|(?:this|these|that|the|your|those)(?: -?v\\d{1,2})?(?: (?:whole|entire|full))? (?:patch(?: ?set|es)?|series|set|one|commit)|(?:this|your) fix|${NUMBERS}|(?:this|it)(?: one| patch)? and (?:the|all) (?:rest|other \\w{2,10}|others)|this|these|it|them)`;
/** What may come before: "Thanks for fixing, applied.", "OK, Ada, both applied." */
const LEAD = String.raw`^(?:(?:(?:ok(?:ay)?|thanks?|thank you|thx|great|nice|good|perfect|awesome|cool|fine|looks? good|lgtm|yes|yep|so|and|sure|done|alright)\b[^,.!:;"]{0,50}|[\p{L}-]{2,20})[,.!:;-]+ ){0,3}(?:so |and |now )?`;

/** How it is said; `what` is what was taken. */
export const SAYS_TAKEN: Phrases = {
  words: /applied|queued|merged|pulled|committed|pushed|picked|added|taken|took/iu,
  forms: [
    // "Applied, thanks", "Series applied", "Both patches are now queued", "Applied patches 1-3"
    new RegExp(
      `${LEAD}(?<subject>(?:(?:the |this )?(?:(?:whole|entire|full) )?(?:series|set|patch(?:es|set| ?set)?(?: ${NUMBERS})?)|(?:all|both)(?: patches| of (?:them|these))?|${NUMBERS}|everything|it|this(?: one)?)(?: (?:is|are|has been|have been|was|were))?)?${ADVERBS} ?(?:${TAKEN})${ADVERBS}(?: (?<what>${WORK}))?(?<rest>(?![\\w-]).*)$`,
      'iu',
    ),
    // "I've applied this patch"
    new RegExp(
      `\\b(?:I|we)(?:['’]ve| have)${DONE} (?:${TAKEN})${ADVERBS} (?<what>${WORK})(?<rest>(?![\\w-]).*)$`,
      'iu',
    ),
    // "I have picked them up", "I picked it up now": nobody says so of a trial
    new RegExp(`\\b(?:I|we)(?:['’]ve| have)?${DONE} picked (?<what>${WORK}) up(?<rest>(?![\\w-]).*)$`, 'iu'),
    // "I applied the series to larch/next": without a tree, somebody tries it
    new RegExp(
      `\\b(?:I|we)(?:['’]ve| have)?${DONE} (?:${TAKEN}|added|taken|took|picked up) (?<what>${WORK})(?<rest>(?: already)? (?:to|into|in|for) .*)$`,
      'iu',
    ),
    // "it's merged with some fixes", "the full patch set has been merged now"
    new RegExp(
      `^(?:[^,"]{1,30}, )?(?<what>this(?: (?:patch|series|one))?|it|these|they|(?:the|your)(?: (?:whole|full|entire))? (?:series|patch(?:es| ?set)?))(?:['’]s| is| are| has been| have been)${ADVERBS} (?:${TAKEN})${ADVERBS}(?<rest>(?![\\w-]).*)$`,
      'iu',
    ),
  ],
};

const TREE = String.raw`(?:the |my |our |to )?(?:git )?(?:[\w.+-]+\.git\b|[\w.+-]+[/:][\w./:+-]+|[\w./+-]*(?:next|fixes|devel|testing|master|mainline|trunk|upstream|tip)\b|net\b|(?:[\w./:+'-]+ ){1,4}?(?:tree|branch|queue|next|repository)\b)`;
const VERSION = String.raw`(?:the )?(?:linux[- ]|kernel |v)?(?:\d{1,2})?\.\d{1,3}|(?:the )?(?:next |coming )?(?:merge window|release)\b`;
/** What became of it: somebody who tries a patch on top of something has no commit to tell. */
const AS_COMMIT = String.raw`,?(?: on top(?! of\b),?)?(?: as| in)?(?: commit)? (?=[a-f]{0,38}\d)[0-9a-f]{8,40}\b`;
const INTO_TREE = `(?:to|into|onto|in|on|for) (?:${TREE}|linux-)`;
/** What goes on with it as a fact: the end, thanks, a tree, a version. */
const PLACED = new RegExp(
  String.raw`^(?: (?:now|already|too|as well|here|up|today|yesterday))*\s?(?:$|[.!;]|[(<]|- |:$|: ?<?https?:|,? ?(?:with(?! (?:git|patch|some fuzz|fuzz|an? offset))|as|modulo|but I|except|apart from|minus|without)\b|,? (?:and )?(?:it )?(?:should|will) (?:be|appear|show up) in linux-next\b|,? (?:and )?(?:thanks?|thank you|thx|cheers|great|nice|good|pushed|queued|see|please|let)\b|,? ?${INTO_TREE}|,? ?(?:for|in) (?:${VERSION})|${AS_COMMIT})`,
  'iu',
);
/** Words that make it a wish, a case or a doubt. */
const GUARDED =
  /\b(?:if|when|whenever|once|unless|until|after|before|since (?:I|we)|while|whether|now that|should|could|would|can|may|might|not|never|nothing|think|thought|assume|hope|guess|looks like|seems?)\b|n['’]t\b/i;
/** Words of somebody who tries a patch. */
const TRIED =
  /\bbut\b(?! I \w+ed\b)|(?<![\w/-])(?:boots?|builds?)\b|\b(?:locally|cleanly|booted|built|fails?|failed|hangs?|broke|breaks|works?|worked|doesn['’]t|does not|didn['’]t|did not|tested|tried|ran|conflicts?|on top of|my (?:local|test|own)|review(?!-)|discussion|pressure|for (?:further |more )?testing)\b|\bcrash|\band (?:it|the|then|now|I)\b|\bI (?:see|get|still)\b|\bstill (?:see|get|not)\b/i;
const EXCEPT =
  /\b(?:except|apart from|excluding|minus|other than|without|dropped|skipped)\b.{0,30}(?:patch|\d|last|first|\bone\b)/i;

/** Which patches a sentence says were taken into a tree; undefined where it does not say that. */
export function appliedBy(sentence: string): Scope | undefined {
  if (!SAYS_TAKEN.words.test(sentence) || /\?\W{0,3}$/.test(sentence)) return undefined;
  for (const form of SAYS_TAKEN.forms) {
    const match = form.exec(sentence);
    if (!match) continue;
    const { subject = '', what = '', rest = '' } = match.groups!;
    const before = sentence.slice(0, sentence.length - rest.length);
    if (GUARDED.test(before) || before.split('"').length % 2 === 0) continue;
    if (TRIED.test(rest) || !PLACED.test(rest)) continue;
    return EXCEPT.test(rest) ? 'part' : scopeOf(`${subject} ${what}`);
  }
  return undefined;
}

const NAMES_TREE = new RegExp(String.raw`\b${INTO_TREE}`, 'iu');

/** Whether a sentence that says that patches were taken names the tree. */
export function namesTree(sentence: string): boolean {
  return NAMES_TREE.test(sentence);
}

function scopeOf(words: string): Scope {
  if (/\bboth\b/i.test(words)) return [1, 2];
  const first = new RegExp(`\\bfirst (\\d{1,2}|${COUNTED})`, 'i').exec(words)?.[1];
  if (first) {
    const count = Number(first) || COUNTED.split('|').indexOf(first.toLowerCase()) + 2;
    return span(1, count);
  }
  if (/\d/.test(words)) return numbersIn(words);
  if (/\b(?:all|everything|series|set|patches|patch ?set|and (?:the|all) (?:rest|others?))\b/i.test(words))
    return 'all';
  return /\b(?:patch|commit|one|fix)\b/i.test(words) ? 'one' : 'answered';
}

/** The numbers in `1-3, 5 and [7/9]`. */
function numbersIn(words: string): readonly number[] {
  const text = words.replace(/\/\d{1,3}/g, '').replace(/[[\]#]/g, '');
  const found = [...text.matchAll(/(\d{1,3})(?: ?(?:-|–|to|through) ?(\d{1,3}))?/g)].flatMap(([, from, to]) =>
    span(Number(from), Number(to ?? from)),
  );
  return [...new Set(found)];
}

function span(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

const ROBOT_MERGED =
  /\bhas been merged into\b|\b(?:patch|series|pull request|commit)\b.{0,40}\b(?:was|were|has been|have been) (?:applied|merged|added|pulled) (?:to|into)\b/i;
/** A branch that patches are put on to be tried. */
const TRIAL = /^.{0,80}?(?:\b|[-_/])(?:ci|tests?|testing)\b/i;

/** Which patches a program says were taken; undefined where it does not say that. */
export function mergedBy(paragraph: string): Scope | undefined {
  const match = ROBOT_MERGED.exec(paragraph);
  if (!match || /\bnot\b|\bfail|\bif\b/i.test(paragraph)) return undefined;
  if (TRIAL.test(paragraph.slice(match.index + match[0].length))) return undefined;
  return /\b(?:patch|commit)\b/i.test(paragraph.slice(0, match.index + match[0].length)) ? 'one' : 'all';
}

/** `[2/7] title`, as b4 and patchwork list what was taken. */
const LISTED = /^\s{0,8}(?:- )?\[(?:[^\][/]{0,40}[ ,])?(\d{1,3})\/(\d{1,3})\] \S/;
const COMMIT = /\b(?:commit: [0-9a-f]{7}|https?:\/\/\S|\(no commit info\))/;

/** The numbers of the patches that are listed each with its commit; all, if that is what they are; undefined where there is no such list. */
export function listedIn(blocks: readonly Block[]): Scope | undefined {
  const lines = blocks.filter(({ kind }) => kind === 'text' || kind === 'code').flatMap(one => one.lines);
  const taken = new Set<number>();
  let total = 0;
  let open = 0;
  for (const line of lines) {
    const item = LISTED.exec(line.slice(0, MAX_LINE));
    if (item) [open, total] = [Number(item[1]), Number(item[2])];
    else if (line.trim() === '') open = 0;
    else if (open > 0 && COMMIT.test(line.slice(0, MAX_LINE))) taken.add(open);
  }
  if (taken.size === 0) return undefined;
  return taken.size === total ? 'all' : [...taken];
}

/** What a list says stands at the beginning of its lines. */
const MAX_LINE = 200;
