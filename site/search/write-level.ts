import path from 'node:path';
import { FACTS_A_FILE, type Fact, writeFacts } from './facts.ts';
import { createInverter } from './invert.ts';
import { FIELD_NAMES } from './lunr.ts';
import { readContent } from './prepare.ts';
import { RECORDS_A_FILE, type SearchRecord, writeRecords } from './records.ts';
import { writeTermShards } from './term-shards.ts';
import { createDictionary } from './write-dictionary.ts';

/** What the root tells of a level, and what it adds up over all levels. */
export interface LevelSummary {
  readonly documents: number;
  readonly terms: readonly string[];
  readonly dictionary: readonly string[];
  /** By field: how many terms its documents have in it. */
  readonly lengths: readonly number[];
  /** What its documents say of themselves. */
  readonly statuses: readonly string[];
  readonly topics: readonly string[];
}

/** Before packing, the term's own share included. */
const POSTING_BYTES = 4.5;

/**
 * Writes a level's files, not packed, by their names, and tells what is in them. `contents` are its documents in order,
 * and are read once; what memory should not hold goes to files of `folder` meanwhile.
 */
export function writeLevel(
  contents: Iterable<Uint8Array>,
  folder: string,
  write: (file: string, bytes: Uint8Array) => void,
): LevelSummary {
  const inverter = createInverter(path.join(folder, 'terms'));
  const facts = inGroups<Fact>(FACTS_A_FILE, (group, number) => write(`f${number}`, writeFacts(group)));
  const records = inGroups<SearchRecord>(RECORDS_A_FILE, (group, number) =>
    write(`r${number}`, writeRecords(group)),
  );
  const lengths = FIELD_NAMES.map(() => 0);
  const statuses = new Set<string>();
  const topics = new Set<string>();
  let documents = 0;
  for (const bytes of contents) {
    const content = readContent(bytes);
    inverter.add(documents++, content);
    facts.add(content.fact);
    records.add(content.record);
    for (const [field, { length }] of content.fields.entries()) lengths[field]! += length;
    if (content.fact.status !== '') statuses.add(content.fact.status);
    for (const topic of content.fact.topics) topics.add(topic);
  }
  facts.end();
  records.end();
  const words = createDictionary(path.join(folder, 'words'));
  const numbered = (kind: string) => {
    let number = 0;
    return (bytes: Uint8Array) => write(`${kind}${number++}`, bytes);
  };
  const terms = writeTermShards(
    seen(inverter.terms(), ({ term }) => words.add(term)),
    POSTING_BYTES * inverter.postings(),
    numbered('t'),
  );
  const dictionary = words.write(numbered('d'));
  return {
    documents,
    terms,
    dictionary,
    lengths,
    statuses: [...statuses].sort(),
    topics: [...topics].sort(),
  };
}

function* seen<T>(items: Iterable<T>, see: (item: T) => void): Generator<T> {
  for (const item of items) {
    see(item);
    yield item;
  }
}

/** Hands items on in groups of one size, the last one as long as it is. */
function inGroups<T>(
  size: number,
  write: (group: readonly T[], number: number) => void,
): { add(item: T): void; end(): void } {
  let group: T[] = [];
  let number = 0;
  const flush = () => {
    if (group.length > 0) write(group, number++);
    group = [];
  };
  return {
    add(item) {
      group.push(item);
      if (group.length === size) flush();
    },
    end: flush,
  };
}
