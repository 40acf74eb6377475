import { createAnalysis } from '../../site/search/lunr.ts';
import type { SearchDocument } from '../../site/search/prepare.ts';
import { bareWord, isPlainWord } from '../../site/search/words.ts';

/** A query of the benchmark; one that is plain asks nothing that Pagefind does not know. */
export interface BenchQuery {
  readonly text: string;
  readonly plain: boolean;
}

/**
 * Queries as people ask them of this mail, always the same: words are taken from random places, so that common ones
 * come more often. Of 20, twelve are one or two words, two three, two must have both, two have a field, a boost and a
 * word that must not be there, one begins a word, one has a letter wrong.
 */
export function queriesFor(documents: readonly SearchDocument[], count: number): readonly BenchQuery[] {
  const random = mulberry(2018);
  const { isCommon } = createAnalysis('en');
  const word = (): string => {
    for (;;) {
      const { texts } = documents[Math.floor(random() * documents.length)]!;
      const words = `${texts.subject} ${texts.body}`.toLowerCase().split(/\s+/).map(bareWord);
      const one = words[Math.floor(random() * words.length)]!;
      // Nobody asks for what is no word.
      if (isCommon(one)) continue;
      if (one.length > 3 && one.length < 20 && (isPlainWord(one) || /^[a-z]\w+$/.test(one))) return one;
    }
  };
  return Array.from({ length: count }, (_, number) => {
    const kind = number % 20;
    if (kind < 6) return { text: word(), plain: true };
    if (kind < 12) return { text: `${word()} ${word()}`, plain: true };
    if (kind < 14) return { text: `${word()} ${word()} ${word()}`, plain: true };
    if (kind < 16) return { text: `+${word()} +${word()}`, plain: false };
    if (kind < 18) return { text: `s:${word()}^2 ${word()} -${word()}`, plain: false };
    if (kind === 18) return { text: `${word().slice(0, 4)}*`, plain: false };
    return { text: `${word()}~1`, plain: false };
  });
}

/** Numbers from 0 to 1, always the same ones for a seed. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
