import { type HeaderFacts, headerFacts } from '../mail/message.ts';
import type { Archive } from './archive/archive.ts';
import type { Cursor, Sighting } from './archive/records.ts';

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
  const outcome = emptyTally();
  archive.transaction(() => {
    for (const offer of batch) takeOne(archive, offer, outcome);
    if (cursor) archive.setCursor(cursor.source, cursor.to);
  });
  // Counted only once it is kept.
  tally.seen += outcome.seen;
  tally.added += outcome.added;
  tally.duplicates += outcome.duplicates;
  for (const rejected of outcome.rejected) tally.rejected.push(rejected);
}

function takeOne(archive: Archive, { where, size, mail }: Offer, tally: Tally): void {
  tally.seen++;
  const judged = judge(mail);
  if ('reason' in judged) {
    archive.reject({ where, reason: judged.reason, size });
    tally.rejected.push({ where: placeOf(where), reason: judged.reason });
  } else if (archive.add(judged.raw, judged.facts, where) === 'added') tally.added++;
  else tally.duplicates++;
}

function judge(
  mail: Offer['mail'],
): { readonly raw: Uint8Array; readonly facts: HeaderFacts } | { readonly reason: string } {
  if (!(mail instanceof Uint8Array)) return mail;
  if (mail.byteLength === 0) return { reason: 'empty' };
  const facts = headerFacts(mail);
  return facts.noArchive ? { reason: 'no-archive' } : { raw: mail, facts };
}

/** Where an offer was, in words: `list.mbox:12`, `work INBOX:4711`. */
function placeOf({ source, mailbox, uid }: Sighting): string {
  return `${source === IMPORT ? '' : `${source} `}${mailbox}:${uid}`;
}
