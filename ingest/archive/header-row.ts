import type { Address } from '../../mail/address.ts';
import { madeOnce } from '../../mail/held.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { ArchivedMessage, Link, SweptHeader } from './records.ts';

/** A row of the archive's header index, with what its messages say from other tables. */
export interface HeaderRow {
  readonly hash: string;
  readonly message_id: string;
  readonly refs: string;
  readonly sent: number | null;
  readonly sent_offset: number;
  readonly received: number;
  readonly from_name: string;
  readonly from_address: string;
  readonly subject: string;
  readonly list_ids: string;
  readonly body_hash: string;
  readonly sighting_lists: string;
}

/**
 * The stored messages that rows of the header index tell of, in their order. What many of them have in common is held once: ids that
 * they refer to, who wrote them, their lists.
 */
export function archivedMessages(rows: Iterable<HeaderRow>): ArchivedMessage[] {
  const ids = new Map<string, MessageId>();
  const id = (text: string) => madeOnce(ids, text, () => text as MessageId);
  const subjects = new Map<string, string>();
  const authors = new Map<string, Address>();
  const lists = new Map<string, readonly string[]>();
  const list = (json: string) => madeOnce(lists, json, () => parseList(json));
  return Array.from(rows, row => ({
    hash: row.hash,
    id: id(row.message_id),
    references: parseList(row.refs).map(id),
    sent: row.sent === null ? undefined : { time: row.sent, offset: row.sent_offset },
    received: row.received,
    from: madeOnce(authors, `${row.from_name}\0${row.from_address}`, () => ({
      name: row.from_name,
      address: row.from_address,
    })),
    subject: madeOnce(subjects, row.subject, () => row.subject),
    listIds: list(row.list_ids),
    bodyHash: row.body_hash,
    sightingLists: list(row.sighting_lists),
  }));
}

/** A row that links a message to those it refers to. */
export interface LinkRow {
  readonly message_id: string;
  readonly refs: string;
}

/** The links that rows tell of. */
export function* linksOf(rows: Iterable<LinkRow>): Generator<Link> {
  for (const row of rows) yield linkOf(row);
}

function linkOf({ message_id, refs }: LinkRow): Link {
  return { id: message_id as MessageId, references: parseList(refs) as MessageId[] };
}

/** A row of what sweeps have read. */
export interface SweptRow extends LinkRow {
  readonly uid: number;
  readonly size: number;
  readonly sent: number | null;
  readonly from_name: string;
  readonly from_address: string;
  readonly subject: string;
  readonly list_ids: string;
}

/** The columns of what sweeps have read, in the order of `sweptValues` behind the sweep itself. */
export const SWEPT_COLUMNS = [
  'sweep',
  'uid',
  'size',
  'message_id',
  'refs',
  'sent',
  'from_name',
  'from_address',
  'subject',
  'list_ids',
] as const;

/** The values of a header's row. */
export function sweptValues(header: SweptHeader): readonly (string | number | null)[] {
  const { uid, size, id, references, sent, from, subject, listIds } = header;
  return [
    uid,
    size,
    id,
    JSON.stringify(references),
    sent ?? null,
    from.name,
    from.address,
    subject,
    JSON.stringify(listIds),
  ];
}

/** The header that a row tells of. */
export function sweptHeader(row: SweptRow): SweptHeader {
  return {
    id: row.message_id as MessageId,
    references: parseList(row.refs) as MessageId[],
    uid: row.uid,
    size: row.size,
    sent: row.sent ?? undefined,
    from: { name: row.from_name, address: row.from_address },
    subject: row.subject,
    listIds: parseList(row.list_ids),
  };
}

function parseList(json: string): readonly string[] {
  return json === '[]' ? NONE : (JSON.parse(json) as string[]);
}

const NONE: readonly string[] = [];
