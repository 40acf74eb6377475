import { ByteReader, ByteWriter } from './bytes.ts';
import { FIELD_NAMES } from './lunr.ts';
import type { Postings, TermPostings } from './postings.ts';
import { readSortedTexts, writeSortedTexts } from './sorted-texts.ts';

// A level's terms in order, cut into files of about one size. A file holds raw counts alone: in which documents,
// how often, and how long the field is there. Columns lie apart, as like packs well with like. The length of a field
// is told once a file, where the document first has one of its terms: neighbours in a file often stand in one mail.

/**
 * How long the files of a level are before packing, for so many bytes of terms: a query reads one a term, but the
 * borders of all. Half as long a file is half as much of the one and twice as much of the other, so that the length
 * that costs least grows with the square root. Shorter ones pack worse.
 */
function fileBytes(bytes: number): { readonly least: number; readonly most: number } {
  const usual = Math.max(LEAST_BYTES, FACTOR * Math.sqrt(bytes));
  // Where a border can be shorter than at any other place of these, the file ends.
  return { least: Math.round(0.75 * usual), most: Math.round(1.25 * usual) };
}
const LEAST_BYTES = 300;
const FACTOR = 4;
/** A term that more documents have goes on in further files, so that none grows without end. */
const RUN_DOCUMENTS = 8192;

/**
 * Writes a level's terms as files and gives their borders: for each file a text that sorts behind the last term before
 * it and not behind its first; empty where that is one term. `terms` are sorted by UTF-16 code units; documents are
 * counted from the level's first. `size` is about how many bytes they are.
 */
export function writeTermShards(
  terms: Iterable<TermPostings>,
  size: number,
  write: (bytes: Uint8Array) => void,
): readonly string[] {
  const { least, most } = fileBytes(size);
  const borders: string[] = [];
  const open = new OpenRuns();
  let last = '';
  const close = (count: number) => {
    const first = open.runs[0]!.term;
    borders.push(first === last ? '' : borderBetween(last, first));
    last = open.runs[count - 1]!.term;
    write(open.take(count));
  };
  for (const whole of terms) {
    for (const run of runsOf(whole)) {
      open.add(run);
      while (open.size >= most) close(bestCut(open, least, most));
    }
  }
  while (open.size > 0) close(open.size < most ? open.runs.length : bestCut(open, least, most));
  return borders;
}

/** How many of the open terms to put into the next file. */
function bestCut({ runs, sizes }: OpenRuns, least: number, most: number): number {
  let best = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (let count = 1; count < runs.length; count++) {
    const size = sizes[count - 1]!;
    if (size > most && best > 0) break;
    if (size < least) continue;
    const [before, after] = [runs[count - 1]!.term, runs[count]!.term];
    const length = before === after ? 0 : borderBetween(before, after).length;
    if (length >= shortest && best > 0) continue;
    best = count;
    shortest = length;
  }
  return best || runs.length;
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
  const terms = readSortedTexts(file.part());
  const [heads, gaps, frequencies, lengths] = Array.from({ length: 4 }, () => new ByteReader(file.part()));
  const known = new Map<number, number>();
  const read = (field: number, count: number): Postings => {
    const postings = { documents: [] as number[], frequencies: [] as number[], lengths: [] as number[] };
    let document = 0;
    for (let index = 0; index < count; index++) {
      const gap = gaps!.number();
      document += gap >>> 1;
      const cell = document * FIELD_NAMES.length + field;
      let length = known.get(cell);
      if (length === undefined) {
        length = lengths!.number();
        known.set(cell, length);
      }
      postings.documents.push(base + document);
      postings.frequencies.push(gap & 1 ? frequencies!.number() : 1);
      postings.lengths.push(length);
    }
    return postings;
  };
  return terms.map(term => {
    const order = heads!.number();
    const marks = heads!.number();
    const count = () => (marks & RARE ? 1 : heads!.number());
    const counts = FIELD_NAMES.map((_, field) => (marks & (2 << field) ? count() : 0));
    const fields = counts.map((count, field) => (count === 0 ? undefined : read(field, count)));
    const first = Math.min(...fields.flatMap(postings => postings?.documents[0] ?? []));
    return { term, order, first, fields };
  });
}

/** Terms as a file. */
function writeTermShard(runs: readonly TermPostings[]): Uint8Array {
  const [heads, gaps, frequencies, lengths] = Array.from({ length: 4 }, () => new ByteWriter());
  const known = new Set<number>();
  const write = (field: number, postings: Postings) => {
    let before = 0;
    for (const [index, document] of postings.documents.entries()) {
      const frequency = postings.frequencies[index]!;
      gaps!.number((document - before) * 2 + (frequency > 1 ? 1 : 0));
      if (frequency > 1) frequencies!.number(frequency);
      const cell = document * FIELD_NAMES.length + field;
      if (!known.has(cell)) lengths!.number(postings.lengths[index]!);
      known.add(cell);
      before = document;
    }
  };
  for (const { order, fields } of runs) {
    const counts = fields.map(postings => postings?.documents.length ?? 0);
    const isRare = counts.every(count => count < 2);
    const marks = counts.reduce((sum, count, field) => (count > 0 ? sum | (2 << field) : sum), 0);
    heads!.number(order);
    heads!.number(marks | (isRare ? RARE : 0));
    for (const [field, postings] of fields.entries()) {
      if (!postings) continue;
      if (!isRare) heads!.number(postings.documents.length);
      write(field, postings);
    }
  }
  const file = new ByteWriter();
  file.part(writeSortedTexts(runs.map(({ term }) => term)));
  for (const column of [heads, gaps, frequencies, lengths]) file.part(column!.bytes());
  return file.bytes();
}

/** The mark of a term that no field has in two documents, as half of all are; the other marks are its fields. */
const RARE = 1;

/** The terms that are in no file yet. */
class OpenRuns {
  runs: TermPostings[] = [];
  /** About how long a file of them would be, up to each. */
  sizes: number[] = [];
  readonly #known = new Set<number>();

  get size(): number {
    return this.sizes.at(-1) ?? 0;
  }

  add(run: TermPostings): void {
    let size = this.size + run.term.length + 4;
    for (const [field, postings] of run.fields.entries()) {
      if (!postings) continue;
      let before = 0;
      for (const [index, document] of postings.documents.entries()) {
        const cell = document * FIELD_NAMES.length + field;
        size += bytesOf((document - before) * 2);
        if (postings.frequencies[index]! > 1) size++;
        if (!this.#known.has(cell)) size += bytesOf(postings.lengths[index]!);
        this.#known.add(cell);
        before = document;
      }
    }
    this.runs.push(run);
    this.sizes.push(size);
  }

  /** The first terms as a file; they are open no more. */
  take(count: number): Uint8Array {
    const file = writeTermShard(this.runs.slice(0, count));
    const rest = this.runs.slice(count);
    this.runs = [];
    this.sizes = [];
    this.#known.clear();
    for (const run of rest) this.add(run);
    return file;
  }
}

/** How long a number is as a `ByteWriter` has it. */
function bytesOf(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : 3;
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
