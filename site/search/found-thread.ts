import type { StatusValue } from '../../briefs/brief.ts';
import type { StatusView } from '../../templates/status.ts';
import { statusView } from '../status-view.ts';
import type { Fact } from './facts.ts';

/** What the facts of all documents tell of one thread. */
export interface KnownThread {
  /** As a query names it; undefined where the thread's own document is missing. */
  readonly status: string | undefined;
  readonly topics: readonly string[];
  /** How many messages it has, and when the first and the last were received; 0 where no message says when. */
  readonly messages: number;
  readonly first: number;
  readonly last: number;
  /** The sections of issues that tell of it, as links without the site's prefix. */
  readonly told: readonly string[];
}

/** Of the facts that were asked for last: every query counts by those of all documents. */
const known = new WeakMap<readonly (Fact | undefined)[], ReadonlyMap<string, KnownThread>>();

/** The threads of a site by what `Fact.thread` says, given the facts of all documents. */
export function threadsOf(facts: readonly (Fact | undefined)[]): ReadonlyMap<string, KnownThread> {
  const threads = known.get(facts) ?? countThreads(facts);
  known.set(facts, threads);
  return threads;
}

function countThreads(facts: readonly (Fact | undefined)[]): ReadonlyMap<string, KnownThread> {
  const threads = new Map<string, { -readonly [Name in keyof KnownThread]: KnownThread[Name] }>();
  for (const fact of facts) {
    if (!fact) continue;
    if (fact.kinds.includes('issue')) {
      // Sections come behind all threads.
      const told = fact.tells && threads.get(fact.tells);
      if (told) told.told = [...told.told, fact.thread];
      continue;
    }
    let thread = threads.get(fact.thread);
    if (!thread) {
      thread = { status: undefined, topics: [], messages: 0, first: 0, last: 0, told: [] };
      threads.set(fact.thread, thread);
    }
    if (fact.kinds.includes('thread')) {
      thread.status = fact.status;
      thread.topics = fact.topics;
      continue;
    }
    thread.messages++;
    if (fact.received === 0) continue;
    if (thread.first === 0 || fact.received < thread.first) thread.first = fact.received;
    thread.last = Math.max(thread.last, fact.received);
  }
  return threads;
}

/** A status as pages show it, of a query's name for it: `no-reply`. */
export function namedStatus(name: string): StatusView {
  return statusView(name.replaceAll('-', ' ') as StatusValue);
}
