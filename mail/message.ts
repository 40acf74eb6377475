import { createHash } from 'node:crypto';
import type { Address } from './address.ts';
import { author } from './author.ts';
import { isAutoReply } from './auto-reply.ts';
import { bodyHash } from './body-hash.ts';
import { parseDate, parseReceivedDate, type SentDate } from './date.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import { type Field, fieldValue, fieldValues, splitMessage } from './header.ts';
import { canJoin, type MessageId, messageIds, ownMessageId } from './message-id.ts';
import { printable } from './printable.ts';

/** What the archive keeps of a message's header, so that threads need no second look at the mail. */
export interface HeaderFacts {
  readonly id: MessageId;
  /** Ancestors that can join threads, oldest first; the last is the parent. */
  readonly references: readonly MessageId[];
  /** The Date field, where it can be read. */
  readonly sent: SentDate | undefined;
  /** Seconds since 1970 UTC: the top Received that can be read, else the Date, else 0. */
  readonly received: number;
  /** Who wrote it, where a list has put itself into From too. */
  readonly from: Address;
  /** Decoded, on one line; empty where there is none. */
  readonly subject: string;
  /** The identifiers of the List-Id fields, in lower case, without brackets (RFC 2919). */
  readonly listIds: readonly string[];
  /** Two copies of a message with one body hash say the same, whatever relays did to their headers. */
  readonly bodyHash: string;
  /** Whether the sender asked that archives leave the message out. */
  readonly noArchive: boolean;
  /** Whether a program answered in the sender's name, who was away. */
  readonly autoReply: boolean;
}

/** What a message's header alone tells of its place in a thread. */
export interface ThreadFacts
  extends Pick<HeaderFacts, 'references' | 'sent' | 'from' | 'subject' | 'listIds'> {
  /** Undefined where the header names none. */
  readonly id: MessageId | undefined;
}

/** The thread facts in a raw header, which may be a part of a message's fields. Never fails. */
export function threadFacts(header: Uint8Array): ThreadFacts {
  return factsOf(splitMessage(header).fields);
}

/**
 * The header facts of a raw message. Never fails: what is missing is made up from the bytes, so that the same
 * bytes always give the same facts.
 */
export function headerFacts(raw: Uint8Array): HeaderFacts {
  const { fields, body } = splitMessage(raw);
  const facts = factsOf(fields, body);
  return {
    ...facts,
    id: facts.id ?? madeUpId(raw),
    received: receivedTime(fields) ?? facts.sent?.time ?? 0,
    bodyHash: bodyHash(fields, body),
    noArchive: asksNoArchive(fields),
    autoReply: isAutoReply(fields, facts.subject, facts.references.length > 0),
  };
}

function factsOf(fields: readonly Field[], body?: Uint8Array): ThreadFacts {
  return {
    id: ownId(fields),
    references: references(fields),
    sent: parseDate(fieldValue(fields, 'date') ?? ''),
    from: author(fields, body),
    subject: printable(decodeEncodedWords(fieldValue(fields, 'subject') ?? ''))
      .replace(/ +/g, ' ')
      .trim(),
    listIds: fieldValues(fields, 'list-id').flatMap(listId),
  };
}

/** The SHA-256 of a message with its line ends folded to LF, in hex: what makes two messages the same. */
export function messageHash(raw: Uint8Array): string {
  return createHash('sha256').update(foldLineEnds(raw)).digest('hex');
}

/** `raw` with CRLF folded to LF, as IMAP hands out CRLF for what an mbox holds with LF; the same object where nothing folds. */
export function foldLineEnds(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  let at = bytes.indexOf('\r\n');
  if (at === -1) return raw;
  const folded = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let from = 0;
  while (at !== -1) {
    length += bytes.copy(folded, length, from, at);
    from = at + 1; // The LF is copied with what follows it.
    at = bytes.indexOf('\r\n', from);
  }
  length += bytes.copy(folded, length, from);
  return folded.subarray(0, length);
}

function ownId(fields: readonly Field[]): MessageId | undefined {
  for (const value of fieldValues(fields, 'message-id')) {
    const id = ownMessageId(printable(value));
    if (id) return id;
  }
  return undefined;
}

/** An id for a message that has none, under a domain that can never exist (RFC 2606). */
function madeUpId(raw: Uint8Array): MessageId {
  return `${messageHash(raw).slice(0, 40)}@no-message-id.invalid` as MessageId;
}

/** RFC 5256, REFERENCES step 1: References; where it holds no id, the first id of In-Reply-To. */
function references(fields: readonly Field[]): readonly MessageId[] {
  const named = idsIn(fields, 'references');
  return named.length > 0 ? named : idsIn(fields, 'in-reply-to').slice(0, 1);
}

function idsIn(fields: readonly Field[], name: string): readonly MessageId[] {
  // Made printable as the ids of messages are, or an id with a control character would find no parent.
  return messageIds(printable(fieldValues(fields, name).join(' '))).filter(canJoin);
}

function receivedTime(fields: readonly Field[]): number | undefined {
  for (const value of fieldValues(fields, 'received')) {
    const date = parseReceivedDate(value);
    if (date) return date.time;
  }
  return undefined;
}

function listId(value: string): readonly string[] {
  const bracketed = /<([^<>]*)>/.exec(value);
  const id = printable(bracketed ? bracketed[1]! : value)
    .trim()
    .toLowerCase();
  return id === '' ? [] : [id];
}

/** `X-No-Archive: yes` of Usenet and mailing list software, and `Archive: no` (RFC 5536, 3.2.2). */
function asksNoArchive(fields: readonly Field[]): boolean {
  const says = (name: string, answer: RegExp) => answer.test(fieldValue(fields, name) ?? '');
  return says('x-no-archive', /^yes\b/i) || says('archive', /^no\b/i);
}
