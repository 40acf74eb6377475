import { groupBy } from '../../mail/group-by.ts';
import type { Clause } from './clauses.ts';
import { backwards, readDictionary } from './dictionary.ts';
import { FACTS_A_FILE, type Fact, readFacts } from './facts.ts';
import { joinPostings, type TermPostings } from './postings.ts';
import { beginningWith, exactly, filesOf, type Range } from './ranges.ts';
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
  const levels = placedLevels(root);
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

  async function loadAll<T>(
    files: readonly (readonly [PlacedLevel, string])[],
    decode: (bytes: Uint8Array, level: PlacedLevel) => readonly T[],
  ): Promise<readonly T[]> {
    const contents = await Promise.all(
      files.map(([level, file]) => load(level, file, bytes => decode(bytes, level))),
    );
    return contents.flatMap(content => content ?? []);
  }

  const shards = (ranges: readonly Range[]) =>
    loadAll(
      filesIn(levels, 't', level => level.terms, ranges),
      (bytes, level) => readTermShard(bytes, level.base),
    );
  const dictionary = (ranges: readonly Range[]) =>
    loadAll(
      filesIn(levels, 'd', level => level.dictionary, ranges),
      readDictionary,
    );

  return {
    async terms(clauses) {
      const near = clauses.map(nearRanges);
      const [read, spelled] = await Promise.all([
        shards(near.flatMap(({ forwards }) => forwards)),
        dictionary(near.flatMap(({ fromEnd }) => fromEnd)),
      ]);
      const candidates = [...new Set([...read.map(({ term }) => term), ...spelled])];
      const matching = new Set(clauses.flatMap(clause => clause.matching(candidates)));
      const all = await shards([...matching].map(exactly));
      const runs = groupBy(
        all.filter(({ term }) => matching.has(term)),
        ({ term }) => term,
      );
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

/** The files of a kind that may hold something of the ranges, each once, the oldest level first. */
function filesIn(
  levels: readonly PlacedLevel[],
  kind: string,
  bordersOf: (level: PlacedLevel) => readonly string[],
  ranges: readonly Range[],
): readonly (readonly [PlacedLevel, string])[] {
  return levels.flatMap(level => {
    const files = new Set(ranges.flatMap(range => filesOf(bordersOf(level), range)));
    return [...files].sort((a, b) => a - b).map(file => [level, `${kind}${file}`] as const);
  });
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
