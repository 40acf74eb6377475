import zlib from 'node:zlib';
import { foldLineEnds, type HeaderFacts, messageHash } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';
import { OperatorError } from '../publication/operator-error.ts';
import type { ArchivedMessage, Cursor, Rejection, Sighting } from './records.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

interface HeaderRow {
  hash: string;
  message_id: string;
  refs: string;
  sent: number | null;
  sent_offset: number;
  received: number;
  from_name: string;
  from_address: string;
  subject: string;
  list_ids: string;
  body_hash: string;
  size: number;
  sighting_lists: string | null;
}

/**
 * The steps that make the archive's schema, oldest first; their number is the schema version. A step that has
 * been released is never changed: what comes later is a step of its own.
 */
const MIGRATIONS: readonly string[] = [
  `
  -- A message as received. The hash is of its bytes with CRLF folded to LF, in hex; the bytes are not folded.
  CREATE TABLE raw (
    hash TEXT PRIMARY KEY,
    bytes BLOB NOT NULL,
    size INTEGER NOT NULL,
    codec TEXT NOT NULL,
    line_ends TEXT NOT NULL
  );
  -- One row per place a message was seen.
  CREATE TABLE sighting (
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    uid INTEGER NOT NULL,
    list TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES raw (hash),
    PRIMARY KEY (source, mailbox, uidvalidity, uid, hash)
  ) WITHOUT ROWID;
  CREATE INDEX sighting_hash ON sighting (hash);
  -- What headers say, so that threads need no second look at the mail. Derived: can be made again from raw.
  CREATE TABLE header (
    hash TEXT PRIMARY KEY REFERENCES raw (hash),
    message_id TEXT NOT NULL,
    refs TEXT NOT NULL,
    sent INTEGER,
    sent_offset INTEGER NOT NULL,
    received INTEGER NOT NULL,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    list_ids TEXT NOT NULL,
    body_hash TEXT NOT NULL
  );
  CREATE INDEX header_message_id ON header (message_id);
  -- How far each mailbox has been read.
  CREATE TABLE cursor (
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    last_uid INTEGER NOT NULL,
    PRIMARY KEY (source, mailbox)
  ) WITHOUT ROWID;
  -- What a source offered and the archive does not hold, and why.
  CREATE TABLE rejected (
    source TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    uidvalidity TEXT NOT NULL,
    uid INTEGER NOT NULL,
    reason TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (source, mailbox, uidvalidity, uid)
  ) WITHOUT ROWID;
  `,
  `
  -- Where threads have been published: their root may move when a late parent arrives, their URL must not die.
  CREATE TABLE published_root (
    list TEXT NOT NULL,
    root TEXT NOT NULL,
    PRIMARY KEY (list, root)
  ) WITHOUT ROWID;
  `,
];

/** Rows that point at nothing, and what to say of them. */
const ORPHANS: readonly (readonly [string, string])[] = [
  ['sighting WHERE hash NOT IN (SELECT hash FROM raw)', 'sightings are of messages that are not there'],
  ['raw WHERE hash NOT IN (SELECT hash FROM sighting)', 'messages were never seen anywhere'],
  [
    'header WHERE hash NOT IN (SELECT hash FROM raw)',
    'entries of the header index are of messages that are not there',
  ],
];

/** How `raw.bytes` is packed; named in each row, so that another way can come beside it. */
const CODEC = 'deflate';

/**
 * The archive: one SQLite file that holds every message as it was received. All SQL of the program is here,
 * and only what better-sqlite3, libsql and `node:sqlite` have in common, so that any of them can serve.
 */
export class Archive {
  readonly #db: Sqlite;

  private constructor(db: Sqlite) {
    this.#db = db;
  }

  /**
   * The archive in `file`, made (mode 0600) where there is none, its schema brought up to date in one transaction.
   *
   * @throws OperatorError where the file is of a newer version, or no archive at all.
   */
  static open(file: string): Archive {
    const db = openSqlite(file);
    try {
      migrate(db, file);
    } catch (error) {
      db.close();
      if (/not a database/.test(String(error)))
        throw new OperatorError(`${file} is no archive; move it away and pull or import again.`);
      throw error;
    }
    return new Archive(db);
  }

  close(): void {
    this.#db.close();
  }

