import fs from 'node:fs';
import path from 'node:path';

/** A file as a listing shows it: who writes it anew changes one of these. */
interface Listed {
  readonly bytes: number;
  readonly modified: number;
  readonly inode: number;
}

/** How many files, and how many bytes they take. */
export interface Totals {
  readonly files: number;
  readonly bytes: number;
}

/** The files of a folder, as they were when it was read. */
export class FileTree {
  /** By path in the folder, with slashes. */
  readonly #files: ReadonlyMap<string, Listed>;

  constructor(files: ReadonlyMap<string, Listed>) {
    this.#files = files;
  }

  /** Of the files that count. */
  totals(counts: (file: string) => boolean = () => true): Totals {
    return totalsOf([...this.#files].filter(([file]) => counts(file)).map(([, listed]) => listed));
  }

  /** How many files have such a path. */
  count(name: RegExp): number {
    return [...this.#files.keys()].filter(file => name.test(file)).length;
  }

  /** The files that `counts` lets count and that were written or removed since; the bytes are those written. */
  changedSince(before: FileTree, counts: (file: string) => boolean): Totals {
    const written = [...this.#files].filter(
      ([file, now]) => counts(file) && !isSame(before.#files.get(file), now),
    );
    const removed = [...before.#files.keys()].filter(file => counts(file) && !this.#files.has(file));
    const { files, bytes } = totalsOf(written.map(([, now]) => now));
    return { files: files + removed.length, bytes };
  }
}

/** Lists a folder, which need not be there. */
export function treeOf(folder: string): FileTree {
  const files = new Map<string, Listed>();
  if (!fs.existsSync(folder)) return new FileTree(files);
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const { size, mtimeMs, ino } = fs.statSync(file);
    const name = path.relative(folder, file).split(path.sep).join('/');
    files.set(name, { bytes: size, modified: mtimeMs, inode: ino });
  }
  return new FileTree(files);
}

function totalsOf(files: readonly Listed[]): Totals {
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function isSame(before: Listed | undefined, now: Listed): boolean {
  return before?.inode === now.inode && before.modified === now.modified && before.bytes === now.bytes;
}
