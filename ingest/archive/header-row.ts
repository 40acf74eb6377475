import type { Address } from '../../mail/address.ts';
import { madeOnce } from '../../mail/held.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { HASH_LETTERS, type HeaderBlock } from './header-blocks.ts';
import type { ArchivedMessage, Link, SweptHeader } from './records.ts';

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

/** Makes the stored messages that rows of the header index tell of. What many of them have in common is held once: ids, who wrote them, their lists. */
export class HeaderReader {
  readonly messages: ArchivedMessage[] = [];
  readonly #ids = new Map<string, MessageId>();
  readonly #subjects = new Map<string, string>();
  readonly #senders = new Map<string, Address>();
  readonly #lists = new Map<string, readonly string[]>();
  readonly #sightingLists: (hash: string) => string | undefined;

  /** `sightingLists` tells, as JSON, what the source said of the list of a message that has no List-Id. */
  constructor(sightingLists: (hash: string) => string | undefined) {
    this.#sightingLists = sightingLists;
  }

  addRow(row: HeaderRow): void {
    this.messages.push({
      hash: row.hash,
      id: this.#id(row.message_id),
      references: parseList(row.refs).map(id => this.#id(id)),
      sent: row.sent === null ? undefined : { time: row.sent, offset: row.sent_offset },
      received: row.received,
      from: this.#sender(row.from_name, row.from_address),
      subject: this.#subject(row.subject),
      listIds: this.#list(row.list_ids),
      bodyHash: row.body_hash,
      sightingLists: this.#sighted(row.hash, row.list_ids),
    });
  }

  addBlock(block: HeaderBlock): void {
    const ids = block.ids.map(id => this.#id(id));
    const senders = block.senders.map(([name, address]) => this.#sender(name, address));
    const subjects = block.subjects.map(subject => this.#subject(subject));
    const lists = block.lists.map(list => this.#list(list));
    let at = 0;
    for (const [row, own] of block.own.entries()) {
      const references: MessageId[] = [];
      for (const end = at + block.counts[row]!; at < end; at++) references.push(ids[block.references[at]!]!);
      const hash = block.hashes.slice(HASH_LETTERS * row, HASH_LETTERS * (row + 1));
      const sent = block.sent[row]!;
      this.messages.push({
        hash,
        id: ids[own]!,
        references,
        sent: Number.isNaN(sent) ? undefined : { time: sent, offset: block.offsets[row]! },
        received: block.received[row]!,
        from: senders[block.from[row]!]!,
        subject: subjects[block.subject[row]!]!,
        listIds: lists[block.list[row]!]!,
        bodyHash: block.bodyHashes[row]!,
        sightingLists: this.#sighted(hash, block.lists[block.list[row]!]!),
      });
    }
  }

  #id(text: string): MessageId {
    return madeOnce(this.#ids, text, () => text as MessageId);
  }

  #subject(text: string): string {
    return madeOnce(this.#subjects, text, () => text);
  }

  #sender(name: string, address: string): Address {
    return madeOnce(this.#senders, `${name}\0${address}`, () => ({ name, address }));
  }

  #list(json: string): readonly string[] {
    return madeOnce(this.#lists, json, () => parseList(json));
  }

  #sighted(hash: string, listIds: string): readonly string[] {
    return this.#list((listIds === NO_LISTS ? this.#sightingLists(hash) : undefined) ?? NO_LISTS);
  }
}

const NO_LISTS = '[]';

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
  return json === NO_LISTS ? NONE : (JSON.parse(json) as string[]);
}

const NONE: readonly string[] = [];
