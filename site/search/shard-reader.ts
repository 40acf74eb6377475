import { groupBy } from '../../mail/group-by.ts';
import type { Clause } from './clauses.ts';
import { backwards, readDictionary } from './dictionary.ts';
import { FACTS_A_FILE, type Fact, readFacts } from './facts.ts';
import { joinPostings, type TermPostings } from './postings.ts';
import { beginningWith, exactly, filesOf, type Range, startsOf } from './ranges.ts';
import { RECORDS_A_FILE, readRecords, type SearchRecord } from './records.ts';
import { type PlacedLevel, placedLevels, type Root } from './root.ts';
import { readTermShard } from './term-shards.ts';

/** Gives a file of the index, unpacked: of a path below `search/`. Throws where it is not there or damaged. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** Reads of an index what a query needs, each file once. */
export interface ShardReader {
  /** The whole postings of all terms that a clause matches. */
  terms(clauses: readonly Clause[]): Promise<readonly TermPostings[]>;
  /** The facts of all documents, by number; undefined where they cannot be read. */
  facts(): Promise<readonly (Fact | undefined)[]>;
  /** The record of a document; undefined where it cannot be read. */
  record(document: number): Promise<SearchRecord | undefined>;
  /** The files that were asked for and could not be read. They are asked for again the next time. */
  missing(): readonly string[];
}

/** A reader of the index with this root. */
export function createShardReader(root: Root, readFile: ReadFile): ShardReader {
  const levels = placedLevels(root).map(level => ({
    ...level,
    terms: startsOf(level.terms),
    dictionary: startsOf(level.dictionary),
  }));
  const kept = new Map<string, Promise<unknown>>();
  const missing = new Set<string>();
  let facts: readonly (Fact | undefined)[] | undefined;

  /** A file, decoded and kept; undefined where it cannot be read. */
  function load<T>(
    level: PlacedLevel,
    file: string,
    decode: (bytes: Uint8Array) => T,
  ): Promise<T | undefined> {
    const path = `${level.name}/${file}.bin`;
    const known = kept.get(path) as Promise<T | undefined> | undefined;
    if (known) return known;
    const loading = readFile(`${path}?v=${level.version}`)
      .then(decode)
      .then(
        content => {
          missing.delete(path);
          return content;
        },
        () => {
          kept.delete(path);
          missing.add(path);
          return undefined;
        },
      );
    kept.set(path, loading);
    return loading;
  }

  /** What the files of a kind hold that may have something of the ranges: the oldest level first, its files in order. */
  async function loadAll<T>(
    kind: 't' | 'd',
    ranges: readonly Range[],
    decode: (bytes: Uint8Array, level: PlacedLevel) => T,
  ): Promise<readonly T[]> {
    const contents = await Promise.all(
      levels.flatMap(level => {
        const starts = kind === 't' ? level.terms : level.dictionary;
        const files = new Set(ranges.flatMap(range => filesOf(starts, range)));
        return [...files]
          .sort((a, b) => a - b)
          .map(file => load(level, `${kind}${file}`, bytes => decode(bytes, level)));
      }),
    );
    return contents.filter(content => content !== undefined);
  }

  /** The terms of shards, each by what it is; one that fills a file is in several. */
  const shards = (ranges: readonly Range[]) =>
    loadAll('t', ranges, (bytes, { base }) => groupBy(readTermShard(bytes, base), ({ term }) => term));

  /** The terms that may match clauses that are no words, beside others. */
  async function candidates(patterns: readonly Clause[]): Promise<readonly string[]> {
    if (patterns.length === 0) return [];
    const near = patterns.map(nearRanges);
    const [read, spelled] = await Promise.all([
      shards(near.flatMap(({ forwards }) => forwards)),
      loadAll(
        'd',
        near.flatMap(({ fromEnd }) => fromEnd),
        readDictionary,
      ),
    ]);
    return [...new Set([...read.flatMap(terms => [...terms.keys()]), ...spelled.flat()])];
  }

  return {
    async terms(clauses) {
      const patterns = clauses.filter(({ pattern }) => pattern);
      const words = clauses.flatMap(({ pattern, term }) => (pattern ? [] : [term]));
      // The files of words are asked for with those that tell what a pattern matches.
      const [known] = await Promise.all([candidates(patterns), shards(words.map(exactly))]);
      const matching = new Set([...words, ...patterns.flatMap(clause => clause.matching(known))]);
      const read = await shards([...matching].map(exactly));
      const runs = new Map<string, TermPostings[]>();
      for (const shard of read) {
        for (const term of shard.size < matching.size ? shard.keys() : matching) {
          const found = matching.has(term) ? shard.get(term) : undefined;
          if (found) runs.set(term, [...(runs.get(term) ?? []), ...found]);
        }
      }
      return [...runs.values()].map(joinPostings);
    },
    async facts() {
      if (facts) return facts;
      const all: (Fact | undefined)[] = [];
      for (const level of levels) {
        const files = Array.from({ length: Math.ceil(level.documents / FACTS_A_FILE) }, (_, file) => file);
        const contents = await Promise.all(files.map(file => load(level, `f${file}`, readFacts)));
        for (let document = 0; document < level.documents; document++)
          all.push(contents[Math.floor(document / FACTS_A_FILE)]?.[document % FACTS_A_FILE]);
      }
      if (missing.size === 0) facts = all;
      return all;
    },
    async record(document) {
      const level = levels.findLast(({ base }) => base <= document)!;
      const place = document - level.base;
      const records = await load(level, `r${Math.floor(place / RECORDS_A_FILE)}`, readRecords);
      return records?.[place % RECORDS_A_FILE];
    },
    missing: () => [...missing].sort(),
  };
}

/** Where the terms that a clause may match lie: in the terms, and in the dictionary, which is sorted from the end. */
function nearRanges({ pattern, term, edits }: Clause): {
  readonly forwards: readonly Range[];
  readonly fromEnd: readonly Range[];
} {
  if (!pattern) return { forwards: [exactly(term)], fromEnd: [] };
  const endingWith = (end: string) => beginningWith(backwards(end));
  if (edits === 0) {
    const [prefix] = term.split('*', 1);
    if (prefix !== '') return { forwards: [beginningWith(prefix!)], fromEnd: [] };
    return { forwards: [], fromEnd: [endingWith(term.slice(term.lastIndexOf('*') + 1))] };
  }
  const letters = [...term];
  // With ~ a * stands for one letter.
  if (edits > 1 || letters.length < 2 || term.includes('*'))
    return { forwards: [], fromEnd: [beginningWith('')] };
  // One edit changes a letter, or swaps two neighbours: either it leaves the beginning alone, or all that comes
  // after the letter behind that beginning. The ending is short: the dictionary is five times smaller than the terms.
  const kept = Math.max(1, letters.length - (letters.length < 8 ? 2 : 3));
  return {
    forwards: [beginningWith(letters.slice(0, kept).join(''))],
    fromEnd: [endingWith(letters.slice(kept + 1).join(''))],
  };
}
