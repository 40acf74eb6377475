import type { Quotation, Stance } from '../briefs/brief.ts';
import { addTo } from '../mail/group-by.ts';
import type { Told } from './briefs.ts';
import { type PlacedQuotation, quotationsOf, saidName } from './issues/quoted-in.ts';
import type { Contributor } from './people.ts';
import type { Views } from './views.ts';

/** What somebody said in a thread. */
export interface SaidOnce {
  readonly quotation: Quotation;
  readonly received: number;
  readonly stances: readonly Stance[];
}

/** What somebody is quoted with. */
export interface Said {
  /** In issues, the newest first; each from the sender's message, or from mail that is not held. */
  readonly inIssues: readonly PlacedQuotation[];
  /** In how many briefs, and the latest of these. */
  readonly total: number;
  readonly latest: readonly SaidOnce[];
}

/** What people said: what a build gathers while it has the briefs. */
export type SaidByPeople = Map<Contributor, Said>;

/** Whoever has written for thirty years has been quoted ten thousand times, which nobody reads. */
export const SHOWN_QUOTATIONS = 200;

/** What people said in the issues: quotations that are true, and those that nobody can check. */
export function saidInIssues({
  site,
  people,
  issues,
}: Pick<Views, 'site' | 'people' | 'issues'>): SaidByPeople {
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

/** Adds what people said in a thread, and forgets what is too old to be shown. */
export function addSaid(views: Views, all: SaidByPeople, told: Told): void {
  for (const [contributor, said] of saidIn(views, told)) {
    const { inIssues, total, latest } = all.get(contributor) ?? { inIssues: [], total: 0, latest: [] };
    all.set(contributor, {
      inIssues,
      total: total + said.length,
      latest: [...latest, ...said].sort(latestFirst).slice(0, SHOWN_QUOTATIONS),
    });
  }
}

/** What people said in a thread, by its brief. */
export function saidIn(
  { site, people }: Views,
  { brief, errors }: Told,
): ReadonlyMap<Contributor, readonly SaidOnce[]> {
  const said = new Map<Contributor, SaidOnce[]>();
  // A brief that is not shown is not quoted from either.
  if (errors.length > 0) return said;
  for (const { quotation, stances } of brief.positions) {
    const post = quotation && site.postOf.get(quotation.message)!;
    const contributor = post && people.of(post.author);
    if (contributor) addTo(said, contributor, { quotation, stances, received: post.message.received });
  }
  return said;
}

function latestFirst(a: SaidOnce, b: SaidOnce): number {
  return b.received - a.received || (a.quotation.message < b.quotation.message ? -1 : 1);
}
