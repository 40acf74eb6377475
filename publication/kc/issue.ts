import type { Period } from '../calendar.ts';
import type { Correction, ToldThread } from '../issues/issue.ts';
import type { ToldStatistics } from '../issues/statistics.ts';
import type { Inline, Story } from './story.ts';

/** A number of an old newsletter, as its kc file has it. */
export interface KcIssue {
  readonly number: number;
  /** `2002-05-13`. */
  readonly date: string;
  readonly editor: string;
  /** The newsletter's title; empty where it has none. */
  readonly title: string;
  /** The days that it tells of; undefined where it does not say. */
  readonly period: Period | undefined;
  readonly introduction: Story;
  readonly statistics: ToldStatistics | undefined;
  readonly sections: readonly KcSection[];
  /** Those of the issue as a whole. */
  readonly corrections: readonly KcCorrection[];
}

export interface KcSection {
  readonly title: string;
  readonly told: ToldThread;
  readonly topics: readonly string[];
  readonly mentions: readonly string[];
  readonly story: Story;
  readonly corrections: readonly KcCorrection[];
}

/** A correction as a publication keeps it. Those of old newsletters stand in their text. */
export interface KcCorrection extends Pick<Correction, 'date' | 'kind' | 'thanks'> {
  readonly was: readonly Inline[];
  readonly is: readonly Inline[];
}
