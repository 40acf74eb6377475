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
  return titles(one).some(a => titles(other).some(b => areLike(a, b)));
}

function titles(subject: string): readonly string[] {
  const { title } = parseSubject(subject.slice(0, MAX_SUBJECT));
  const former = formerTitle(title);
  return former === undefined ? [baseTitle(title)] : [baseTitle(title), former];
}

function areLike(one: string, other: string): boolean {
  const [a, b] = [one, other].map(title => title.replace(/[^\p{L}\p{N}]+/gu, '')) as [string, string];
  if (a.includes(b) || b.includes(a)) return true;
  return overlap(wordsOf(one), wordsOf(other)) >= MOST || overlap(trigrams(a), trigrams(b)) >= MOST;
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
