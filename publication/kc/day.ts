import { onOneLine } from '../../mail/blanks.ts';
import { MONTHS } from '../../mail/date.ts';
import { isDay } from '../calendar.ts';

/** The forms that days have in kc files, as year, month, day. A time behind them and its zone say nothing of the day. */
const FORMS: readonly (readonly [RegExp, (parts: readonly string[]) => readonly string[]])[] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].{0,40})?$/, ([year, month, day]) => [year!, month!, day!]],
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})(?: .{0,40})?$/, ([year, month, day]) => [year!, month!, day!]],
  [/^(\d{4})(\d{2})(\d{2})$/, parts => parts],
  // American, unless the second number alone can be a month.
  [
    /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?: .{0,40})?$/,
    ([one, other, year]) => (Number(one) > 12 ? [year!, other!, one!] : [year!, one!, other!]),
  ],
  [
    /^(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]{0,6}\.?,? (\d{4}|\d{2})(?: .{0,40})?$/i,
    ([day, month, year]) => [year!, monthNumber(month!), day!],
  ],
  [
    /^(?:[a-z]{3,9},? )?([a-z]{3})[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?: .{0,40})?$/i,
    ([month, day, year]) => [year!, monthNumber(month!), day!],
  ],
];

/** A day as kc files write it, `05/13/2002` or `13 May 2002 00:00:00 -0800`, as `2002-05-13`; undefined where it is none. */
export function readDay(written: string): string | undefined {
  const text = onOneLine(written.slice(0, 100));
  for (const [form, order] of FORMS) {
    const found = form.exec(text);
    if (!found) continue;
    const [year, month, day] = order(found.slice(1));
    const read = `${wholeYear(year!)}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
    return isDay(read) ? read : undefined;
  }
  return undefined;
}

/** `2002-05-13` as most kc files write it: `05/13/2002`. */
export function writeDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${month}/${date}/${year}`;
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1);
}

/** Of two digits: kc files are of 1999 and later. */
function wholeYear(year: string): string {
  if (year.length === 4) return year;
  return Number(year) >= 90 ? `19${year}` : `20${year}`;
}
