import { type FoundLines, type IndexedLine, type LineIndex, linesFound } from './line-index.ts';
import { characteristic, letters, type SaidLine } from './quoted-words.ts';

/** What a message quotes, by depth from 1: at each, the lines that tell most; none where these prove nothing. */
export type Quotations = readonly (readonly SaidLine[])[];
/** The same, to be looked for in other messages. */
export type IndexedQuotations = readonly (readonly IndexedLine[])[];

/** That a message quotes another, and how well that is proved. */
export interface Proof {
  /** 1 where the other's own words are quoted as those of the message that is answered, 2 where at second hand. */
  readonly depth: number;
  /** Whether they are the other's own words, not those that it quotes too. */
  readonly own: boolean;
  /** The lines that were found, as a person reads them. */
  readonly lines: readonly string[];
  readonly letters: number;
  /** Which part of what is quoted at that depth was found. */
  readonly share: number;
}

/** Quotations of quotations are looked at so far down. */
const MAX_DEPTH = 3;
/** As many lines at each depth prove it as well as all. */
const MAX_LINES = 40;
/** Fewer letters are chance: a line of prose, or two lines of code. */
const MIN_LETTERS = 40;
/** What is missing was wrapped within a word or changed by mailers; but who quotes another has much else that is not here. */
const MIN_SHARE = 0.6;

/** What can be proved of what `lines` quote. */
export function quotationsIn(lines: readonly SaidLine[]): Quotations {
  const quoted = characteristic(lines.filter(({ depth }) => depth > 0));
  const depths: SaidLine[][] = [];
  for (let depth = 1; depth <= MAX_DEPTH; depth++) {
    const longest = quoted
      .filter(line => line.depth === depth)
      .toSorted((a, b) => b.words.length - a.words.length)
      .slice(0, MAX_LINES);
    depths.push(quoted.filter(line => longest.includes(line)));
  }
  return depths.map(some => (letters(some) < MIN_LETTERS ? [] : some));
}

/** `quotations`, with lines that `index` knows from then on. */
export function indexed(quotations: Quotations, index: LineIndex): IndexedQuotations {
  return quotations.map(lines => lines.map(line => index.add(line)));
}

/** The best proof that `quotations` are of a message in which lines were `found`, or undefined where there is none. */
export function proofOf(quotations: IndexedQuotations, { own, quoted }: FoundLines): Proof | undefined {
  for (const [index, lines] of quotations.entries()) {
    const proof = proved(lines, own, index + 1, true);
    if (proof) return proof;
  }
  return proved(quotations[0] ?? [], quoted, 1, false);
}

/** Whether `proof` says more than `other`: own words before others', near before far, more before less. */
export function betterProof(proof: Proof, other: Proof): boolean {
  if (proof.own !== other.own) return proof.own;
  if (proof.depth !== other.depth) return proof.depth < other.depth;
  return proof.letters > other.letters;
}

/** Whether nothing can prove more: all that is quoted of the message that is answered are the other's own words. */
export function isWhole({ own, depth, share }: Proof): boolean {
  return own && depth === 1 && share === 1;
}

function proved(
  lines: readonly IndexedLine[],
  numbers: ReadonlySet<number>,
  depth: number,
  own: boolean,
): Proof | undefined {
  const found = linesFound(lines, numbers);
  const [total, length] = [letters(lines), letters(found)];
  if (length < MIN_LETTERS || length < MIN_SHARE * total) return undefined;
  return { depth, own, lines: found.map(({ text }) => text), letters: length, share: length / total };
}
