import type { Discussion, Site } from '../model.ts';
import { type Candidate, seriesOf } from './candidates.ts';
import type { Desk } from './desk.ts';

/**
 * The threads for issue `number`, at most `limit`: those that it tells of already, then the best candidates that no
 * issue has told of. Of the versions of a series the best one alone, as a section tells of all of them.
 */
export function pickThreads(
  site: Site,
  { candidates }: Desk,
  number: number,
  limit: number,
): ReadonlySet<Discussion> {
  const isOfIssue = ({ covered }: Candidate) => covered?.coverage.issue.number === number;
  const open = candidates.filter(({ covered, score }) => !covered && score > 0);
  const picked = new Set<Discussion>();
  const series = new Set<string>();
  for (const { discussion } of [...candidates.filter(isOfIssue), ...open]) {
    if (picked.size === limit) break;
    const slug = seriesOf(site, discussion);
    if (slug !== undefined && series.has(slug)) continue;
    if (slug !== undefined) series.add(slug);
    picked.add(discussion);
  }
  return picked;
}
