import zlib from 'node:zlib';
import { headerFacts } from '../../mail/message.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { MIGRATIONS } from './schema.ts';
import type { Sqlite } from './sqlite.ts';

function schemaVersion(db: Sqlite): number {
  return db.get<{ user_version: number }>`PRAGMA user_version`!.user_version;
}

/** Refuses the file of a newer program, and one of another program, before anything is written to it. */
export function refuseForeign(db: Sqlite, file: string): void {
  const version = schemaVersion(db);
  if (version > MIGRATIONS.length) {
    throw new OperatorError(
      `${file} is of schema version ${version}, and this program knows ${MIGRATIONS.length}; use the newer program that wrote it.`,
    );
  }
  if (version === 0 && db.get`SELECT 1 FROM sqlite_master` !== undefined)
    throw new OperatorError(
      `${file} is the database of another program; move it away or name another folder.`,
    );
}

/** Brings a new or older archive up to date in one transaction. */
export function migrate(db: Sqlite): void {
  if (schemaVersion(db) >= MIGRATIONS.length) return;
  db.transaction(() => {
    // Read again: another process may have migrated while this one waited.
    const missing = MIGRATIONS.slice(schemaVersion(db));
    for (const step of missing) {
      if (typeof step === 'string') db.exec(step);
      else STEPS[step.program](db);
    }
    if (missing.length > 0) db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** The steps that SQL alone cannot take. */
const STEPS = { 'restore-authors': restoreAuthors } satisfies Record<string, (db: Sqlite) => void>;

/** Puts the people back into the index in whose place a list stood: earlier programs took From as it was. */
function restoreAuthors(db: Sqlite): void {
  const rows = db.all<{ hash: string; bytes: Uint8Array }>`
    SELECT raw.hash, bytes FROM raw JOIN header ON header.hash = raw.hash WHERE from_name LIKE '% via %'`;
  for (const { hash, bytes } of rows) {
    const { name, address } = headerFacts(zlib.inflateSync(bytes)).from;
    db.run`UPDATE header SET from_name = ${name}, from_address = ${address} WHERE hash = ${hash}`;
  }
}
