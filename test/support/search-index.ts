import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import type { FieldTexts } from '../../site/search/lunr.ts';
import { createPreparer, type SearchDocument } from '../../site/search/prepare.ts';
import type { Root } from '../../site/search/root.ts';
import { type IndexAbout, openSearchIndex } from '../../site/search/search-index.ts';
import type { ReadFile } from '../../site/search/shard-reader.ts';
import { wholeLunrIndex } from './whole-index.ts';

/** A document of a test. */
export interface Mail extends Partial<FieldTexts> {
  readonly id: string;
  readonly received: number;
}

/** A document of the index made of a test's. */
export function searchDocument({
  id,
  received,
  subject = '',
  from = '',
  files = '',
  body = '',
}: Mail): SearchDocument {
  return {
    key: { kind: 'message', received, id },
    texts: { subject, from, files, body },
    fact: {
      received,
      author: from,
      thread: id,
      lists: ['larch'],
      kinds: ['message'],
      status: '',
      topics: [],
    },
    record: {
      kind: 'message',
      message: id,
      title: subject,
      from,
      received,
      thread: `larch/${id}/T/`,
      threadTitle: subject,
      text: body,
    },
  };
}

/** The files of an index in memory, by path, and its root. */
export interface HeldIndex {
  readonly root: Root;
  readonly files: Map<string, Uint8Array>;
}

/** The index of some documents. */
export function heldIndex(documents: readonly SearchDocument[], language = 'en'): HeldIndex {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'list-traffic-search-'));
  const index = openSearchIndex(path.join(folder, 'search.db'), language, '');
  try {
    index.replace('all', '', documents.map(createPreparer(language)));
    const files = new Map<string, Uint8Array>();
    const { root } = index.write(ABOUT, undefined, (file, bytes) => files.set(file, bytes));
    return { root, files };
  } finally {
    index.close();
    fs.rmSync(folder, { recursive: true });
  }
}

/** Of a test's index: what documents do not say. */
export const ABOUT: IndexAbout = {
  prefix: '/',
  lists: ['birch', 'larch'],
  describe: ({ documents }) => String(documents),
};

/** Reads the files of a held index as a site is read. */
export function readHeld({ files }: HeldIndex): ReadFile {
  return async path => {
    const bytes = files.get(path.replace(/\?.*/, ''));
    if (!bytes) throw new Error(`${path} is not there`);
    return zlib.inflateSync(bytes);
  };
}

/** What one lunr index over everything gives for a query. */
export type WholeSearch = (query: string) => readonly { readonly document: number; readonly score: number }[];

/** One lunr index over all documents, asked as ours is. */
export function wholeIndex(documents: readonly SearchDocument[], language = 'en'): WholeSearch {
  const index = wholeLunrIndex(documents, language);
  return query => index.search(query).map(({ ref, score }) => ({ document: Number(ref), score }));
}
