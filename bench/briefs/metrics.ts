import { countWords, type GoldSentence, type GoldThread, sentencesIn } from './corpus.ts';
import { f1, type Rouge, rouge } from './rouge.ts';

/** How well an order of preference does, each from 0 to 1. */
export interface Scores {
  /** Weighted recall at 30 % of the words: votes of the annotators caught, of those that could be. */
  readonly wr30: number;
  /** The same with as many words as one annotator took, by the votes of the others. */
  readonly wrloo: number;
  /** F1 of the choice at 30 % of the words with each annotator's. */
  readonly f30: number;
  /** Of an extract as long as the abstracts. */
  readonly rouge: Rouge;
  /** The share of the participants whose words are in that extract. */
  readonly people: number;
}

/** Extracts take this share of a discussion's words, quotations included. */
const SHARE = 0.3;
/** So much longer than the abstracts an extract may be. */
const MARGIN = 1.05;

/** The scores of the sentences of a discussion in an order of preference. */
export function scoresOf(thread: GoldThread, preferred: readonly GoldSentence[]): Scores {
  const { annotations } = thread;
  const all = sentencesIn(thread);
  const budget = SHARE * wordsOf(all);
  const chosen = upTo(preferred, budget);
  const extract = shortExtract(thread, preferred);
  const text = extract.map(sentence => sentence.text).join(' ');
  return {
    wr30: recall(all, chosen, votesOf(thread), budget),
    wrloo: mean(
      annotations.map(one => {
        const own = wordsOf(all.filter(({ id }) => one.extract.has(id)));
        return recall(all, upTo(preferred, own), votesOf(thread, one.extract), own);
      }),
    ),
    f30: mean(annotations.map(one => agreement(idsOf(chosen), one.extract))),
    rouge: meanRouge(annotations.map(one => rouge(text, one.abstract))),
    people: peopleIn(thread, extract),
  };
}

/** How the annotators do by each other; at 30 % of the words nobody worked, and F1 is at their own lengths. */
export function humanScores(thread: GoldThread): Scores {
  const { annotations } = thread;
  const all = sentencesIn(thread);
  const pairs = annotations.flatMap(one =>
    annotations.filter(other => other !== one).map(other => [one, other] as const),
  );
  return {
    wr30: Number.NaN,
    wrloo: mean(
      annotations.map(one => {
        const own = all.filter(({ id }) => one.extract.has(id));
        return recall(all, own, votesOf(thread, one.extract), wordsOf(own));
      }),
    ),
    f30: mean(pairs.map(([one, other]) => agreement(one.extract, other.extract))),
    rouge: meanRouge(pairs.map(([one, other]) => rouge(one.abstract, other.abstract))),
    people: Number.NaN,
  };
}

/** How many annotators chose each sentence, without the one whose extract is `but`. */
export function votesOf(
  { annotations }: GoldThread,
  but?: ReadonlySet<string>,
): (sentence: GoldSentence) => number {
  const extracts = annotations.map(({ extract }) => extract).filter(extract => extract !== but);
  return ({ id }) => extracts.filter(extract => extract.has(id)).length;
}

/** The mean of scores over discussions. */
export function meanScores(scores: readonly Scores[]): Scores {
  return {
    wr30: mean(scores.map(({ wr30 }) => wr30)),
    wrloo: mean(scores.map(({ wrloo }) => wrloo)),
    f30: mean(scores.map(({ f30 }) => f30)),
    rouge: meanRouge(scores.map(score => score.rouge)),
    people: mean(scores.map(({ people }) => people)),
  };
}

function recall(
  all: readonly GoldSentence[],
  chosen: readonly GoldSentence[],
  votes: (sentence: GoldSentence) => number,
  budget: number,
): number {
  const sum = (sentences: readonly GoldSentence[]) => sentences.reduce((total, one) => total + votes(one), 0);
  const best = sum(
    upTo(
      all.toSorted((a, b) => votes(b) - votes(a)),
      budget,
    ),
  );
  return best === 0 ? 0 : sum(chosen) / best;
}

/** The first sentences of an order until they have so many words. */
function upTo(preferred: readonly GoldSentence[], words: number): readonly GoldSentence[] {
  const taken: GoldSentence[] = [];
  for (let sum = 0, at = 0; sum < words && at < preferred.length; at++) {
    taken.push(preferred[at]!);
    sum += countWords(preferred[at]!.text);
  }
  return taken;
}

/** An extract as long as the abstracts are on average, in thread order; a sentence that does not fit is passed over. */
function shortExtract(thread: GoldThread, preferred: readonly GoldSentence[]): readonly GoldSentence[] {
  const budget = MARGIN * mean(thread.annotations.map(({ abstract }) => countWords(abstract)));
  const taken = new Set<GoldSentence>();
  let sum = 0;
  for (const sentence of preferred) {
    const words = countWords(sentence.text);
    if (sum + words > budget) continue;
    taken.add(sentence);
    sum += words;
  }
  return sentencesIn(thread).filter(sentence => taken.has(sentence));
}

function peopleIn({ turns }: GoldThread, extract: readonly GoldSentence[]): number {
  const heard = new Set(extract);
  const people = (of: typeof turns) => new Set(of.map(({ from }) => from)).size;
  return (
    people(turns.filter(({ sentences }) => sentences.some(sentence => heard.has(sentence)))) / people(turns)
  );
}

function agreement(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return f1([...one].filter(id => other.has(id)).length, one.size, other.size);
}

function idsOf(sentences: readonly GoldSentence[]): ReadonlySet<string> {
  return new Set(sentences.map(({ id }) => id));
}

function wordsOf(sentences: readonly GoldSentence[]): number {
  return sentences.reduce((sum, { text }) => sum + countWords(text), 0);
}

function meanRouge(values: readonly Rouge[]): Rouge {
  return {
    one: mean(values.map(({ one }) => one)),
    two: mean(values.map(({ two }) => two)),
    longest: mean(values.map(({ longest }) => longest)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
