import { HASH_SEED } from './hash-seed.ts';

/** Words are looked up three at a time. */
export const GRAM = 3;
const NONE = -1;
/** Few threads say more. */
const SMALLEST = 4096;
const GROWTH = 4;

/**
 * Words by their numbers, in the order in which they are said, and where each three in a row, a gram, stand: from the
 * last place to the one before, as LZ77 finds what was there before. Open addressing in flat arrays.
 */
export class SaidWords {
  #words = new Int32Array(0);
  /** By place, the last one before it that has the same gram, or none. */
  #before = new Int32Array(0);
  /** The last place of each gram, by the gram's hash or in the next free slot behind; at most half of them are in use. */
  #slots = new Int32Array(0);
  #length = 0;

  /** How many words there are: the place of the next. */
  get length(): number {
    return this.#length;
  }

  /** Says a word more. */
  add(word: number): void {
    if (this.#length === this.#words.length) this.#grow();
    this.#words[this.#length++] = word;
    if (this.#length < GRAM) return;
    const place = this.#length - GRAM;
    const slot = this.#slotOf(this.#words, place);
    this.#before[place] = this.#slots[slot]!;
    this.#slots[slot] = place;
  }

  /** The places of the gram that stands in `words` at `at`, the last first. */
  *places(words: readonly number[], at: number): Iterable<number> {
    if (this.#length < GRAM || at + GRAM > words.length) return;
    let place = this.#slots[this.#slotOf(words, at)]!;
    for (; place !== NONE; place = this.#before[place]!) yield place;
  }

  /** How many words from `place` on are those of `words` from `at` on. */
  alike(place: number, words: readonly number[], at: number): number {
    const most = Math.min(this.#length - place, words.length - at);
    let length = 0;
    while (length < most && this.#words[place + length] === words[at + length]) length++;
    return length;
  }

  /** The slot of the gram at `at`: the one that it has, or would have. */
  #slotOf(words: ArrayLike<number>, at: number): number {
    const mask = this.#slots.length - 1;
    const [first, second, third] = [words[at]!, words[at + 1]!, words[at + 2]!];
    let slot = hashOf(first, second, third) & mask;
    for (let place = this.#slots[slot]!; place !== NONE; place = this.#slots[slot]!) {
      const said = this.#words;
      if (said[place] === first && said[place + 1] === second && said[place + 2] === third) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const places = this.#slots;
    const size = Math.max(SMALLEST, GROWTH * this.#words.length);
    this.#words = grown(this.#words, size);
    this.#before = grown(this.#before, size);
    this.#slots = new Int32Array(2 * size).fill(NONE);
    for (const place of places) if (place !== NONE) this.#slots[this.#slotOf(this.#words, place)] = place;
  }
}

function grown(old: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(old);
  return larger;
}

function hashOf(first: number, second: number, third: number): number {
  let hash = HASH_SEED;
  hash = Math.imul(hash ^ first, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ second, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ third, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
