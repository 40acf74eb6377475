import type { SaidLine, SaidWords } from './quoted-words.ts';

/** A line that an index knows. */
export interface IndexedLine extends SaidLine {
  /** The same for lines of the same words. */
  readonly number: number;
}

/** The numbers of the lines that a message says. */
export interface FoundLines {
  readonly own: ReadonlySet<number>;
  readonly quoted: ReadonlySet<number>;
}

/** Lines are looked up by their first words; `characteristic` lets none through that has fewer. */
const HEAD = 3;
/** As many words tell a line from every other. Mailers wrap about there; a line that is never wrapped may have any number. */
const MAX_WORDS = 16;

/** Lines to be found in the words of messages: each message costs its length, however many lines there are. */
export class LineIndex {
  /** How many words are compared of the lines that begin with these. */
  readonly #counts = new Map<string, readonly number[]>();
  /** By the words that are compared. */
  readonly #numbers = new Map<string, number>();

  /** Adds a line of at least three words. */
  add(line: SaidLine): IndexedLine {
    const words = line.words.split(' ', MAX_WORDS);
    const compared = words.join(' ');
    let number = this.#numbers.get(compared);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(compared, number);
      const head = words.slice(0, HEAD).join(' ');
      const counts = this.#counts.get(head) ?? [];
      if (!counts.includes(words.length)) this.#counts.set(head, [...counts, words.length]);
    }
    return { ...line, number };
  }

  /** The lines that a message says, wherever wraps stand in them. */
  foundIn({ own, quoted }: SaidWords): FoundLines {
    return { own: this.#linesIn(own), quoted: this.#linesIn(quoted) };
  }

  /** The lines in `text`: words with one blank before, between and behind them. */
  #linesIn(text: string): ReadonlySet<number> {
    const found = new Set<number>();
    const starts = wordStarts(text);
    // Behind each word stands one blank, and the last start is that of a word that would follow.
    const run = (at: number, count: number) => text.slice(starts[at], starts[at + count]! - 1);
    for (let at = 0; at + HEAD < starts.length; at++)
      for (const count of this.#counts.get(run(at, HEAD)) ?? []) {
        const number = at + count < starts.length ? this.#numbers.get(run(at, count)) : undefined;
        if (number !== undefined) found.add(number);
      }
    return found;
  }
}

function wordStarts(text: string): readonly number[] {
  const starts: number[] = [];
  for (let blank = text.indexOf(' '); blank !== -1; blank = text.indexOf(' ', blank + 1))
    starts.push(blank + 1);
  return starts;
}

/** Those of `lines` that were found. */
export function linesFound(
  lines: readonly IndexedLine[],
  found: ReadonlySet<number>,
): readonly IndexedLine[] {
  return lines.filter(({ number }) => found.has(number));
}
