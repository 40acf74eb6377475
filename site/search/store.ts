import fs from 'node:fs';
import { openSqlite, type Sqlite } from '../../ingest/archive/sqlite.ts';
import { DOCUMENT_KINDS, type DocumentKey, mayBegin } from './levels.ts';
import type { PreparedDocument } from './prepare.ts';

/** A level as it was last written: from its first document on, and before the next level's. */
export interface StoredLevel {
  readonly first: Uint8Array;
  /** Undefined where no level of its kind comes behind it. */
  readonly next: Uint8Array | undefined;
  /** Whatever the index keeps of it. */
  readonly state: string;
}

/** A file of the index as it was last written. */
export interface StoredFile {
  readonly path: string;
  readonly hash: string;
}

/**
 * What the index remembers from one build to the next, in one file: all documents, so that a level can be made again
 * without a look at the mail, and which levels and files there are. It can be thrown away and made again.
 * Keys are bytes here, which SQLite sorts as `compareKeys` does.
 */
export interface Store {
  /** What was given with an owner's documents; undefined where it is not known. */
  fingerprint(owner: string): string | undefined;
  owners(): readonly string[];
  /** Puts other documents in the place of those of an owner, and gives the keys of all that are new, other or gone. */
  replace(owner: string, fingerprint: string, documents: readonly PreparedDocument[]): readonly Uint8Array[];
  /** Removes an owner and its documents, and gives the keys of these. */
  remove(owner: string): readonly Uint8Array[];
  /** The keys of documents that may begin a level, in order. */
  starts(): readonly DocumentKey[];
  /** What documents say whose keys are not before one and before another, by kin, then key. */
  contents(first: Uint8Array, next: Uint8Array | undefined): Iterable<Uint8Array>;
  levels(): readonly StoredLevel[];
  files(level: string): readonly StoredFile[];
  /** What was written, in the place of what was. */
  setLevels(levels: readonly StoredLevel[]): void;
  setFiles(level: string, files: readonly StoredFile[]): void;
  /** Keeps all that was changed since the file was opened, as the last thing before `close`; without it all stays as before. */
  commit(): void;
  close(): void;
}

/** Rises when a file of another form would be misread. */
const FORM = '2';
const SCHEMA = `
  CREATE TABLE form (name TEXT PRIMARY KEY);
  -- Documents that change together: those of a thread, or of all issues.
  CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL);
  CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    owner INTEGER NOT NULL,
    may_begin INTEGER NOT NULL,
    kin BLOB NOT NULL,
    content BLOB NOT NULL
  );
  CREATE INDEX document_owner ON document (owner);
  CREATE INDEX document_may_begin ON document (key) WHERE may_begin = 1;
  CREATE TABLE level (first BLOB PRIMARY KEY, next BLOB, state TEXT NOT NULL);
  CREATE TABLE file (level TEXT NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (level, path)) WITHOUT ROWID;
`;

