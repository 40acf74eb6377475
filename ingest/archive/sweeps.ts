import type { MessageId } from '../../mail/message-id.ts';
import { SWEPT_COLUMNS, type SweptRow, sweptHeader, sweptValues } from './header-row.ts';
import type { Sweep, SweptHeader, Window } from './records.ts';
import type { Sqlite } from './sqlite.ts';

interface SweepRow {
  readonly id: number;
  readonly mailbox: string;
  readonly uidvalidity: string;
  readonly last_uid: number;
  readonly windows: string;
}

/**
 * The headers that sweeps of mailboxes have read, and what else was learned about messages that are not stored.
 * Nothing here is lost for good: a sweep that is gone is made again.
 */
export class Sweeps {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  /** The sweep of a mailbox, or undefined where there is none. */
  of(source: string, mailbox: string): Sweep | undefined {
    const row = this.#db.get<SweepRow>`
      SELECT id, mailbox, uidvalidity, last_uid, windows FROM sweep
      WHERE source = ${source} AND mailbox = ${mailbox}`;
    return row && sweepOf(row);
  }

  /** The sweeps of a source's mailboxes, by their names. */
  ofSource(source: string): readonly Sweep[] {
    const rows = this.#db.all<SweepRow>`
      SELECT id, mailbox, uidvalidity, last_uid, windows FROM sweep WHERE source = ${source} ORDER BY mailbox`;
    return rows.map(sweepOf);
  }

  /** Begins to sweep a mailbox that holds messages up to `lastUid`; a sweep under other numbers is forgotten. */
  begin(source: string, mailbox: string, uidValidity: bigint, lastUid: number): Sweep {
    this.#db.transaction(() => {
      // Child rows by hand: whether SQLite follows references is a setting of the connection.
      const old = this.of(source, mailbox)?.id ?? -1;
      this.#db.run`DELETE FROM swept WHERE sweep = ${old}`;
      this.#db.run`DELETE FROM asked WHERE sweep = ${old}`;
      this.#db.run`DELETE FROM judged WHERE sweep = ${old}`;
      this.#db.run`DELETE FROM sweep WHERE id = ${old}`;
      this.#db.run`
        INSERT INTO sweep (source, mailbox, uidvalidity, last_uid, windows)
        VALUES (${source}, ${mailbox}, ${String(uidValidity)}, ${lastUid}, '[]')`;
    });
    return this.of(source, mailbox)!;
  }

  /** Stores headers, and how far the sweep has come with them: both or neither. */
  add(
    { id }: Sweep,
    headers: readonly SweptHeader[],
    progress: { lastUid?: number; asked?: MessageId } = {},
  ): void {
    // A power cut may take what is not on the disk yet; headers can be read again, so nobody waits for the disk.
    this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      this.#db.transaction(() => {
        this.#db.insertAll(
          'swept',
          SWEPT_COLUMNS,
          headers.map(header => [id, ...sweptValues(header)]),
        );
        if (progress.lastUid !== undefined)
          this.#db.run`UPDATE sweep SET last_uid = ${progress.lastUid} WHERE id = ${id}`;
        if (progress.asked !== undefined)
          this.#db.run`INSERT OR IGNORE INTO asked (sweep, message_id) VALUES (${id}, ${progress.asked})`;
      });
    } finally {
      this.#db.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Notes the times whose messages are all swept. */
  setWindows({ id }: Sweep, windows: readonly Window[]): void {
    const json = JSON.stringify(windows.map(({ since, until }) => [since, until]));
    this.#db.run`UPDATE sweep SET windows = ${json} WHERE id = ${id}`;
  }

  /** The UIDs of the messages whose headers have been read. */
  uids({ id }: Sweep): ReadonlySet<number> {
    const uids = new Set<number>();
    for (const { uid } of this.#db.iterate<{ uid: number }>`SELECT uid FROM swept WHERE sweep = ${id}`)
      uids.add(uid);
    return uids;
  }

  /** Whether the mailbox has been asked for a message by its id. */
  wasAsked({ id }: Sweep, messageId: MessageId): boolean {
    return this.#db.get`SELECT 1 FROM asked WHERE sweep = ${id} AND message_id = ${messageId}` !== undefined;
  }

  /** The headers of a sweep, by UID, one after the other: use up all before anything else is asked of the archive. */
  *headers({ id }: Sweep): Generator<SweptHeader> {
    for (const row of this.#db.iterate<SweptRow>`
      SELECT uid, size, message_id, refs, sent, from_name, from_address, subject, list_ids
      FROM swept WHERE sweep = ${id} ORDER BY uid`)
      yield sweptHeader(row);
  }

  /** The headers of a sweep with these UIDs, in their order; those that have not been read are left out. */
  *headersOf({ id }: Sweep, uids: readonly number[]): Generator<SweptHeader> {
    for (const uid of uids) {
      const row = this.#db.get<SweptRow>`
        SELECT uid, size, message_id, refs, sent, from_name, from_address, subject, list_ids
        FROM swept WHERE sweep = ${id} AND uid = ${uid}`;
      if (row) yield sweptHeader(row);
    }
  }

  /** Whether `pattern` matches the text of a message, by UID, for the messages whose text has been read for it. */
  judgements({ id }: Sweep, pattern: string): ReadonlyMap<number, boolean> {
    const rows = this.#db.all<{ uid: number; matches: number }>`
      SELECT uid, matches FROM judged WHERE sweep = ${id} AND pattern = ${pattern}`;
    return new Map(rows.map(row => [row.uid, row.matches === 1]));
  }

  /** Notes whether `pattern` matches the texts of messages, by UID. */
  judge({ id }: Sweep, pattern: string, judgements: ReadonlyMap<number, boolean>): void {
    this.#db.transaction(() => {
      for (const [uid, matches] of judgements)
        this.#db.run`
          INSERT OR REPLACE INTO judged (sweep, uid, pattern, matches)
          VALUES (${id}, ${uid}, ${pattern}, ${matches ? 1 : 0})`;
    });
  }
}

function sweepOf({ id, mailbox, uidvalidity, last_uid, windows }: SweepRow): Sweep {
  return {
    id,
    mailbox,
    uidValidity: BigInt(uidvalidity),
    lastUid: last_uid,
    windows: (JSON.parse(windows) as [number, number][]).map(([since, until]) => ({ since, until })),
  };
}
