import zlib from 'node:zlib';
import { foldLineEnds } from '../../mail/message.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { byReceived } from '../../mail/thread.ts';
import { type KeptBlocks, NO_BLOCKS } from './header-blocks.ts';
import { type LinkRow, linksOf } from './header-row.ts';
import { readHeaders } from './headers.ts';
import { migrate, refuseForeign } from './migrate.ts';
import type { ArchivedMessage, Cursor, Link, Numbering, Place, PublishedPage, Rejection } from './records.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import { type Entry, storedHashes, storeEntries, storeRejections } from './store.ts';
import { Sweeps } from './sweeps.ts';

const CACHE_KILOBYTES = 16 << 10;
/** Of 4096 bytes each. */
const JOURNAL_PAGES = 8000;

/**
 * The archive: one SQLite file that holds every message as it was received. All SQL of the program is in this
 * folder, and only what better-sqlite3, libsql and `node:sqlite` have in common, so that any of them can serve.
 */
export class Archive {
  readonly #db: Sqlite;
  /** The headers that have been read to choose threads by. */
  readonly sweeps: Sweeps;

  private constructor(db: Sqlite) {
    this.#db = db;
    this.sweeps = new Sweeps(db);
  }

  /**
   * The archive in `file`, made (mode 0600) where there is none, its schema brought up to date in one transaction.
   *
   * @throws OperatorError where the file is of a newer version, or no archive at all; it is left untouched.
   */
  static open(file: string): Archive {
    const db = openSqlite(file);
    try {
      refuseForeign(db, file);
      db.exec('PRAGMA journal_mode = WAL');
      // A cursor must not survive a power cut that its messages did not.
      db.exec('PRAGMA synchronous = FULL');
      migrate(db);
    } catch (error) {
      db.close();
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

  /** Gives this connection the memory and the journal to store many messages fast. */
  expectMany(): void {
    // A hash may lie anywhere in an index, so every batch touches most of its pages: they stay in memory, and go from
    // the journal to the file less often.
    this.#db.exec(`PRAGMA cache_size = -${CACHE_KILOBYTES}`);
    this.#db.exec(`PRAGMA wal_autocheckpoint = ${JOURNAL_PAGES}`);
  }

  /** Which of the messages with these hashes (of `messageHash`) are stored. */
  stored(hashes: readonly string[]): ReadonlySet<string> {
    return storedHashes(this.#db, hashes);
  }

  /**
   * Stores messages and where they were seen, and gives how many of them are new; storing twice is no fault. Call it
   * in a transaction.
   */
  add(entries: readonly Entry[]): number {
    return storeEntries(this.#db, entries);
  }

  /** Notes messages that are not stored, and why. Call it in a transaction. */
  reject(rejections: readonly Rejection[]): void {
    storeRejections(this.#db, rejections);
  }

  /**
   * Whether there is no need to fetch a message: it is stored, or was rejected for a reason that still holds.
   * `RETRIED` reasons hold for messages of more than `maxBytes` only.
   */
  isSettled({ source, mailbox, uidValidity, uid }: Place, maxBytes: number): boolean {
    const validity = String(uidValidity);
    const row = this.#db.get`
      SELECT 1 FROM sighting WHERE source = ${source} AND mailbox = ${mailbox}
      AND uidvalidity = ${validity} AND uid = ${uid}
      UNION ALL
      SELECT 1 FROM rejected WHERE source = ${source} AND mailbox = ${mailbox}
      AND uidvalidity = ${validity} AND uid = ${uid}
      AND (reason NOT IN ('too-big', 'not-sent') OR size > ${maxBytes})`;
    return row !== undefined;
  }

  /** The messages of a mailbox whose rejection may no longer hold: to be tried again. Ascending. */
  retriedUids(source: string, mailbox: string, uidValidity: bigint, maxBytes: number): readonly number[] {
    const rows = this.#db.all<{ uid: number }>`
      SELECT uid FROM rejected WHERE source = ${source} AND mailbox = ${mailbox}
      AND uidvalidity = ${String(uidValidity)} AND reason IN ('too-big', 'not-sent')
      AND size <= ${maxBytes} ORDER BY uid`;
    return rows.map(row => row.uid);
  }

  /** How far `mailbox` of `source` has been read, or undefined where it has not. */
  cursor(source: string, mailbox: string): Cursor | undefined {
    const row = this.#db.get<{ uidvalidity: string; last_uid: number }>`
      SELECT uidvalidity, last_uid FROM cursor WHERE source = ${source} AND mailbox = ${mailbox}`;
    return row && { mailbox, uidValidity: BigInt(row.uidvalidity), lastUid: row.last_uid };
  }

  /** Moves a mailbox's cursor. Call it in the transaction that stores the messages before it. */
  setCursor(source: string, { mailbox, uidValidity, lastUid }: Cursor): void {
    this.#db.run`
      INSERT OR REPLACE INTO cursor (source, mailbox, uidvalidity, last_uid)
      VALUES (${source}, ${mailbox}, ${String(uidValidity)}, ${lastUid})`;
  }

  /** What the numbers of a git mailbox count, or undefined where it has not been read. */
  numbering(source: string, mailbox: string): Numbering | undefined {
    const row = this.#db.get<{ uidvalidity: string; uid: number; commit_id: string }>`
      SELECT uidvalidity, uid, commit_id FROM numbering WHERE source = ${source} AND mailbox = ${mailbox}`;
    return row && { uidValidity: BigInt(row.uidvalidity), uid: row.uid, commit: row.commit_id };
  }

  /** Notes what the numbers of a git mailbox count. */
  setNumbering(source: string, mailbox: string, { uidValidity, uid, commit }: Numbering): void {
    this.#db.run`
      INSERT OR REPLACE INTO numbering (source, mailbox, uidvalidity, uid, commit_id)
      VALUES (${source}, ${mailbox}, ${String(uidValidity)}, ${uid}, ${commit})`;
  }

  /** Whether a message of this id is stored. */
  holds(id: MessageId): boolean {
    return this.#db.get`SELECT 1 FROM header WHERE message_id = ${id}` !== undefined;
  }

  /** The ids of all stored messages with their references, in no order. */
  links(): Iterable<Link> {
    return linksOf(this.#db.iterate<LinkRow>`SELECT message_id, refs FROM header`);
  }

  /**
   * Every stored message by (received time, id, hash): the same messages in the same order, however they arrived. Where
   * there is something to keep `blocks` of them in, what was kept is not read again.
   */
  messages(blocks: KeptBlocks = NO_BLOCKS): readonly ArchivedMessage[] {
    return readHeaders(this.#db, blocks).sort((a, b) => byReceived(a, b) || (a.hash < b.hash ? -1 : 1));
  }

  /** The hashes of messages that programs sent in the name of somebody who was away. */
  autoReplies(): ReadonlySet<string> {
    return new Set(this.#db.all<{ hash: string }>`SELECT hash FROM auto_reply`.map(({ hash }) => hash));
  }

  /** The bytes of a message as they were received, or undefined where the archive does not hold it. */
  raw(hash: string): Buffer | undefined {
    const row = this.#db.get<{ bytes: Uint8Array }>`SELECT bytes FROM raw WHERE hash = ${hash}`;
    return row && zlib.inflateSync(row.bytes);
  }

  /** The bytes of a message with line ends folded to LF: what a page shows, whichever way the message came. */
  text(hash: string): Uint8Array {
    const raw = this.raw(hash);
    if (!raw) throw new Error(`the archive does not hold ${hash}`);
    return foldLineEnds(raw);
  }

  /** The pages that have ever been published, or those of a path that begins with `under`: their paths, and the ids they are made from. */
  published(under = '/'): readonly PublishedPage[] {
    return this.#db.all<PublishedPage>`
      SELECT path, id FROM published WHERE path >= ${under} AND path < ${`${under}\u{10ffff}`} ORDER BY path`;
  }

  /** The id that a page was made from when it was first published; undefined of a path on which none was. */
  publishedAs(path: string): MessageId | undefined {
    return this.#db.get<{ id: MessageId }>`SELECT id FROM published WHERE path = ${path}`?.id;
  }

  /** How many pages have ever been published. */
  countPublished(): number {
    return this.#db.get<{ count: number }>`SELECT count(*) AS count FROM published`!.count;
  }

  /** Remembers pages that are being published, beside those that are. The file is left untouched where all are known. */
  addPublished(pages: readonly PublishedPage[]): void {
    if (pages.length === 0) return;
    this.transaction(() => {
      for (const { path, id } of pages)
        this.#db.run`INSERT OR IGNORE INTO published (path, id) VALUES (${path}, ${id})`;
    });
  }

  /** The hashes of all stored messages, in the order they were stored. */
  hashes(): readonly string[] {
    return this.#db.all<{ hash: string }>`SELECT hash FROM raw ORDER BY rowid`.map(row => row.hash);
  }

  /** What the tables say of a message beside its bytes: its size, and its id and its body's hash in the header index, if it is there. */
  stated(hash: string): {
    readonly size: number;
    readonly id: string | null;
    readonly bodyHash: string | null;
  } {
    return this.#db.get<{ size: number; id: string | null; bodyHash: string | null }>`
      SELECT size, message_id AS id, body_hash AS bodyHash FROM raw LEFT JOIN header ON header.hash = raw.hash WHERE raw.hash = ${hash}`!;
  }

  /** What is wrong between the tables, one sentence each; empty where all is well. */
  inconsistencies(): readonly string[] {
    const some = (n: number, what: string) => (n > 0 ? [`${n} ${what}`] : []);
    const checked = this.#db.all<{ integrity_check: string }>`PRAGMA integrity_check`;
    // Messages that a topic chose may lie anywhere.
    const behind = this.#db.all<{ source: string; mailbox: string }>`
      SELECT source, mailbox FROM cursor WHERE last_uid < (SELECT max(uid) FROM sighting
      WHERE sighting.source = cursor.source AND sighting.mailbox = cursor.mailbox
      AND sighting.uidvalidity = cursor.uidvalidity AND NOT EXISTS (SELECT 1 FROM sweep
        JOIN swept ON swept.sweep = sweep.id WHERE sweep.source = sighting.source
        AND sweep.mailbox = sighting.mailbox AND sweep.uidvalidity = sighting.uidvalidity
        AND swept.uid = sighting.uid))`;
    const homeless = this.#count`SELECT count(*) AS n FROM sighting WHERE hash NOT IN (SELECT hash FROM raw)`;
    const unseen = this.#count`SELECT count(*) AS n FROM raw WHERE hash NOT IN (SELECT hash FROM sighting)`;
    const bodiless = this.#count`SELECT count(*) AS n FROM header WHERE hash NOT IN (SELECT hash FROM raw)`;
    return [
      ...checked.flatMap(row =>
        row.integrity_check === 'ok' ? [] : [`the file is damaged: ${row.integrity_check}`],
      ),
      ...some(homeless, 'sightings are of messages that are not there'),
      ...some(unseen, 'messages were never seen anywhere'),
      ...some(bodiless, 'entries of the header index are of messages that are not there'),
      ...behind.map(at => `the cursor of ${at.source}, ${at.mailbox} lies before messages that are stored`),
    ];
  }

  /** How many rows each table holds, for a report. */
  counts() {
    return {
      messages: this.#count`SELECT count(*) AS n FROM raw`,
      ids: this.#count`SELECT count(DISTINCT message_id) AS n FROM header`,
      sightings: this.#count`SELECT count(*) AS n FROM sighting`,
      rejected: this.#count`SELECT count(*) AS n FROM rejected`,
      bytes: this.#count`SELECT coalesce(sum(size), 0) AS n FROM raw`,
    };
  }

  /** Whether it holds no message; counting them takes longer. */
  isEmpty(): boolean {
    return this.#db.get`SELECT 1 FROM raw LIMIT 1` === undefined;
  }

  #count(sql: TemplateStringsArray): number {
    return this.#db.get<{ n: number }>(sql)!.n;
  }
}
