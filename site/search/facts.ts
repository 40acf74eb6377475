import { ByteReader, ByteWriter } from './bytes.ts';

/** What filters and counts need to know of a document. */
export interface Fact {
  /** Seconds since 1970 UTC. */
  readonly received: number;
  /** Who wrote it; empty of a thread. */
  readonly author: string;
  /** What tells its thread from all others; of a section of an issue, where it stands, as a link without the site's prefix. */
  readonly thread: string;
  readonly lists: readonly string[];
  /** `message` or `thread`; of messages also `patch`, `cover`, `reply` … */
  readonly kinds: readonly string[];
  /** Of a thread, how it stands; of a message nothing: the thread tells. */
  readonly status: string;
  /** Of a thread, its topics. */
  readonly topics: readonly string[];
  /** Of a section, what tells the thread that it tells of; absent where it tells of none, and of all else. */
  readonly tells?: string;
}

/** A file has the facts of so many documents. */
export const FACTS_A_FILE = 4096;

/** The facts of some documents in order, as one file. */
export function writeFacts(facts: readonly Fact[]): Uint8Array {
  const authors = new Numbering();
  const threads = new Numbering();
  const sorts = new Numbering();
  const columns = [new ByteWriter(), new ByteWriter(), new ByteWriter(), new ByteWriter()] as const;
  let before = facts[0]?.received ?? 0;
  const start = before;
  for (const { received, author, thread, lists, kinds, status, topics, tells } of facts) {
    columns[0].number(withSign(received - before));
    columns[1].number(authors.of(author));
    columns[2].number(threads.of(thread));
    columns[3].number(sorts.of(JSON.stringify([lists, kinds, status, topics, ...(tells ? [tells] : [])])));
    before = received;
  }
  const file = new ByteWriter();
  file.text(String(start));
  for (const numbering of [authors, threads, sorts]) file.text(JSON.stringify(numbering.names));
  for (const column of columns) file.part(column.bytes());
  return file.bytes();
}

/** The facts of a file. */
export function readFacts(bytes: Uint8Array): readonly Fact[] {
  const file = new ByteReader(bytes);
  let received = Number(file.text());
  const [authors, threads, sorts] = Array.from({ length: 3 }, () => JSON.parse(file.text()) as string[]);
  const parsed = sorts!.map(sort => JSON.parse(sort) as [string[], string[], string, string[], string?]);
  const [times, who, where, what] = Array.from({ length: 4 }, () => new ByteReader(file.part()));
  const facts: Fact[] = [];
  while (!times!.done) {
    received += signed(times!.number());
    const [lists, kinds, status, topics, tells] = parsed[what!.number()]!;
    const author = authors![who!.number()]!;
    const thread = threads![where!.number()]!;
    facts.push({ received, author, thread, lists, kinds, status, topics, ...(tells && { tells }) });
  }
  return facts;
}

/** A whole number, its sign in the lowest bit, and back. */
function withSign(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}
function signed(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}

/** Numbers names by first use, from 0. */
class Numbering {
  readonly #numbers = new Map<string, number>();

  get names(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
