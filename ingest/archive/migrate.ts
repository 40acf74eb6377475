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
    for (const [at, step] of missing.entries()) {
      if (typeof step === 'string') db.exec(step);
      // What a later step does again need not be done now.
      else if (
        !missing.slice(at + 1).some(later => typeof later === 'object' && later.program === step.program)
      )
        STEPS[step.program](db);
    }
    if (missing.length > 0) db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** The steps that SQL alone cannot take. */
const STEPS = { 'read-headers': readHeaders } satisfies Record<string, (db: Sqlite) => void>;

/** So many messages are held at a time. */
const BATCH = 500;

/** Reads senders, subjects and who was away anew from all mail: earlier programs understood less of them. */
function readHeaders(db: Sqlite): void {
  for (let last = ''; ; ) {
    const rows = db.all<{ hash: string; bytes: Uint8Array }>`
      SELECT raw.hash, bytes FROM raw JOIN header ON header.hash = raw.hash
      WHERE raw.hash > ${last} ORDER BY raw.hash LIMIT ${BATCH}`;
    if (rows.length === 0) return;
    for (const { hash, bytes } of rows) {
      const { from, subject, autoReply } = headerFacts(zlib.inflateSync(bytes));
      db.run`UPDATE header SET from_name = ${from.name}, from_address = ${from.address}, subject = ${subject}
        WHERE hash = ${hash}`;
      if (autoReply) db.run`INSERT OR IGNORE INTO auto_reply (hash) VALUES (${hash})`;
    }
    last = rows.at(-1)!.hash;
  }
}
