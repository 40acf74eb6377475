/** The middle one of `values`, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How `ours` compares with `theirs`, of runs that took turns: below 1 where ours are smaller. */
export interface Comparison {
  readonly ofMedians: number;
  /** Of each of our runs and the run of theirs that came after it: noise that lasts hits both. */
  readonly pairwise: { readonly min: number; readonly median: number; readonly max: number };
}

/** Compares the runs of two programs. */
export function compare(ours: readonly number[], theirs: readonly number[]): Comparison {
  const ratios = ours.map((value, run) => value / theirs[run]!);
  return {
    ofMedians: median(ours) / median(theirs),
    pairwise: { min: Math.min(...ratios), median: median(ratios), max: Math.max(...ratios) },
  };
}