  /** What `work` gives, with all that it writes kept or none of it. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  /** Stores a message and where it was seen. Tells whether its bytes are new; storing twice is no fault. */
  add(raw: Uint8Array, facts: HeaderFacts, where: Sighting): 'added' | 'duplicate' {
    const hash = messageHash(raw);
    const known = this.#db.prepare('SELECT 1 FROM raw WHERE hash = ?').get(hash) !== undefined;
    if (!known) this.#insert(hash, raw, facts);
    this.#db
      .prepare(
        'INSERT OR IGNORE INTO sighting (source, mailbox, uidvalidity, uid, list, hash) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(where.source, where.mailbox, String(where.uidValidity), where.uid, where.list, hash);
    this.#forgetRejection(where);
    return known ? 'duplicate' : 'added';
  }

  /** Notes a message that is not stored, and why. */
  reject({ where, reason, size }: Rejection): void {
    this.#db
      .prepare(
        'INSERT OR REPLACE INTO rejected (source, mailbox, uidvalidity, uid, reason, size) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(where.source, where.mailbox, String(where.uidValidity), where.uid, reason, size);
  }

  /** The messages of a mailbox that were once rejected for `reason` and are at most `size` bytes: those to try again. */
  rejectedUids(
    source: string,
    mailbox: string,
    uidValidity: bigint,
    reason: string,
    size: number,
  ): readonly number[] {
    const rows = this.#db
      .prepare(
        'SELECT uid FROM rejected WHERE source = ? AND mailbox = ? AND uidvalidity = ? AND reason = ? AND size <= ? ORDER BY uid',
      )
      .all(source, mailbox, String(uidValidity), reason, size) as { uid: number }[];
    return rows.map(row => row.uid);
  }

  /** How far `mailbox` of `source` has been read, or undefined where it has not. */
  cursor(source: string, mailbox: string): Cursor | undefined {
    const row = this.#db
      .prepare('SELECT uidvalidity, last_uid FROM cursor WHERE source = ? AND mailbox = ?')
      .get(source, mailbox) as { uidvalidity: string; last_uid: number } | undefined;
    return row && { mailbox, uidValidity: BigInt(row.uidvalidity), lastUid: row.last_uid };
  }

  /** Moves a mailbox's cursor. Call it in the transaction that stores the messages before it. */
  setCursor(source: string, cursor: Cursor): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO cursor (source, mailbox, uidvalidity, last_uid) VALUES (?, ?, ?, ?)')
      .run(source, cursor.mailbox, String(cursor.uidValidity), cursor.lastUid);
  }

  /** Every stored message by (received time, id, hash): the same messages in the same order, however they arrived. */
  messages(): readonly ArchivedMessage[] {
    const rows = this.#db
      .prepare(
        `SELECT header.*, raw.size AS size,
         (SELECT json_group_array(DISTINCT list) FROM sighting WHERE sighting.hash = header.hash AND list <> '') AS sighting_lists
       FROM header JOIN raw ON raw.hash = header.hash ORDER BY received, message_id, header.hash`,
      )
      .all() as HeaderRow[];
    return rows.map(archivedMessage);
  }

  /** The bytes of a message as they were received, or undefined where the archive does not hold it. */
  raw(hash: string): Buffer | undefined {
    const row = this.#db.prepare('SELECT bytes FROM raw WHERE hash = ?').get(hash) as
      | { bytes: Uint8Array }
      | undefined;
    return row && unpack(row.bytes);
  }

  /** The bytes of a message with line ends folded to LF: what a page shows, whichever way the message came. */
  text(hash: string): Uint8Array {
    const raw = this.raw(hash);
    if (!raw) throw new Error(`the archive does not hold ${hash}`);
    return foldLineEnds(raw);
  }

  /** The roots of threads that have been published, so that a URL that a late parent moves can leave a redirect. */
  publishedRoots(): readonly { readonly list: string; readonly root: MessageId }[] {
    return this.#db.prepare('SELECT list, root FROM published_root ORDER BY list, root').all() as {
      list: string;
      root: MessageId;
    }[];
  }

  /** Remembers the roots of threads that are being published. The file is left untouched where all are known. */
  addPublishedRoots(roots: Iterable<{ readonly list: string; readonly root: MessageId }>): void {
    const known = new Set(this.publishedRoots().map(({ list, root }) => `${list} ${root}`));
    const fresh = [...roots].filter(({ list, root }) => !known.has(`${list} ${root}`));
    if (fresh.length === 0) return;
    const insert = this.#db.prepare('INSERT OR IGNORE INTO published_root (list, root) VALUES (?, ?)');
    this.transaction(() => {
      for (const { list, root } of fresh) insert.run(list, root);
    });
  }

  /** The hashes of all stored messages, in the order they were stored. */
  hashes(): readonly string[] {
    const rows = this.#db.prepare('SELECT hash FROM raw ORDER BY rowid').all() as { hash: string }[];
    return rows.map(row => row.hash);
  }

