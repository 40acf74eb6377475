import { groupBy } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { parseContent } from '../../mail/mime.ts';
import { buildThreads } from '../../mail/thread.ts';
import type { Sweep, Window } from '../archive/records.ts';
import { type Mailbox, type Session, SourceLost } from '../mailbox.ts';
import type { PlannedThread, Pull, PullPlan } from './context.ts';
import { fetchInto, parts } from './fetch.ts';
import { FIRST_MAIL, seedTest } from './seeds.ts';
import { type ChosenMessage, type DoubtfulMessage, type Survey, survey } from './survey.ts';
import { askFor, sweepNew, sweepWindows } from './sweep.ts';
import { ALL_TIME, uncovered } from './windows.ts';

/** So many messages that others refer to are asked for in one run; the next goes on. */
const ASKED_AT_MOST = 200;
const DAY = 86_400;

/**
 * Fetches the threads of the source's topics, whole: headers are swept by date and threads made of them here,
 * as servers cannot be relied on for it; a thread is chosen if a message of it is a topic's; what its messages
 * refer to is asked for by id, what may answer them is looked for around their dates; then the bodies come.
 */
export async function pullTopics(session: Session, pull: Pull): Promise<void> {
  const mailboxes = new Mailboxes(session);
  const { chosen } = await chooseThreads(mailboxes, pull);
  const wanted = unsettled(chosen, pull);
  for (const [sweep, messages] of groupBy(wanted, ({ sweep }) => sweep)) {
    const told = pull.phase(`fetching ${sweep.mailbox}`, messages.length);
    const mailbox = await mailboxes.of(sweep);
    const listed = messages.map(({ header }) => header);
    for await (const count of fetchInto(pull, mailbox, listed)) told(count);
  }
}

/** What `pullTopics` would fetch now. The headers it reads are kept, so that the pull itself need not read them. */
export async function planTopics(session: Session, pull: Pull): Promise<PullPlan> {
  const { chosen } = await chooseThreads(new Mailboxes(session), pull);
  const wanted = new Set(unsettled(chosen, pull));
  const copies = groupBy(chosen, ({ key }) => key);
  const threads = buildThreads(
    [...copies].map(([id, [first]]) => ({
      id,
      references: first!.header.references,
      received: first!.header.sent ?? 0,
      subject: first!.header.subject,
    })),
  ).map(({ root, messages }): PlannedThread => {
    const fetched = messages.flatMap(({ id }) => copies.get(id)!).filter(message => wanted.has(message));
    return {
      root: root.id,
      subject: (root.message ?? messages[0]!).subject,
      first: messages[0]!.received,
      messages: fetched.length,
      bytes: bytesOf(fetched, pull.maxBytes),
    };
  });
  const coming = threads.filter(({ messages }) => messages > 0);
  return {
    threads: coming.length,
    messages: wanted.size,
    bytes: bytesOf([...wanted], pull.maxBytes),
    chosen: coming.sort((a, b) => b.messages - a.messages || a.first - b.first || (a.root < b.root ? -1 : 1)),
  };
}

/** Sweeps, and sweeps on, until nothing more can belong to the threads that are chosen. */
async function chooseThreads(mailboxes: Mailboxes, pull: Pull): Promise<Survey> {
  const { source, topics, lists } = pull;
  const chosenTopics = source.topics.map(name => topics[name]!);
  const tests = chosenTopics.map(topic => seedTest(topic, source, lists));
  const today = Math.floor(Date.now() / 1000 / DAY) * DAY;
  const windows: readonly Window[] = [
    ...chosenTopics.map(({ since, until }) => ({
      since: since ?? ALL_TIME.since,
      until: until ?? ALL_TIME.until,
    })),
    // Dates that cannot be right say nothing of the time, so they are looked at in any case.
    { since: ALL_TIME.since, until: FIRST_MAIL },
    { since: today + 2 * DAY, until: ALL_TIME.until },
  ];
  for await (const mailbox of mailboxes.all())
    await sweepWindows(mailbox, pull, await sweepNew(mailbox, pull), windows);
  let asked = 0;
  for (;;) {
    const found = survey(pull, tests, today);
    const { swept } = pull.tally;
    const sweeps = pull.archive.sweeps.ofSource(source.name).filter(({ mailbox }) => mailboxes.has(mailbox));
    for (const sweep of sweeps)
      if (uncovered(found.windows, sweep.windows).length > 0)
        await sweepWindows(await mailboxes.of(sweep), pull, sweep, found.windows);
    if (pull.tally.swept > swept) continue;
    const unasked = found.missing.filter(id =>
      sweeps.some(sweep => !pull.archive.sweeps.wasAsked(sweep, id)),
    );
    const ids = unasked.slice(0, ASKED_AT_MOST - asked);
    await askAll(mailboxes, pull, sweeps, ids);
    asked += ids.length;
    if (pull.tally.swept > swept) continue;
    if (found.doubtful.length > 0) {
      await readDoubtful(mailboxes, pull, found.doubtful);
      continue;
    }
    if (unasked.length > ids.length)
      pull.onNotice(
        `${source.name}: ${unasked.length - ids.length} earlier messages are yet to be asked for; the next pull does that.`,
      );
    return found;
  }
}

