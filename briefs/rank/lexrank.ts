import type { Vector } from './vectors.ts';

/** Sentences less alike than this say nothing of each other. */
const MIN_COSINE = 0.1;
const DAMPING = 0.85;
const MAX_ROUNDS = 30;
/** Where no rank changes by more of the mean rank, the rounds end. */
const CLOSE = 0.001;

/**
 * How central sentences are among `vectors`: those are that many others are like, the more so where these are
 * central themselves (Erkan and Radev 2004). Takes time by the square of their number.
 */
export function lexRanks(vectors: readonly Vector[]): Float64Array {
  const edges = edgesOf(vectors);
  const count = vectors.length;
  let ranks = new Float64Array(count).fill(1);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = new Float64Array(count).fill(1 - DAMPING);
    for (let one = 0; one < count; one++) {
      const others = edges[one]!;
      const share = (DAMPING * ranks[one]!) / others.length;
      for (let at = 0; at < others.length; at++) next[others[at]!]! += share;
    }
    const settled = next.every((rank, at) => Math.abs(rank - ranks[at]!) < CLOSE);
    ranks = next;
    if (settled) break;
  }
  return ranks;
}

/** By sentence, those that are like it. Only those that share a term are compared. */
function edgesOf(vectors: readonly Vector[]): readonly (readonly number[])[] {
  const edges = vectors.map((): number[] => []);
  const holders = new Map<number, { readonly sentences: number[]; readonly weights: number[] }>();
  const cosines = new Float64Array(vectors.length);
  for (const [one, { terms, weights }] of vectors.entries()) {
    cosines.fill(0, 0, one);
    for (let at = 0; at < terms.length; at++) {
      const weight = weights[at]!;
      const held = holders.get(terms[at]!);
      if (!held) {
        holders.set(terms[at]!, { sentences: [one], weights: [weight] });
        continue;
      }
      const { sentences, weights: others } = held;
      for (let index = 0; index < sentences.length; index++)
        cosines[sentences[index]!]! += weight * others[index]!;
      sentences.push(one);
      others.push(weight);
    }
    for (let other = 0; other < one; other++) {
      if (cosines[other]! <= MIN_COSINE) continue;
      edges[one]!.push(other);
      edges[other]!.push(one);
    }
  }
  return edges;
}
