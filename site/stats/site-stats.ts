import { groupBy } from '../../mail/group-by.ts';
import type { StatsIssue, StatsMonth, StatsView } from '../../templates/stats.ts';
import { noonOf } from '../issues/issue-day.ts';
import { byMonth, monthOf, type Post } from '../model.ts';
import type { PageOf } from '../people.ts';
import { issuePath, STATISTICS } from '../permalinks.ts';
import { presentOf } from '../present.ts';
import type { Views } from '../views.ts';
import type { StatisticsOf } from './issue-statistics.ts';
import { keepsTopicsOnly } from './issue-stats.ts';

const POSTERS = 15;
/** A chart has room for ten years. */
const CHARTED_MONTHS = 120;

/** What is counted of a site's mail; `pageOf` knows whose names are links. Programs are no people. */
export function statsView(views: Views, statistics: StatisticsOf, pageOf: PageOf): StatsView {
  const { site } = views;
  const { posts } = site;
  const people = groupBy(
    posts.filter(({ author }) => !author.robot),
    ({ author }) => author.key,
  );
  const months = monthsOf(posts);
  return {
    href: views.link(STATISTICS),
    messages: posts.length,
    threads: site.discussions.length,
    people: people.size,
    lists: site.lists.length,
    topicsOnly: keepsTopicsOnly(views),
    months: months.toReversed(),
    charted: withoutGaps(months, monthOf(presentOf(site.messages))),
    posters: [...people.values()]
      .sort((a, b) => b.length - a.length || (a[0]!.author.key < b[0]!.author.key ? -1 : 1))
      .slice(0, POSTERS)
      .map(own => {
        const { author } = own.at(-1)!;
        return { name: author.name, href: pageOf(author), posts: own.length };
      }),
    issues: views.issues.issues.toReversed().map((issue): StatsIssue => {
      const own = statistics.get(issue.number);
      return {
        number: issue.number,
        href: views.link(issuePath(issue.number)),
        date: noonOf(views, issue.date),
        sections: issue.sections.length,
        posts: own?.posts,
        kilobytes: own?.kilobytes,
        contributors: own?.contributors,
      };
    }),
  };
}

/** The months of mail that tells when it was sent, by time. */
function monthsOf(posts: readonly Post[]): readonly StatsMonth[] {
  const dated = posts.filter(({ message }) => message.received > 0);
  return Array.from(byMonth(dated), ([month, own]) => ({
    month,
    posts: own.length,
    people: new Set(own.flatMap(({ author }) => (author.robot ? [] : author.key))).size,
  }));
}

/** The last months up to `present`, those without mail too: the mail of clocks that are wrong is not among them. */
function withoutGaps(months: readonly StatsMonth[], present: string): readonly StatsMonth[] {
  const known = new Map(months.map(one => [one.month, one]));
  const charted: StatsMonth[] = [];
  const first = months.find(({ month }) => month <= present)?.month ?? present;
  for (let month = present; month >= first && charted.length < CHARTED_MONTHS; month = monthBefore(month))
    charted.unshift(known.get(month) ?? { month, posts: 0, people: 0 });
  return charted.slice(charted.findIndex(({ posts }) => posts > 0));
}

/** `2017-12` of `2018-01`. */
function monthBefore(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number! - 2)).toISOString().slice(0, 7);
}
