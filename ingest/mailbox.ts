import type { ThreadFacts } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';
import { OperatorError } from '../publication/operator-error.ts';

/** A source of mail that has been reached: an IMAP account, or a public-inbox repository. One mailbox is open at a time. */
export interface Session {
  /** The names of the mailboxes to read, in the order to read them. */
  mailboxes(): Promise<readonly string[]>;
  /** Opens a mailbox for reading, which shuts the one before; undefined where the name stands for none. */
  open(name: string): Promise<Mailbox | undefined>;
  /** Leaves. Never fails. */
  close(): Promise<void>;
}

/**
 * An open mailbox. Its messages have UIDs (RFC 3501, 2.3.1.1): numbers that grow from message to message and
 * mean the same message as long as `uidValidity` stays the same.
 */
export interface Mailbox {
  readonly name: string;
  readonly uidValidity: bigint;
  /** The UID of the newest message, 0 where there is none. */
  newest(): Promise<number>;
  /** The UIDs above `uid`, ascending. */
  above(uid: number): Promise<readonly number[]>;
  /**
   * The UIDs of the messages whose Date or arrival lies in `[since, until)`, in seconds since 1970 UTC, ascending.
   * More may come; undefined where the source cannot tell.
   */
  within(since: number, until: number): Promise<readonly number[] | undefined>;
  /** The UIDs of messages that may have this id, without brackets. Others may come; the caller compares. */
  withId(id: MessageId): Promise<readonly number[]>;
  /** The sizes of messages, ascending by UID; those that are gone are left out. */
  sizes(uids: readonly number[]): Promise<readonly Listed[]>;
  /** The headers of messages, ascending by UID; those that are gone are left out. Any number of UIDs. */
  headers(uids: readonly number[]): AsyncIterable<readonly ListedHeader[]>;
  /** The messages as the source gives them, by UID; those that are gone are left out. Ask for few: all are held at once. */
  mails(uids: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>;
}

/** A message as a mailbox lists it. */
export interface Listed {
  readonly uid: number;
  /** In bytes, as the source counts them. */
  readonly size: number;
}

/** A message as a mailbox lists it, with what its header says of threads. */
export interface ListedHeader extends Listed {
  readonly facts: ThreadFacts;
}

/** The fields that thread facts are read from: what a sweep of headers asks for. */
export const SWEPT_FIELDS = [
  'message-id',
  'references',
  'in-reply-to',
  'subject',
  'from',
  'date',
  'list-id',
] as const;

/** The source went away, and may be back at the next try. */
export class SourceLost extends OperatorError {
  /** The first part of the message: what happened, without the remedy. */
  get cutShort(): string {
    return this.message.split(';')[0]!.replace(/\.$/, '');
  }
}
