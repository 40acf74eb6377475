import { QueryError } from './lunr.ts';

/** From the first second that counts to the first that counts no more, in seconds since 1970 UTC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;

/**
 * The span that `d:` names: a time (`2018`, `2018-03`, `2018-03-05`, `20180305`, `today`, `yesterday`, `last week`,
 * `3 days ago`), or two with `..` between, of which one may be left out. Words may be joined by `.`, `-` or `_`.
 *
 * `now` is in milliseconds. @throws QueryError where it is no time.
 */
export function readSpan(text: string, now: number): Span {
  const dots = text.indexOf('..');
  if (dots === -1) return readTime(text, text, now);
  const [first, last] = [text.slice(0, dots), text.slice(dots + 2)];
  if (first === '' && last === '') throw noTime(text);
  return {
    from: first === '' ? Number.NEGATIVE_INFINITY : readTime(first, text, now).from,
    to: last === '' ? Number.POSITIVE_INFINITY : readTime(last, text, now).to,
  };
}

function readTime(text: string, whole: string, now: number): Span {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[\s._]+|(?<=[a-z\d])-(?=[a-z])/g, ' ');
  const [, year, month, day] = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?$/.exec(words) ?? [];
  if (year !== undefined) return calendarSpan(Number(year), month, day, whole);
  const today = Math.floor(now / DAY) * DAY;
  const date = new Date(now);
  // Monday begins a week (ISO 8601).
  const week = today - ((date.getUTCDay() + 6) % 7) * DAY;
  const monthStart = (back: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back);
  const yearStart = (back: number) => Date.UTC(date.getUTCFullYear() - back, 0);
  const spans: Readonly<Record<string, readonly [number, number]>> = {
    today: [today, today + DAY],
    yesterday: [today - DAY, today],
    'this week': [week, week + 7 * DAY],
    'last week': [week - 7 * DAY, week],
    'this month': [monthStart(0), monthStart(-1)],
    'last month': [monthStart(1), monthStart(0)],
    'this year': [yearStart(0), yearStart(-1)],
    'last year': [yearStart(1), yearStart(0)],
  };
  const named = Object.hasOwn(spans, words) ? spans[words] : undefined;
  if (named) return seconds(named[0], named[1]);
  const [, count, unit] = /^(\d{1,4}) (day|week|month|year)s? ago$/.exec(words) ?? [];
  if (count === undefined) throw noTime(whole);
  const back = Number(count);
  const start =
    unit === 'day' || unit === 'week'
      ? today - back * (unit === 'day' ? 1 : 7) * DAY
      : Date.UTC(
          date.getUTCFullYear() - (unit === 'year' ? back : 0),
          date.getUTCMonth() - (unit === 'month' ? back : 0),
          date.getUTCDate(),
        );
  return seconds(start, start + DAY);
}

function calendarSpan(year: number, month: string | undefined, day: string | undefined, whole: string): Span {
  if (month === undefined) return seconds(Date.UTC(year, 0), Date.UTC(year + 1, 0));
  const [monthIndex, dayNumber] = [Number(month) - 1, Number(day ?? 1)];
  const start = Date.UTC(year, monthIndex, dayNumber);
  // There is no 31 February.
  if (new Date(start).getUTCMonth() !== monthIndex || dayNumber === 0) throw noTime(whole);
  return seconds(start, day === undefined ? Date.UTC(year, monthIndex + 1) : start + DAY);
}

function seconds(from: number, to: number): Span {
  return { from: from / 1000, to: to / 1000 };
}

function noTime(text: string): QueryError {
  return new QueryError(
    `“${text}” is no time: write d:2018-03, d:2018-03-01..2018-03-15, d:2018-03.. or d:last.week.`,
  );
}
