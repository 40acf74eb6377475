import { BRACKETS, plainBrackets } from './brackets.ts';
import { isEdge } from './folding.ts';

/** A cut stands for at most so many characters of the mail. */
export const MAX_GAP = 600;
/** What is cut more often is no quotation any more, and each cut costs a reading of the message. */
export const MAX_CUTS = 20;

/** Where folded words stand in a folded text. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Folded words as they are looked for: parts that must stand in the mail, in this order. */
interface Part {
  readonly words: string;
  /** How many characters of the mail may stand between the part before and this one. */
  readonly gap: number;
  /** How many letters of its first word stand in brackets: 1 of `[t]he`. */
  readonly lead: number;
}

/**
 * Where `words` stand in `text`, both folded; undefined where they do not. An editor's brackets stand for other words
 * of the mail, unless the mail itself has them. The cost grows with the text, and with the number of brackets up to
 * `MAX_CUTS`; what has more is not found.
 */
export function findWords(text: string, words: string): Found | undefined {
  const literal = findParts(text, [{ words: plainBrackets(words), gap: 0, lead: 0 }]);
  return literal ?? (words.includes('[') ? findCut(text, words) : undefined);
}

function findCut(text: string, words: string): Found | undefined {
  const parts = partsOf(words);
  return parts.length > 0 && parts.length <= MAX_CUTS + 1 ? findParts(text, parts) : undefined;
}

/** `words` without what stands in brackets: what must be the mail's. */
export function literalWords(words: string): string {
  return plainBrackets(words.replace(BRACKETS, ' ')).trim();
}

function partsOf(words: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  let gap = 0;
  let lead = 0;
  const add = (end: number) => {
    const literal = words.slice(from, end);
    if (literal.trim() === '') return;
    parts.push({ words: plainBrackets(literal.trim()), gap, lead });
    gap = 0;
    lead = 0;
  };
  for (const match of words.matchAll(BRACKETS)) {
    add(match.index);
    from = match.index + match[0].length;
    const attached = /^[\p{L}\p{N}_]/u.test(words.slice(from, from + 2));
    lead = attached ? match[0].length - 2 : 0;
    // Only the blank in front of a word of which letters were changed.
    gap = Math.max(gap, attached ? 1 : MAX_GAP);
  }
  add(words.length);
  return parts;
}

/** The first place where all parts stand, each within its gap of the one before. */
function findParts(text: string, parts: readonly Part[]): Found | undefined {
  let before: readonly Found[] | undefined;
  for (const { words, gap, lead } of parts) {
    const places: Found[] = [];
    // Of the places of the part before, the nearest that ends in front of this one is the one to go on from.
    let nearest = -1;
    for (const at of occurrences(text, words)) {
      const start = at - lead;
      const end = at + words.length;
      while (before && nearest + 1 < before.length && before[nearest + 1]!.end <= start) nearest++;
      const from = before?.[nearest];
      if (before && (!from || start - from.end > gap)) continue;
      if (!isEdge(text, start) || !isEdge(text, end) || isBroken(text, start, at)) continue;
      places.push({ start: from?.start ?? start, end });
      if (parts.length === 1) break;
    }
    if (places.length === 0) return undefined;
    before = places;
  }
  return before?.[0];
}

/** Whether from `start` to `at` stands anything but letters of one word. */
function isBroken(text: string, start: number, at: number): boolean {
  return start < at && (start < 0 || text.slice(start, at).includes(' '));
}

/**
 * How far `words` agree with `text`, both folded, where they agree longest: the number of characters, and where in
 * `text` the next one stands.
 */
export function longestStart(
  text: string,
  words: string,
): { readonly length: number; readonly next: number } {
  const borders = bordersOf(words);
  let [length, next, same] = [0, 0, 0];
  for (let at = 0; at < text.length && length < words.length; at++) {
    same = extended(words, borders, same, text.charCodeAt(at));
    if (same > length && isEdge(text, at + 1 - same)) [length, next] = [same, at + 1];
  }
  return { length, next };
}

/** Words are not before so many of their first characters, which the machine finds faster. */
const BEGINNING = 32;

/** Where `words` begin in `text`, in order; by Knuth, Morris and Pratt, so that no words and no text are slow. */
function* occurrences(text: string, words: string): Generator<number> {
  const first = text.indexOf(words.slice(0, BEGINNING));
  if (first === -1) return;
  const borders = bordersOf(words);
  let same = 0;
  for (let at = first; at < text.length; at++) {
    same = extended(words, borders, same, text.charCodeAt(at));
    if (same < words.length) continue;
    yield at + 1 - same;
    same = borders[same - 1]!;
  }
}

/** For each beginning of `words`, how long the longest is with which it also ends, itself aside. */
function bordersOf(words: string): Int32Array {
  const borders = new Int32Array(words.length);
  let same = 0;
  for (let at = 1; at < words.length; at++) {
    same = extended(words, borders, same, words.charCodeAt(at));
    borders[at] = same;
  }
  return borders;
}

/** How much of the beginning of `words` a text ends with, of which `same` characters were it before `code` came. */
function extended(words: string, borders: Int32Array, same: number, code: number): number {
  let longest = same;
  while (longest > 0 && words.charCodeAt(longest) !== code) longest = borders[longest - 1]!;
  return words.charCodeAt(longest) === code ? longest + 1 : longest;
}
