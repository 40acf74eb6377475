import type { Archive } from '../../ingest/archive/archive.ts';
import { addDays, dayAt, type Period, spanOf } from '../../publication/calendar.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import { readThreadBodies } from '../bodies.ts';
import { tellThread } from '../briefs.ts';
import type { Discussion, Site } from '../model.ts';
import { presentOf } from '../present.ts';
import { firstPosts } from './activity.ts';
import { threadAsOf } from './as-of.ts';
import { type Brought, type Candidate, findCandidates } from './candidates.ts';
import { coverageOf } from './coverage.ts';
import { shortlist } from './shortlist.ts';

/** What lies before an editor who makes an issue. */
export interface Desk {
  readonly period: Period;
  /** The best first. */
  readonly candidates: readonly Candidate[];
}

/** The last seven days of mail, in the publication's time zone. */
export function lastDays({ messages, publication }: Site): Period {
  const until = dayAt(presentOf(messages), publication.settings.site.timezone);
  return { since: addDays(until, -6), until };
}

/** How a desk is read. */
export interface Reading {
  /** Briefs as of the end of the period that were read already; those that are read are added. */
  readonly known?: Map<Discussion, Brought>;
  readonly progress?: (done: number, total: number) => void;
}

/** The desk of a period's days, its threads told one after another, each as it stood at their end. */
export async function readDesk(
  archive: Archive,
  site: Site,
  period: Period,
  issues: readonly Issue[],
  { known = new Map(), progress }: Reading = {},
): Promise<Desk> {
  const span = spanOf(period, site.publication.settings.site.timezone);
  const background = { first: firstPosts(site), coverage: coverageOf(site, issues) };
  const threads = shortlist(site, span, background);
  const briefs = new Map<Discussion, Brought>();
  for (const discussion of threads) {
    const brought = known.get(discussion) ?? (await bring(archive, site, discussion, span.to));
    known.set(discussion, brought);
    briefs.set(discussion, brought);
    progress?.(briefs.size, threads.size);
  }
  return { period, candidates: findCandidates(site, span, briefs, background) };
}

async function bring(archive: Archive, site: Site, discussion: Discussion, to: number): Promise<Brought> {
  const bodies = await readThreadBodies(archive, [discussion], false);
  const { brief, prose, errors } = tellThread(threadAsOf(site, discussion, bodies, to));
  return { brief, prose, errors };
}
