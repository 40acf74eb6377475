import fs from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import { openSearch } from '../../site/search/find.ts';
import { createIndexFiles, type SearchDocument } from '../../site/search/index-files.ts';
import { compareKeys, levelStarts } from '../../site/search/levels.ts';
import { packIndex } from '../../site/search/pack.ts';
import { firstResults } from '../../site/search/results.ts';
import { FORMAT, type Level, ROOT_FILE, writeRoot } from '../../site/search/root.ts';
import type { BenchQuery } from './queries.ts';

const NAMES = { list: [], topic: [], status: [] };

/** What each query reads of an index until its first result, beside the code; and how many files. */
export async function readBy(
  folder: string,
  queries: readonly BenchQuery[],
): Promise<readonly { readonly bytes: number; readonly files: number; readonly text: string }[]> {
  const all: { bytes: number; files: number; text: string }[] = [];
  for (const { text } of queries) {
    let [bytes, files] = [0, 0];
    const readFile = async (file: string) => {
      const packed = await fs.readFile(path.join(folder, 'search', file.replace(/\?.*/, '')));
      bytes += packed.length;
      files++;
      return zlib.gunzipSync(packed);
    };
    const search = openSearch(await readFile('root.bin'), readFile);
    await firstResults(search, await search.find(text, 0));
    all.push({ bytes, files, text });
  }
  return all;
}

/** How much of an index is written anew for each of the last `additions` messages, each added alone: its share of all bytes. */
export function rewrittenShare(documents: readonly SearchDocument[], additions: number): number {
  const messages = documents.filter(({ key }) => key.kind === 'message').toSorted(byKey);
  const threads = documents.filter(({ key }) => key.kind === 'thread');
  const start = messages.length - additions;
  const known = messages.slice(0, start);
  const ofMessages = new KeptLevels(known);
  const ofThreads = new KeptLevels(threadsOf(known, threads));
  let share = 0;
  for (let added = 1; added <= additions; added++) {
    const now = messages.slice(0, start + added);
    const written =
      ofMessages.update(now) + ofThreads.update(threadsOf(now, threads)) + rootBytes(ofMessages, ofThreads);
    share += written / (ofMessages.bytes + ofThreads.bytes + rootBytes(ofMessages, ofThreads)) / additions;
  }
  return share;
}

/**
 * The packed levels of documents of one kind. Which levels there are is told from the newest document backwards, so
 * that only those from the first document on that is new or gone have to be made again.
 */
class KeptLevels {
  #documents: readonly SearchDocument[] = [];
  #levels: { readonly level: Level; readonly files: ReadonlyMap<string, Uint8Array> }[] = [];

  constructor(documents: readonly SearchDocument[]) {
    this.update(documents);
  }

  get levels(): readonly Level[] {
    return this.#levels.map(({ level }) => level);
  }

  get bytes(): number {
    return this.#levels.reduce((sum, { files }) => sum + sizeOf(files.values()), 0);
  }

  /** Takes other documents and gives how many bytes are in files that are new or changed. */
  update(documents: readonly SearchDocument[]): number {
    const sorted = documents.toSorted(byKey);
    const same = sorted.findIndex(({ key }, at) => {
      const before = this.#documents[at]?.key;
      return before?.id !== key.id || before.received !== key.received;
    });
    const starts = levelStarts(sorted.map(({ key }) => key));
    // The level before may end elsewhere now.
    const first = Math.max(
      0,
      starts.findLastIndex(start => start < same || same === -1),
    );
    const index = createIndexFiles('en');
    for (const document of sorted.slice(starts[first])) index.add(document);
    const written = new Map<string, Uint8Array>();
    const { root } = packIndex(index, { language: 'en', prefix: '/', names: NAMES }, (file, bytes) =>
      written.set(file, bytes),
    );
    const before = new Map(this.#levels.flatMap(({ files }) => [...files]));
    const filesOf = ({ name }: Level) =>
      new Map([...written].filter(([file]) => file.startsWith(`${name}/`)));
    this.#levels = [
      ...this.#levels.slice(0, first),
      ...root.levels.map(level => ({ level, files: filesOf(level) })),
    ];
    this.#documents = sorted;
    written.delete(ROOT_FILE);
    return sizeOf(
      [...written].filter(([file, bytes]) => !isSame(before.get(file), bytes)).map(([, bytes]) => bytes),
    );
  }
}

/** The root is written with every message. */
function rootBytes(...kept: readonly KeptLevels[]): number {
  const levels = kept.flatMap(one => one.levels);
  const root = {
    format: FORMAT,
    language: 'en',
    prefix: '/',
    names: NAMES,
    documents: 0,
    sections: 0,
    lengths: [],
    levels,
  } as const;
  return zlib.gzipSync(writeRoot(root)).length;
}

function byKey(a: SearchDocument, b: SearchDocument): number {
  return compareKeys(a.key, b.key);
}

function sizeOf(files: Iterable<Uint8Array>): number {
  let sum = 0;
  for (const { length } of files) sum += length;
  return sum;
}

/** The threads that have a message already, where their last one puts them; what they say is that of the whole thread. */
function threadsOf(
  messages: readonly SearchDocument[],
  threads: readonly SearchDocument[],
): readonly SearchDocument[] {
  const last = new Map(messages.map(({ fact }) => [fact.thread, fact.received]));
  return threads.flatMap(one => {
    const received = last.get(one.fact.thread);
    if (received === undefined) return [];
    return [
      {
        ...one,
        key: { ...one.key, received },
        fact: { ...one.fact, received },
        record: { ...one.record, received },
      },
    ];
  });
}

function isSame(known: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return known !== undefined && Buffer.compare(known, bytes) === 0;
}
