import type { MessageId } from '../../mail/message-id.ts';
import { type SweptRow, sweptHeader } from './header-row.ts';
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
    this.#db.transaction(() => {
      for (const header of headers) this.#insert(id, header);
      if (progress.lastUid !== undefined)
        this.#db.run`UPDATE sweep SET last_uid = ${progress.lastUid} WHERE id = ${id}`;
      if (progress.asked !== undefined)
        this.#db.run`INSERT OR IGNORE INTO asked (sweep, message_id) VALUES (${id}, ${progress.asked})`;
    });
  }

  /** Notes the times whose messages are all swept. */
  setWindows({ id }: Sweep, windows: readonly Window[]): void {
    const json = JSON.stringify(windows.map(({ since, until }) => [since, until]));
    this.#db.run`UPDATE sweep SET windows = ${json} WHERE id = ${id}`;
  }

  /** Whether a message's header has been read. */
  has({ id }: Sweep, uid: number): boolean {
    return this.#db.get`SELECT 1 FROM swept WHERE sweep = ${id} AND uid = ${uid}` !== undefined;
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

  #insert(sweep: number, header: SweptHeader): void {
    const { uid, size, id, references, sent, from, subject, listIds } = header;
    this.#db.run`
      INSERT OR REPLACE INTO swept (sweep, uid, size, message_id, refs, sent, from_name, from_address, subject, list_ids)
      VALUES (${sweep}, ${uid}, ${size}, ${id}, ${JSON.stringify(references)}, ${sent ?? null},
        ${from.name}, ${from.address}, ${subject}, ${JSON.stringify(listIds)})`;
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
