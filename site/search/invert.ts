import type { ByteReader, ByteWriter } from './bytes.ts';
import { FIELD_NAMES } from './lunr.ts';
import { joinPostings, type Postings, type TermPostings } from './postings.ts';
import type { DocumentContent } from './prepare.ts';
import { type Codec, Spill } from './spill.ts';

/** Collects where terms stand, document by document, and gives them term by term. */
export interface Inverter {
  /** Adds a document with a number higher than all before. */
  add(document: number, content: Pick<DocumentContent, 'terms' | 'fields'>): void;
  /** How often there is a term in a field of a document. */
  postings(): number;
  /** All terms by UTF-16 code units, once; the files that were needed are gone after that. */
  terms(): Iterable<TermPostings>;
}

/** So often a term in a field of a document is held in memory, which takes some 50 MB: no level of less than 15,000 messages has as many. */
const HELD_POSTINGS = 2_000_000;

/** An inverter that puts what it cannot hold into files of `folder`. */
export function createInverter(folder: string, most = HELD_POSTINGS): Inverter {
  const spill = new Spill(folder, TERMS);
  const held = new HeldTerms();
  let spilled = 0;
  return {
    postings: () => spilled + held.postings,
    add(document, content) {
      if (held.postings >= most) {
        spill.add(held.sorted());
        spilled += held.postings;
        held.clear();
      }
      held.add(document, content);
    },
    *terms() {
      for (const runs of spill.merged(held.sorted(), ({ term }) => term)) yield joinPostings(runs);
      spill.remove();
    },
  };
}

/** The terms of some documents. Millions of small lists would keep the garbage collector busy: these are chains in columns. */
class HeldTerms {
  readonly #numbers = new Map<string, number>();
  /** By term: the first document, and the place among the terms of that. */
  readonly #firsts = new Column();
  readonly #orders = new Column();
  /** By term and field: the first and last posting, and how many there are. */
  readonly #heads = new Column();
  readonly #ends = new Column();
  readonly #counts = new Column();
  /** By posting; no posting has the number 0. */
  readonly #documents = new Column(1);
  readonly #frequencies = new Column(1);
  readonly #lengths = new Column(1);
  readonly #nexts = new Column(1);

  get postings(): number {
    return this.#documents.length - 1;
  }

  add(document: number, { terms, fields }: Pick<DocumentContent, 'terms' | 'fields'>): void {
    const numbers = terms.map((term, order) => {
      const known = this.#numbers.get(term);
      if (known !== undefined) return known;
      const number = this.#numbers.size;
      this.#numbers.set(term, number);
      this.#firsts.push(document);
      this.#orders.push(order);
      return number;
    });
    for (let field = 0; field < fields.length; field++) {
      const { length, counts } = fields[field]!;
      for (let at = 0; at < counts.length; at += 2) {
        const chain = numbers[counts[at]!]! * fields.length + field;
        const posting = this.#documents.push(document);
        this.#frequencies.push(counts[at + 1]!);
        this.#lengths.push(length);
        const end = this.#ends.get(chain);
        if (end === 0) this.#heads.set(chain, posting);
        else this.#nexts.set(end, posting);
        this.#ends.set(chain, posting);
        this.#counts.set(chain, this.#counts.get(chain) + 1);
      }
    }
  }

  /** Forgets all terms; the columns stay as long as they are, as the next ones need as much. */
  clear(): void {
    this.#numbers.clear();
    for (const column of [this.#firsts, this.#orders, this.#heads, this.#ends, this.#counts]) column.clear(0);
    for (const column of [this.#documents, this.#frequencies, this.#lengths, this.#nexts]) column.clear(1);
  }

  *sorted(): Generator<TermPostings> {
    for (const term of [...this.#numbers.keys()].sort()) {
      const number = this.#numbers.get(term)!;
      yield {
        term,
        first: this.#firsts.get(number),
        order: this.#orders.get(number),
        fields: FIELD_NAMES.map((_, field) => this.#postings(number * FIELD_NAMES.length + field)),
      };
    }
  }

  #postings(chain: number): Postings | undefined {
    const count = this.#counts.get(chain);
    if (count === 0) return undefined;
    const documents = new Array<number>(count);
    const frequencies = new Array<number>(count);
    const lengths = new Array<number>(count);
    let posting = this.#heads.get(chain);
    for (let at = 0; at < count; at++) {
      documents[at] = this.#documents.get(posting);
      frequencies[at] = this.#frequencies.get(posting);
      lengths[at] = this.#lengths.get(posting);
      posting = this.#nexts.get(posting);
    }
    return { documents, frequencies, lengths };
  }
}

/** Numbers below 2 ** 31, as many as come; 0 where none was set. */
class Column {
  #numbers = new Int32Array(1024);
  length: number;

  constructor(length = 0) {
    this.length = length;
  }

  clear(length: number): void {
    this.#numbers.fill(0);
    this.length = length;
  }

  get(at: number): number {
    return at < this.#numbers.length ? this.#numbers[at]! : 0;
  }

  set(at: number, value: number): void {
    while (at >= this.#numbers.length) {
      const grown = new Int32Array(2 * this.#numbers.length);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[at] = value;
  }

  /** Adds a number and gives its place. */
  push(value: number): number {
    this.set(this.length, value);
    return this.length++;
  }
}

const TERMS: Codec<TermPostings> = {
  write(writer, { term, first, order, fields }) {
    writer.text(term);
    writer.number(first);
    writer.number(order);
    for (const postings of fields) writePostings(writer, postings);
  },
  read: reader => ({
    term: reader.text(),
    first: reader.number(),
    order: reader.number(),
    fields: FIELD_NAMES.map(() => readPostings(reader)),
  }),
};

function writePostings(writer: ByteWriter, postings: Postings | undefined): void {
  writer.number(postings?.documents.length ?? 0);
  if (!postings) return;
  for (const [at, document] of postings.documents.entries()) {
    writer.number(document - (postings.documents[at - 1] ?? 0));
    writer.number(postings.frequencies[at]!);
    writer.number(postings.lengths[at]!);
  }
}

function readPostings(reader: ByteReader): Postings | undefined {
  const count = reader.number();
  if (count === 0) return undefined;
  const postings = { documents: [] as number[], frequencies: [] as number[], lengths: [] as number[] };
  let document = 0;
  for (let at = 0; at < count; at++) {
    document += reader.number();
    postings.documents.push(document);
    postings.frequencies.push(reader.number());
    postings.lengths.push(reader.number());
  }
  return postings;
}
