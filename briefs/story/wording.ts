import type { StatusValue } from '../brief.ts';

const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(
  ' ',
);
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY = 86_400;

/** A count as prose writes it: in words up to twelve. */
export function inWords(count: number): string {
  return NUMBERS[count] ?? String(count);
}

/** `third`, `13th`. */
export function nth(place: number): string {
  const ending = /1\d$/.test(String(place)) ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[place % 10];
  return ORDINALS[place - 1] ?? `${place}${ending ?? 'th'}`;
}

/** `one patch`, `seven patches`. */
export function countOf(count: number, one: string, more = `${one}s`): string {
  return `${inWords(count)} ${count === 1 ? one : more}`;
}

/** `Ada`, `Ada and Ben`, `Ada, Ben and Cleo`. */
export function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `5 March 2018`, of seconds since 1970 UTC; `5 March` where the year is known. */
export function dayOf(time: number, yearOf?: number): string {
  const date = new Date(time * 1000);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  const sameYear = yearOf !== undefined && date.getUTCFullYear() === new Date(yearOf * 1000).getUTCFullYear();
  return sameYear ? day : `${day} ${date.getUTCFullYear()}`;
}

/** How a story passes on to another day: `The next day`, `Three days later`, `On 9 March`; undefined on the same day. */
export function later(from: number, to: number): string | undefined {
  const days = daysBetween(from, to);
  if (days === 0) return undefined;
  if (days === 1) return 'The next day';
  return days > 0 && days < 7 ? `${capitalized(inWords(days))} days later` : onDay(to, from);
}

/** Whether a time is of an earlier day than another. */
export function isEarlierDay(time: number, than: number): boolean {
  return daysBetween(time, than) > 0;
}

function daysBetween(from: number, to: number): number {
  return Math.floor(to / DAY) - Math.floor(from / DAY);
}

/** `On 9 March`; the year too, where it is not that of `yearOf`. */
export function onDay(time: number, yearOf: number): string {
  return `On ${dayOf(time, yearOf)}`;
}

/** `the next day` behind other words. */
export function uncapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One of `choices`, the same for the same `seed`, but not `last`: what varies without chance. */
export function vary<T>(choices: readonly T[], seed: string, last?: T): T {
  const others = choices.length > 1 ? choices.filter(choice => choice !== last) : choices;
  let hash = 0x811c9dc5; // FNV-1a
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  return others[(hash >>> 0) % others.length]!;
}

/** A status as a label: `Merged`, `Changes promised`. */
export function statusWords(status: StatusValue): string {
  return capitalized(status === 'discussed' ? 'discussion' : status);
}
