import fs from 'node:fs';
import Database from 'libsql';

/** A value that SQLite stores. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** A prepared statement, in what better-sqlite3, libsql and `node:sqlite` have in common. */
export interface Statement {
  run(...values: readonly SqlValue[]): unknown;
  /** The first row, or undefined. Blobs are Buffers. */
  get(...values: readonly SqlValue[]): unknown;
  all(...values: readonly SqlValue[]): unknown[];
}

/** An open SQLite file. */
export interface Sqlite {
  exec(sql: string): void;
  /** The statement of `sql`, prepared once. */
  prepare(sql: string): Statement;
  /** What `work` gives, with all that it writes kept or none of it. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * The SQLite file `file`, made with mode 0600 where there is none. The one place that names a driver: when
 * Node 22 is the floor, `node:sqlite` takes over here.
 */
export function openSqlite(file: string): Sqlite {
  // SQLite would make the file readable by all; the side files of its journal copy the mode.
  fs.closeSync(fs.openSync(file, 'a', 0o600));
  const db = new Database(file);
  const statements = new Map<string, Statement>();
  const exec = (sql: string): void => void db.exec(sql);
  exec('PRAGMA busy_timeout = 10000');
  exec('PRAGMA journal_mode = WAL');
  // A cursor must not survive a power cut that its messages did not.
  exec('PRAGMA synchronous = FULL');
  return {
    exec,
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const statement = db.prepare(sql) as unknown as Statement;
      statements.set(sql, statement);
      return statement;
    },
    transaction(work) {
      exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        exec('COMMIT');
        return result;
      } catch (error) {
        exec('ROLLBACK');
        throw error;
      }
    },
    close() {
      db.close();
    },
  };
}
