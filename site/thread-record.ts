import type { Brief } from '../briefs/brief.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Review, reviewsOf } from '../mail/series/review.ts';
import { gistOf, type ThreadGist } from './gists.ts';
import type { ReadThread } from './message-view.ts';
import { type SaidOnce, saidIn } from './people-said.ts';

/** What other pages tell of a thread: kept when its mail and brief are not. Plain data. */
export interface ThreadRecord {
  readonly gist: ThreadGist;
  readonly said: readonly SaidOnce[];
  /** What its answers say of patches, by message. */
  readonly reviews: readonly (readonly [MessageId, readonly Review[]])[];
  /** How it stands, and when that came about. */
  readonly outcome: Pick<Brief, 'status' | 'timeline'>;
  /** What is untrue in its brief, which is not shown then, one sentence each. There should never be any. */
  readonly untrue: readonly string[];
}

/** What of its record is asked of every thread. */
export interface ToldThread {
  /** The messages of `said`, in its order. */
  readonly quoted: readonly MessageId[];
  /** Whether something in its brief is untrue. */
  readonly isUntrue: boolean;
}

/** What a record says of that. */
export function toldIn({ said, untrue }: ThreadRecord): ToldThread {
  return { quoted: said.map(({ quotation }) => quotation.message), isUntrue: untrue.length > 0 };
}

/** Gives the record of the thread with a root. */
export type RecordOf = (root: MessageId) => ThreadRecord;

/** The record of a thread. */
export function recordOf({ discussion, bodies, told, reviewers }: ReadThread): ThreadRecord {
  const { status, timeline } = told.brief;
  return {
    gist: gistOf(told),
    said: saidIn(told),
    reviews: [...reviewers]
      .map(([id, reviewer]) => [id, reviewsOf(bodies.get(id)!.blocks, reviewer)] as const)
      .filter(([, reviews]) => reviews.length > 0),
    outcome: { status, timeline },
    untrue: told.errors.map(({ message }) => `The brief of ${discussion.root} is not shown: ${message}`),
  };
}
