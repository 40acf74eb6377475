import { isoTime } from '../mail/date.ts';
import { type Html, html } from './html.ts';

/** How a site writes dates. */
export interface Dates {
  /** `9 March 2018`. */
  day(seconds: number): string;
  /** `9 March`. */
  dayOfYear(seconds: number): string;
  /** `9 Mar`. */
  shortDay(seconds: number): string;
  /** `Monday`, or `Mon`. */
  weekday(seconds: number, length: 'long' | 'short'): string;
  /** `10:15`. */
  clock(seconds: number): string;
  /** `March 2018`, of `2018-03`. */
  month(month: string): string;
  /** `2018`. */
  year(seconds: number): string;
  /** `2–9 March`. */
  shortSpan(first: number, last: number): string;
  /** `2 to 9 March 2018`; one day where both are of one. */
  span(first: number, last: number): string;
}

/** The dates of a site, in its language and time zone. */
export function createDates(language: string, timeZone: string): Dates {
  // The day before the month, as the rest of the page's English has it.
  const locale = /^en(-|$)/i.test(language) ? 'en-GB' : language;
  const format = (options: Intl.DateTimeFormatOptions, zone = timeZone) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    // 0 is a message that says nowhere when it was sent.
    return (seconds: number) => (seconds === 0 ? 'undated' : formatter.format(seconds * 1000));
  };
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' });
  const dayOfYear = format({ day: 'numeric', month: 'long' });
  const dayOfMonth = format({ day: 'numeric' });
  const monthAndYear = format({ month: 'long', year: 'numeric' });
  const monthOnly = format({ month: 'long', year: 'numeric' }, 'UTC');
  const shortDay = format({ day: 'numeric', month: 'short' });
  const weekdays = { long: format({ weekday: 'long' }), short: format({ weekday: 'short' }) };
  const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const year = format({ year: 'numeric' });
  const shortSpan = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long' });
  return {
    day,
    dayOfYear,
    shortDay,
    weekday: (seconds, length) => weekdays[length](seconds),
    clock,
    year,
    month: month => monthOnly(Date.parse(`${month}-01T00:00:00Z`) / 1000),
    shortSpan(first, last) {
      if (first === 0) return 'undated';
      // Days of one month stand close, as figures of one number do.
      return shortSpan.formatRange(first * 1000, last * 1000).replace(/^(\d+)\s–\s(\d)/, '$1–$2');
    },
    span(first, last) {
      if (day(first) === day(last)) return day(last);
      if (monthAndYear(first) === monthAndYear(last)) return `${dayOfMonth(first)} to ${day(last)}`;
      return `${year(first) === year(last) ? dayOfYear(first) : day(first)} to ${day(last)}`;
    },
  };
}

/** A `<time>` whose words are `words`. */
export function timeElement(seconds: number, words: string): Html {
  return html`<time datetime="${isoTime(seconds)}">${words}</time>`;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/**
 * When a message was sent, by its sender's clock, with UTC beside where the two differ:
 * `Monday 5 March 2018, 10:12 +0100 (09:12 UTC)`. Never relative, never the reader's zone: a page must say
 * the same to everybody.
 */
export function sentTime(seconds: number, offset: number): Html {
  const local = new Date((seconds + offset * 60) * 1000);
  const utc = new Date(seconds * 1000);
  const date = `${WEEKDAYS[local.getUTCDay()]} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  if (offset === 0) return html`<time datetime="${isoTime(seconds)}">${date}, ${clockOf(utc)} UTC</time>`;
  const beside =
    local.getUTCDate() === utc.getUTCDate()
      ? clockOf(utc)
      : `${utc.getUTCDate()} ${MONTHS[utc.getUTCMonth()]}, ${clockOf(utc)}`;
  return html`<time datetime="${isoTime(seconds)}">${date}, ${clockOf(local)} ${zoneOf(offset)}</time> (${beside} UTC)`;
}

/** `9 March 2018`, in UTC, without a formatter: the search's scripts should not wait for one. */
export function utcDay(seconds: number): string {
  if (seconds === 0) return 'undated';
  const date = new Date(seconds * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `2 to 9 March 2018`, likewise. */
export function utcSpan(first: number, last: number): string {
  const begin = utcDay(first).split(' ');
  const end = utcDay(last).split(' ');
  while (begin.length > 0 && begin.at(-1) === end[begin.length - 1]) begin.pop();
  return [...(begin.length > 0 ? [...begin, 'to'] : []), ...end].join(' ');
}

function clockOf(date: Date): string {
  return date.toISOString().slice(11, 16);
}

function zoneOf(offset: number): string {
  const minutes = Math.abs(offset);
  const digits = `${Math.floor(minutes / 60)}`.padStart(2, '0') + `${minutes % 60}`.padStart(2, '0');
  return `${offset < 0 ? '−' : '+'}${digits}`;
}
