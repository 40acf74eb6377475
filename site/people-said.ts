import type { Quotation, Stance } from '../briefs/brief.ts';
import { addTo } from '../mail/group-by.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Told } from './briefs.ts';
import { type PlacedQuotation, quotationsOf, saidName } from './issues/quoted-in.ts';
import type { Post } from './model.ts';
import type { Contributor } from './people.ts';
import type { Views } from './views.ts';

/** What somebody said in a thread. */
export interface SaidOnce {
  readonly quotation: Quotation;
  readonly stances: readonly Stance[];
}

/** Where what somebody said stands. */
export interface SaidInBrief {
  readonly post: Post;
  /** Its place in what the record of its thread has of all who said something. */
  readonly at: number;
}

/** What somebody is quoted with. */
export interface Said {
  /** In issues, the newest first; each from the sender's message, or from mail that is not held. */
  readonly inIssues: readonly PlacedQuotation[];
  /** In how many briefs, and the latest of these. */
  readonly total: number;
  readonly latest: readonly SaidInBrief[];
}

/** What people said. */
export type SaidByPeople = ReadonlyMap<Contributor, Said>;

/** Whoever has written for thirty years has been quoted ten thousand times, which nobody reads. */
export const SHOWN_QUOTATIONS = 200;

/** What people said in the issues: quotations that are true, and those that nobody can check. */
function saidInIssues({ site, people, issues }: Views): SaidByPeople {
  const said = new Map<Contributor, PlacedQuotation[]>();
  for (const one of quotationsOf(issues)) {
    const who = one.verdict === 'ok' ? site.postOf.get(one.quotation.id!)!.author : saidName(one);
    const contributor = who && people.of(who);
    if (contributor) addTo(said, contributor, one);
  }
  const newestFirst = (all: readonly PlacedQuotation[]) =>
    all.toSorted((a, b) => b.issue.number - a.issue.number);
  return new Map(
    [...said].map(([contributor, all]) => [
      contributor,
      { inIssues: newestFirst(all), total: 0, latest: [] },
    ]),
  );
}

/** What people said in a thread, by its brief. */
export function saidIn({ brief, errors }: Told): readonly SaidOnce[] {
  // A brief that is not shown is not quoted from either.
  if (errors.length > 0) return [];
  return brief.positions.flatMap(({ quotation, stances }) => (quotation ? [{ quotation, stances }] : []));
}

/** What people said, in the issues and in threads: of each `quoted` has the messages that its brief quotes. */
export function saidByPeople(views: Views, quoted: Iterable<readonly MessageId[]>): SaidByPeople {
  const { site, people } = views;
  const byPerson = new Map<Contributor, SaidInBrief[]>();
  for (const ofThread of quoted)
    for (const [at, message] of ofThread.entries()) {
      const post = site.postOf.get(message)!;
      const contributor = people.of(post.author);
      if (contributor) addTo(byPerson, contributor, { post, at });
    }
  const all = new Map(saidInIssues(views));
  for (const [contributor, once] of byPerson)
    all.set(contributor, {
      inIssues: all.get(contributor)?.inIssues ?? [],
      total: once.length,
      latest: once.sort(latestFirst).slice(0, SHOWN_QUOTATIONS),
    });
  return all;
}

function latestFirst({ post: { message: a } }: SaidInBrief, { post: { message: b } }: SaidInBrief): number {
  return b.received - a.received || (a.id < b.id ? -1 : 1);
}
