import type { Review, ReviewKind } from './review.ts';

/** What is said by one message of a version of a series. */
export interface Said {
  readonly review: Review;
  /** The key of who says it. */
  readonly by: string;
  /** The place of the patch that is answered; 0 is the cover letter. */
  readonly index: number;
}

/** How a version ended. */
export interface Ending<S extends Said> {
  readonly kind: 'merged' | 'applied' | 'withdrawn' | 'nacked';
  /** Which of its patches it is told of; undefined for all. */
  readonly part: Part | undefined;
  /** What shows it; where it takes several, the last. */
  readonly shown: S;
  /** The last word of each who shows it, by time: several where patches were taken by several. */
  readonly shownBy: readonly S[];
}

/** Some of the patches of a version: how many of how many, and which where it is one that was answered. */
export interface Part {
  /** Undefined where it is not told which they are. */
  readonly count: number | undefined;
  readonly total: number;
  readonly index: number | undefined;
}

/**
 * How a version of `total` patches ended by what was `said`, which comes by time; undefined where nothing says it. It
 * was applied only where words or an answer to the cover letter speak of all, or all were applied one by one. A NAK
 * stands while its giver has not changed their mind and nothing was applied since.
 */
export function endingOf<S extends Said>(total: number, said: readonly S[]): Ending<S> | undefined {
  const taken = said.filter(one => isTaken(one) && numbersOf(total, one).length > 0);
  const last = taken.at(-1);
  const since = last ? said.indexOf(last) + 1 : 0;
  const standing = standingNacks(said, since);
  const isWhole = (one: S) => numbersOf(total, one) === 'all';
  const nack = standing.findLast(isWhole);
  const whole = nack ? undefined : wholeEnding(total, taken);
  if (whole) return whole;
  const withdrawn = said.findLast(one => one.review.kind === 'withdrawn' && isWhole(one));
  if (withdrawn) return { kind: 'withdrawn', part: undefined, ...shownAs([withdrawn]) };
  if (nack) return { kind: 'nacked', part: undefined, ...shownAs([nack]) };
  if (last) return { kind: takenKind(last), part: takenPart(total, taken), ...shownAs(taken) };
  const partly = standing.at(-1);
  return partly && { kind: 'nacked', part: partOf(total, partly), ...shownAs([partly]) };
}

/** The end of a version of which one word says that all patches were taken, or several together. */
function wholeEnding<S extends Said>(total: number, taken: readonly S[]): Ending<S> | undefined {
  const whole = taken.filter(one => numbersOf(total, one) === 'all');
  const shown = whole.findLast(({ review }) => review.kind === 'merged') ?? whole.at(-1);
  if (shown) return { kind: takenKind(shown), part: undefined, ...shownAs([shown]) };
  const last = taken.at(-1);
  if (!last || countOf(total, taken) < total) return undefined;
  return { kind: takenKind(last), part: undefined, ...shownAs(taken) };
}

/** Whether patches were taken into a tree. */
export function isTakenEnding({ kind }: Pick<Ending<Said>, 'kind'>): boolean {
  return kind === 'merged' || kind === 'applied';
}

/** What shows an ending, of `words` by time. */
function shownAs<S extends Said>(words: readonly S[]): Pick<Ending<S>, 'shown' | 'shownBy'> {
  const lastOf = new Map(words.map(one => [one.by, one]));
  return { shown: words.at(-1)!, shownBy: words.filter(one => lastOf.get(one.by) === one) };
}

function isTaken({ review }: Said): boolean {
  return review.kind === 'merged' || review.kind === 'applied';
}

function takenKind({ review }: Said): 'merged' | 'applied' {
  return review.kind === 'merged' ? 'merged' : 'applied';
}

function takenPart(total: number, taken: readonly Said[]): Part {
  const known = taken.every(one => numbersOf(total, one) !== 'some');
  return { count: known ? countOf(total, taken) : undefined, total, index: undefined };
}

function countOf(total: number, taken: readonly Said[]): number {
  const numbers = taken.map(one => numbersOf(total, one)).filter(one => typeof one === 'object');
  return new Set(numbers.flat()).size;
}

const GIVEN: readonly ReviewKind[] = ['acked', 'reviewed'];

/** The NAKs from the `since`th word on whose givers did not ack or review anything of the version later. */
function standingNacks<S extends Said>(said: readonly S[], since: number): readonly S[] {
  const lastGiven = new Map<string, number>();
  for (const [at, { review, by }] of said.entries()) if (GIVEN.includes(review.kind)) lastGiven.set(by, at);
  return said.filter(
    ({ review, by }, at) => at >= since && review.kind === 'nacked' && (lastGiven.get(by) ?? -1) < at,
  );
}

/** Which patch of its version something is said of; undefined where it is of all, or of a cover letter. */
export function partOf(total: number, one: Said): Part | undefined {
  const numbers = numbersOf(total, one);
  if (numbers === 'all') return undefined;
  const single = numbers !== 'some' && numbers.length === 1 ? numbers[0] : undefined;
  return { count: numbers === 'some' ? undefined : numbers.length, total, index: single };
}

/** The numbers of the patches that something is said of. */
function numbersOf(total: number, { review, index }: Said): 'all' | 'some' | readonly number[] {
  const { scope } = review;
  if (scope === 'part') return 'some';
  if (scope === 'all' || total === 1) return 'all';
  if (typeof scope === 'object') {
    const numbers = scope.filter(number => number > 0 && number <= total);
    return numbers.length === total ? 'all' : numbers;
  }
  if (index > 0) return [index];
  return scope === 'one' ? 'some' : 'all';
}
