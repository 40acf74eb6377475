import fs from 'node:fs';
import Database from 'libsql';
import { OperatorError, plainReason } from '../../publication/operator-error.ts';

/** A value that SQLite stores. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** SQL as a tagged template: what stands in `${}` is bound as a value and never becomes SQL. */
type Sql = TemplateStringsArray;

/** SQLite takes 999 values at least with one statement. */
const ROWS_AT_ONCE = 50;

/** An open SQLite file, in what better-sqlite3, libsql and `node:sqlite` have in common. */
export interface Sqlite {
  exec(sql: string): void;
  /** Runs a statement. Like a query it is prepared once. */
  run(sql: Sql, ...values: readonly SqlValue[]): void;
  /**
   * Adds rows to a table, many with one statement, which is much faster than one by one. Values are in the order of
   * `columns`. A row that is there is replaced, unless `onConflict`, a clause of SQL, says something else.
   */
  insertAll(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
    onConflict?: string,
  ): void;
  /** The first row that a query gives, or undefined. Blobs are Buffers. */
  get<Row>(sql: Sql, ...values: readonly SqlValue[]): Row | undefined;
  /** All rows that a query gives. */
  all<Row>(sql: Sql, ...values: readonly SqlValue[]): readonly Row[];
  /** The rows that a query gives, one after the other. No other statement may run before the last. */
  iterate<Row>(sql: Sql, ...values: readonly SqlValue[]): Iterable<Row>;
  /** What `work` gives, with all that it writes kept or none of it. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * The SQLite file `file`, made with mode 0600 where there is none. The one place that names a driver: when
 * Node 22 is the floor, `node:sqlite` takes over here.
 * `patienceMilliseconds` is how long a writer waits for another.
 *
 * @throws OperatorError, here and from every method, where the file or the disk is at fault.
 */
export function openSqlite(file: string, patienceMilliseconds = 10_000): Sqlite {
  const db = explained(file, () => {
    // SQLite would make the file readable by all; the side files of its journal copy the mode.
    fs.closeSync(fs.openSync(file, 'a', 0o600));
    return new Database(file);
  });
  const statements = new Map<Sql, Database.Statement>();
  const inserts = new Map<string, Database.Statement>();
  const prepare = (sql: Sql): Database.Statement => {
    const statement = statements.get(sql) ?? db.prepare(sql.join('?'));
    statements.set(sql, statement);
    return statement;
  };
  const exec = (sql: string): void => explained(file, () => void db.exec(sql));
  exec(`PRAGMA busy_timeout = ${patienceMilliseconds}`);
  // Values go as lists: the driver takes a lone Buffer for parameters by name, and ends the process.
  return {
    exec,
    run: (sql, ...values) => explained(file, () => void prepare(sql).run(values)),
    insertAll(table, columns, rows, onConflict) {
      const insert = onConflict === undefined ? 'INSERT OR REPLACE' : 'INSERT';
      const row = `(${columns.map(() => '?').join(', ')})`;
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        const some = rows.slice(at, at + ROWS_AT_ONCE);
        const values = some.map(() => row).join(', ');
        const sql = `${insert} INTO ${table} (${columns.join(', ')}) VALUES ${values} ${onConflict ?? ''}`;
        explained(file, () => {
          const statement = inserts.get(sql) ?? db.prepare(sql);
          // Of the odd numbers at the ends there are many; only the full one is worth keeping.
          if (some.length === ROWS_AT_ONCE) inserts.set(sql, statement);
          statement.run(some.flat());
        });
      }
    },
    get: <Row>(sql: Sql, ...values: readonly SqlValue[]) =>
      explained(file, () => prepare(sql).get(values) as Row | undefined),
    all: <Row>(sql: Sql, ...values: readonly SqlValue[]) =>
      explained(file, () => prepare(sql).all(values) as Row[]),
    iterate: <Row>(sql: Sql, ...values: readonly SqlValue[]) =>
      explained(file, () => prepare(sql).iterate(values) as Iterable<Row>),
    transaction(work) {
      exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        exec('COMMIT');
        return result;
      } catch (error) {
        // Some faults, such as a full disk, have ended the transaction themselves.
        if (db.inTransaction) exec('ROLLBACK');
        throw error;
      }
    },
    close() {
      if (!db.open) return;
      // The driver lets go of the file only with its last statement, so the journal is emptied here: a copy of
      // the one file is then a copy of all. While another command reads, all is as well in the journal.
      try {
        db.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // What cannot be moved out of the journal now stays in it, and is moved by who opens the file next.
      } finally {
        db.close();
      }
    },
  };
}

/** Whether an error tells that another process is writing. */
export function isBusy(error: unknown): boolean {
  return (error as { cause?: { code?: string } }).cause?.code === 'SQLITE_BUSY';
}

/** What is wrong with a file, by SQLite's name for it, and what to do. */
const FAULTS: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: 'is no archive; move it away and pull or import again',
  SQLITE_CORRUPT: 'is damaged; put back a copy of it, or move it away and pull or import again',
  SQLITE_BUSY: 'is being written by another command; run this one again when that has ended',
  SQLITE_FULL: 'does not fit on the disk; make room and run the command again',
  SQLITE_READONLY: 'cannot be written; check its permissions and those of its folder',
  SQLITE_CANTOPEN: 'cannot be opened; check its permissions and those of its folder',
};

function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code = '', syscall } = error as NodeJS.ErrnoException;
    const fault = syscall ? `cannot be opened: ${plainReason(error)}` : FAULTS[code];
    throw fault ? new OperatorError(`${file} ${fault}.`, { cause: error }) : error;
  }
}
