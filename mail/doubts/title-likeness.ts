import { held } from '../held.ts';
import { baseTitle, formerTitle, parseSubject } from '../subject.ts';

/** Words that tell nothing of what a title is about. */
const STOP_WORDS = new Set(
  'a an and are as at be but by can could do does for from get has have how i if in into is it its my new no not of on or our please question should so some that the there this to too use using was we what when where which why will with you your'.split(
    ' ',
  ),
);
/** Which part of the shorter title's words, or of its groups of three letters, makes two titles one with changes. */
const MOST = 0.5;
/** Nobody reads more of a subject; a hostile one must not be compared with many others letter by letter. */
const MAX_SUBJECT = 500;

/**
 * Whether two subjects may be of the same matter: one title is in the other or in what it was called before, they
 * share most words, or most letters where one is misspelt or cut. A subject without words is like every other.
 */
export function isLike(one: string, other: string): boolean {
  return titlesOf(one).some(a => titlesOf(other).some(b => areLike(a, b)));
}

/** Whether it is seen at once that they are: the title of one is in that of the other. */
export function hasTitleOf(one: string, other: string): boolean {
  return titlesOf(one).some(a => titlesOf(other).some(b => contains(a, b)));
}

interface Title {
  readonly title: string;
  /** Its letters and digits alone. */
  readonly letters: string;
}

/** A subject is compared with those of all that answer it. */
const MOST_HELD = 5000;
const titlesOf = held((subject: string): readonly Title[] => {
  const { title } = parseSubject(subject.slice(0, MAX_SUBJECT));
  const former = formerTitle(title);
  const titles = former === undefined ? [baseTitle(title)] : [baseTitle(title), former];
  return titles.map(one => ({ title: one, letters: one.replace(/[^\p{L}\p{N}]+/gu, '') }));
}, MOST_HELD);

function contains({ letters: a }: Title, { letters: b }: Title): boolean {
  return a.includes(b) || b.includes(a);
}

function areLike(a: Title, b: Title): boolean {
  return (
    contains(a, b) ||
    overlap(wordsOf(a.title), wordsOf(b.title)) >= MOST ||
    overlap(trigrams(a.letters), trigrams(b.letters)) >= MOST
  );
}

/** Which part of the smaller set is in the other. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [less, more] = one.size < other.size ? [one, other] : [other, one];
  if (less.size === 0) return 0;
  return [...less].filter(item => more.has(item)).length / less.size;
}

function wordsOf(title: string): ReadonlySet<string> {
  return new Set((title.match(/[\p{L}\p{N}_]+/gu) ?? []).filter(word => !STOP_WORDS.has(word)));
}

function trigrams(letters: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 2) }, (_, at) => letters.slice(at, at + 3)),
  );
}
