import fs from 'node:fs';
import path from 'node:path';
import { isBusy, openSqlite, type Sqlite } from '../../ingest/archive/sqlite.ts';
import { type Kept, type Memo, memoOf } from '../../mail/memo.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { SitePath } from '../permalinks.ts';
import { type ThreadRecord, type ToldThread, toldIn } from '../thread-record.ts';
import { digestOf } from './digest.ts';
import { HeaderFiles } from './header-files.ts';

// What a build remembers for the next one. All of it can be thrown away: the next build makes every page then.

/** What a thread's pages asked of the rest of the site. */
export interface AskedOf {
  readonly leads: readonly MessageId[];
  readonly writers: readonly string[];
}

/** Files of a site, with the digests of their contents. */
export type FileDigests = ReadonlyMap<SitePath, string>;

/** What is remembered of a thread, and read of all of them. */
export interface KnownThread extends ToldThread {
  /** The digest of what its pages were made from. */
  readonly input: string;
  readonly asked: AskedOf;
  /** The digest of what was answered. */
  readonly answers: string;
  /** How many files it has. */
  readonly number: number;
}

/** What was made of a thread. */
export interface MadeThread extends Omit<KnownThread, 'number' | keyof ToldThread> {
  readonly root: MessageId;
  readonly record: ThreadRecord;
  readonly files: FileDigests;
}

/** What is remembered of a page that is no thread's. */
export interface KnownPage {
  /** The digest of what it shows; empty of a file that no template makes. */
  readonly view: string;
  /** The digest of what is in it. */
  readonly content: string;
}

/** What is remembered of all that was ever published. */
export interface KeptPromises {
  /** How many pages were. */
  readonly published: number;
  /** The paths of those on which nothing lies of what they showed. */
  readonly left: readonly string[];
}

