import path from 'node:path';
import type { TestContext } from 'node:test';
import Database from 'libsql';
import { Archive } from '../../ingest/archive/archive.ts';
import { pack } from '../../ingest/archive/packed.ts';
import type { Sighting } from '../../ingest/archive/records.ts';
import { type ImportOptions, importMail } from '../../ingest/files/import.ts';
import type { Tally } from '../../ingest/intake.ts';
import { messageHash } from '../../mail/message.ts';
import { temporaryFolder } from './folder.ts';

/** A new archive that goes away with the test, and its file. */
export function emptyArchive(context: TestContext): { readonly archive: Archive; readonly file: string } {
  const file = path.join(temporaryFolder(context), 'archive.db');
  const archive = Archive.open(file);
  context.after(() => archive.close());
  return { archive, file };
}

/** Imports what is under `paths`, as `traffic import` does it without options. */
export function importInto(
  archive: Archive,
  paths: readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<Tally> {
  return importMail(archive, paths, {
    maxBytes: 32 << 20,
    dialect: 'mboxrd',
    list: '',
    folder: path.dirname(paths[0]!),
    ...options,
  });
}

/** Stores mails under UIDs from 1 on, as if an IMAP server had given them. */
export function store(
  archive: Archive,
  mails: readonly Uint8Array[],
  where: { readonly mailbox?: string; readonly list?: string } = {},
): void {
  const { mailbox = 'INBOX', list = '' } = where;
  for (const [index, raw] of mails.entries())
    storeAt(archive, raw, { source: 'work', mailbox, uidValidity: 1n, uid: index + 1, list });
}

/** Stores one mail that was seen at a place, and gives how many are new: one or none. */
export function storeAt(archive: Archive, raw: Uint8Array, where: Sighting): number {
  return archive.transaction(() => archive.add([{ where, hash: messageHash(raw), packed: pack(raw) }]));
}

/** What works on the tables of an archive's file behind the archive's back. */
export function tamper(
  file: string,
  sql: string,
  ...values: readonly (string | number | Uint8Array)[]
): void {
  const db = new Database(file);
  db.exec('PRAGMA foreign_keys = OFF');
  db.prepare(sql).run(...values);
  db.close();
}

/** Every row of every table of an archive's file, in an order that does not depend on how they came; packed bytes left out. */
export function rowsOf(file: string): Readonly<Record<string, readonly string[]>> {
  const db = new Database(file);
  const rows = (sql: string) => (db.prepare(sql).all() as object[]).map(row => JSON.stringify(row)).sort();
  // Tables that archives of older versions do not have.
  const added = (sql: string) =>
    db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sweep'").get() === undefined ? [] : rows(sql);
  const tables = {
    raw: rows('SELECT hash, size, codec, line_ends FROM raw'),
    sighting: rows('SELECT * FROM sighting'),
    header: rows('SELECT * FROM header'),
    cursor: rows('SELECT * FROM cursor'),
    rejected: rows('SELECT * FROM rejected'),
    sweep: added('SELECT source, mailbox, uidvalidity, last_uid, windows FROM sweep'),
    swept: added('SELECT source, mailbox, swept.* FROM swept JOIN sweep ON sweep.id = sweep'),
    asked: added('SELECT source, mailbox, asked.* FROM asked JOIN sweep ON sweep.id = sweep'),
    judged: added('SELECT source, mailbox, judged.* FROM judged JOIN sweep ON sweep.id = sweep'),
    numbering: added('SELECT * FROM numbering'),
  };
  db.close();
  return tables;
}
