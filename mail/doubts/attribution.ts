import { onOneLine } from '../blanks.ts';
import type { Block } from '../body.ts';
import { MONTHS } from '../date.ts';

/** What the lines over quotations tell of who is quoted. */
export interface Attribution {
  /** The lines over what a message itself quotes, in lower case, on one line each. */
  readonly texts: readonly string[];
  /**
   * The days that are named, by depth of what is quoted, from 1: the seconds of their beginning in UTC, of every
   * way to read `5/3/18`.
   */
  readonly days: ReadonlyMap<number, ReadonlySet<number>>;
}

const DAY = 86_400;
/** Offsets from UTC, and clocks that go wrong. */
const DAYS_OFF = 2;

const MARKS = /^ ?(?:> ?)*/;
/** The last line of an attribution that is quoted itself. */
const SAID =
  /\b(?:wrote|writes|said|schrieb|écrit|escribió|escreveu|scritto|schreef|skrev|napisał|пишет):\s*$/u;

/** `5 Mar 2018`, `05-Mar-2018`, `5. March 18` */
const DAY_MONTH = /\b(\d{1,2})(?:st|nd|rd|th)?[\s.-]{1,2}([a-z]{3})[a-z]*[\s.,-]{1,2}(\d{4}|\d{2}\b(?!:))/g;
/** `Mar 5, 2018`, `March 5th 2018` */
const MONTH_DAY = /\b([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/g;
/** `2018-03-05`, `2018年3月5日` */
const YEAR_FIRST = /(?<!\d)(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})(?!\d)/g;
/** `5/3/18`, `05.03.2018`, `14. 11. 19`, `18/03/05` */
const NUMBERS = /(?<![\d/.-])(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?!\d)/g;

/** What the attributions of `blocks` tell. */
export function attributionOf(blocks: readonly Block[]): Attribution {
  const days = new Map<number, Set<number>>();
  const add = (depth: number, text: string) => {
    const named = days.get(depth) ?? new Set();
    days.set(depth, named);
    for (const day of daysIn(text)) named.add(day);
  };
  const texts: string[] = [];
  for (const { kind, lines } of blocks) {
    if (kind === 'attribution') {
      texts.push(folded(lines));
      add(1, texts.at(-1)!);
    } else if (kind === 'quote')
      for (const [at, line] of lines.entries()) {
        if (!SAID.test(line)) continue;
        const depth = line.slice(0, MARKS.exec(line)![0].length).replaceAll(' ', '').length;
        const text = folded(lines.slice(Math.max(0, at - 1), at + 1).map(one => one.replace(MARKS, '')));
        add(depth + 1, text);
      }
  }
  return { texts, days };
}

/** Whether a message of `time` may be one that is quoted at `depth`; where no day is named, it may be any. */
export function allows({ days }: Attribution, depth: number, time: number): boolean {
  const named = days.get(depth);
  if (!named || named.size === 0) return true;
  const sent = Math.floor(time / DAY) * DAY;
  for (let off = -DAYS_OFF; off <= DAYS_OFF; off++) if (named.has(sent + off * DAY)) return true;
  return false;
}

function folded(lines: readonly string[]): string {
  return onOneLine(lines.join(' ')).toLowerCase();
}

function daysIn(text: string): readonly number[] {
  const found: (number | undefined)[] = [];
  for (const [, day, month, year] of text.matchAll(DAY_MONTH)) found.push(dayOf(year, monthOf(month), day));
  for (const [, month, day, year] of text.matchAll(MONTH_DAY)) found.push(dayOf(year, monthOf(month), day));
  for (const [, year, month, day] of text.matchAll(YEAR_FIRST)) found.push(dayOf(year, month, day));
  for (const [, first, , second, third] of text.matchAll(NUMBERS)) {
    found.push(dayOf(third, second, first), dayOf(third, first, second));
    if (third!.length === 2) found.push(dayOf(first, second, third));
  }
  return found.filter(day => day !== undefined);
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf(name!) + 1;
}

function dayOf(
  year: string | undefined,
  month: string | number | undefined,
  day: string | undefined,
): number | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return undefined;
  const full = y >= 100 ? y : y < 70 ? 2000 + y : 1900 + y;
  return Date.UTC(full, m - 1, d) / 1000;
}
