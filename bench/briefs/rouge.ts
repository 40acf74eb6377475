import { stemmer } from 'stemmer';

/** ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004) as F1, from 0 to 1. */
export interface Rouge {
  readonly one: number;
  readonly two: number;
  readonly longest: number;
}

/** How much of `reference` stands in `candidate`, and the other way round. Stems are compared; stop words count. */
export function rouge(candidate: string, reference: string): Rouge {
  const [ours, theirs] = [stemsOf(candidate), stemsOf(reference)];
  return {
    one: overlap(ours, theirs),
    two: overlap(pairsOf(ours), pairsOf(theirs)),
    longest: f1(commonSubsequence(ours, theirs), ours.length, theirs.length),
  };
}

/** Words as ROUGE compares them. */
export function stemsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map(word => stemmer(word));
}

function pairsOf(stems: readonly string[]): readonly string[] {
  return stems.slice(1).map((stem, at) => `${stems[at]} ${stem}`);
}

function overlap(ours: readonly string[], theirs: readonly string[]): number {
  const left = new Map<string, number>();
  for (const gram of theirs) left.set(gram, (left.get(gram) ?? 0) + 1);
  let common = 0;
  for (const gram of ours) {
    const count = left.get(gram) ?? 0;
    if (count === 0) continue;
    common++;
    left.set(gram, count - 1);
  }
  return f1(common, ours.length, theirs.length);
}

function commonSubsequence(ours: readonly string[], theirs: readonly string[]): number {
  let above = new Uint32Array(theirs.length + 1);
  for (const stem of ours) {
    const row = new Uint32Array(theirs.length + 1);
    for (const [at, other] of theirs.entries())
      row[at + 1] = stem === other ? above[at]! + 1 : Math.max(row[at]!, above[at + 1]!);
    above = row;
  }
  return above[theirs.length]!;
}

/** The harmonic mean of precision and recall. */
export function f1(common: number, chosen: number, wanted: number): number {
  return common === 0 ? 0 : (2 * common) / (chosen + wanted);
}
