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
/** Longer texts are read so far. */
const MAX_LETTERS = 1000;

/** The terms of texts by number: words without stop words and numbers, in any of their forms (Porter 1980). */
export interface NumberedTerms {
  /** By message, then by text, as often as they stand there. */
  readonly terms: readonly (readonly (readonly number[])[])[];
  /** How many there are: all numbers are below. */
  readonly size: number;
}

/** A term, and its number where terms were last numbered with it. */
interface Term {
  numbering: number;
  number: number;
}

/** Threads of a list use the same words: what these are forms of is kept from one thread to the next, up to so many. */
const MAX_WORDS = 50_000;
const termOfWord = new Map<string, Term | null>();
const termOfStem = new Map<string, Term>();
let numberings = 0;

/** The terms of the texts of a thread's messages, numbered by first appearance. */
export function numberTerms(messages: readonly (readonly string[])[]): NumberedTerms {
  if (termOfWord.size >= MAX_WORDS) {
    termOfWord.clear();
    termOfStem.clear();
  }
  numberings++;
  let size = 0;
  const numbersIn = (text: string) => {
    const numbers: number[] = [];
    for (const word of text.slice(0, MAX_LETTERS).toLowerCase().match(WORD) ?? []) {
      const term = termOf(word);
      if (term === null) continue;
      if (term.numbering !== numberings) {
        term.numbering = numberings;
        term.number = size++;
      }
      numbers.push(term.number);
    }
    return numbers;
  };
  const terms = messages.map(texts => texts.map(numbersIn));
  return { terms, size };
}

/** The term that a word is a form of; null where it is none. */
function termOf(word: string): Term | null {
  const known = termOfWord.get(word);
  if (known !== undefined) return known;
  const term = isTerm(word) ? termWithStem(stemmer(word)) : null;
  termOfWord.set(word, term);
  return term;
}

function termWithStem(stem: string): Term {
  const known = termOfStem.get(stem);
  if (known) return known;
  const term = { numbering: 0, number: 0 };
  termOfStem.set(stem, term);
  return term;
}

function isTerm(word: string): boolean {
  return !STOP_WORDS.has(word) && !NUMBER.test(word) && word.length <= MAX_LENGTH;
}
