import type { Block } from '../mail/body.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Person } from '../mail/people.ts';
import type { Subject } from '../mail/subject.ts';

/** A message as briefs read it. */
export interface BriefMessage {
  readonly id: MessageId;
  /** What it answers, or the nearest above that was received; undefined at the top. */
  readonly parent: MessageId | undefined;
  /** Seconds since 1970 UTC. */
  readonly received: number;
  readonly author: Person;
  readonly subject: Subject;
  /** The body, its quotations proved. */
  readonly blocks: readonly Block[];
}

/** A thread as briefs read it. */
export interface BriefThread {
  /** A ghost's, where the first message was never received. */
  readonly root: MessageId;
  /** In thread order: every reply behind what it answers; never empty. */
  readonly messages: readonly BriefMessage[];
  /** The later version of its patches, where one is known. */
  readonly supersededBy?: LaterVersion | undefined;
  /** Whether it went on after these messages: it is told as it stood at a time, and has not ended. */
  readonly goesOn?: boolean;
}

/** A version of patches that took the place of an earlier one. */
export interface LaterVersion {
  /** `v4`, `RFC v2`. */
  readonly label: string;
  /** The subject of its first message, without prefixes and tags. */
  readonly title: string;
  /** Whether the author of the earlier version posted it. */
  readonly sameAuthor: boolean;
  /** Its first message, which is mostly that of another thread. */
  readonly message: MessageId;
  /** Seconds since 1970 UTC. */
  readonly received: number;
}
