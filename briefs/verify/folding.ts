import { onOneLine } from '../../mail/blanks.ts';
import { boundedMarks } from '../../mail/combining-marks.ts';

/** Text that folding leaves alone but for its blanks. */
const PLAIN = /^[\t\n\r -~]*$/;
/** What takes no room: soft hyphens, joiners, marks of direction and encoding, variation selectors. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\u034f|[\ufe00-\ufe0f]/g;
/** Before NFKC, which makes a blank and an accent of `´` and two primes of `″`. */
const SINGLE_QUOTES = /[\u00b4\u2018-\u201b\u2032\u2035]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f\u2033\u2036]/g;
/** Scripts without blanks have none behind their full stops, where sentences are put together again. */
const BEHIND_WIDE_STOPS = /([\u3002\uff01\uff1f])\s+/g;
/** A long dash parts words even where no blanks stand around it; a short one joins them. */
const LONG_DASHES = /[\u2014\u2015]/g;
const SHORT_DASHES = /[\u2010-\u2013\u2212]/g;
/** All but superscripts, subscripts, fractions and numbers in circles: 10³ is not 103. */
const COMPOSABLE = /[^\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u215f\u2189\u2460-\u24ff]+/g;

/**
 * `text` as quotations are compared: what a mail program, a browser or an editor's keyboard changes is made one
 * (white space and wraps, quotation marks, dashes, ellipses, invisible characters, compatibility forms). Letters,
 * their case and digits stay what they are.
 */
export function fold(text: string): string {
  return onOneLine(PLAIN.test(text) ? text : plain(text));
}

function plain(text: string): string {
  const marked = text
    .replace(INVISIBLE, '')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(BEHIND_WIDE_STOPS, '$1');
  return boundedMarks(marked)
    .replace(COMPOSABLE, part => part.normalize('NFKC'))
    .replace(LONG_DASHES, ' - ')
    .replace(SHORT_DASHES, '-');
}

const ASCII_WORD = /\w/;
const WORD = /[\p{L}\p{M}\p{N}_]/u;

/**
 * Whether a quotation may begin or end in front of `text[at]`: not inside of a word, nor inside of `un-likely`,
 * `can't`, `3.5` or `-1`, whose parts say something else.
 */
export function isEdge(text: string, at: number): boolean {
  const left = text[at - 1];
  const right = text[at];
  if (isWord(left)) return !isWord(right) && !(isJoint(left!, right) && isWord(text[at + 1]));
  if (!isWord(right)) return true;
  if (left === '!' || (left === '-' && isDigit(right!))) return false;
  return !(isJoint(right!, left) && isWord(text[at - 2]));
}

function isWord(character: string | undefined): boolean {
  if (character === undefined) return false;
  return character < '\u0080' ? ASCII_WORD.test(character) : WORD.test(character);
}

/** Whether `mark` joins what stands around it to one word; `beside` is a letter or digit of that word. */
function isJoint(beside: string, mark: string | undefined): boolean {
  return mark === "'" || mark === '-' || ((mark === '.' || mark === ',') && isDigit(beside));
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
