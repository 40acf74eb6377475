import { setTimeout as sleep } from 'node:timers/promises';
import type { Source } from '../../publication/sources.ts';
import type { Topic } from '../../publication/topics.ts';
import type { Archive } from '../archive/archive.ts';
import type { Credentials } from '../imap/secrets.ts';
import { withImapSession } from '../imap/session.ts';
import { type Session, SourceLost } from '../mailbox.ts';
import { openPublicInbox } from '../public-inbox/session.ts';
import { emptyPullTally, type Pull, type PullPlan, type PullTally } from './context.ts';
import { planTopics, pullTopics } from './topics.ts';
import { planWhole, pullWhole } from './whole.ts';

/** How a source is pulled. */
export interface PullOptions {
  /** Asked for at every connection: a token of OAuth2 soon grows old. Not asked for by sources without accounts. */
  readonly credentials: () => Promise<Credentials>;
  readonly maxBytes: number;
  /** The publication's topics by name, and names of lists by List-Id. */
  readonly topics?: Readonly<Record<string, Topic>>;
  readonly lists?: Readonly<Record<string, string>>;
  /** Told how much of a phase is done, in messages. */
  readonly onProgress?: (phase: string, done: number, total: number) => void;
  /** Told what an admin should know though nothing failed, one sentence each. */
  readonly onNotice?: (sentence: string) => void;
  /** The pauses before a source that went away is tried again; the list begins anew once something was got. */
  readonly pauses?: readonly number[];
  /** What to count into, for who wants to know what was got even where the pull fails. */
  readonly tally?: PullTally;
  /** How long a server may say nothing. */
  readonly silenceMilliseconds?: number;
}

const PAUSES_MILLISECONDS = [1000, 2000, 4000, 8000, 16_000];

/**
 * Pulls what is new in a source into the archive, from where the last run stopped: everything, or the threads
 * of the source's topics. Tells what became of it. A source that goes away is tried again.
 *
 * @throws OperatorError where the source cannot be reached, refuses, or stays away; what was stored stays.
 */
export async function pullSource(archive: Archive, source: Source, options: PullOptions): Promise<PullTally> {
  const pull = pullOf(archive, source, options);
  archive.expectMany();
  const work = source.topics.length > 0 ? pullTopics : pullWhole;
  await persistently(pull, options, session => work(session, pull));
  return pull.tally;
}

/** What `pullSource` would fetch now. Stores no mail; headers that it reads for topics are kept. */
export async function planSource(archive: Archive, source: Source, options: PullOptions): Promise<PullPlan> {
  const pull = pullOf(archive, source, options);
  const work = source.topics.length > 0 ? planTopics : planWhole;
  return persistently<PullPlan>(pull, options, session => work(session, pull));
}

function pullOf(archive: Archive, source: Source, options: PullOptions): Pull {
  return {
    archive,
    source,
    maxBytes: options.maxBytes,
    topics: options.topics ?? {},
    lists: options.lists ?? {},
    tally: options.tally ?? emptyPullTally(),
    phase(name, total) {
      let done = 0;
      return more => {
        done += more;
        options.onProgress?.(name, done, total);
      };
    },
    onNotice: options.onNotice ?? (() => {}),
  };
}

/** What `work` gives with a session on the source; it is begun anew when the source goes away, and goes on from what it stored. */
async function persistently<T>(
  pull: Pull,
  options: PullOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const pauses = options.pauses ?? PAUSES_MILLISECONDS;
  let got = pull.tally.seen + pull.tally.swept;
  let tries = 0;
  for (let wasConnected = false; ; wasConnected = true) {
    try {
      return await withSession(pull, { ...options, wasConnected }, work);
    } catch (error) {
      const { seen, swept } = pull.tally;
      if (seen + swept > got) tries = 0;
      got = seen + swept;
      const pause = pauses[tries++];
      if (!(error instanceof SourceLost) || pause === undefined) throw error;
      pull.onNotice(`${error.cutShort}; trying again in ${Math.round(pause / 1000)} s`);
      await sleep(pause);
    }
  }
}

async function withSession<T>(
  pull: Pull,
  options: PullOptions & { readonly wasConnected: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { source, archive } = pull;
  if (source.type === 'public-inbox') {
    const session = openPublicInbox(source, {
      known: mailbox => archive.numbering(source.name, mailbox),
      keep: (mailbox, numbering) => archive.setNumbering(source.name, mailbox, numbering),
    });
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }
  return withImapSession(source, await options.credentials(), options, work);
}
