import type { CheckedQuotation } from '../../briefs/verify.ts';
import type { IssueFinding } from '../../publication/issues/finding.ts';
import type { Correction, Issue, Prose } from '../../publication/issues/issue.ts';
import { NO_TOPIC_WORDS, type TopicWords } from '../../publication/topic-words.ts';

/** The issues of a publication, checked against its mail. */
export interface CheckedIssues {
  /** By number, those that were not to be checked included. */
  readonly issues: readonly Issue[];
  /** As they stand in the files. */
  readonly findings: readonly IssueFinding[];
  /** Those of introductions, of sections and of corrections. */
  readonly quotations: ReadonlyMap<Prose | Correction, readonly CheckedQuotation[]>;
  /** The words by which sections are filed. */
  readonly topics: TopicWords;
}

/** The issues of a publication that has none. */
export const NO_ISSUES: CheckedIssues = {
  issues: [],
  findings: [],
  quotations: new Map(),
  topics: NO_TOPIC_WORDS,
};
