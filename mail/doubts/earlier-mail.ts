import { addTo } from '../group-by.ts';
import { givenNameFirst } from '../people.ts';
import { baseTitle, formerTitle, parseSubject } from '../subject.ts';
import type { Attribution } from './attribution.ts';
import type { Doubtful } from './doubt.ts';

const DAY = 86_400;
/** Lists and mailers stamp times by different clocks. */
const SKEW = 3600;

/** How far back, and how many at most, are looked at for each thing that a message may have in common with an earlier one. */
const SAME_TITLE = { days: 366, most: 300 };
const NAMED_AUTHOR = { days: 60, most: 300 };
const RECENT = { days: 14, most: 2000 };

/** The messages that came before another, by what their headers have in common with it. */
export class EarlierMail<M extends Doubtful> {
  readonly #sorted: readonly M[];
  readonly #byTitle = new Map<string, M[]>();
  readonly #byAuthor = new Map<string, M[]>();

  /** What came before among `sorted`, which is by received time. */
  constructor(sorted: readonly M[]) {
    this.#sorted = sorted;
    for (const message of sorted) {
      for (const key of titleKeys(message.subject)) addTo(this.#byTitle, key, message);
      for (const key of authorKeys(message)) addTo(this.#byAuthor, key, message);
    }
  }

  /** Those with its title, or with what either was called before; the latest first. */
  sameTitle(message: M): readonly M[] {
    return latest(
      titleKeys(message.subject).map(key => this.#byTitle.get(key) ?? []),
      message,
      SAME_TITLE,
    );
  }

  /** Those by people whom its attributions name; the latest first. */
  byNamed(message: M, { texts }: Attribution): readonly M[] {
    const keys = new Set(texts.flatMap(namesIn));
    return latest(
      [...keys].map(key => this.#byAuthor.get(key) ?? []),
      message,
      NAMED_AUTHOR,
    );
  }

  /** All that came shortly before; the latest first. */
  recent(message: M): readonly M[] {
    return latest([this.#sorted], message, RECENT);
  }
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

/** Every address in an attribution, and every two to four of its words, one of which may be a name. */
function namesIn(text: string): readonly string[] {
  const words = nameWords(text.replace(/\S+@\S+/g, ' '))
    .split(' ')
    .slice(0, 40);
  const names = words.flatMap((_, start) =>
    [2, 3, 4].map(count => words.slice(start, start + count)).map(some => some.join(' ')),
  );
  return [...(text.match(/[^\s<>()"',;:[\]]+@[^\s<>()"',;:[\]]+/g) ?? []), ...names];
}

function nameWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{M}'’-]+/gu) ?? []).join(' ');
}

function latest<M extends Doubtful>(
  lists: readonly (readonly M[])[],
  message: M,
  { days, most }: { readonly days: number; readonly most: number },
): readonly M[] {
  const found = lists.flatMap(list => {
    const end = firstAfter(list, message.received + SKEW);
    return list.slice(Math.max(firstAfter(list, message.received - days * DAY - 1), end - most), end);
  });
  const once = lists.length > 1 ? [...new Set(found)] : found;
  return once.sort((a, b) => b.received - a.received || (a.id < b.id ? 1 : -1)).slice(0, most);
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
