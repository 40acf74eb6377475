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

/** A line as its words are searched: what white space parts, letters in their plainest form. */
export interface WordLine {
  /** A number for each word. */
  readonly numbers: readonly number[];
  /** The words of a line that has so few that it is looked up whole. */
  readonly short: string | undefined;
}

/** Words are looked up three at a time. */
const GRAM = 3;
/** Lines of fewer words are looked up whole. */
const SHORT_LINE = GRAM;
/** So many places that begin alike are looked at, the latest first: `Signed-off-by: Ada Example` stands everywhere. */
const MAX_PLACES = 64;
/** Nobody quotes from behind the head of a message as long as that. */
const MAX_WORDS = 60_000;
/** So many words in a row are proof enough, and the nearest message that has them is the source. */
const ENOUGH_WORDS = 24;
/** What ends a message: no word. */
const END = -1;
/** A line without words. */
export const NO_WORDS: WordLine = { numbers: [], short: undefined };

/**
 * What the messages of a thread say in their own words, made to be searched: words are what white space parts, so
 * that wraps and indents make no difference. It takes messages one by one; each costs its length.
 */
export class ThreadWords {
  /** By message. */
  readonly #ids: MessageId[] = [];
  readonly #numbers = new Map<MessageId, number>();
  readonly #shortLines: Set<string>[] = [];
  /** A number for each word that was ever said or looked for. */
  readonly #vocabulary = new Map<string, number>();
  /** All own words of all messages, each message ended by `END`; and the message of each. */
  readonly #said: number[] = [];
  readonly #sayer: number[] = [];
  /** The last place of each gram, and of each place the one before that begins alike, or -1. */
  readonly #last = new Map<number, number>();
  readonly #before: number[] = [];
  /** What was added and not searched yet: the last messages of a thread never are. */
  #waiting: (readonly Block[])[] = [];

  /** Adds the own words of a message: all but what it quotes. */
  add(id: MessageId, blocks: readonly Block[]): void {
    if (this.#numbers.has(id)) return;
    this.#numbers.set(id, this.#ids.push(id) - 1);
    this.#waiting.push(blocks);
  }

  #indexWaiting(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const blocks of waiting) this.#index(blocks);
  }

  #index(blocks: readonly Block[]): void {
    const message = this.#shortLines.length;
    const short = new Set<string>();
    this.#shortLines.push(short);
    const start = this.#said.length;
    for (const { kind, lines } of blocks) {
      if (kind === 'quote') continue;
      for (const line of lines) {
        const words = this.lineOf(unescaped(line));
        if (words.short !== undefined) short.add(words.short);
        if (this.#said.length - start >= MAX_WORDS) continue;
        for (const number of words.numbers) {
          this.#said.push(number);
          this.#sayer.push(message);
        }
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

  /** A line as it is searched. */
  lineOf(line: string): WordLine {
    const words = wordsIn(line);
    const numbers = words.map(word => this.#numberOfWord(word));
    const made =
      words.length === 0
        ? NO_WORDS
        : { numbers, short: words.length < SHORT_LINE ? words.join(' ') : undefined };
    return made;
  }

  #numberOfWord(word: string): number {
    let number = this.#vocabulary.get(word);
    if (number === undefined) {
      number = this.#vocabulary.size;
      this.#vocabulary.set(word, number);
    }
    return number;
  }

  /** The id of a message that was added. */
  idOf(message: number): MessageId {
    return this.#ids[message]!;
  }

  /** The number of a message, or undefined where it was not added. */
  numberOf(id: MessageId): number | undefined {
    return this.#numbers.get(id);
  }

  /** Whether a message has a line of its own that is nothing but these few words. */
  hasShortLine(message: number, short: string): boolean {
    this.#indexWaiting();
    return this.#shortLines[message]!.has(short);
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
    this.#indexWaiting();
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
  const length = Math.min(one.length, ENOUGH_WORDS);
  const least = Math.min(other.length, ENOUGH_WORDS);
  if (length !== least) return length > least;
  const distance = distances.get(one.message) ?? Number.POSITIVE_INFINITY;
  const nearest = distances.get(other.message) ?? Number.POSITIVE_INFINITY;
  if (distance !== nearest) return distance < nearest;
  return one.length > other.length;
}

/** One number for the words at a place; others may share it, so that what is found is compared word by word. */
function gramAt(words: readonly number[], at: number): number {
  let gram = 0;
  for (let index = at; index < at + GRAM; index++) gram = (Math.imul(gram, 0x01000193) ^ words[index]!) | 0;
  return gram;
}

const NOT_ASCII = /[^\0-\x7f]/;

function wordsIn(line: string): readonly string[] {
  const plainest = NOT_ASCII.test(line) ? boundedMarks(line).normalize('NFKC') : line;
  return plainest.match(/\S+/g) ?? [];
}
