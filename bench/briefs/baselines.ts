import type { Sentence } from '../../briefs/sentences/sentences.ts';
import type { BriefThread } from '../../briefs/thread.ts';
import { groupBy } from '../../mail/group-by.ts';

/** A sentence with what a ranker thinks of it. */
export interface Scored {
  readonly sentence: Sentence;
  readonly score: number;
}

/** So many people are let speak first. */
const MAX_PEOPLE = 6;

/** The sentences in the order of the thread. */
export function lead(sentences: readonly (readonly Sentence[])[]): readonly Sentence[] {
  return sentences.flat();
}

/** The first sentence of each message, then the second of each, and so on. */
export function firstSentences(sentences: readonly (readonly Sentence[])[]): readonly Sentence[] {
  return sentences
    .flatMap(of => of.map((sentence, at) => ({ sentence, at })))
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence);
}

/** The sentences in an order that chance makes, the same each time for a seed. */
export function shuffled(sentences: readonly (readonly Sentence[])[], seed: number): readonly Sentence[] {
  const order = [...sentences.flat()];
  let state = seed;
  for (let at = order.length - 1; at > 0; at--) {
    // Park and Miller's generator.
    state = (state * 48271) % 0x7fffffff;
    const other = state % (at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/** An order in which each of those who have most to say is heard once before anybody is heard twice. */
export function covering(thread: BriefThread, scored: readonly Scored[]): readonly Sentence[] {
  const speakers = new Map(thread.messages.map(({ id, author }) => [id, author.key]));
  const byPerson = [...groupBy(scored, ({ sentence }) => speakers.get(sentence.message)!).values()];
  const mass = (of: readonly Scored[]) => of.reduce((sum, { score }) => sum + score, 0);
  const heard = byPerson.toSorted((a, b) => mass(b) - mass(a)).slice(0, MAX_PEOPLE);
  const first = new Set(heard.map(([best]) => best!).sort((a, b) => b.score - a.score));
  return [...first, ...scored.filter(one => !first.has(one))].map(({ sentence }) => sentence);
}
