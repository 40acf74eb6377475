import { Components } from '../../mail/components.ts';
import { takeIn } from '../intake.ts';
import type { Mailbox, Session } from '../mailbox.ts';
import type { Pull } from './context.ts';
import { fetchInto } from './fetch.ts';

/** Sizes are asked for so many at a time: a mailbox may hold millions. */
const LISTED_AT_ONCE = 2000;

/** Fetches everything that is new in the session's mailboxes, from where the last run stopped. */
export async function pullWhole(session: Session, pull: Pull): Promise<void> {
  for (const name of await session.mailboxes()) {
    const mailbox = await session.open(name);
    if (mailbox) await pullMailbox(mailbox, pull);
  }
}

async function pullMailbox(mailbox: Mailbox, pull: Pull): Promise<void> {
  const { archive, source, maxBytes, tally } = pull;
  const { name, uidValidity } = mailbox;
  let cursor = { mailbox: name, uidValidity, lastUid: startOf(mailbox, pull) };
  const again = archive.retriedUids(source.name, name, uidValidity, maxBytes);
  const fresh = await mailbox.above(cursor.lastUid);
  const total = again.length + fresh.length;
  const told = pull.phase(`fetching ${name}`, total);
  // Without the cursor: what was rejected once lies before it.
  for await (const count of fetchInto(pull, mailbox, await mailbox.sizes(again))) told(count);
  for (let at = 0; at < fresh.length; at += LISTED_AT_ONCE) {
    const uids = fresh.slice(at, at + LISTED_AT_ONCE);
    const listed = await mailbox.sizes(uids);
    for await (const count of fetchInto(pull, mailbox, listed, cursor)) told(count);
    cursor = { ...cursor, lastUid: uids.at(-1)! };
  }
  // Behind the last message that is still there; where nothing has changed nothing is written.
  if (archive.cursor(source.name, name)?.lastUid !== cursor.lastUid || startsAnew(mailbox, pull))
    takeIn(archive, [], tally, { source: source.name, to: cursor });
}

function startsAnew({ name, uidValidity }: Mailbox, { archive, source }: Pull): boolean {
  return archive.cursor(source.name, name)?.uidValidity !== uidValidity;
}

/** The UID behind which a mailbox is to be read. */
function startOf({ name, uidValidity }: Mailbox, { archive, source, onNotice }: Pull): number {
  const before = archive.cursor(source.name, name);
  if (before?.uidValidity === uidValidity) return before.lastUid;
  if (before) {
    onNotice(
      `${source.name}: the server has renumbered ${name}, so it is read again from the start; known messages are kept.`,
    );
  }
  return 0;
}

/** What `pullWhole` would fetch now: messages, their bytes, and how many threads they are of. Writes nothing. */
export async function planWhole(session: Session, pull: Pull) {
  const { archive, source } = pull;
  const components = new Components();
  const indexes: number[] = [];
  let [messages, bytes, idless] = [0, 0, 0];
  for (const name of await session.mailboxes()) {
    const mailbox = await session.open(name);
    if (!mailbox) continue;
    const { uidValidity } = mailbox;
    const uids = [
      ...archive.retriedUids(source.name, name, uidValidity, pull.maxBytes),
      ...(await mailbox.above(startOf(mailbox, pull))),
    ];
    const told = pull.phase(`looking at ${name}`, uids.length);
    for await (const part of mailbox.headers(uids)) {
      for (const { size, facts } of part) {
        messages++;
        if (size <= pull.maxBytes) bytes += size;
        if (facts.id) indexes.push(components.join(facts.id, facts.references));
        else idless++;
      }
      told(part.length);
    }
  }
  for (const { id, references } of archive.links()) if (id) components.join(id, references);
  const threads = new Set(indexes.map(index => components.of(index))).size + idless;
  return { threads, messages, bytes };
}
