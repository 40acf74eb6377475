import { stemmer } from 'stemmer';

/** Words that say nothing of a matter. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also although am an and any anyway are aren as at be because been before being below
  between both but by can cannot could couldn d did didn do does doesn doing don done down during each either else
  etc even every few for from further get gets getting go going got had hadn has hasn have haven having he her here hers
  him his how however i if in instead into is isn it its itself just let ll m may maybe me might mine more most much must
  my myself need no nor not now of off ok okay on once one only or other our ours out over own perhaps please quite
  rather re really s same see seems shall she should shouldn since so some something still such t than thank thanks that
  the their theirs them then there therefore these they thing things think this those though through thus to too under
  until up upon us use used using ve very via was wasn way we well were weren what when where whether which while who
  whom whose why will with within without won would wouldn yes yet you your yours`
    .trim()
    .split(/\s+/),
);

const WORD = /[\p{L}\p{N}_]+/gu;
const NUMBER = /^\d/;
/** Longer words are none: base64, hashes. */
const MAX_LENGTH = 40;
/** Longer sentences are read so far. */
const MAX_LETTERS = 1000;
/** What is no term. */
const NONE = -1;

/** The terms of a thread by number: words without stop words and numbers, in any of their forms (Porter 1980). */
export class Terms {
  readonly #ofWord = new Map<string, number>();
  readonly #ofStem = new Map<string, number>();

  /** How many there are so far. */
  get size(): number {
    return this.#ofStem.size;
  }

  /** The terms of a text, as often as they stand there. */
  of(text: string): readonly number[] {
    const terms: number[] = [];
    for (const word of text.slice(0, MAX_LETTERS).toLowerCase().match(WORD) ?? []) {
      const term = this.#ofWord.get(word) ?? this.#add(word);
      if (term !== NONE) terms.push(term);
    }
    return terms;
  }

  #add(word: string): number {
    const term = isTerm(word) ? this.#numberOf(stemOf(word)) : NONE;
    this.#ofWord.set(word, term);
    return term;
  }

  #numberOf(stem: string): number {
    const known = this.#ofStem.get(stem);
    if (known !== undefined) return known;
    const term = this.#ofStem.size;
    this.#ofStem.set(stem, term);
    return term;
  }
}

function isTerm(word: string): boolean {
  return !STOP_WORDS.has(word) && !NUMBER.test(word) && word.length <= MAX_LENGTH;
}

/** Threads of a list use the same words: stems are kept from one to the next, up to so many. */
const MAX_STEMS = 50_000;
const stems = new Map<string, string>();

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MAX_STEMS) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}
