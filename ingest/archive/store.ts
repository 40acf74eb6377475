import { CODEC, type Packed } from './packed.ts';
import type { Rejection, Sighting } from './records.ts';
import type { Sqlite } from './sqlite.ts';

/** A message that was seen somewhere. */
export interface Entry {
  readonly where: Sighting;
  /** SHA-256 of the bytes with line ends folded. */
  readonly hash: string;
  /** The message; undefined where the archive is known to hold it. */
  readonly packed: Packed | undefined;
}

const RAW_COLUMNS = ['hash', 'bytes', 'size', 'codec', 'line_ends'] as const;
const HEADER_COLUMNS = [
  'hash',
  'message_id',
  'refs',
  'sent',
  'sent_offset',
  'received',
  'from_name',
  'from_address',
  'subject',
  'list_ids',
  'body_hash',
] as const;
const PLACE_COLUMNS = ['source', 'mailbox', 'uidvalidity', 'uid'] as const;

/** Which of the messages with these hashes are stored. */
export function storedHashes(db: Sqlite, hashes: readonly string[]): ReadonlySet<string> {
  const rows = db.all<{ hash: string }>`
    SELECT hash FROM raw WHERE hash IN (SELECT value FROM json_each(${JSON.stringify(hashes)}))`;
  return new Set(rows.map(({ hash }) => hash));
}

/** Stores messages in their order, and where they were seen; gives how many of them are new. */
export function storeEntries(db: Sqlite, entries: readonly Entry[]): number {
  const offered = entries.filter(({ packed }) => packed !== undefined).map(({ hash }) => hash);
  const known = storedHashes(db, offered);
  const fresh = new Map<string, Packed>();
  for (const { hash, packed } of entries)
    if (packed && !known.has(hash) && !fresh.has(hash)) fresh.set(hash, packed);
  db.insertAll(
    'raw',
    RAW_COLUMNS,
    [...fresh].map(([hash, { bytes, size, lineEnds }]) => [hash, bytes, size, CODEC, lineEnds]),
  );
  db.insertAll(
    'header',
    HEADER_COLUMNS,
    [...fresh].map(([hash, { facts }]) => [
      hash,
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
    ]),
  );
  db.insertAll(
    'auto_reply',
    ['hash'],
    [...fresh].flatMap(([hash, { facts }]) => (facts.autoReply ? [[hash]] : [])),
  );
  storeSightings(db, entries);
  return fresh.size;
}

function storeSightings(db: Sqlite, entries: readonly Entry[]): void {
  const places = entries.map(({ where }) => placeValues(where));
  // A list that is named only when the same mail comes again is still news.
  db.insertAll(
    'sighting',
    [...PLACE_COLUMNS, 'list', 'hash'],
    entries.map(({ where, hash }, at) => [...places[at]!, where.list, hash]),
    `ON CONFLICT (source, mailbox, uidvalidity, uid, hash)
     DO UPDATE SET list = excluded.list WHERE excluded.list <> ''`,
  );
  db.run`
    DELETE FROM rejected WHERE (source, mailbox, uidvalidity, uid) IN (
      SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
        json_extract(value, '$[3]') FROM json_each(${JSON.stringify(places)}))`;
}

/** Notes messages that are not stored, and why. */
export function storeRejections(db: Sqlite, rejections: readonly Rejection[]): void {
  db.insertAll(
    'rejected',
    [...PLACE_COLUMNS, 'reason', 'size'],
    rejections.map(({ where, reason, size }) => [...placeValues(where), reason, size]),
  );
}

function placeValues({ source, mailbox, uidValidity, uid }: Sighting): readonly (string | number)[] {
  return [source, mailbox, String(uidValidity), uid];
}