// What is long stands last: SQLite goes through it to what stands behind.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS threads (
    root TEXT PRIMARY KEY, known TEXT NOT NULL, record TEXT NOT NULL, files TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS pages (path TEXT PRIMARY KEY, view TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS memo (shelf INTEGER PRIMARY KEY, known TEXT NOT NULL);
`;

/** How often another build is asked whether it has ended. */
const ASK_MILLISECONDS = 200;

/**
 * What the last build left, and what this one leaves: changes are kept by `commit` and forgotten by `close`. One build
 * at a time has it. All SQL of the making of sites is here.
 */
export class SiteStore {
  readonly #db: Sqlite;
  readonly #kept: KeptForBuilds;
  #threads: Map<MessageId, KnownThread> | undefined;
  #committed = false;
  /** What was found out in the last build. */
  readonly memo: Memo;
  /** What was read of headers. */
  readonly headers: HeaderFiles;

  private constructor(db: Sqlite, headers: HeaderFiles) {
    this.#db = db;
    this.headers = headers;
    this.#kept = new KeptForBuilds(db);
    this.memo = memoOf(this.#kept);
  }

  /** Opens the store; where another build has it, `onWait` is called, and that build's end is waited for. */
  static async open(file: string, onWait: () => void): Promise<SiteStore> {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const db = openSqlite(file, 0);
    for (let tries = 0; ; tries++) {
      try {
        // Of a new file: what is remembered is long, and is read all at once.
        db.exec('PRAGMA page_size = 16384');
        db.exec('PRAGMA journal_mode = WAL');
        db.exec('BEGIN IMMEDIATE');
        db.exec(SCHEMA);
        return new SiteStore(db, new HeaderFiles(path.join(path.dirname(file), 'headers')));
      } catch (error) {
        if (!isBusy(error)) {
          db.close();
          throw error;
        }
        if (tries === 0) onWait();
        await new Promise(resolve => setTimeout(resolve, ASK_MILLISECONDS));
      }
    }
  }

  /** Says of what the site is made, whatever mail it has; everything is forgotten where that was something else. */
  begin(form: string): void {
    if (this.#about('form') === form) return;
    // Another version may have had other tables, and one of headers.
    for (const table of ['about', 'threads', 'pages', 'memo', 'headers'])
      this.#db.exec(`DROP TABLE IF EXISTS ${table}`);
    this.#db.exec(SCHEMA);
    this.headers.forget();
    this.#tell('form', form);
  }

  /** The place of the site of which all this is remembered; undefined where nothing is. */
  site(): string | undefined {
    return this.#about('site');
  }

  /** Forgets what was found out in mail, and its headers. */
  forgetMail(): void {
    this.#kept.forget();
    this.headers.forget();
  }

  /** Forgets all pages, but not what was found out in mail. */
  forgetPages(): void {
    this.#threads = undefined;
    this.#db.exec('DELETE FROM threads');
    this.#db.exec('DELETE FROM pages');
  }

  #about(name: string): string | undefined {
    return this.#db.get<{ value: string }>`SELECT value FROM about WHERE name = ${name}`?.value;
  }

  #tell(name: string, value: string): void {
    if (this.#about(name) !== value)
      this.#db.run`INSERT OR REPLACE INTO about (name, value) VALUES (${name}, ${value})`;
  }

  /** The threads of the last build, by root, and those that were made since. */
  threads(): ReadonlyMap<MessageId, KnownThread> {
    return this.#known();
  }

  /** What other pages tell of a thread that is known. */
  record(root: MessageId): ThreadRecord {
    const { record } = this.#db.get<{ record: string }>`SELECT record FROM threads WHERE root = ${root}`!;
    return JSON.parse(record) as ThreadRecord;
  }

  /** The files of a thread; none of one that is not known. */
  filesOf(root: MessageId): FileDigests {
    const row = this.#db.get<{ files: string }>`SELECT files FROM threads WHERE root = ${root}`;
    return new Map(row ? (JSON.parse(row.files) as [SitePath, string][]) : []);
  }

  setThread({ root, record, files, ...rest }: MadeThread): void {
    const known: KnownThread = { ...rest, number: files.size, ...toldIn(record) };
    this.#known().set(root, known);
    this.#db.run`
      INSERT OR REPLACE INTO threads (root, known, record, files)
      VALUES (${root}, ${JSON.stringify(known)}, ${JSON.stringify(record)}, ${JSON.stringify([...files])})`;
  }

  removeThread(root: MessageId): void {
    this.#known().delete(root);
    this.#db.run`DELETE FROM threads WHERE root = ${root}`;
  }

  #known(): Map<MessageId, KnownThread> {
    this.#threads ??= new Map(
      this.#db.all<{ root: MessageId; known: string }>`SELECT root, known FROM threads`.map(
        ({ root, known }) => [root, JSON.parse(known) as KnownThread],
      ),
    );
    return this.#threads;
  }

  /** The pages and files that are no thread's. */
  pages(): ReadonlyMap<SitePath, KnownPage> {
    const pages = new Map<SitePath, KnownPage>();
    for (const { path: at, view, content } of this.#db.iterate<
      KnownPage & { path: SitePath }
    >`SELECT path, view, content FROM pages`)
      pages.set(at, { view, content });
    return pages;
  }

  setPage(at: SitePath, { view, content }: KnownPage): void {
    this.#db.run`INSERT OR REPLACE INTO pages (path, view, content) VALUES (${at}, ${view}, ${content})`;
  }

  removePage(at: SitePath): void {
    this.#db.run`DELETE FROM pages WHERE path = ${at}`;
  }

  /** What was known at the end of the last build of what was ever published; undefined where nothing was. */
  promised(): KeptPromises | undefined {
    const kept = this.#about('promised');
    return kept === undefined ? undefined : (JSON.parse(kept) as KeptPromises);
  }

  keepPromised(promises: KeptPromises): void {
    this.#tell('promised', JSON.stringify(promises));
  }

  /** What the last build to be committed was called. */
  build(): string | undefined {
    return this.#about('build');
  }

  /** Keeps the changes: they are those of the site at a place, by a build of that name where it wrote anything. */
  commit(site: string, build: string | undefined): void {
    this.#kept.save();
    this.#tell('site', site);
    if (build !== undefined) this.#tell('build', build);
    this.#db.exec('COMMIT');
    this.#committed = true;
  }

  /** Ends the store; what was not committed is as it was. */
  close(): void {
    try {
      // The driver would keep the lock for as long as a statement is left.
      if (!this.#committed) this.#db.exec('ROLLBACK');
    } catch {
      // Some faults, such as a full disk, have ended the transaction themselves.
    } finally {
      this.#db.close();
    }
  }
}

/** Whether an error tells that a file in `folder` cannot be read by SQLite. */
export function isDamagedIn(folder: string, error: unknown): boolean {
  const { message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  return /^SQLITE_(?:NOTADB|CORRUPT)$/.test(cause?.code ?? '') && message.startsWith(folder);
}

/**
 * What a memo keeps from build to build; what a build did not ask for is forgotten at its end. There may be a hundred
 * thousand small things, so a row of the table holds many.
 */
class KeptForBuilds implements Kept {
  readonly #db: Sqlite;
  /** By shelf, what is known; undefined until something is asked for. */
  #shelves: readonly Map<string, unknown>[] | undefined;
  /** By shelf, what was asked for. */
  readonly #asked = Array.from({ length: SHELVES }, () => new Set<string>());
  /** The shelves on which something was added. */
  readonly #changed = new Set<number>();

  constructor(db: Sqlite) {
    this.#db = db;
  }

  recall(from: readonly string[]): unknown {
    const key = keyOf(from);
    const shelf = shelfOf(key);
    this.#asked[shelf]!.add(key);
    return this.#all()[shelf]!.get(key);
  }

  keep(from: readonly string[], result: unknown): void {
    const key = keyOf(from);
    const shelf = shelfOf(key);
    this.#all()[shelf]!.set(key, result);
    this.#changed.add(shelf);
  }

  forget(): void {
    this.#db.exec('DELETE FROM memo');
    this.#shelves = undefined;
  }

  save(): void {
    for (const [shelf, all] of this.#all().entries()) {
      const asked = this.#asked[shelf]!;
      // All that is asked for is known in the end.
      if (asked.size === all.size && !this.#changed.has(shelf)) continue;
      const kept = [...all].filter(([key]) => asked.has(key));
      this.#db.run`INSERT OR REPLACE INTO memo (shelf, known) VALUES (${shelf}, ${JSON.stringify(kept)})`;
    }
  }

  #all(): readonly Map<string, unknown>[] {
    if (this.#shelves) return this.#shelves;
    const shelves = Array.from({ length: SHELVES }, () => new Map<string, unknown>());
    const rows = this.#db.iterate<{ shelf: number; known: string }>`SELECT shelf, known FROM memo`;
    for (const { shelf, known } of rows)
      shelves[shelf] = new Map(JSON.parse(known) as (readonly [string, unknown])[]);
    this.#shelves = shelves;
    return shelves;
  }
}

/** What stands for `from`: where that is much, as what a whole thread depends on, its digest. */
function keyOf(from: readonly string[]): string {
  return from.length <= FEW ? from.join('\0') : `${from[0]}\0${digestOf(from.join('\0'))}`;
}

const FEW = 3;

/** A build that adds one thing writes one shelf of so many anew. */
const SHELVES = 64;
/** Most keys end with a digest, or with little behind one. */
const TELLING_LETTERS = 8;

/** The same shelf for the same key; keys are evenly spread. */
function shelfOf(key: string): number {
  let sum = 0;
  for (let at = Math.max(0, key.length - TELLING_LETTERS); at < key.length; at++)
    sum = (31 * sum + key.charCodeAt(at)) | 0;
  return (sum >>> 0) % SHELVES;
}
