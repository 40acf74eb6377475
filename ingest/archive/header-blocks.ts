import v8 from 'node:v8';
import type { HeaderRow } from './header-row.ts';

// A hundred thousand rows of the header index take SQLite and JSON longer to give than threads take to be made of them.
// Rows never change, and new ones come behind all others; so rows that fill a block can be kept in a form that is read
// at once, for as long as they are the same.

/** So many rows of the header index, by their numbers, are a block. */
export const BLOCK_ROWS = 4096;

/** Where blocks of the header index are kept, by their number. All of it can be thrown away. */
export interface KeptBlocks {
  /** The bytes of a block, which may be others once the next is asked for. */
  block(number: number): Uint8Array | undefined;
  keepBlock(number: number, content: Uint8Array): void;
}

/** Keeps nothing. */
export const NO_BLOCKS: KeptBlocks = { block: () => undefined, keepBlock: () => {} };

/** Rows in columns; what many of them have in common stands there once, and by its place in them. */
export interface HeaderBlock {
  /** One after the other, without anything between them: what tells one block from every other. */
  readonly hashes: string;
  /** Likewise. */
  readonly bodyHashes: string;
  /** Message-IDs: those of the rows, and those that they refer to. One after the other, too, and where each ends. */
  readonly ids: string;
  readonly idEnds: Uint32Array;
  readonly own: Uint32Array;
  /** How many references each has, and all of them. */
  readonly counts: Uint32Array;
  readonly references: Uint32Array;
  /** NaN where nothing can be read. */
  readonly sent: Float64Array;
  readonly offsets: Int32Array;
  readonly received: Float64Array;
  readonly senders: readonly (readonly [name: string, address: string])[];
  readonly from: Uint32Array;
  readonly subjects: readonly string[];
  readonly subject: Uint32Array;
  /** Lists of List-Ids, as JSON. */
  readonly lists: readonly string[];
  readonly list: Uint32Array;
}

/** Letters of a SHA-256 in hex. */
export const HASH_LETTERS = 64;

/** The block of rows, and its bytes. */
export function blockOf(rows: readonly HeaderRow[]): Uint8Array {
  const ids = new Places();
  const senders = new Places();
  const subjects = new Places();
  const lists = new Places();
  const references = rows.map(({ refs }) => (JSON.parse(refs) as string[]).map(id => ids.of(id)));
  const block: HeaderBlock = {
    hashes: rows.map(({ hash }) => hash).join(''),
    bodyHashes: rows.map(row => row.body_hash).join(''),
    own: Uint32Array.from(rows, row => ids.of(row.message_id)),
    ids: ids.all.join(''),
    idEnds: endsOf(ids.all),
    counts: Uint32Array.from(references, one => one.length),
    references: Uint32Array.from(references.flat()),
    sent: Float64Array.from(rows, ({ sent }) => sent ?? Number.NaN),
    offsets: Int32Array.from(rows, row => row.sent_offset),
    received: Float64Array.from(rows, ({ received }) => received),
    from: Uint32Array.from(rows, row => senders.of(JSON.stringify([row.from_name, row.from_address]))),
    senders: senders.all.map(one => JSON.parse(one) as [string, string]),
    subject: Uint32Array.from(rows, ({ subject }) => subjects.of(subject)),
    subjects: subjects.all,
    list: Uint32Array.from(rows, row => lists.of(row.list_ids)),
    lists: lists.all,
  };
  return v8.serialize(block);
}

function endsOf(texts: readonly string[]): Uint32Array {
  let end = 0;
  return Uint32Array.from(texts, text => {
    end += text.length;
    return end;
  });
}

/** The block in bytes that were kept; undefined where they are not those of the rows with these hashes. */
export function blockIn(content: Uint8Array | undefined, hashes: string): HeaderBlock | undefined {
  if (!content) return undefined;
  try {
    const block = v8.deserialize(content) as HeaderBlock;
    return block.hashes === hashes ? block : undefined;
  } catch {
    return undefined; // Damaged; it can be made again.
  }
}

/** Different texts, each by its place among them. */
class Places {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  of(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}