  /** What the tables say of a message beside its bytes: its size, and its id in the header index, if it is there. */
  stated(hash: string): { readonly size: number; readonly id: string | null } {
    return this.#db
      .prepare(
        'SELECT size, message_id AS id FROM raw LEFT JOIN header ON header.hash = raw.hash WHERE raw.hash = ?',
      )
      .get(hash) as { size: number; id: string | null };
  }

  /** What is wrong between the tables, one sentence each; empty where all is well. */
  inconsistencies(): readonly string[] {
    const found: string[] = [];
    const check = this.#db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    for (const row of check)
      if (row.integrity_check !== 'ok') found.push(`the file is damaged: ${row.integrity_check}`);
    for (const [from, what] of ORPHANS) {
      const { n } = this.#db.prepare(`SELECT count(*) AS n FROM ${from}`).get() as { n: number };
      if (n > 0) found.push(`${n} ${what}`);
    }
    const behind = this.#db
      .prepare(
        `SELECT source, mailbox FROM cursor WHERE last_uid < (SELECT max(uid) FROM sighting
           WHERE sighting.source = cursor.source AND sighting.mailbox = cursor.mailbox AND sighting.uidvalidity = cursor.uidvalidity)`,
      )
      .all() as { source: string; mailbox: string }[];
    for (const { source, mailbox } of behind)
      found.push(`the cursor of ${source}, ${mailbox} lies before messages that are stored`);
    return found;
  }

  /** How many rows each table holds, for a report. */
  counts(): {
    readonly messages: number;
    readonly ids: number;
    readonly sightings: number;
    readonly rejected: number;
    readonly bytes: number;
  } {
    const count = (sql: string) => (this.#db.prepare(`SELECT ${sql} AS n`).get() as { n: number }).n;
    return {
      messages: count('(SELECT count(*) FROM raw)'),
      ids: count('(SELECT count(DISTINCT message_id) FROM header)'),
      sightings: count('(SELECT count(*) FROM sighting)'),
      rejected: count('(SELECT count(*) FROM rejected)'),
      bytes: count('(SELECT coalesce(sum(size), 0) FROM raw)'),
    };
  }

  #insert(hash: string, raw: Uint8Array, facts: HeaderFacts): void {
    const packed = zlib.deflateSync(raw);
    this.#db
      .prepare('INSERT INTO raw (hash, bytes, size, codec, line_ends) VALUES (?, ?, ?, ?, ?)')
      .run(hash, packed, raw.byteLength, CODEC, foldLineEnds(raw) === raw ? 'lf' : 'crlf');
    this.#db
      .prepare(
        `INSERT INTO header (hash, message_id, refs, sent, sent_offset, received, from_name, from_address, subject, list_ids, body_hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(hash, ...headerColumns(facts));
  }

  #forgetRejection(where: Sighting): void {
    this.#db
      .prepare('DELETE FROM rejected WHERE source = ? AND mailbox = ? AND uidvalidity = ? AND uid = ?')
      .run(where.source, where.mailbox, String(where.uidValidity), where.uid);
  }
}

/** Brings an older archive up to date in one transaction; an archive of a newer program is left alone. */
function migrate(db: Sqlite, file: string): void {
  const version = () => (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  if (version() > MIGRATIONS.length) {
    throw new OperatorError(
      `${file} is of schema version ${version()}, and this program knows ${MIGRATIONS.length}; use the newer program that wrote it.`,
    );
  }
  if (version() === MIGRATIONS.length) return;
  db.transaction(() => {
    // Read again: another process may have migrated while this one waited.
    for (const step of MIGRATIONS.slice(version())) db.exec(step);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

function headerColumns(facts: HeaderFacts): readonly (string | number | null)[] {
  return [
    facts.id,
    JSON.stringify(facts.references),
    facts.sent?.time ?? null,
    facts.sent?.offset ?? 0,
    facts.received,
    facts.from.name,
    facts.from.address,
    facts.subject,
    JSON.stringify(facts.listIds),
    facts.bodyHash,
  ];
}

function archivedMessage(row: HeaderRow): ArchivedMessage {
  return {
    hash: row.hash,
    id: row.message_id as MessageId,
    references: JSON.parse(row.refs) as MessageId[],
    sent: row.sent === null ? undefined : { time: row.sent, offset: row.sent_offset },
    received: row.received,
    from: { name: row.from_name, address: row.from_address },
    subject: row.subject,
    listIds: JSON.parse(row.list_ids) as string[],
    bodyHash: row.body_hash,
    size: row.size,
    sightingLists: row.sighting_lists === null ? [] : (JSON.parse(row.sighting_lists) as string[]),
  };
}

function unpack(packed: Uint8Array): Buffer {
  return zlib.inflateSync(packed);
}
