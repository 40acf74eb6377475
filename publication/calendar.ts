/** A day of the calendar: `2018-03-28`. */
export type Day = string;

/** Days in a row, the last included. */
export interface Period {
  readonly since: Day;
  readonly until: Day;
}

/** A time from its first second to before `to`, in seconds since 1970 UTC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;

/** The days of a week of ISO 8601, `2018-W13`, Monday to Sunday; undefined where there is no such week. */
export function daysOfWeek(week: string): Period | undefined {
  const [, year, number] = /^(\d{4})-?W(\d{2})$/i.exec(week) ?? [];
  if (year === undefined) return undefined;
  // ISO 8601, 2.2.10: the first week of a year is the one with its first Thursday, and so with 4 January.
  const fourth = new Date(`${year}-01-04T00:00:00Z`);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY + (Number(number) - 1) * 7 * DAY;
  const since = dayIn(monday);
  const isThere = number !== '00' && addDays(since, 3).startsWith(year);
  return isThere ? { since, until: addDays(since, 6) } : undefined;
}

/** The week of ISO 8601 that a day is in: `2018-W13`. */
export function weekOf(day: Day): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const thursday = addDays(day, 3 - weekday);
  const days = lengthOf({ since: `${thursday.slice(0, 4)}-01-01`, until: thursday });
  return `${thursday.slice(0, 4)}-W${String(Math.ceil(days / 7)).padStart(2, '0')}`;
}

/** Whether `text` is a day of the calendar. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayIn(Date.parse(`${text}T00:00:00Z`)) === text;
}

/** The day that is `days` after `day`. */
export function addDays(day: Day, days: number): Day {
  return dayIn(Date.parse(`${day}T00:00:00Z`) + days * DAY);
}

/** How many days a period has. */
export function lengthOf({ since, until }: Period): number {
  return (Date.parse(until) - Date.parse(since)) / DAY + 1;
}

/** The first Wednesday after `day`: when a weekly that reads to the end of a Sunday comes out. */
export function wednesdayAfter(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, ((3 - weekday + 6) % 7) + 1);
}

/** The day that it is at a time, in seconds since 1970 UTC, in a time zone. */
export function dayAt(seconds: number, timeZone: string): Day {
  return dayIn(seconds * 1000 + offsetAt(seconds * 1000, timeZone));
}

/** The time of a period's days in a time zone, whose days may have 23 or 25 hours. */
export function spanOf({ since, until }: Period, timeZone: string): Span {
  return { from: startOf(since, timeZone), to: startOf(addDays(until, 1), timeZone) };
}

/** When a day begins: mostly at midnight, and an hour later where the clocks go on at that hour. */
function startOf(day: Day, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const offsets = [midnight - DAY, midnight + DAY].map(time => offsetAt(time, timeZone));
  const starts = offsets.map(offset => (midnight - offset) / 1000).sort((a, b) => a - b);
  return starts.find(start => dayAt(start, timeZone) === day) ?? starts[0]!;
}

/** As long a time before. */
export function spanBefore({ from, to }: Span): Span {
  return { from: from - (to - from), to: from };
}

/** Whether a time lies in a span; one that nobody knows does not. */
export function isIn({ from, to }: Span, time: number | undefined): boolean {
  return time !== undefined && time >= from && time < to;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** By how many milliseconds the clocks of a time zone are before UTC. */
function offsetAt(time: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    const part = 'numeric';
    formatter = new Intl.DateTimeFormat('en', {
      ...{ timeZone, hourCycle: 'h23', year: part, month: part, day: part },
      ...{ hour: part, minute: part, second: part },
    });
    formatters.set(timeZone, formatter);
  }
  const parts = new Map(formatter.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type)!;
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(time / 1000) * 1000;
}

function dayIn(time: number): Day {
  return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10);
}
