import type { MessageId } from '../../mail/message-id.ts';
import type { Link, SweptHeader } from './records.ts';

/** A row of the archive's header index. */
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
}

/** No lists, as JSON. */
export const NO_LISTS = '[]';

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

/** A list that a row holds as JSON. */
export function parseList(json: string): readonly string[] {
  return json === NO_LISTS ? NONE : (JSON.parse(json) as string[]);
}

const NONE: readonly string[] = [];
