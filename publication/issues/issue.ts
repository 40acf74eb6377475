import type { MessageId } from '../../mail/message-id.ts';
import type { FilePlace } from '../operator-error.ts';
import type { IssueLock } from './lock.ts';
import type { ToldStatistics } from './statistics.ts';

/** A number of the newsletter: `issues/12/`. */
export interface Issue {
  readonly number: number;
  /** `2018-03-28`. */
  readonly date: string;
  readonly editor: string;
  /** Empty where it has none but its number. */
  readonly title: string;
  /** The days whose mail it tells of and counts, the last included: `2018-03-19`; undefined where it does not say. */
  readonly period: { readonly since: string; readonly until: string } | undefined;
  readonly introduction: Prose;
  /** What an old newsletter counted; undefined where the archive's mail is counted. */
  readonly stats: ToldStatistics | undefined;
  /** In the order of the issue. */
  readonly sections: readonly Section[];
  /** By date. */
  readonly corrections: readonly Correction[];
  /** How it stood when it came out; undefined where it is not frozen. */
  readonly lock: IssueLock | undefined;
}

/** Markdown that an editor wrote. */
export interface Prose {
  /** The file, from the publication's folder: `issues/12/syscalls.md`. */
  readonly file: string;
  /** The line of the file, from 1, on which the Markdown begins. */
  readonly line: number;
  readonly markdown: string;
}

/** One thread's story. */
export interface Section {
  /** The name of its file without `.md`: its anchor. */
  readonly id: string;
  /** The thread it tells of: any of its messages. Undefined for news, and for threads that were never held. */
  readonly thread: MessageId | undefined;
  readonly title: string;
  readonly topics: readonly string[];
  /** People who are named and not quoted. */
  readonly mentions: readonly string[];
  /** What is known of a thread that the archive does not hold. */
  readonly told: ToldThread;
  readonly prose: Prose;
}

/** A thread as an old newsletter knew it. */
export interface ToldThread {
  readonly subject?: string | undefined;
  /** Where it was archived: a URL. */
  readonly archive?: string | undefined;
  readonly posts?: number | undefined;
  /** `2018-03-19`. */
  readonly first?: string | undefined;
  readonly last?: string | undefined;
}

/** An error that was put right after the issue was out. The text keeps what it said. */
export interface Correction {
  /** `2018-04-02`. */
  readonly date: string;
  /** The section it is about; undefined for the issue as a whole. */
  readonly section?: string | undefined;
  readonly kind: 'fact' | 'attribution' | 'typo' | 'link';
  /** Markdown. */
  readonly was: string;
  readonly is: string;
  /** Who pointed it out. */
  readonly thanks?: string | undefined;
  /** Where the character at `at` of its words stands in `corrections.yaml`. */
  placeIn(words: 'was' | 'is', at: number): FilePlace;
}
