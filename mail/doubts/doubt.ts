import type { Address } from '../address.ts';
import type { Block } from '../body.ts';
import type { MessageId } from '../message-id.ts';
import { type Container, type Thread, type Threadable, walk } from '../thread.ts';

/** What doubting threads needs to know of a message. */
export interface Doubtful extends Threadable {
  /** SHA-256, in hex, of all that it says and that its header tells. */
  readonly hash: string;
  readonly from: Address;
  readonly subject: string;
  /** When it says it was sent, where it says so. */
  readonly sent?: { readonly time: number } | undefined;
}

/** The body of a message, understood line by line. */
export type BlocksOf<M extends Doubtful> = (message: M) => Promise<readonly Block[]>;

/** A message that references may have put in the wrong place. Nothing acts on it but an editor. */
export interface Doubt<M extends Doubtful> {
  /** A `split` message begins a thread and belongs to another; a `join` message is in one and should begin its own. */
  readonly kind: 'split' | 'join';
  readonly certainty: 'probable' | 'possible';
  readonly message: M;
  /** Of a split, the message most likely answered; of a join, the one that it stands under. */
  readonly other: M;
  /** The roots of the threads that the two are in: the same for a join. */
  readonly root: MessageId;
  readonly otherRoot: MessageId;
  /** What was found, as one sentence for an editor. */
  readonly reason: string;
  /** Lines that both have, as quoted; none where nothing is. */
  readonly quoted: readonly string[];
  /** How many messages stand below and would come along. */
  readonly followers: number;
}

/** How many messages stand below `container`. */
export function followersOf<M extends Threadable>(container: Container<M>): number {
  let count = -1;
  walk(container, ({ message }) => {
    if (message) count++;
  });
  return count;
}

/** When a message was sent, as far as is known. */
export function timeOf({ sent, received }: Doubtful): number {
  return sent?.time ?? received;
}

/** Mail whose threads are doubted. */
export interface ThreadedMail<M extends Doubtful> {
  /** All messages, by (received time, id). */
  readonly messages: readonly M[];
  readonly threads: readonly Thread<M>[];
}
