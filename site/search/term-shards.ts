import { ByteReader, ByteWriter, sharedLength } from './bytes.ts';
import { FIELD_NAMES } from './lunr.ts';
import type { Postings, TermPostings } from './postings.ts';

// A level's terms in order, cut into files of about one size. A file holds raw counts alone: in which documents,
// how often, and how long the field is there. Columns lie apart, as like packs well with like.

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
const FACTOR = 2.2;
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
    const first = open.terms[0]!;
    borders.push(first === last ? '' : borderBetween(last, first));
    last = open.terms[count - 1]!;
    write(open.take(count));
  };
  for (const whole of terms) {
    for (const run of runsOf(whole)) {
      open.add(run);
      while (open.size >= most) close(bestCut(open, least, most));
    }
  }
  while (open.size > 0) close(open.size < most ? open.terms.length : bestCut(open, least, most));
  return borders;
}

/** How many of the open terms to put into the next file. */
function bestCut({ terms, ends }: OpenRuns, least: number, most: number): number {
  let best = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (let count = 1; count < terms.length; count++) {
    const size = ends[count - 1]!.size;
    if (size > most && best > 0) break;
    if (size < least) continue;
    const [before, after] = [terms[count - 1]!, terms[count]!];
    const length = before === after ? 0 : borderBetween(before, after).length;
    if (length >= shortest && best > 0) continue;
    best = count;
    shortest = length;
  }
  return best || terms.length;
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

/** Where the columns end behind an open run, and how many bytes all runs up to it take at most. */
interface RunEnd {
  readonly tails: number;
  readonly gaps: number;
  readonly frequencies: number;
  readonly lengths: number;
  readonly size: number;
}

const START: RunEnd = { tails: 0, gaps: 0, frequencies: 0, lengths: 0, size: 0 };

/** The terms that are in no file yet, coded but for what they share with the term before, which the cut decides. */
class OpenRuns {
  terms: string[] = [];
  ends: RunEnd[] = [];
  readonly #tails = new ByteWriter();
  readonly #gaps = new ByteWriter();
  readonly #frequencies = new ByteWriter();
  readonly #lengths = new ByteWriter();

  /** How many bytes the terms take at most. */
  get size(): number {
    return this.ends.at(-1)?.size ?? 0;
  }

  add({ term, order, fields }: TermPostings): void {
    this.#tails.number(order);
    this.#tails.number(fields.reduce((mask, postings, field) => (postings ? mask | (1 << field) : mask), 0));
    for (const postings of fields) if (postings) this.#add(postings);
    this.terms.push(term);
    const columns = {
      tails: this.#tails.length,
      gaps: this.#gaps.length,
      frequencies: this.#frequencies.length,
      lengths: this.#lengths.length,
    };
    const before = this.ends.at(-1) ?? START;
    const own = Object.entries(columns).reduce(
      (sum, [name, end]) => sum + end - before[name as keyof RunEnd],
      0,
    );
    this.ends.push({ ...columns, size: before.size + own + term.length + 2 });
  }

  #add({ documents, frequencies, lengths }: Postings): void {
    this.#tails.number(documents.length);
    let before = 0;
    for (let index = 0; index < documents.length; index++) {
      const frequency = frequencies[index]!;
      this.#gaps.number((documents[index]! - before) * 2 + (frequency > 1 ? 1 : 0));
      if (frequency > 1) this.#frequencies.number(frequency);
      this.#lengths.number(lengths[index]!);
      before = documents[index]!;
    }
  }

  /** The first terms as a file; they are open no more. */
  take(count: number): Uint8Array {
    const heads = new ByteWriter();
    let last = '';
    for (let at = 0; at < count; at++) {
      const term = this.terms[at]!;
      const shared = sharedLength(last, term);
      heads.number(shared);
      heads.text(term.slice(shared));
      heads.raw(this.#tails.bytes(this.ends[at - 1]?.tails ?? 0, this.ends[at]!.tails));
      last = term;
    }
    const cut = this.ends[count - 1]!;
    const file = new ByteWriter();
    file.part(heads.bytes());
    file.part(this.#gaps.bytes(0, cut.gaps));
    file.part(this.#frequencies.bytes(0, cut.frequencies));
    file.part(this.#lengths.bytes(0, cut.lengths));
    this.#tails.drop(cut.tails);
    this.#gaps.drop(cut.gaps);
    this.#frequencies.drop(cut.frequencies);
    this.#lengths.drop(cut.lengths);
    this.terms = this.terms.slice(count);
    this.ends = this.ends.slice(count).map(end => ({
      tails: end.tails - cut.tails,
      gaps: end.gaps - cut.gaps,
      frequencies: end.frequencies - cut.frequencies,
      lengths: end.lengths - cut.lengths,
      size: end.size - cut.size,
    }));
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
