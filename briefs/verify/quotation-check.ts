import type { Person } from '../../mail/people.ts';
import { type Finding, finding, type Rule } from './finding.ts';
import type { Held } from './held.ts';
import type { ReadQuotation } from './passages.ts';
import type { Attribution, Speakers } from './speakers.ts';
import { checkWords, type Verdict } from './words-check.ts';

/** A quotation, and what is to be said of it. */
export interface CheckedQuotation {
  readonly quotation: ReadQuotation;
  readonly verdict: Verdict;
  /** Of words that are the cited message's. */
  readonly attribution: Attribution | undefined;
  readonly findings: readonly Finding[];
}

/** A quotation of fewer words proves little. */
const FEW_WORDS = 3;

const NEGATED =
  'Brackets stand for a word of the mail that denies; see that the words mean what they meant there.';

/** Checks a quotation's words and whose they are said to be: `speakers` has heard what stands before it. */
export function checkQuotation(quotation: ReadQuotation, speakers: Speakers, held: Held): CheckedQuotation {
  const say = (severity: Finding['severity'], rule: Rule, message: string) =>
    finding(quotation.place, severity, rule, message);
  const isSpeaker = (person: Person) => speakers.attribution(quotation, person) === 'right';
  const { verdict, why, source, emphasized, negated, words } = checkWords(quotation, held, isSpeaker);
  if (verdict === 'unverified') return unverified(quotation);
  if (verdict !== 'ok') {
    const findings = [say(verdict === 'elsewhere' ? 'warning' : 'error', verdict, why)];
    return { quotation, verdict, attribution: undefined, findings };
  }
  const { author } = source!.message;
  const attribution = speakers.attribution(quotation, author);
  const findings = [
    ...(attribution === 'right' ? [] : [say(...MISNAMED[attribution](author.name, quotation.form))]),
    ...(words! < FEW_WORDS
      ? [say('warning', 'short', 'A word or two prove little; quote more of the sentence.')]
      : []),
    ...(negated ? [say('warning', 'negation', NEGATED)] : []),
    ...(emphasized ? [say('warning', 'emphasis', 'The emphasis is not in the mail; leave it out.')] : []),
  ];
  return { quotation, verdict, attribution, findings };
}

/** A quotation that nobody can check, and that does not say it was checked. */
export function unverified(quotation: ReadQuotation): CheckedQuotation {
  return { quotation, verdict: 'unverified', attribution: undefined, findings: [] };
}

type Misnamed = (name: string, form: ReadQuotation['form']) => [Finding['severity'], Rule, string];

const MISNAMED: Readonly<Record<Exclude<Attribution, 'right'>, Misnamed>> = {
  wrong: (name, form) => [
    'error',
    'wrong-speaker',
    `These words are ${name}'s; ${form === 'block' ? 'write that name on the last line' : 'name that person last in front of them'}.`,
  ],
  nobody: name => [
    'error',
    'no-speaker',
    `Nobody is named before these words of ${name}'s; name the speaker in front of them.`,
  ],
  ambiguous: name => [
    'warning',
    'ambiguous-speaker',
    `More than one person here is called so; write ${name} in full.`,
  ],
};
