import { lengthOf } from '../../publication/calendar.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import type { IssueStatistics } from '../../publication/issues/statistics.ts';
import type { IssueStatsView } from '../../templates/issue-stats.ts';
import { noonOf } from '../issues/issue-day.ts';
import { discussionPath } from '../mail-views.ts';
import type { PageOf } from '../people.ts';
import { STATISTICS } from '../permalinks.ts';
import type { Views } from '../views.ts';
import type { StatisticsOf } from './issue-statistics.ts';

/** Old newsletters could name everybody. */
const SHOWN_POSTERS = 15;

/** What an issue shows of its statistics; undefined where nothing was counted. `pageOf` knows whose names are links. */
export function issueStatsView(
  views: Views,
  issue: Issue,
  statistics: StatisticsOf,
  pageOf: PageOf,
): IssueStatsView | undefined {
  const own = statistics.get(issue.number);
  if (!own) return undefined;
  const { site, link } = views;
  const { posts, kilobytes, contributors, multiples, lastweek, programs, basis, period } = own;
  return {
    ...{ posts, kilobytes, contributors, multiples, lastweek, programs, basis },
    first: noonOf(views, period.since),
    last: noonOf(views, period.until),
    isWeek: lengthOf(period) === 7,
    topicsOnly: keepsTopicsOnly(views),
    posters: own.posters.slice(0, SHOWN_POSTERS).map(({ name, posts: count, kilobytes: size, message }) => {
      const post = message && site.postOf.get(message);
      return { name, href: post && pageOf(post.author), posts: count, kilobytes: size };
    }),
    subjects: own.subjects.map(({ title, posts: count, message }) => {
      const discussion = message && site.discussionOf.get(message);
      return { title, href: discussion && link(discussionPath(views, discussion)), posts: count };
    }),
    days: own.days.map(({ day, posts: count }) => ({ day: noonOf(views, day), posts: count })),
    issues: postsByIssue(views.issues.issues, issue, statistics),
    statisticsHref: link(STATISTICS),
  };
}

/** Whether some source brings threads of topics and nothing else. */
export function keepsTopicsOnly({ site }: Views): boolean {
  return site.publication.settings.sources.some(({ topics }) => topics.length > 0);
}

/** A chart has room for a quarter of a year. */
const CHARTED_ISSUES = 13;

/** The posts of an issue's days and of those before it, as far as they are known. */
export function postsByIssue(
  issues: readonly Issue[],
  { number: last, lock }: Issue,
  statistics: ReadonlyMap<number, IssueStatistics>,
): IssueStatsView['issues'] {
  if (lock) return lock.posts;
  return issues
    .filter(({ number }) => number <= last)
    .flatMap(({ number }) => {
      const posts = statistics.get(number)?.posts;
      return posts === undefined ? [] : [{ issue: number, posts }];
    })
    .slice(-CHARTED_ISSUES);
}
