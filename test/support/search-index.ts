import zlib from 'node:zlib';
import { createIndexFiles, type SearchDocument } from '../../site/search/index-files.ts';
import { compareKeys } from '../../site/search/levels.ts';
import { createAnalysis, type FieldTexts } from '../../site/search/lunr.ts';
import { packIndex } from '../../site/search/pack.ts';
import type { Root } from '../../site/search/root.ts';
import type { ReadFile } from '../../site/search/shard-reader.ts';

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
  const index = createIndexFiles(language);
  for (const document of documents) index.add(document);
  const files = new Map<string, Uint8Array>();
  const names = { list: ['birch', 'larch'], topic: ['boot'], status: ['applied', 'no-reply'] };
  const { root } = packIndex(index, { language, prefix: '/', names }, (file, bytes) =>
    files.set(file, bytes),
  );
  return { root, files };
}

/** Reads the files of a held index as a site is read. */
export function readHeld({ files }: HeldIndex): ReadFile {
  return async path => {
    const bytes = files.get(path.replace(/\?.*/, ''));
    if (!bytes) throw new Error(`${path} is not there`);
    return zlib.gunzipSync(bytes);
  };
}

/** What one lunr index over everything gives for a query. */
export type WholeSearch = (query: string) => readonly { readonly document: number; readonly score: number }[];

/** One lunr index over all documents, as lunr's own builder makes it. */
export function wholeIndex(documents: readonly SearchDocument[], language = 'en'): WholeSearch {
  const builder = createAnalysis(language).builder();
  const sorted = documents.toSorted((a, b) => compareKeys(a.key, b.key));
  for (const [document, { texts }] of sorted.entries()) builder.add({ document: String(document), ...texts });
  const index = builder.build();
  return query => index.search(query).map(({ ref, score }) => ({ document: Number(ref), score }));
}
