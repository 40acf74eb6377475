/** What makes a thread a candidate for an issue. */
export type ReasonKind =
  | 'people'
  | 'answers'
  | 'depth'
  | 'new voices'
  | 'maintainers'
  | 'objections'
  | 'outcome'
  | 'lists'
  | 'carried over'
  | 'new version';

/** Something that was counted of a thread, and what it is worth. */
export interface Reason {
  readonly kind: ReasonKind;
  readonly count: number;
  readonly points: number;
  /** What was counted, where it has names: people, lists, the outcome, a version. */
  readonly names: readonly string[];
}

/** What was found of a kind: names, or a number of things without any. */
export interface Found {
  readonly kind: ReasonKind;
  readonly count: number;
  readonly names?: readonly string[];
}

/** What one is worth, from how many on it counts, and how many count at most: nothing decides alone. */
interface Weight {
  readonly each: number;
  readonly beyond: number;
  readonly most: number;
}

/**
 * Plain on purpose: an editor should be able to add it up. Many people who go on answering each other, a dispute and
 * an outcome are what Kernel Traffic told; much mail of one person is not.
 */
export const WEIGHTS: Readonly<Record<ReasonKind, Weight>> = {
  people: { each: 3, beyond: 1, most: 10 },
  answers: { each: 1, beyond: 1, most: 20 },
  depth: { each: 1, beyond: 1, most: 8 },
  'new voices': { each: 2, beyond: 0, most: 3 },
  maintainers: { each: 3, beyond: 0, most: 4 },
  objections: { each: 4, beyond: 0, most: 4 },
  outcome: { each: 8, beyond: 0, most: 1 },
  lists: { each: 1, beyond: 1, most: 4 },
  'carried over': { each: 4, beyond: 0, most: 1 },
  'new version': { each: 6, beyond: 0, most: 1 },
};

/** What of the things found speaks for a thread, those that are worth nothing left out. */
export function reasonsFor(found: readonly Found[]): readonly Reason[] {
  return found.flatMap(({ kind, count, names = [] }) => {
    const { each, beyond, most } = WEIGHTS[kind];
    const points = each * Math.min(Math.max(count - beyond, 0), most);
    return points > 0 ? [{ kind, count, points, names }] : [];
  });
}

/** The points of all reasons. */
export function scoreOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { points }) => sum + points, 0);
}
