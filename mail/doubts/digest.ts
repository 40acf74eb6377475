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
  readonly #sums: BigUint64Array;

  /** Digests of runs of `sorted`, which is by (received time, id). */
  constructor(sorted: readonly M[]) {
    this.#sorted = sorted;
    this.#sums = new BigUint64Array(sorted.length + 1);
    for (const [at, { hash }] of sorted.entries()) this.#sums[at + 1] = this.#sums[at]! + numberOf(hash);
  }

  /** The digest of the messages from place `start` up to and without `end`. */
  between(start: number, end: number): bigint {
    return this.#sums[end]! - this.#sums[start]!;
  }

  /** The digest of the messages from `first` to `last` in the order of all, whether these two are among them or not. */
  within(first: M, last: M): bigint {
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

/** The first 64 bits of a hash. */
function numberOf(hash: string): bigint {
  return BigInt(`0x${hash.slice(0, 16)}`);
}
