import type { Place } from './source-lines.ts';
import type { Verdict } from './words-check.ts';

/** What a finding is about. */
export type Rule =
  | Exclude<Verdict, 'ok'>
  | 'wrong-speaker'
  | 'no-speaker'
  | 'ambiguous-speaker'
  | 'short'
  | 'emphasis'
  | 'negation' // brackets stand for a "not" of the mail
  | 'unsourced-words' // words in quotation marks that link to nothing
  | 'tag'
  | 'too-deep'
  | 'name'
  | 'number'
  | 'version'
  | 'commit'
  | 'date';

/** Something in prose that is untrue or in doubt. */
export interface Finding extends Place {
  readonly severity: 'error' | 'warning';
  readonly rule: Rule;
  /** One sentence that says what is wrong and what to do. */
  readonly message: string;
}

/** A finding at a place. */
export function finding(
  { line, column }: Place,
  severity: Finding['severity'],
  rule: Rule,
  message: string,
): Finding {
  return { line, column, severity, rule, message };
}
