import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import type { IndexFiles, LevelFiles } from './index-files.ts';
import { FORMAT, type Level, ROOT_FILE, type Root, writeRoot } from './root.ts';

/** Takes a packed file of the index, by its path below `search/`. */
export type WriteFile = (path: string, bytes: Uint8Array) => void;

/** Writes an index as packed files and gives its root, with a version that changes with it. */
export function packIndex(
  index: IndexFiles,
  about: Pick<Root, 'language' | 'prefix' | 'names'>,
  write: WriteFile,
): { readonly root: Root; readonly version: string } {
  const levels = [...index.levels()].map(level => packLevel(level, write));
  const root: Root = {
    format: FORMAT,
    ...about,
    documents: levels.reduce((sum, level) => sum + level.documents, 0),
    sections: index.sections(),
    lengths: index.lengths(),
    levels,
  };
  const packed = pack(writeRoot(root));
  write(ROOT_FILE, packed);
  return { root, version: versionOf([packed]) };
}

function packLevel({ first, documents, terms, dictionary, files }: LevelFiles, write: WriteFile): Level {
  // Told by its first document, so that the folder keeps its name whatever becomes of the other levels.
  const name = versionOf([Buffer.from(`${first.kind} ${first.received} ${first.id}`)]);
  const packed = [...files].map(([file, bytes]) => [file, pack(bytes)] as const);
  for (const [file, bytes] of packed) write(`${name}/${file}.bin`, bytes);
  return { name, version: versionOf(packed.map(([, bytes]) => bytes)), documents, terms, dictionary };
}

/** gzip: all browsers unpack it by themselves, and its check sum tells when a file is damaged. */
function pack(bytes: Uint8Array): Uint8Array {
  return zlib.gzipSync(bytes, { level: 9 });
}

function versionOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 10);
}
