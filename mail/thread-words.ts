import type { Block } from './block.ts';
import { boundedMarks } from './combining-marks.ts';
import type { MessageId } from './message-id.ts';
import { unescaped } from './quote-marks.ts';

/** Where words stand in the messages of a thread. */
export interface Place {
  /** The message, by the order in which messages were added. */
  readonly message: number;
  /** How many words on from there are the same. */
  readonly length: number;
}

/** Words are looked up three at a time. */
const GRAM = 3;
/** Lines of fewer words are looked up whole. */
export const SHORT_LINE = GRAM;
/** So many places that begin alike are looked at, the latest first: `Signed-off-by: Ada Example` stands everywhere. */
const MAX_PLACES = 64;
/** Nobody quotes from behind the head of a message as long as that. */
const MAX_WORDS = 60_000;
/** So many words in a row are proof enough, and the nearest message that has them is the source. */
const ENOUGH_WORDS = 24;
/** What ends a message: no word. */
const END = -1;
const UNKNOWN = -2;

/**
 * What the messages of a thread say in their own words, made to be searched: words are what white space parts, so
 * that wraps and indents make no difference. It takes messages one by one; each costs its length.
 */
export class ThreadWords {
  /** By message. */
  readonly #ids: MessageId[] = [];
  readonly #numbers = new Map<MessageId, number>();
  readonly #shortLines: Set<string>[] = [];
  /** A number for each word that was ever said. */
  readonly #vocabulary = new Map<string, number>();
  /** All own words of all messages, each message ended by `END`; and the message of each. */
  readonly #said: number[] = [];
  readonly #sayer: number[] = [];
  /** The last place of each gram, and of each place the one before that begins alike, or -1. */
  readonly #last = new Map<number, number>();
  readonly #before: number[] = [];

  /** Adds the own words of a message: all but what it quotes. */
  add(id: MessageId, blocks: readonly Block[]): void {
    if (this.#numbers.has(id)) return;
    const message = this.#ids.push(id) - 1;
    this.#numbers.set(id, message);
    const short = new Set<string>();
    this.#shortLines.push(short);
    const start = this.#said.length;
    for (const { kind, lines } of blocks) {
      if (kind === 'quote') continue;
      for (const line of lines) {
        const words = wordsIn(unescaped(line));
        if (words.length > 0 && words.length < SHORT_LINE) short.add(words.join(' '));
        if (this.#said.length - start < MAX_WORDS) for (const word of words) this.#say(word, message);
      }
    }
    for (let at = start; at + GRAM <= this.#said.length; at++) {
      const gram = gramAt(this.#said, at);
      this.#before[at] = this.#last.get(gram) ?? -1;
      this.#last.set(gram, at);
    }
    this.#said.push(END);
    this.#sayer.push(message);
    while (this.#before.length < this.#said.length) this.#before.push(-1);
  }

  #say(word: string, message: number): void {
    let number = this.#vocabulary.get(word);
    if (number === undefined) {
      number = this.#vocabulary.size;
      this.#vocabulary.set(word, number);
    }
    this.#said.push(number);
    this.#sayer.push(message);
  }

  /** The id of a message that was added. */
  idOf(message: number): MessageId {
    return this.#ids[message]!;
  }

  /** The number of a message, or undefined where it was not added. */
  numberOf(id: MessageId): number | undefined {
    return this.#numbers.get(id);
  }

  /** `words` as they are searched. */
  numbersOf(words: readonly string[]): readonly number[] {
    return words.map(word => this.#vocabulary.get(word) ?? UNKNOWN);
  }

  /** Whether a message has a line of its own that is nothing but these few words. */
  hasShortLine(message: number, words: readonly string[]): boolean {
    return this.#shortLines[message]!.has(words.join(' '));
  }

  /**
   * The best place of `words` from `at` on, or undefined where no message has `needed` words of them. Many words
   * in a row come before few, then near messages before far ones: `distances` tells how far those are that may be
   * meant, and whether others may be at all.
   */
  find(
    words: readonly number[],
    at: number,
    needed: number,
    distances: ReadonlyMap<number, number>,
    others: boolean,
  ): Place | undefined {
    if (at + GRAM > words.length) return undefined;
    let best: Place | undefined;
    let place = this.#last.get(gramAt(words, at)) ?? -1;
    for (let looked = 0; place !== -1 && looked < MAX_PLACES; looked++, place = this.#before[place]!) {
      const message = this.#sayer[place]!;
      if (!others && !distances.has(message)) continue;
      let length = 0;
      while (at + length < words.length && this.#said[place + length] === words[at + length]) length++;
      if (length < needed) continue;
      const found = { message, length };
      if (!best || isBetter(found, best, distances)) best = found;
    }
    return best;
  }
}

function isBetter(one: Place, other: Place, distances: ReadonlyMap<number, number>): boolean {
  const [length, least] = [one, other].map(place => Math.min(place.length, ENOUGH_WORDS));
  if (length !== least) return length! > least!;
  const distance = ({ message }: Place) => distances.get(message) ?? Number.POSITIVE_INFINITY;
  if (distance(one) !== distance(other)) return distance(one) < distance(other);
  return one.length > other.length;
}

/** One number for the words at a place; others may share it, so that what is found is compared word by word. */
function gramAt(words: readonly number[], at: number): number {
  let gram = 0;
  for (let index = at; index < at + GRAM; index++) gram = (Math.imul(gram, 0x01000193) ^ words[index]!) | 0;
  return gram;
}

/** The words of a line: what white space parts, letters in their plainest form. */
export function wordsIn(line: string): readonly string[] {
  return boundedMarks(line)
    .normalize('NFKC')
    .split(/\s+/)
    .filter(word => word !== '');
}
