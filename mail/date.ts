/** A point in time as a sender wrote it. */
export interface SentDate {
  /** Seconds since 1970-01-01 UTC. */
  readonly time: number;
  /** The writer's offset from UTC in minutes, east positive; 0 where the zone is unknown (`-0000`). */
  readonly offset: number;
}

const END_OF_9999 = Date.UTC(10_000, 0) / 1000;
/** The names of the months as RFC 5322 (3.3) has them, in lower case. */
export const MONTHS: readonly string[] = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];

/** Zone names of RFC 5322, 4.3, and a few that mailers wrote besides, in minutes east. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  bst: 60,
  jst: 540,
};

const DATE =
  /(?<!\d)(\d{1,2})[ \t-]+([A-Za-z]{3})[a-z]*[ \t-]+(\d{2,4})[ \t]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:[ \t]*([AaPp])[Mm])?[ \t]*(?:(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})|([A-Za-z]+))?/;
/** The order of `ctime`, which some mailers wrote: `Mon Mar  5 09:12:44 2018`. */
const CTIME =
  /([A-Za-z]{3})[a-z]*[ \t]+(\d{1,2})[ \t]+(\d{1,2}):(\d{2})(?::(\d{2}))?[ \t]+(?:([A-Za-z]{1,5})[ \t]+)?(\d{4})(?:[ \t]+([+-])(\d{1,2}):?(\d{2}))?/;

/**
 * The date of a Date or Received value (RFC 5322, 3.3 and 4.3), or undefined where it names no possible day
 * of 1970 to 9999. Never the present time: a build must not depend on when it runs.
 */
export function parseDate(value: string): SentDate | undefined {
  const text = withoutComments(value);
  const match = DATE.exec(text);
  if (match) {
    const [, day, month, year, hour, minute, second, half, sign, zoneHours, zoneMinutes, zone] = match;
    const offset = sign ? signedMinutes(sign, zoneHours!, zoneMinutes!) : namedZone(zone);
    return instant(fullYear(year!), month!, day!, twelveHours(Number(hour), half), minute!, second, offset);
  }
  const ctime = CTIME.exec(text);
  if (!ctime) return undefined;
  const [, month, day, hour, minute, second, zone, year, sign, zoneHours, zoneMinutes] = ctime;
  const offset = sign ? signedMinutes(sign, zoneHours!, zoneMinutes!) : namedZone(zone);
  return instant(Number(year), month!, day!, Number(hour), minute!, second, offset);
}

/** The date of a Received value: what follows its last semicolon (RFC 5321, 4.4). */
export function parseReceivedDate(value: string): SentDate | undefined {
  const text = withoutComments(value);
  const semicolon = text.lastIndexOf(';');
  return semicolon === -1 ? undefined : parseDate(text.slice(semicolon + 1));
}

/** `text` on one line and without its comments, those inside others too (RFC 5322, 3.2.2). */
function withoutComments(text: string): string {
  let kept = text;
  for (let depth = 0; depth < 4 && kept.includes('('); depth++) kept = kept.replace(/\([^()]*\)/g, ' ');
  return kept.replace(/\s+/g, ' ');
}

function instant(
  year: number,
  monthName: string,
  day: string,
  hour: number,
  minute: string,
  second: string | undefined,
  offset: number,
): SentDate | undefined {
  const month = MONTHS.indexOf(monthName.toLowerCase());
  const midnight = new Date(Date.UTC(year, month, Number(day)));
  const possible = [
    month !== -1,
    year >= 1970,
    midnight.getUTCDate() === Number(day), // 31 February would be taken for 3 March.
    hour < 24,
    Number(minute) < 60,
    Number(second ?? 0) <= 60, // 60: a leap second.
  ];
  if (possible.includes(false)) return undefined;
  const clock = hour * 3600 + Number(minute) * 60 + Number(second ?? 0);
  const time = midnight.getTime() / 1000 + clock - offset * 60;
  return time >= 0 && time < END_OF_9999 ? { time, offset } : undefined;
}

/** RFC 5322, 4.3: two digits below 50 are of this century, three and the rest count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function twelveHours(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** Offsets of a day and more are slips of a clock; the time is then read as UTC. */
function signedMinutes(sign: string, hours: string, minutes: string): number {
  const total = Number(hours) * 60 + Number(minutes);
  if (total >= 24 * 60) return 0;
  return sign === '-' ? 0 - total : total; // 0 - 0 is 0, but -0 is not.
}

function namedZone(name: string | undefined): number {
  return ZONES[name?.toLowerCase() ?? ''] ?? 0;
}

/** A time as `2018-03-05T09:12:44Z` (RFC 3339). */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
