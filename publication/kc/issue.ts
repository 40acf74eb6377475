import type { ToldStatistics, ToldThread } from '../issues/issue.ts';
import type { Story } from './story.ts';

/** A number of an old newsletter, as its kc file has it. */
export interface KcIssue {
  readonly number: number;
  /** `2002-05-13`. */
  readonly date: string;
  readonly editor: string;
  /** The newsletter's title; empty where it has none. */
  readonly title: string;
  readonly introduction: Story;
  readonly statistics: ToldStatistics | undefined;
  readonly sections: readonly KcSection[];
}

export interface KcSection {
  readonly title: string;
  readonly told: ToldThread;
  readonly topics: readonly string[];
  readonly mentions: readonly string[];
  readonly story: Story;
}
