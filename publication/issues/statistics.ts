import type { MessageId } from '../../mail/message-id.ts';
import type { Day, Period } from '../calendar.ts';

/** The mail of an issue's days as an old newsletter counted it: what it did not tell is undefined. */
export interface ToldStatistics {
  readonly posts?: number | undefined;
  readonly kilobytes?: number | undefined;
  readonly contributors?: number | undefined;
  /** Who posted more than once. */
  readonly multiples?: number | undefined;
  /** Who had posted in the week before too. */
  readonly lastweek?: number | undefined;
  /** In the newsletter's order. */
  readonly posters: readonly ToldPoster[];
}

export interface ToldPoster {
  readonly name: string;
  readonly address?: string | undefined;
  readonly posts: number;
  readonly kilobytes?: number | undefined;
}

/** What is known of the mail of an issue's days. */
export interface IssueStatistics extends ToldStatistics {
  /**
   * What was counted: the `mail` of the archive; the `headers` of all mail that was looked through for topics, kept
   * or not; or what an old newsletter `told`.
   */
  readonly basis: 'mail' | 'headers' | 'told';
  /** The days that were counted. */
  readonly period: Period;
  /** Posts that programs sent, who are no contributors. */
  readonly programs?: number | undefined;
  /** Those who posted most, the first first. */
  readonly posters: readonly CountedPoster[];
  /** What most posts were about. */
  readonly subjects: readonly CountedSubject[];
  /** Every day of the period; none where only totals were told. */
  readonly days: readonly { readonly day: Day; readonly posts: number }[];
}

/** Somebody who posted. */
export interface CountedPoster extends ToldPoster {
  /** A post of theirs that the archive holds. */
  readonly message?: MessageId | undefined;
}

/** A subject that was posted on, without what stands before it in replies and patches. */
export interface CountedSubject {
  readonly title: string;
  readonly posts: number;
  /** The first post on it that the archive holds. */
  readonly message?: MessageId | undefined;
}
