import type { MessageId } from '../../mail/message-id.ts';
import type { BriefMessage } from '../thread.ts';

/** How often each term of a message stands in it. */
export type TermCounts = ReadonlyMap<number, number>;

/** The terms of a message's sentences, counted. */
export function countTerms(sentences: readonly (readonly number[])[]): TermCounts {
  const counts = new Map<number, number>();
  for (const terms of sentences) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/**
 * How often a message's neighbours take up a term: what it answers, and those that answer it (Carenini, Ng and Zhou
 * 2007). `counts` are those of `messages`, in their order. Takes time by the number of terms, however many answer
 * one message.
 */
export function neighbourCounts(
  messages: readonly BriefMessage[],
  counts: readonly TermCounts[],
): (message: number, term: number) => number {
  const places = new Map(messages.map(({ id }, at) => [id, at]));
  const place = (id: MessageId | undefined) => (id === undefined ? undefined : places.get(id));
  const parents = messages.map(({ parent }) => place(parent));
  const children = messages.map((): Map<number, number> => new Map());
  for (const [at, parent] of parents.entries()) {
    if (parent === undefined) continue;
    const sum = children[parent]!;
    for (const [term, count] of counts[at]!) sum.set(term, (sum.get(term) ?? 0) + count);
  }
  return (message, term) => {
    const parent = parents[message];
    const above = parent === undefined ? 0 : (counts[parent]!.get(term) ?? 0);
    return above + (children[message]!.get(term) ?? 0);
  };
}
