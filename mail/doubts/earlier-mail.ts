import { addTo } from '../group-by.ts';
import { madeOnce } from '../held.ts';
import { givenNameFirst } from '../people.ts';
import { baseTitle, formerTitle, parseSubject } from '../subject.ts';
import { byReceived } from '../thread.ts';
import type { Attribution } from './attribution.ts';
import type { Doubtful } from './doubt.ts';

const DAY = 86_400;
/** Lists and mailers stamp times by different clocks. */
const SKEW = 3600;

/** How far back, and how many at most, are looked at for each thing that a message may have in common with an earlier one. */
const SAME_TITLE: Reach = { days: 366, most: 300 };
const NAMED_AUTHOR: Reach = { days: 60, most: 300 };
const RECENT: Reach = { days: 14, most: 2000 };
/** All of these together. */
const ALL: Reach = { days: 366, most: Number.POSITIVE_INFINITY };

/**
 * Finds what is earlier than a message and has its title, or what either was called before, among `sorted`, which is
 * by received time; the latest first.
 */
export function ofSameTitle<M extends Doubtful>(sorted: readonly M[]): (message: M) => readonly M[] {
  const byTitle = byKeys(
    sorted,
    ({ subject }) => subject,
    ({ subject }) => titleKeys(subject),
  );
  return message => latest(listsOf(byTitle, titleKeys(message.subject)), message, SAME_TITLE);
}

/** Finds in the same way what is by people whom its attributions name. */
export function byNamedAuthor<M extends Doubtful>(
  sorted: readonly M[],
): (message: M, attribution: Attribution) => readonly M[] {
  const byAuthor = byKeys(sorted, ({ from: { name, address } }) => `${name}\0${address}`, authorKeys);
  return (message, { texts }) =>
    latest(
      listsOf(byAuthor, new Set(texts.slice(0, MAX_ATTRIBUTIONS).flatMap(namesIn))),
      message,
      NAMED_AUTHOR,
    );
}

/** The places in `sorted` of all that came shortly before `message`: from the first to before the second. */
export function recentMail<M extends Doubtful>(
  sorted: readonly M[],
  message: M,
): readonly [start: number, end: number] {
  return placesOf(sorted, message, RECENT);
}

/** The places in `sorted` of everything among which anything is looked for that `message` may answer. */
export function allReachable<M extends Doubtful>(
  sorted: readonly M[],
  message: M,
): readonly [start: number, end: number] {
  return placesOf(sorted, message, ALL);
}

/** The messages of each key, in their order. Those of one `textOf` have the same keys, which are found once. */
function byKeys<M>(
  messages: readonly M[],
  textOf: (message: M) => string,
  keysOf: (message: M) => readonly string[],
): ReadonlyMap<string, readonly M[]> {
  const lists = new Map<string, M[]>();
  const known = new Map<string, readonly string[]>();
  for (const message of messages) {
    const keys = madeOnce(known, textOf(message), () => keysOf(message));
    for (const key of keys) addTo(lists, key, message);
  }
  return lists;
}

function listsOf<M>(
  lists: ReadonlyMap<string, readonly M[]>,
  keys: Iterable<string>,
): readonly (readonly M[])[] {
  return [...keys].map(key => lists.get(key)).filter(list => list !== undefined);
}

/** The titles of a subject as they are compared: by letters and digits, since mailers fold and cut the rest. */
function titleKeys(subject: string): readonly string[] {
  const { title } = parseSubject(subject);
  const keys = [baseTitle(title), formerTitle(title) ?? ''].map(words =>
    words.replace(/[^\p{L}\p{N}]+/gu, ''),
  );
  return [...new Set(keys.filter(key => key !== ''))];
}

/** Whether two subjects have a title in common, or one has what the other was called before. */
export function sameTitles(one: string, other: string): boolean {
  const keys = titleKeys(other);
  return titleKeys(one).some(key => keys.includes(key));
}

/** A person's address and the names that an attribution may give. */
function authorKeys({ from: { name, address } }: Doubtful): readonly string[] {
  // One word alone is too many people's name.
  const names = [name, givenNameFirst(name)].map(nameWords).filter(words => words.includes(' '));
  return [...new Set([...(address === '' ? [] : [address.toLowerCase()]), ...names])];
}

/** Nobody answers more messages at once, */
const MAX_ATTRIBUTIONS = 20;
/** and no attribution has more words. */
const MAX_WORDS = 40;

/** Every address in an attribution, and every two to four of its words, one of which may be a name. */
function namesIn(text: string): readonly string[] {
  const [addresses, others] = [true, false].map(isAddress =>
    text.split(/[\s<>()"',;:[\]]+/).filter(token => token.includes('@') === isAddress),
  ) as [string[], string[]];
  const words = nameWords(others.join(' ')).split(' ').slice(0, MAX_WORDS);
  const names = words.flatMap((_, start) =>
    [2, 3, 4].map(count => words.slice(start, start + count)).map(some => some.join(' ')),
  );
  return [...addresses, ...names];
}

function nameWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{M}'’-]+/gu) ?? []).join(' ');
}

/** How far back, and how many at most. */
interface Reach {
  readonly days: number;
  readonly most: number;
}

function latest<M extends Doubtful>(
  lists: readonly (readonly M[])[],
  message: M,
  reach: Reach,
): readonly M[] {
  const found = lists.flatMap(list => list.slice(...placesOf(list, message, reach)));
  const once = lists.length > 1 ? [...new Set(found)] : found;
  return once.sort((a, b) => byReceived(b, a)).slice(0, reach.most);
}

/** The places in `sorted` of those that came before `message`, or hardly later: from the first to before the second. */
function placesOf(
  sorted: readonly Doubtful[],
  { received }: Doubtful,
  { days, most }: Reach,
): readonly [start: number, end: number] {
  const end = firstAfter(sorted, received + SKEW);
  return [Math.max(firstAfter(sorted, received - days * DAY - 1), end - most), end];
}

/** The index of the first of `sorted` that was received after `time`. */
function firstAfter(sorted: readonly Doubtful[], time: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.received > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
