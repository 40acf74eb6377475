import { writeDictionary } from './dictionary.ts';
import { FACTS_A_FILE, type Fact, writeFacts } from './facts.ts';
import { compareKeys, type DocumentKey, levelStarts } from './levels.ts';
import { createAnalysis, FIELD_NAMES, type FieldTexts, wordsOf } from './lunr.ts';
import type { TermPostings } from './postings.ts';
import { RECORDS_A_FILE, type SearchRecord, writeRecords } from './records.ts';
import { writeTermShards } from './term-shards.ts';

/** A document as it is taken into the index. */
export interface SearchDocument {
  readonly key: DocumentKey;
  readonly texts: FieldTexts;
  readonly fact: Fact;
  readonly record: SearchRecord;
}

/** A level's files by name, not packed, with what the root tells of it. */
export interface LevelFiles {
  readonly first: DocumentKey;
  readonly documents: number;
  readonly terms: readonly string[];
  readonly dictionary: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Collects documents in any order and makes the files of their index. */
export interface IndexFiles {
  add(document: SearchDocument): void;
  /** By field: how many terms all documents have in it. */
  lengths(): readonly number[];
  /** How many documents are sections of issues. */
  sections(): number;
  /** The levels, the oldest first. The same documents always give the same bytes. */
  levels(): Iterable<LevelFiles>;
}

/** A document whose words are counted. */
interface Counted {
  readonly key: DocumentKey;
  readonly fact: Fact;
  readonly record: SearchRecord;
  /** By field: how many terms it has, and number and frequency of each, by first appearance. */
  readonly fields: readonly { readonly length: number; readonly counts: Int32Array }[];
}

/** So many words are remembered with their terms: most words of mail are not new. */
const KNOWN_WORDS = 500_000;

/** An index with nothing in it, for texts in a language. */
export function createIndexFiles(language: string): IndexFiles {
  const analysis = createAnalysis(language);
  const numbers = new Map<string, number>();
  const names: string[] = [];
  let known = new Map<string, readonly number[]>();
  const documents: Counted[] = [];
  const sums = FIELD_NAMES.map(() => 0);

  const numberOf = (term: string) => {
    let number = numbers.get(term);
    if (number === undefined) {
      number = names.push(term) - 1;
      numbers.set(term, number);
    }
    return number;
  };
  const termsOf = (word: string) => {
    let terms = known.get(word);
    if (!terms) {
      if (known.size >= KNOWN_WORDS) known = new Map();
      terms = analysis.terms(word).map(numberOf);
      known.set(word, terms);
    }
    return terms;
  };
  const count = (text: string) => {
    const counts = new Map<number, number>();
    let length = 0;
    for (const word of wordsOf(text)) {
      const terms = termsOf(word);
      length += terms.length;
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    return { length, counts: Int32Array.from([...counts].flat()) };
  };

  return {
    add({ key, texts, fact, record }) {
      const fields = FIELD_NAMES.map(field => count(texts[field]));
      for (const [field, { length }] of fields.entries()) sums[field]! += length;
      documents.push({ key, fact, record, fields });
    },
    lengths: () => sums,
    sections: () => documents.filter(({ key }) => key.kind === 'section').length,
    *levels() {
      documents.sort((a, b) => compareKeys(a.key, b.key));
      const starts = levelStarts(documents.map(({ key }) => key));
      for (const [at, start] of starts.entries())
        yield levelFiles(documents.slice(start, starts[at + 1]), names);
    },
  };
}

function levelFiles(documents: readonly Counted[], names: readonly string[]): LevelFiles {
  const terms = invert(documents, names).sort((a, b) => (a.term < b.term ? -1 : 1));
  const shards = writeTermShards(terms);
  const dictionary = writeDictionary(terms.map(({ term }) => term));
  const parts: readonly (readonly [string, readonly Uint8Array[]])[] = [
    ['t', shards.files],
    ['d', dictionary.files],
    ['f', groups(documents, FACTS_A_FILE).map(group => writeFacts(group.map(({ fact }) => fact)))],
    ['r', groups(documents, RECORDS_A_FILE).map(group => writeRecords(group.map(({ record }) => record)))],
  ];
  return {
    first: documents[0]!.key,
    documents: documents.length,
    terms: shards.borders,
    dictionary: dictionary.borders,
    files: new Map(
      parts.flatMap(([kind, files]) => files.map((file, index) => [`${kind}${index}`, file] as const)),
    ),
  };
}

/** The postings of all terms of some documents, which are numbered from 0. */
function invert(documents: readonly Counted[], names: readonly string[]): TermPostings[] {
  const found = new Map<number, Collected>();
  for (const [document, { fields }] of documents.entries()) {
    let fresh = 0;
    for (const [field, { length, counts }] of fields.entries()) {
      for (let at = 0; at < counts.length; at += 2) {
        const number = counts[at]!;
        let entry = found.get(number);
        if (!entry) {
          entry = {
            term: names[number]!,
            first: document,
            order: fresh++,
            fields: FIELD_NAMES.map(() => undefined),
          };
          found.set(number, entry);
        }
        entry.fields[field] ??= { documents: [], frequencies: [], lengths: [] };
        const postings = entry.fields[field];
        postings.documents.push(document);
        postings.frequencies.push(counts[at + 1]!);
        postings.lengths.push(length);
      }
    }
  }
  return [...found.values()];
}

interface Collected extends TermPostings {
  readonly fields: ({ documents: number[]; frequencies: number[]; lengths: number[] } | undefined)[];
}

function groups<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
