import fs from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import { groupBy } from '../../mail/group-by.ts';
import { openSearch } from '../../site/search/find.ts';
import { firstResults } from '../../site/search/first-results.ts';
import { findInFull } from '../../site/search/full.ts';
import { compareKeys } from '../../site/search/levels.ts';
import { createPreparer, type SearchDocument } from '../../site/search/prepare.ts';

import { ROOT_FILE } from '../../site/search/root.ts';
import { openSearchIndex } from '../../site/search/search-index.ts';
import type { Workplace } from '../workplace.ts';
import type { BenchQuery } from './queries.ts';

/** What each query reads of an index until its first result, beside the code that all need; and how many files. */
export async function readBy(
  folder: string,
  queries: readonly BenchQuery[],
): Promise<readonly { readonly bytes: number; readonly files: number; readonly text: string }[]> {
  const all: { bytes: number; files: number; text: string }[] = [];
  const { size: rest } = await fs.stat(path.join(folder, 'search', 'worker-rest.bin'));
  for (const { text } of queries) {
    let [bytes, files] = [0, 0];
    const readFile = async (file: string) => {
      const packed = await fs.readFile(path.join(folder, 'search', file.replace(/\?.*/, '')));
      bytes += packed.length;
      files++;
      return zlib.inflateSync(packed);
    };
    const search = openSearch(await readFile('root.bin'), readFile, async () => {
      bytes += rest;
      files++;
      return findInFull;
    });
    await firstResults(search, await search.find(text, 0));
    all.push({ bytes, files, text });
  }
  return all;
}

/** What one message costs an index that has all the others. */
export interface Addition {
  /** Bytes of files that are new or changed, as a share of all. */
  readonly share: number;
  readonly milliseconds: number;
}

/** What each of the last `additions` messages costs, each added alone, with the whole of its thread as a build gives it. */
export function costOfAdding(
  workplace: Workplace,
  documents: readonly SearchDocument[],
  additions: number,
): readonly Addition[] {
  const messages = documents.filter(({ key }) => key.kind === 'message').toSorted(byKey);
  const threads = documents.filter(({ key }) => key.kind === 'thread');
  const index = openSearchIndex(path.join(workplace.fresh('additions'), 'search.db'), 'en', '');
  const prepare = createPreparer('en');
  const sizes = new Map<string, number>();
  let root: Uint8Array | undefined;
  /** Writes the index, with these threads as they are when there are so many messages. */
  const update = (count: number, keys: Iterable<string>) => {
    const some = new Set(keys);
    const now = messages.slice(0, count).filter(({ fact }) => some.has(fact.thread));
    const all = groupBy([...now, ...threadsOf(now, threads)], ({ fact }) => fact.thread);
    const start = performance.now();
    for (const [key, documents] of all) index.replace(key, '', documents.map(prepare));
    const { written, removed } = index.write(
      { prefix: '/', lists: [], describe: () => '' },
      root,
      (file, bytes) => {
        sizes.set(file, bytes.length);
        if (file === ROOT_FILE) root = bytes;
      },
    );
    const milliseconds = performance.now() - start;
    for (const file of removed) sizes.delete(file);
    const bytes = written.reduce((sum, file) => sum + sizes.get(file)!, 0);
    return { share: bytes / [...sizes.values()].reduce((sum, size) => sum + size, 0), milliseconds };
  };
  const first = messages.length - additions;
  update(first, new Set(messages.map(({ fact }) => fact.thread)));
  const costs = Array.from({ length: additions }, (_, at) =>
    update(first + at + 1, [messages[first + at]!.fact.thread]),
  );
  index.close();
  return costs;
}

function byKey(a: SearchDocument, b: SearchDocument): number {
  return compareKeys(a.key, b.key);
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
