import { stemmer } from 'stemmer';
import { STOP_WORDS } from '../../briefs/rank/terms.ts';
import type { Sentence } from '../../briefs/sentences/sentences.ts';
import type { BriefThread } from '../../briefs/thread.ts';
import { withoutMarks } from '../../mail/quote-marks.ts';
import type { Scored } from './baselines.ts';

const DECAY = 0.75;
const EDGE = 0.1;
const DAMPING = 0.85;
const ROUNDS = 30;
const PREFIX = 60;
const MIN_PREFIX = 15;
const MAX_SENTENCES = 600;

interface Candidate {
  readonly sentence: Sentence;
  readonly message: number;
  readonly index: number;
  readonly vector: Vector;
}

interface Vector {
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
}

type Counts = ReadonlyMap<string, number>;

/** Sentences in an order of preference, by a score that is computed as it is defined. */
export function plainScore(
  { messages }: BriefThread,
  sentences: readonly (readonly Sentence[])[],
): readonly Scored[] {
  const { candidates, counts, idf } = read(sentences);
  const ranks = lexRanks(candidates);
  const clues = candidates.map(({ message, vector }) => {
    const { id, parent } = messages[message]!;
    const near = counts.filter((_, at) => messages[at]!.id === parent || messages[at]!.parent === id);
    return [...vector.weights.keys()].reduce(
      (sum, term) => near.reduce((more, terms) => more + (terms.get(term) ?? 0), sum),
      0,
    );
  });
  const subject = vectorOf(termsOf(messages[0]!.subject.title), idf);
  const quoted = messages.map(({ blocks }) => {
    const lines = blocks.flatMap(block => (block.kind === 'quote' ? block.lines : []));
    return normalized(lines.map(withoutMarks).join(' '));
  });
  const [mostRank, mostClues] = [Math.max(...ranks) || 1, Math.max(...clues) || 1];
  return candidates
    .map(({ sentence, message, index, vector }, at) => {
      const start = normalized(sentence.text).slice(0, PREFIX);
      const isQuoted =
        start.length >= MIN_PREFIX && quoted.slice(message + 1).some(text => text.includes(start));
      const worth =
        0.3 +
        ranks[at]! / mostRank +
        (0.5 * clues[at]!) / mostClues +
        0.3 * cosine(vector, subject) +
        0.3 * Number(isQuoted) +
        0.3 * Number(message === 0) +
        0.2 * Number(sentence.answers && sentence.opens);
      return { sentence, score: DECAY ** index * worth };
    })
    .sort((a, b) => b.score - a.score);
}

/** LexRank (Erkan and Radev 2004) by text alone. */
export function plainLexRank(sentences: readonly (readonly Sentence[])[]): readonly Sentence[] {
  const { candidates } = read(sentences);
  const ranks = lexRanks(candidates);
  const order = candidates.map((_, at) => at).sort((a, b) => ranks[b]! - ranks[a]!);
  return order.map(at => candidates[at]!.sentence);
}

function read(sentences: readonly (readonly Sentence[])[]): {
  readonly candidates: readonly Candidate[];
  /** The terms of each message. */
  readonly counts: readonly Counts[];
  readonly idf: (term: string) => number;
} {
  const terms = sentences.map(of => of.map(({ text }) => termsOf(text)));
  const counts = terms.map(of => count(of.flat()));
  const frequencies = count(counts.flatMap(of => [...of.keys()]));
  const idf = (term: string) => Math.log((sentences.length + 1) / ((frequencies.get(term) ?? 0) + 0.5));
  const candidates = sentences.flatMap((of, message) =>
    of.map((sentence, index) => {
      return { sentence, message, index, vector: vectorOf(terms[message]![index]!, idf) };
    }),
  );
  return { candidates, counts, idf };
}

function termsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.filter(word => !STOP_WORDS.has(word) && !/^\d+$/.test(word)).map(word => stemmer(word));
}

function count(terms: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function vectorOf(terms: readonly string[], idf: (term: string) => number): Vector {
  const weights = new Map([...count(terms)].map(([term, times]) => [term, times * idf(term)]));
  return { weights, length: Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight ** 2, 0)) };
}

function cosine(one: Vector, other: Vector): number {
  let dot = 0;
  for (const [term, weight] of one.weights) dot += weight * (other.weights.get(term) ?? 0);
  return dot === 0 ? 0 : dot / (one.length * other.length);
}

function lexRanks(candidates: readonly Candidate[]): readonly number[] {
  const order = candidates
    .map((_, at) => at)
    .sort((a, b) => candidates[a]!.index - candidates[b]!.index || a - b);
  const kept = order.slice(0, MAX_SENTENCES);
  const edges = kept.map(a =>
    kept.flatMap((b, other) =>
      a !== b && cosine(candidates[a]!.vector, candidates[b]!.vector) > EDGE ? [other] : [],
    ),
  );
  let ranks = kept.map(() => 1 / kept.length);
  for (let round = 0; round < ROUNDS; round++) {
    const next = kept.map(() => (1 - DAMPING) / kept.length);
    for (const [one, others] of edges.entries())
      for (const other of others) next[other]! += (DAMPING * ranks[one]!) / others.length;
    ranks = next;
  }
  const places = new Map(kept.map((at, place) => [at, place]));
  return candidates.map((_, at) => ranks[places.get(at) ?? -1] ?? 0);
}

function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