/** The store in `file`, made where there is none. One that is damaged, or of another `form`, begins anew. */
export function openStore(file: string, form: string): Store {
  const db = opened(file, `${FORM} ${form}`);
  db.exec('BEGIN IMMEDIATE');
  let committed = false;
  const ownerId = (owner: string) => db.get<{ id: number }>`SELECT id FROM owner WHERE name = ${owner}`?.id;
  const documentsOf = (id: number) =>
    db.all<{ id: number; key: ArrayBuffer; content: ArrayBuffer }>`
      SELECT id, key, content FROM document WHERE owner = ${id}`.map(({ id: row, key, content }) => ({
      row,
      key: Buffer.from(key),
      content: Buffer.from(content),
    }));
  /** By owner. Read together, as a build asks for each. */
  let fingerprints: Map<string, string> | undefined;
  const readFingerprints = () =>
    new Map(
      db.all<{ name: string; fingerprint: string }>`SELECT name, fingerprint FROM owner`.map(
        ({ name, fingerprint }) => [name, fingerprint],
      ),
    );
  return {
    fingerprint(owner) {
      fingerprints ??= readFingerprints();
      return fingerprints.get(owner);
    },
    owners: () => db.all<{ name: string }>`SELECT name FROM owner`.map(({ name }) => name),
    replace(owner, fingerprint, documents) {
      db.run`INSERT INTO owner (name, fingerprint) VALUES (${owner}, ${fingerprint})
        ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint`;
      fingerprints?.set(owner, fingerprint);
      const id = ownerId(owner)!;
      const before = new Map(documentsOf(id).map(one => [one.key.toString('latin1'), one]));
      const touched: Uint8Array[] = [];
      const rows: [Uint8Array, number, number, Uint8Array, Uint8Array][] = [];
      for (const { key, kin, content } of documents) {
        const bytes = keyBytes(key);
        const name = bytes.toString('latin1');
        const known = before.get(name);
        before.delete(name);
        if (known?.content.equals(content)) continue;
        touched.push(bytes);
        rows.push([bytes, id, mayBegin(key) ? 1 : 0, kin, content]);
      }
      for (const { row, key } of before.values()) {
        touched.push(key);
        db.run`DELETE FROM document WHERE id = ${row}`;
      }
      // A document that another owner had is taken from it.
      db.insertAll('document', ['key', 'owner', 'may_begin', 'kin', 'content'], rows);
      return touched;
    },
    remove(owner) {
      const id = ownerId(owner);
      if (id === undefined) return [];
      const touched = documentsOf(id).map(({ key }) => key);
      db.run`DELETE FROM document WHERE owner = ${id}`;
      db.run`DELETE FROM owner WHERE id = ${id}`;
      fingerprints?.delete(owner);
      return touched;
    },
    starts() {
      const marked = db.all<{ key: ArrayBuffer }>`SELECT key FROM document WHERE may_begin = 1`;
      const first = DOCUMENT_KINDS.flatMap(
        (_, kind) =>
          db.all<{ key: ArrayBuffer }>`
            SELECT key FROM document WHERE key >= ${Buffer.of(kind)} AND key < ${Buffer.of(kind + 1)}
            ORDER BY key LIMIT 1`,
      );
      const keys = new Map(
        [...first, ...marked].map(({ key }) => [Buffer.from(key).toString('latin1'), key]),
      );
      return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => readKey(Buffer.from(key)));
    },
    *contents(first, next) {
      const end = next ?? Buffer.of(first[0]! + 1);
      // Sorted without what they say, and held as numbers alone.
      const sorted = db.iterate<{ id: number }>`
        SELECT id FROM document WHERE key >= ${first} AND key < ${end} ORDER BY kin, key`;
      for (const id of Array.from(sorted, row => row.id))
        yield new Uint8Array(
          db.get<{ content: ArrayBuffer }>`SELECT content FROM document WHERE id = ${id}`!.content,
        );
    },
    levels: () =>
      db.all<{ first: ArrayBuffer; next: ArrayBuffer | null; state: string }>`
        SELECT first, next, state FROM level ORDER BY first`.map(({ first, next, state }) => ({
        first: Buffer.from(first),
        next: next === null ? undefined : Buffer.from(next),
        state,
      })),
    files: level =>
      db.all<StoredFile>`SELECT path, hash FROM file WHERE level = ${level} ORDER BY path`.map(
        ({ path, hash }) => ({ path, hash }),
      ),
    setLevels(levels) {
      db.run`DELETE FROM level`;
      db.insertAll(
        'level',
        ['first', 'next', 'state'],
        levels.map(({ first, next, state }) => [first, next ?? null, state]),
      );
    },
    setFiles(level, files) {
      db.run`DELETE FROM file WHERE level = ${level}`;
      db.insertAll(
        'file',
        ['level', 'path', 'hash'],
        files.map(({ path, hash }) => [level, path, hash]),
      );
    },
    commit() {
      db.exec('COMMIT');
      committed = true;
    },
    close() {
      try {
        // The driver would keep the lock for as long as a statement is left.
        if (!committed) db.exec('ROLLBACK');
      } catch {
        // Some faults, such as a full disk, have ended the transaction themselves.
      } finally {
        db.close();
      }
    },
  };
}

/** The file, with empty tables unless it has them, of this form. */
function opened(file: string, form: string): Sqlite {
  try {
    const db = openSqlite(file);
    // Nobody waits for the disk: what a crash spoils is made again.
    db.exec('PRAGMA synchronous = OFF');
    const known = db.get`SELECT name FROM sqlite_schema WHERE name = 'form'`;
    if (known && db.get`SELECT name FROM form WHERE name = ${form}`) return db;
    if (!known && !db.get`SELECT name FROM sqlite_schema`) {
      db.exec(SCHEMA);
      db.run`INSERT INTO form (name) VALUES (${form})`;
      return db;
    }
    db.close();
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') throw error;
  }
  for (const part of ['', '-journal', '-wal', '-shm']) fs.rmSync(`${file}${part}`, { force: true });
  return opened(file, form);
}

/** Received may be before 1970. */
const ZERO = 2 ** 40;

/** A key as bytes that sort as `compareKeys` does: kind, time, and the id in UTF-16, the high byte first. */
export function keyBytes({ kind, received, id }: DocumentKey): Buffer {
  const head = Buffer.alloc(7);
  head[0] = DOCUMENT_KINDS.indexOf(kind);
  head.writeUIntBE(received + ZERO, 1, 6);
  return Buffer.concat([head, Buffer.from(id, 'utf16le').swap16()]);
}

function readKey(bytes: Buffer): DocumentKey {
  return {
    kind: DOCUMENT_KINDS[bytes[0]!]!,
    received: bytes.readUIntBE(1, 6) - ZERO,
    id: Buffer.from(bytes.subarray(7)).swap16().toString('utf16le'),
  };
}
