import { groupBy } from '../../mail/group-by.ts';
import type { StatusView } from '../../templates/status.ts';
import type { Fact } from './facts.ts';
import { type Choices, choicesOf } from './filters.ts';
import type { Found, Search } from './find.ts';
import { sectionsFirst, type ThreadHits } from './first-results.ts';
import { namedStatus, threadsOf } from './found-thread.ts';
import type { Choice } from './query.ts';
import type { Ranked } from './rank.ts';

/** What the page shows of what a query found. */
export interface Results {
  readonly counts: Counts;
  /** By best hit. */
  readonly groups: readonly FoundThread[];
  /** Threads that are not among `groups`. */
  readonly moreThreads: number;
  /** Where so many documents had a phrase's words that not all were read: how many were. */
  readonly read: number | undefined;
  readonly missing: readonly string[];
}

/** The hits of a thread, and what the thread is; of a section of an issue, which is in none, the hit alone. */
export interface FoundThread extends ThreadHits {
  readonly thread: ThreadLine | undefined;
}

/** What is told of a thread beside its hits. */
export interface ThreadLine {
  readonly status: StatusView | undefined;
  /** So many of its messages were found. */
  readonly found: number;
  readonly messages: number;
  /** Seconds since 1970 UTC of its first and its last message; 0 where no message says when. */
  readonly first: number;
  readonly last: number;
  /** The issues that tell of it. */
  readonly told: readonly { readonly href: string; readonly label: string }[];
}

/** What was found, counted. */
export interface Counts {
  /** Sections of issues. */
  readonly sections: number;
  readonly messages: number;
  readonly threads: number;
  readonly facets: readonly Facet[];
  /** Messages by month or year, in order, without gaps. */
  readonly bars: readonly { readonly span: string; readonly messages: number }[];
}

/** One way to narrow the results. */
export interface Facet {
  readonly name: 'is' | 'f' | 'l' | 'topic' | 'status';
  readonly values: readonly {
    readonly value: string;
    readonly messages: number;
    /** Of a status, how pages show it. */
    readonly status?: StatusView;
  }[];
}

/** Threads that are shown at first, and hits of each. */
const SHOWN_THREADS = 10;
const SHOWN_HITS = 3;
const FACET_VALUES = 8;
const BARS = 12;

/** All of what was found: threads up to `threads`, everything counted. */
export async function wholeResults(
  search: Search,
  { ranked, read }: Found,
  threads = SHOWN_THREADS,
): Promise<Results> {
  const facts = await search.facts();
  // What has no facts stands alone.
  const threadOf = ({ document }: Ranked) => facts[document]?.thread ?? String(document);
  const groups = groupBy(sectionsFirst(search, ranked), threadOf);
  const shown = [...groups.values()].slice(0, threads);
  const hits = await Promise.all(shown.map(group => search.hits(group.slice(0, SHOWN_HITS))));
  return {
    counts: countsOf(search, ranked, facts, groups.size),
    groups: shown.map((group, at) => ({
      hits: hits[at]!,
      more: group.length - Math.min(group.length, SHOWN_HITS),
      thread: lineOf(search, group, facts),
    })),
    moreThreads: groups.size - shown.length,
    read,
    missing: search.missing(),
  };
}

function lineOf(
  { prefix }: Search,
  group: readonly Ranked[],
  facts: readonly (Fact | undefined)[],
): ThreadLine | undefined {
  const found = group.flatMap(({ document }) => facts[document] ?? []);
  const thread = found[0] && threadsOf(facts).get(found[0].thread);
  if (!thread) return undefined;
  const { status, messages, first, last, told } = thread;
  return {
    status: status === undefined ? undefined : namedStatus(status),
    found: found.filter(isMessage).length,
    messages,
    first,
    last,
    told: told
      .map(place => ({ href: prefix + place, number: issueOf(place) }))
      .sort((one, other) => one.number - other.number)
      .map(({ href, number }) => ({ href, label: `issue ${number}` })),
  };
}

/** The number in a section's link, `issues/12/#boots`. */
function issueOf(place: string): number {
  return Number(/\d+/.exec(place)![0]);
}

function isMessage({ kinds }: Fact): boolean {
  return kinds.includes('message');
}

function countsOf(
  search: Search,
  ranked: readonly Ranked[],
  facts: readonly (Fact | undefined)[],
  groups: number,
): Counts {
  const sections = ranked.filter(({ document }) => search.isSection(document)).length;
  const messages = ranked.flatMap(({ document }) => {
    const fact = facts[document];
    return fact && isMessage(fact) ? [fact] : [];
  });
  return {
    sections,
    messages: messages.length,
    threads: groups - sections,
    facets: facetsOf(messages, choicesOf(facts)),
    bars: barsOf(messages),
  };
}

function facetsOf(messages: readonly Fact[], choices: Choices): readonly Facet[] {
  const by = (choice: Choice) => (fact: Fact) => choices(choice, fact);
  const facets: readonly (readonly [Facet['name'], (fact: Fact) => readonly string[]])[] = [
    ['is', fact => fact.kinds.filter(kind => kind !== 'message')],
    ['f', fact => (fact.author === '' ? [] : [fact.author])],
    ['l', by('list')],
    ['topic', by('topic')],
    ['status', by('status')],
  ];
  return facets.map(([name, valuesOf]) => {
    const counts = new Map<string, number>();
    for (const fact of messages)
      for (const value of valuesOf(fact)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const values = [...counts].map(([value, count]) => ({ value, messages: count }));
    values.sort((a, b) => b.messages - a.messages || (a.value < b.value ? -1 : 1));
    const shown = values.slice(0, FACET_VALUES);
    if (name !== 'status') return { name, values: shown };
    return { name, values: shown.map(one => ({ ...one, status: namedStatus(one.value) })) };
  });
}

/** By month where a year holds them all, else by year; the latest where there are too many. */
function barsOf(messages: readonly Fact[]): Counts['bars'] {
  if (messages.length === 0) return [];
  const months = messages.map(({ received }) => {
    const date = new Date(received * 1000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  });
  const [first, last] = months.reduce(
    ([least, most], month) => [Math.min(least, month), Math.max(most, month)],
    [months[0]!, months[0]!],
  );
  const size = last - first < BARS ? 1 : 12;
  const counts = new Map<number, number>();
  for (const month of months) {
    const bar = Math.floor(month / size);
    counts.set(bar, (counts.get(bar) ?? 0) + 1);
  }
  const end = Math.floor(last / size);
  const start = Math.max(Math.floor(first / size), end - BARS + 1);
  return Array.from({ length: end - start + 1 }, (_, at) => {
    const bar = start + at;
    const year = Math.floor((bar * size) / 12);
    const month = String(((bar * size) % 12) + 1).padStart(2, '0');
    return { span: size === 12 ? String(year) : `${year}-${month}`, messages: counts.get(bar) ?? 0 };
  });
}
