import type { Block } from './block.ts';
import { boundedMarks } from './combining-marks.ts';
import type { MessageId } from './message-id.ts';
import { unescaped } from './quote-marks.ts';
import { GRAM, SaidWords } from './said-words.ts';
import { TextTable } from './text-table.ts';

/** Where words stand in the messages of a thread. */
export interface Place {
  /** The message, by the order in which messages were added. */
  readonly message: number;
  /** How many words on from there are the same. */
  readonly length: number;
}

/**
 * A line as its words are searched: what white space parts, letters in their plainest form. Of lines that read the
 * same in a thread there is one: what is quoted has been said before.
 */
export interface WordLine {
  /** A number for each word. */
  readonly numbers: readonly number[];
  /** The words of a line that has so few that it is looked up whole. */
  readonly short: string | undefined;
}

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
  readonly #vocabulary = new TextTable(512);
  /** Each line that was ever said or looked for, and by its number its words. */
  readonly #lines = new TextTable(256);
  readonly #wordLines: WordLine[] = [];
  /** All own words of all messages, each message ended by `END`; and where each message begins. */
  readonly #said = new SaidWords();
  readonly #starts: number[] = [];
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
    const short = new Set<string>();
    this.#shortLines.push(short);
    const start = this.#said.length;
    this.#starts.push(start);
    for (const { kind, lines } of blocks) {
      if (kind === 'quote') continue;
      for (const line of lines) {
        const words = this.lineOf(unescaped(line));
        if (words.short !== undefined) short.add(words.short);
        if (this.#said.length - start >= MAX_WORDS) continue;
        for (const number of words.numbers) this.#said.add(number);
      }
    }
    this.#said.add(END);
  }

  /** A line as it is searched. */
  lineOf(line: string): WordLine {
    const number = this.#lines.numberOf(line);
    this.#wordLines[number] ??= this.#newLine(line);
    return this.#wordLines[number];
  }

  #newLine(line: string): WordLine {
    const words = wordsIn(line);
    if (words.length === 0) return NO_WORDS;
    const numbers = words.map(word => this.#vocabulary.numberOf(word));
    return { numbers, short: words.length < SHORT_LINE ? words.join(' ') : undefined };
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
    this.#indexWaiting();
    let best: Place | undefined;
    let looked = 0;
    for (const place of this.#said.places(words, at)) {
      if (looked++ === MAX_PLACES) break;
      const message = this.#sayerAt(place);
      if (!others && !distances.has(message)) continue;
      const length = this.#said.alike(place, words, at);
      if (length < needed) continue;
      const found = { message, length };
      if (!best || isBetter(found, best, distances)) best = found;
    }
    return best;
  }

  /** The message that a place is in. */
  #sayerAt(place: number): number {
    let from = 0;
    let to = this.#starts.length;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (this.#starts[middle]! <= place) from = middle;
      else to = middle;
    }
    return from;
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

const NOT_ASCII = /[^\0-\x7f]/;

function wordsIn(line: string): readonly string[] {
  const plainest = NOT_ASCII.test(line) ? boundedMarks(line).normalize('NFKC') : line;
  return plainest.match(/\S+/g) ?? [];
}
