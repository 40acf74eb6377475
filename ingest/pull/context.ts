import type { MessageId } from '../../mail/message-id.ts';
import type { Source } from '../../publication/sources.ts';
import type { Topic } from '../../publication/topics.ts';
import type { Archive } from '../archive/archive.ts';
import { emptyTally, type Tally } from '../intake.ts';

/** What became of what a source offered, and how many headers were read to choose from it. */
export interface PullTally extends Tally {
  swept: number;
}

/** What a pull would fetch. */
export interface PullPlan {
  readonly threads: number;
  readonly messages: number;
  readonly bytes: number;
  /** The threads, the biggest first, where the source pulls by topics. */
  readonly chosen?: readonly PlannedThread[];
}

/** What the steps of one pull share. */
export interface Pull {
  readonly archive: Archive;
  readonly source: Source;
  readonly maxBytes: number;
  readonly topics: Readonly<Record<string, Topic>>;
  readonly lists: Readonly<Record<string, string>>;
  readonly tally: PullTally;
  /** Begins to tell of a phase of `total` messages; what it gives takes how many more are done. */
  readonly phase: (name: string, total: number) => (more: number) => void;
  readonly onNotice: (sentence: string) => void;
}

/** Nothing seen yet. */
export function emptyPullTally(): PullTally {
  return { ...emptyTally(), swept: 0 };
}

/** A thread that a pull would fetch messages of. */
export interface PlannedThread {
  readonly root: MessageId;
  readonly subject: string;
  /** The Date of its first message, in seconds since 1970 UTC; 0 where it is not known. */
  readonly first: number;
  /** How many messages would be fetched, and their bytes. */
  readonly messages: number;
  readonly bytes: number;
}
