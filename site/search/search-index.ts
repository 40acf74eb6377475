import { createHash } from 'node:crypto';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { levelStarts } from './levels.ts';
import { FIELD_NAMES } from './lunr.ts';
import type { PreparedDocument } from './prepare.ts';
import { FORMAT, type Level, ROOT_FILE, type Root, writeRoot } from './root.ts';
import { keyBytes, openStore, type Store, type StoredFile, type StoredLevel } from './store.ts';
import { type LevelSummary, writeLevel } from './write-level.ts';

/** Takes a packed file of the index, by its path below `search/`. */
export type WriteFile = (path: string, bytes: Uint8Array) => void;

/** What became of the files of an index, by their paths below `search/`. All that exist now are `kept` or `written`. */
export interface WrittenIndex {
  readonly root: Root;
  /** Changes with the root. */
  readonly version: string;
  /** As they were: nobody has to read or write them. */
  readonly kept: readonly string[];
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/**
 * The index of a site from one build to the next. It knows all documents that it was given, and which files it wrote;
 * what did not change is neither asked for nor written again. The same documents always give the same files, whether
 * they came at once or one by one.
 */
export interface SearchIndex {
  /** What an owner's documents were given with; undefined where it has to be given them. */
  fingerprint(owner: string): string | undefined;
  owners(): readonly string[];
  /** Puts other documents in the place of those of an owner: a thread, whose root names it, or whatever changes together. */
  replace(owner: string, fingerprint: string, documents: readonly PreparedDocument[]): void;
  remove(owner: string): void;
  /**
   * Writes what changed. `previous` is the root's file of the site that the store's files are in; where there is none, or
   * another one, all files are written.
   */
  write(about: IndexAbout, previous: Uint8Array | undefined, write: WriteFile): WrittenIndex;
  /** Remembers all this, once the site is in its place; without it the next build finds what the last one left. */
  commit(): void;
  close(): void;
}

/** What documents do not tell. */
export interface IndexAbout {
  /** The path that the site lies under. */
  readonly prefix: string;
  readonly lists: readonly string[];
  /** The text of `search.json`. */
  describe(root: Root): string;
}

/** What is remembered of a level. */
type LevelState = Level & Pick<LevelSummary, 'lengths' | 'statuses' | 'topics'>;

/** The store's name for the files that are in no level. */
const NO_LEVEL = '';
const DESCRIPTION_FILE = 'search.json';

/**
 * The index that `file` remembers, which is made where there is none; `language` is that of its texts. `form` is
 * whatever else documents and files depend on, such as the program's version: the store of another one begins anew.
 */
export function openSearchIndex(file: string, language: string, form: string): SearchIndex {
  const store = openStore(file, JSON.stringify([FORMAT, language, form]));
  const spills = `${file}.sorting`;
  /** The keys of documents that are not as they were when the levels were written; undefined where none were. */
  let touched: Uint8Array[] | undefined = store.levels().length > 0 ? [] : undefined;
  const touch = (keys: readonly Uint8Array[]) => {
    for (const key of keys) touched?.push(key);
  };
  return {
    fingerprint: owner => store.fingerprint(owner),
    owners: () => store.owners(),
    replace: (owner, fingerprint, documents) => touch(store.replace(owner, fingerprint, documents)),
    remove: owner => touch(store.remove(owner)),
    write({ prefix, lists, describe }, previous, write) {
      const rootBefore = store.files(NO_LEVEL).find(({ path }) => path === ROOT_FILE);
      const isKnown = previous !== undefined && digestOf(previous) === rootBefore?.hash;
      const files = createFileWriter(store, isKnown, write);
      const before = new Map(
        store
          .levels()
          .map(level => [hex(level.first), { ...level, state: JSON.parse(level.state) as LevelState }]),
      );
      const now = rangesOf(store).map(({ first, next }) => {
        const known = before.get(hex(first));
        const isTouched = !touched || touched.some(key => isBetween(key, first, next));
        if (isKnown && known && isSame(known.next, next) && !isTouched) {
          files.keep(known.state.name);
          return { first, next, state: known.state };
        }
        return { first, next, state: packLevel(store, first, next, spills, files) };
      });
      for (const { state } of before.values()) files.forget(state.name);
      store.setLevels(now.map(({ first, next, state }) => ({ first, next, state: JSON.stringify(state) })));
      const root = rootOf(
        now.map(({ state }) => state),
        now.filter(({ first }) => first[0] === SECTION).map(({ state }) => state),
        { language, prefix, lists },
      );
      const packed = pack(writeRoot(root));
      files.level(NO_LEVEL, put => {
        put(DESCRIPTION_FILE, Buffer.from(describe(root)));
        put(ROOT_FILE, packed);
      });
      fs.rmSync(spills, { recursive: true, force: true });
      touched = [];
      return { root, version: versionOf(digestOf(packed)), ...files.told() };
    },
    commit: () => store.commit(),
    close: () => store.close(),
  };
}

const SECTION = keyBytes({ kind: 'section', received: 0, id: '' })[0]!;

/** Where levels begin and end, by the keys of documents. */
function rangesOf(store: Store): readonly Pick<StoredLevel, 'first' | 'next'>[] {
  const keys = store.starts();
  const starts = levelStarts(keys).map(start => keys[start]!);
  return starts.map((key, at) => {
    const next = starts[at + 1];
    return { first: keyBytes(key), next: next?.kind === key.kind ? keyBytes(next) : undefined };
  });
}

function packLevel(
  store: Store,
  first: Uint8Array,
  next: Uint8Array | undefined,
  folder: string,
  files: FileWriter,
): LevelState {
  // Told by its first document, so that the folder keeps its name whatever becomes of the other levels.
  const name = versionOf(digestOf(first));
  const version = createHash('sha256');
  const summary = files.level(name, put =>
    writeLevel(store.contents(first, next), folder, (file, bytes) => {
      const packed = pack(bytes);
      version.update(packed);
      put(`${name}/${file}.bin`, packed);
    }),
  );
  return { name, version: versionOf(version.digest('hex')), ...summary };
}

function rootOf(
  levels: readonly LevelState[],
  sections: readonly LevelState[],
  { language, prefix, lists }: Pick<IndexAbout, 'prefix' | 'lists'> & { readonly language: string },
): Root {
  const sum = (some: readonly LevelState[], of: (level: LevelState) => number) =>
    some.reduce((total, level) => total + of(level), 0);
  const names = (of: (level: LevelState) => readonly string[]) => [...new Set(levels.flatMap(of))].sort();
  return {
    format: FORMAT,
    language,
    prefix,
    names: {
      list: lists.toSorted(),
      status: names(({ statuses }) => statuses),
      topic: names(({ topics }) => topics),
    },
    documents: sum(levels, ({ documents }) => documents),
    sections: sum(sections, ({ documents }) => documents),
    lengths: FIELD_NAMES.map((_, field) => sum(levels, ({ lengths }) => lengths[field]!)),
    levels: levels.map(({ name, version, documents, terms, dictionary }) => ({
      name,
      version,
      documents,
      terms,
      dictionary,
    })),
  };
}

/** Writes the files of levels, those alone that are not there with the same bytes. */
interface FileWriter {
  /** A level's files are as they were. */
  keep(level: string): void;
  /** Has a level's files written; what it had before and has no more is removed. */
  level<T>(level: string, work: (put: WriteFile) => T): T;
  /** Removes the files of a level, unless it was kept or written. */
  forget(level: string): void;
  told(): Pick<WrittenIndex, 'kept' | 'written' | 'removed'>;
}

function createFileWriter(store: Store, isKnown: boolean, write: WriteFile): FileWriter {
  const [kept, written, removed]: string[][] = [[], [], []];
  const done = new Set<string>();
  return {
    keep(level) {
      done.add(level);
      kept!.push(...store.files(level).map(({ path }) => path));
    },
    level(level, work) {
      done.add(level);
      const before = new Map(store.files(level).map(({ path, hash }) => [path, hash]));
      const now: StoredFile[] = [];
      const result = work((path, bytes) => {
        const hash = digestOf(bytes);
        now.push({ path, hash });
        if (isKnown && before.get(path) === hash) kept!.push(path);
        else {
          write(path, bytes);
          written!.push(path);
        }
        before.delete(path);
      });
      removed!.push(...before.keys());
      store.setFiles(level, now);
      return result;
    },
    forget(level) {
      if (done.has(level)) return;
      removed!.push(...store.files(level).map(({ path }) => path));
      store.setFiles(level, []);
    },
    told: () => ({ kept: kept!, written: written!, removed: removed! }),
  };
}

/** The zlib format (RFC 1950): all browsers unpack it by themselves, its check sum tells when a file is damaged, and it is twelve bytes shorter than gzip, of which there are a thousand. */
function pack(bytes: Uint8Array): Uint8Array {
  return zlib.deflateSync(bytes, { level: 9 });
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function versionOf(digest: string): string {
  return digest.slice(0, 10);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}

function isBetween(key: Uint8Array, first: Uint8Array, next: Uint8Array | undefined): boolean {
  return (
    key[0] === first[0] &&
    Buffer.compare(key, first) >= 0 &&
    (next === undefined || Buffer.compare(key, next) < 0)
  );
}
