import { ByteReader, ByteWriter, sharedLength } from './bytes.ts';
import { FIELD_NAMES } from './lunr.ts';
import type { Postings, TermPostings } from './postings.ts';

// A level's terms in order, cut into files of about one size. A file holds raw counts alone: in which documents,
// how often, and how long the field is there. Columns lie apart, as like packs well with like.

/**
 * Before packing. A query reads one such file a term and level; smaller ones would pack worse and need more borders.
 * From the least size on a file ends where the border can be shorter than at any place before the greatest: the
 * borders are read with every query.
 */
const LEAST_BYTES = 1800;
const MOST_BYTES = 3000;
/** A term that more documents have goes on in further files, so that none grows without end. */
const RUN_DOCUMENTS = 8192;

/** The files of a level's terms, and where each begins. */
export interface TermShards {
  readonly files: readonly Uint8Array[];
  /** For each file a text that sorts behind the last term before it and not behind its first; empty where that is one term. */
  readonly borders: readonly string[];
}

/** A level's terms as files. `terms` are sorted by UTF-16 code units; documents are counted from the level's first. */
export function writeTermShards(terms: Iterable<TermPostings>): TermShards {
  const files: Uint8Array[] = [];
  const borders: string[] = [];
  /** The terms that are in no file yet, and how many bytes each takes at most. */
  let open: { readonly run: TermPostings; readonly bytes: number }[] = [];
  let size = 0;
  let last = '';
  const close = (count: number) => {
    const shard = new ShardWriter();
    const runs = open.slice(0, count).map(({ run }) => run);
    borders.push(runs[0]!.term === last ? '' : borderBetween(last, runs[0]!.term));
    for (const run of runs) shard.add(run);
    files.push(shard.bytes());
    last = runs.at(-1)!.term;
    size -= open.slice(0, count).reduce((sum, { bytes }) => sum + bytes, 0);
    open = open.slice(count);
  };
  for (const whole of terms) {
    for (const run of runsOf(whole)) {
      const shard = new ShardWriter();
      shard.add(run);
      open.push({ run, bytes: shard.size });
      size += shard.size;
      while (size >= MOST_BYTES) close(bestCut(open));
    }
  }
  while (open.length > 0) close(size < MOST_BYTES ? open.length : bestCut(open));
  return { files, borders };
}

/** How many of the open terms to put into the next file. */
function bestCut(open: readonly { readonly run: TermPostings; readonly bytes: number }[]): number {
  let best = 0;
  let shortest = Number.POSITIVE_INFINITY;
  let size = 0;
  for (let count = 1; count < open.length; count++) {
    size += open[count - 1]!.bytes;
    if (size > MOST_BYTES && best > 0) break;
    if (size < LEAST_BYTES) continue;
    const [before, after] = [open[count - 1]!.run.term, open[count]!.run.term];
    const length = before === after ? 0 : borderBetween(before, after).length;
    if (length >= shortest && best > 0) continue;
    best = count;
    shortest = length;
  }
  return best || open.length;
}

/** The shortest text that sorts behind `before` and not behind `after`, which sorts behind it. */
export function borderBetween(before: string, after: string): string {
  let length = 1;
  while (after.slice(0, length) <= before) length++;
  // Half a character beyond U+FFFF is no text.
  if (/[\ud800-\udbff]/.test(after[length - 1]!)) length++;
  return after.slice(0, length);
}

/** The terms of a file, with `base` added to the numbers of documents. */
export function readTermShard(bytes: Uint8Array, base: number): readonly TermPostings[] {
  const file = new ByteReader(bytes);
  const [heads, gaps, frequencies, lengths] = Array.from({ length: 4 }, () => new ByteReader(file.part()));
  const terms: TermPostings[] = [];
  let last = '';
  while (!heads!.done) {
    const term = last.slice(0, heads!.number()) + heads!.text();
    const order = heads!.number();
    const mask = heads!.number();
    const counts = FIELD_NAMES.map((_, field) => (mask & (1 << field) ? heads!.number() : 0));
    const fields = counts.map(count =>
      count === 0 ? undefined : readPostings(count, base, gaps!, frequencies!, lengths!),
    );
    const first = Math.min(...fields.flatMap(postings => postings?.documents[0] ?? []));
    terms.push({ term, order, first, fields });
    last = term;
  }
  return terms;
}

function readPostings(
  count: number,
  base: number,
  gaps: ByteReader,
  frequencies: ByteReader,
  lengths: ByteReader,
): Postings {
  const postings = { documents: [] as number[], frequencies: [] as number[], lengths: [] as number[] };
  let document = base;
  for (let index = 0; index < count; index++) {
    const gap = gaps.number();
    document += gap >>> 1;
    postings.documents.push(document);
    postings.frequencies.push(gap & 1 ? frequencies.number() : 1);
    postings.lengths.push(lengths.number());
  }
  return postings;
}

class ShardWriter {
  readonly #heads = new ByteWriter();
  readonly #gaps = new ByteWriter();
  readonly #frequencies = new ByteWriter();
  readonly #lengths = new ByteWriter();
  #last = '';

  get size(): number {
    return this.#heads.length + this.#gaps.length + this.#frequencies.length + this.#lengths.length;
  }

  add({ term, order, fields }: TermPostings): void {
    const shared = sharedLength(this.#last, term);
    this.#heads.number(shared);
    this.#heads.text(term.slice(shared));
    this.#heads.number(order);
    this.#heads.number(fields.reduce((mask, postings, field) => (postings ? mask | (1 << field) : mask), 0));
    for (const postings of fields) if (postings) this.#add(postings);
    this.#last = term;
  }

  #add({ documents, frequencies, lengths }: Postings): void {
    this.#heads.number(documents.length);
    let before = 0;
    for (const [index, document] of documents.entries()) {
      const frequency = frequencies[index]!;
      this.#gaps.number((document - before) * 2 + (frequency > 1 ? 1 : 0));
      if (frequency > 1) this.#frequencies.number(frequency);
      this.#lengths.number(lengths[index]!);
      before = document;
    }
  }

  bytes(): Uint8Array {
    const file = new ByteWriter();
    for (const column of [this.#heads, this.#gaps, this.#frequencies, this.#lengths])
      file.part(column.bytes());
    return file.bytes();
  }
}

/** A term in runs of documents that one file can hold. */
function runsOf(whole: TermPostings): readonly TermPostings[] {
  const present = whole.fields.flatMap(postings => postings ?? []);
  if (present.reduce((sum, { documents }) => sum + documents.length, 0) <= RUN_DOCUMENTS) return [whole];
  const last = Math.max(...present.map(({ documents }) => documents.at(-1)!));
  const runs: TermPostings[] = [];
  for (let start = 0; start <= last; start += RUN_DOCUMENTS) {
    const fields = whole.fields.map(postings => postings && between(postings, start, start + RUN_DOCUMENTS));
    if (fields.some(postings => postings !== undefined)) runs.push({ ...whole, fields });
  }
  return runs;
}

function between(postings: Postings, start: number, end: number): Postings | undefined {
  const from = postings.documents.findIndex(document => document >= start);
  if (from === -1 || postings.documents[from]! >= end) return undefined;
  const found = postings.documents.findIndex(document => document >= end);
  const to = found === -1 ? postings.documents.length : found;
  return {
    documents: postings.documents.slice(from, to),
    frequencies: postings.frequencies.slice(from, to),
    lengths: postings.lengths.slice(from, to),
  };
}
