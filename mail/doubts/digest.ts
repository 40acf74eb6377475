import { createHash } from 'node:crypto';
import { byReceived } from '../thread.ts';
import type { Doubtful } from './doubt.ts';

/** A digest of messages in their order, by what they say. */
export function digestOf(messages: readonly Doubtful[]): string {
  const digest = createHash('sha256');
  for (const { hash } of messages) digest.update(`${hash}\n`);
  return digest.digest('base64url');
}

/** Digests of runs of messages: two runs of the same messages have the same one, and no run costs more than another. */
export class RunDigests<M extends Doubtful> {
  readonly #sorted: readonly M[];
  /** Of the messages before each place, the digests added up; hashes are as good as random numbers. */
  readonly #sums: Float64Array;

  /** Digests of runs of `sorted`, which is by (received time, id). */
  constructor(sorted: readonly M[]) {
    this.#sorted = sorted;
    this.#sums = new Float64Array(sorted.length + 1);
    for (let at = 0; at < sorted.length; at++)
      this.#sums[at + 1] = (this.#sums[at]! + numberOf(sorted[at]!.hash)) % RANGE;
  }

  /** The message at a place. */
  at(place: number): M {
    return this.#sorted[place]!;
  }

  /** The digest of the messages from place `start` up to and without `end`. */
  between(start: number, end: number): number {
    return difference(this.#sums[end]!, this.#sums[start]!);
  }

  /** The digest of the messages from `first` to `last` in the order of all, whether these two are among them or not. */
  within(first: M, last: M): number {
    return this.between(this.#before(first, false), this.#before(last, true));
  }

  /** How many messages come before `message`, itself counted or not. */
  #before(message: M, itself: boolean): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = byReceived(this.#sorted[middle]!, message);
      if (order < 0 || (order === 0 && itself)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What tells the messages of `all` at the places from `start` up to and without `end` apart, but for those of `own`. */
export function digestBut<M extends Doubtful>(
  all: RunDigests<M>,
  [start, end]: readonly [start: number, end: number],
  own: RunDigests<M>,
): string {
  return difference(all.between(start, end), own.within(all.at(start), all.at(end - 1))).toString(36);
}

/** The digest of what is in the run of `one` and not in that of `other`, which is a part of it. */
function difference(one: number, other: number): number {
  return (one - other + RANGE) % RANGE;
}

/** Two numbers below it are added without loss. */
const RANGE = 2 ** 52;

/** The first 52 bits of a hash. */
function numberOf(hash: string): number {
  return Number.parseInt(hash.slice(0, 13), 16);
}
