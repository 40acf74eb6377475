import type { Archive } from '../../ingest/archive/archive.ts';
import { addTo, groupBy } from '../../mail/group-by.ts';
import { baseTitle } from '../../mail/subject.ts';
import { addDays, dayAt, lengthOf, type Period, spanOf } from '../../publication/calendar.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import type { CountedPoster, CountedSubject, IssueStatistics } from '../../publication/issues/statistics.ts';
import type { Site } from '../model.ts';
import { type CountedMail, type CountedPost, countedMail } from './counted-mail.ts';

/** What is known of the mail of issues' days, by the numbers of issues; those of which nothing is are left out. */
export type StatisticsOf = ReadonlyMap<number, IssueStatistics>;

const POSTERS = 10;
const SUBJECTS = 5;

/**
 * The statistics of issues: as they were frozen, else as an old newsletter told them, else counted. Reads the mail of
 * the days that are counted.
 */
export function statisticsOfIssues(archive: Archive, site: Site, issues: readonly Issue[]): StatisticsOf {
  const counted = issues.filter(({ lock, stats }) => !lock && !stats);
  const { timezone } = site.publication.settings.site;
  const spans = counted.flatMap(issue => {
    const period = countedPeriod(issue);
    return [spanOf(period, timezone), spanOf(periodBefore(period), timezone)];
  });
  const mail = countedMail(archive, site, spans);
  return new Map(
    issues.flatMap(issue => {
      const own = issue.lock
        ? issue.lock.statistics
        : issue.stats
          ? told(issue)
          : count(mail, countedPeriod(issue), timezone);
      return own ? [[issue.number, own]] : [];
    }),
  );
}

/** The days whose mail an issue counts: those that it tells of, else the seven days up to its own. */
export function countedPeriod({ date, period }: Issue): Period {
  return period ?? { since: addDays(date, -6), until: date };
}

function periodBefore(period: Period): Period {
  return { since: addDays(period.since, -lengthOf(period)), until: addDays(period.since, -1) };
}

function told(issue: Issue): IssueStatistics {
  return { ...issue.stats!, basis: 'told', period: countedPeriod(issue), subjects: [], days: [] };
}

/** What the mail of some days adds up to; undefined where there was none. */
function count(mail: CountedMail, period: Period, timeZone: string): IssueStatistics | undefined {
  const posts = mail.within(spanOf(period, timeZone));
  if (posts.length === 0) return undefined;
  const before = mail.within(spanOf(periodBefore(period), timeZone));
  const byPeople = posts.filter(({ person }) => !person.robot);
  const people = groupBy(byPeople, ({ person }) => person.key);
  const earlier = new Set(before.map(({ person }) => person.key));
  const weighed = new Map(posts.map(post => [post, post.bytes()]));
  const kilobytes = (some: readonly CountedPost[]) =>
    Math.round(some.reduce((sum, post) => sum + weighed.get(post)!, 0) / 1024);
  return {
    basis: posts.some(({ message }) => message === undefined) ? 'headers' : 'mail',
    period,
    posts: posts.length,
    kilobytes: kilobytes(posts),
    contributors: people.size,
    multiples: [...people.values()].filter(own => own.length > 1).length,
    // Where the mail begins with these days, nobody knows who wrote before.
    lastweek: before.length > 0 ? [...people.keys()].filter(key => earlier.has(key)).length : undefined,
    programs: posts.length - byPeople.length,
    posters: topPosters([...people.values()], kilobytes),
    subjects: topSubjects(posts),
    days: daysOf(posts, period, timeZone),
  };
}

/** Those who posted more than once. */
function topPosters(
  people: readonly (readonly CountedPost[])[],
  kilobytes: (own: readonly CountedPost[]) => number,
): readonly CountedPoster[] {
  return people
    .filter(({ length }) => length > 1)
    .sort((a, b) => b.length - a.length || (a[0]!.person.key < b[0]!.person.key ? -1 : 1))
    .slice(0, POSTERS)
    .map(own => ({
      name: own.at(-1)!.person.name,
      posts: own.length,
      kilobytes: kilobytes(own),
      message: own.find(({ message }) => message !== undefined)?.message,
    }));
}

/** What more than one post was on; posts without a subject are on nothing that they share. */
function topSubjects(posts: readonly CountedPost[]): readonly CountedSubject[] {
  const subjects = new Map<string, CountedPost[]>();
  for (const post of posts) {
    const title = baseTitle(post.title);
    if (title !== '') addTo(subjects, title, post);
  }
  return [...subjects]
    .filter(([, own]) => own.length > 1)
    .sort(([a, { length: some }], [b, { length: others }]) => others - some || (a < b ? -1 : 1))
    .slice(0, SUBJECTS)
    .map(([, own]) => ({
      title: own[0]!.title,
      posts: own.length,
      message: own.find(({ message }) => message !== undefined)?.message,
    }));
}

/** A year is as long as a chart of days gets; what says that it tells of more is counted as a whole. */
const MOST_DAYS = 366;

function daysOf(posts: readonly CountedPost[], period: Period, timeZone: string): IssueStatistics['days'] {
  const length = lengthOf(period);
  if (length > MOST_DAYS) return [];
  const days = new Map(Array.from({ length }, (_, at) => [addDays(period.since, at), 0]));
  for (const { time } of posts) {
    const day = dayAt(time, timeZone);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return [...days].map(([day, count]) => ({ day, posts: count }));
}
