import { messageHash } from '../mail/message.ts';
import type { Archive } from './archive/archive.ts';
import { type Packed, packAll } from './archive/packed.ts';
import type { Cursor, Rejection, Sighting } from './archive/records.ts';
import type { Entry } from './archive/store.ts';

/** What became of everything that sources offered: seen = added + duplicates + number of rejected. */
export interface Tally {
  seen: number;
  added: number;
  duplicates: number;
  rejected: { readonly where: string; readonly reason: string }[];
}

/** A message as a source offers it, or the word of why it cannot. */
export interface Offer {
  readonly where: Sighting;
  readonly size: number;
  /** The bytes, or the reason why there are none. */
  readonly mail: Uint8Array | { readonly reason: string };
}

/** The source of mail that came from files. No source of `traffic.yaml` can be called so. */
export const IMPORT = 'import';

/** Nothing seen yet. */
export function emptyTally(): Tally {
  return { seen: 0, added: 0, duplicates: 0, rejected: [] };
}

/**
 * Stores a batch of offers in one transaction and counts them into `tally`. A cursor given with them moves in
 * the same transaction, so that a killed run has either both or neither and is simply repeated.
 */
export function takeIn(
  archive: Archive,
  batch: readonly Offer[],
  tally: Tally,
  cursor?: { readonly source: string; readonly to: Cursor },
): void {
  const { judged, fresh } = sift(archive, batch);
  keep(archive, judged, packAll(fresh), tally, cursor);
}

/** An offer without its bytes: the hash of the message that it brings, or the reason why it brings none. */
export type Judged = { readonly where: Sighting; readonly size: number } & (
  | { readonly hash: string }
  | { readonly reason: string }
);

/** A batch, and the messages in it that have to be packed, by hash: what the archive holds need not be packed again. */
export interface Sifted {
  readonly judged: readonly Judged[];
  readonly fresh: ReadonlyMap<string, Uint8Array>;
}

/** The first half of `takeIn`: sifts what is new to the archive from what is not. */
export function sift(archive: Archive, batch: readonly Offer[]): Sifted {
  const mails = new Map<string, Uint8Array>();
  const judged = batch.map(({ where, size, mail }): Judged => {
    if (!(mail instanceof Uint8Array)) return { where, size, reason: mail.reason };
    if (mail.byteLength === 0) return { where, size, reason: 'empty' };
    const hash = messageHash(mail);
    // Of two with the same hash, whose line ends may differ, the first is kept.
    if (!mails.has(hash)) mails.set(hash, mail);
    return { where, size, hash };
  });
  const known = archive.stored([...mails.keys()]);
  return { judged, fresh: new Map([...mails].filter(([hash]) => !known.has(hash))) };
}

/** The second half of `takeIn`: stores a batch, given its fresh messages packed. */
export function keep(
  archive: Archive,
  judged: readonly Judged[],
  packed: ReadonlyMap<string, Packed>,
  tally: Tally,
  cursor?: { readonly source: string; readonly to: Cursor },
): void {
  const entries: Entry[] = [];
  const rejections: Rejection[] = [];
  for (const offer of judged) {
    const { where, size } = offer;
    const message = 'hash' in offer ? packed.get(offer.hash) : undefined;
    if ('reason' in offer) rejections.push({ where, size, reason: offer.reason });
    else if (message?.facts.noArchive) rejections.push({ where, size, reason: 'no-archive' });
    else entries.push({ where, hash: offer.hash, packed: message });
  }
  const added = archive.transaction(() => {
    archive.reject(rejections);
    const fresh = archive.add(entries);
    if (cursor) archive.setCursor(cursor.source, cursor.to);
    return fresh;
  });
  // Counted only once it is kept.
  tally.seen += judged.length;
  tally.added += added;
  tally.duplicates += entries.length - added;
  for (const { where, reason } of rejections) tally.rejected.push({ where: placeOf(where), reason });
}

/** Where an offer was, in words: `list.mbox:12`, `work INBOX:4711`. */
function placeOf({ source, mailbox, uid }: Sighting): string {
  return `${source === IMPORT ? '' : `${source} `}${mailbox}:${uid}`;
}