/** Asks the mailboxes for each id in turn, until one has it. */
async function askAll(
  mailboxes: Mailboxes,
  pull: Pull,
  sweeps: readonly Sweep[],
  ids: readonly MessageId[],
): Promise<void> {
  const left = new Set(ids);
  for (const sweep of left.size > 0 ? sweeps : []) {
    const mailbox = await mailboxes.of(sweep);
    const told = pull.phase(`asking ${sweep.mailbox} for earlier messages`, left.size);
    for (const id of [...left]) {
      if (!pull.archive.sweeps.wasAsked(sweep, id) && (await askFor(mailbox, pull, sweep, id)))
        left.delete(id);
      told(1);
    }
  }
}

/** Reads the texts that topics may match, and notes whether they do. Nothing of them is stored. */
async function readDoubtful(
  mailboxes: Mailboxes,
  pull: Pull,
  doubtful: readonly DoubtfulMessage[],
): Promise<void> {
  const { archive, maxBytes } = pull;
  const told = pull.phase('reading texts', doubtful.length);
  for (const [{ sweep, test }, messages] of groups(doubtful)) {
    const mailbox = await mailboxes.of(sweep);
    for (const part of parts(messages, maxBytes)) {
      const fetched = part.filter(({ size }) => size <= maxBytes).map(({ uid }) => uid);
      const mails = await mailbox.mails(fetched);
      const judgements = new Map<number, boolean>();
      for (const { uid } of part) {
        const mail = mails.get(uid);
        judgements.set(uid, mail !== undefined && test.matchesText((await parseContent(mail)).text));
      }
      archive.sweeps.judge(sweep, test.body!, judgements);
      told(part.length);
    }
  }
}

function* groups(
  doubtful: readonly DoubtfulMessage[],
): Generator<readonly [DoubtfulMessage, readonly DoubtfulMessage[]]> {
  for (const ofSweep of groupBy(doubtful, ({ sweep }) => sweep).values())
    for (const ofTest of groupBy(ofSweep, ({ test }) => test).values()) yield [ofTest[0]!, ofTest];
}

function unsettled(
  chosen: readonly ChosenMessage[],
  { archive, source, maxBytes }: Pull,
): readonly ChosenMessage[] {
  return chosen.filter(
    ({ sweep: { mailbox, uidValidity }, header: { uid } }) =>
      !archive.isSettled({ source: source.name, mailbox, uidValidity, uid }, maxBytes),
  );
}

function bytesOf(chosen: readonly ChosenMessage[], maxBytes: number): number {
  return chosen.reduce((sum, { header: { size } }) => sum + (size <= maxBytes ? size : 0), 0);
}

/** The mailboxes of a session, opened when they are needed. */
class Mailboxes {
  readonly #session: Session;
  readonly #names = new Set<string>();
  #open: Mailbox | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Opens one after the other. */
  async *all(): AsyncGenerator<Mailbox> {
    for (const name of await this.#session.mailboxes()) {
      this.#open = await this.#session.open(name);
      if (!this.#open) continue;
      this.#names.add(name);
      yield this.#open;
    }
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  async of({ mailbox, uidValidity }: Sweep): Promise<Mailbox> {
    if (this.#open?.name !== mailbox) this.#open = await this.#session.open(mailbox);
    if (this.#open?.uidValidity !== uidValidity)
      throw new SourceLost(
        `${mailbox} has been renumbered just now; run pull again, and its headers are read anew.`,
      );
    return this.#open;
  }
}
