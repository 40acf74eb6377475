import { onOneLine } from '../../mail/blanks.ts';

/** A word as names are compared by. */
export interface Word {
  readonly text: string;
  readonly key: string;
  readonly at: number;
  readonly end: number;
  readonly possessive: boolean;
  /** Whether nothing but blanks and initials stands between it and the word before. */
  readonly joined: boolean;
  readonly opens: boolean;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'\u2019._@+-]{0,100}/gu;
const ASCII = /^[\0-\x7f]*$/;
/** What stands between two words of a name: blanks and initials. */
const BETWEEN = /^(?:\s+\p{Lu}\.?){0,3}\s+$/u;
const LONGEST_BETWEEN = 16;

/** A name without what stands in brackets; the whole of one that stands in brackets altogether. */
export function bareName(name: string): string {
  const bare = onOneLine(name.replace(BRACKETS, ' '));
  return bare === '' ? onOneLine(name) : bare;
}

const BRACKETS = /\([^()]*\)|\[[^[\]]*\]/g;

/** Whether two names are one: case, accents, initials and what stands in brackets make no difference. */
export function isSameName(one: string, other: string): boolean {
  const [words, others] = [one, other].map(name => nameWords(name).map(word => word.toLowerCase()));
  return words!.length === 0 ? one.trim() === other.trim() : isSame(words!, others!);
}

/** Whether two names in words are one. */
export function isSame(words: readonly string[], others: readonly string[]): boolean {
  return words.length === others.length && words.every((word, at) => word === others[at]);
}

/** Longer names are no people's. */
const MAX_NAME = 200;

/** A name in words, without what stands in brackets. */
export function nameWords(name: string): readonly string[] {
  return wordsOf(name.slice(0, MAX_NAME).replace(BRACKETS, ' ')).map(({ key }) => key);
}

/** The words of a text; initials are none. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const written = match[0].replace(/['\u2019.-]+$/, '');
    const bare = written.replace(/['\u2019]s$/, '');
    if (/^\p{Lu}$/u.test(bare)) continue;
    const before = words.at(-1);
    const between = text.slice(Math.max(before?.end ?? 0, match.index - LONGEST_BETWEEN), match.index);
    const possessive =
      bare !== written || (bare.endsWith('s') && match[0].length > written.length && !match[0].endsWith('.'));
    words.push({
      text: bare,
      key: ASCII.test(bare) ? bare : bare.normalize('NFD').replace(/\p{M}/gu, ''),
      at: match.index,
      end: match.index + bare.length,
      possessive,
      joined: before !== undefined && BETWEEN.test(between),
      opens: /(?:^|[.!?:;"\u201d)\ufffc]|\n\s*)\s*$/.test(
        text.slice(Math.max(0, match.index - 8), match.index),
      ),
    });
  }
  return words;
}
