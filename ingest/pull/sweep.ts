import type { MessageId } from '../../mail/message-id.ts';
import type { Sweep, SweptHeader, Window } from '../archive/records.ts';
import type { ListedHeader, Mailbox } from '../mailbox.ts';
import type { Pull } from './context.ts';
import { ALL_TIME, uncovered, united } from './windows.ts';

/** Headers are small, and a transaction takes as long as some of them. */
const STORED_AT_ONCE = 100;

/**
 * Reads the headers of what has come to a mailbox since its sweep began, whatever their dates, and gives the
 * sweep. One that begins here begins with no messages: `sweepWindows` reads those that were there before.
 */
export async function sweepNew(mailbox: Mailbox, pull: Pull): Promise<Sweep> {
  const { archive, source, onNotice } = pull;
  const before = archive.sweeps.of(source.name, mailbox.name);
  if (before?.uidValidity !== mailbox.uidValidity) {
    if (before)
      onNotice(
        `${source.name}: ${mailbox.name} has been renumbered, so its headers are read again; known messages are kept.`,
      );
    return archive.sweeps.begin(source.name, mailbox.name, mailbox.uidValidity, await mailbox.newest());
  }
  const uids = await mailbox.above(before.lastUid);
  await read(mailbox, pull, before, uids, true);
  return archive.sweeps.of(source.name, mailbox.name)!;
}

/** Reads the headers of these times that have not been read, and notes that they have. */
export async function sweepWindows(
  mailbox: Mailbox,
  pull: Pull,
  sweep: Sweep,
  windows: readonly Window[],
): Promise<void> {
  const { archive } = pull;
  let covered = sweep.windows;
  for (const window of uncovered(windows, covered)) {
    const found = await mailbox.within(window.since, window.until);
    // A source that cannot search by date is swept whole, once.
    const uids = found ?? (await mailbox.above(0));
    const known = archive.sweeps.uids(sweep);
    const unread = uids.filter(uid => uid <= sweep.lastUid && !known.has(uid));
    await read(mailbox, pull, sweep, unread);
    covered = united([...covered, found ? window : ALL_TIME]);
    archive.sweeps.setWindows(sweep, covered);
    if (!found) return;
  }
}

/** Asks a mailbox for a message by its id, and reads its header if it is there. Tells whether it is. */
export async function askFor(mailbox: Mailbox, pull: Pull, sweep: Sweep, id: MessageId): Promise<boolean> {
  const found: SweptHeader[] = [];
  for await (const part of mailbox.headers(await mailbox.withId(id)))
    found.push(...part.map(sweptHeader).filter(header => header.id === id));
  pull.archive.sweeps.add(sweep, found, { asked: id });
  pull.tally.swept += found.length;
  return found.length > 0;
}

async function read(
  mailbox: Mailbox,
  pull: Pull,
  sweep: Sweep,
  uids: readonly number[],
  moves = false,
): Promise<void> {
  const { archive, tally } = pull;
  const told = pull.phase(`reading headers of ${mailbox.name}`, uids.length);
  const store = (headers: readonly SweptHeader[]) => {
    const lastUid = headers.at(-1)?.uid;
    archive.sweeps.add(sweep, headers, moves && lastUid !== undefined ? { lastUid } : {});
    tally.swept += headers.length;
  };
  let headers: SweptHeader[] = [];
  try {
    for await (const part of mailbox.headers(uids)) {
      for (const one of part) headers.push(sweptHeader(one));
      if (headers.length >= STORED_AT_ONCE) {
        store(headers);
        headers = [];
      }
      told(part.length);
    }
  } finally {
    // What came before a connection broke is as good as the rest.
    if (headers.length > 0) store(headers);
  }
}

function sweptHeader({ uid, size, facts }: ListedHeader): SweptHeader {
  const { id, references, sent, from, subject, listIds } = facts;
  return { uid, size, id: id ?? '', references, sent: sent?.time, from, subject, listIds };
}
