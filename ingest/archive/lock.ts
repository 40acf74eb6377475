import { OperatorError } from '../../publication/operator-error.ts';
import { isBusy, openSqlite, type Sqlite } from './sqlite.ts';

/**
 * Takes the lock that lets one pull at a time work on an archive, and gives what releases it. The operating
 * system holds the lock, so that it goes with the process, however that ends: an open write transaction on a
 * small SQLite file beside the archive, which tells who has it.
 *
 * @throws OperatorError naming the process that has the lock.
 */
export function pullLock(archiveFile: string): () => void {
  const db = openSqlite(`${archiveFile}.lock`, 0);
  try {
    takeLock(db);
  } catch (error) {
    const sentence = isBusy(error) ? heldBy(db) : undefined;
    db.close();
    throw sentence === undefined ? error : new OperatorError(sentence, { cause: error });
  }
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}

/**
 * Says who takes the lock, and takes it. Only what is committed can be read by others, so it is said before the
 * lock is taken for good; another pull that comes between the two is seen by its name, and the word is taken anew.
 */
function takeLock(db: Sqlite): void {
  const pid = process.pid;
  const since = new Date().toISOString();
  // With this journal nobody who only reads keeps another from writing.
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY, pid INTEGER, since TEXT)');
  for (;;) {
    db.run`INSERT OR REPLACE INTO holder (one, pid, since) VALUES (1, ${pid}, ${since})`;
    db.exec('BEGIN IMMEDIATE');
    const holder = readHolder(db);
    if (holder?.pid === pid && holder.since === since) return;
    db.exec('ROLLBACK');
  }
}

function heldBy(db: Sqlite): string {
  const holder = readHolder(db);
  const who = holder ? ` (process ${holder.pid}, since ${holder.since.slice(0, 19)}Z)` : '';
  return `another pull is at work on this archive${who}; run this one again when that has ended.`;
}

function readHolder(db: Sqlite): { readonly pid: number; readonly since: string } | undefined {
  return db.get<{ pid: number; since: string }>`SELECT pid, since FROM holder WHERE one = 1`;
}
