import { addTo } from '../group-by.ts';
import { byReceived, type Container } from '../thread.ts';
import { type Attribution, allows } from './attribution.ts';
import { type Doubtful, timeOf } from './doubt.ts';
import type { WordsOf } from './held-words.ts';
import type { FoundLines, LineIndex } from './line-index.ts';
import { betterProof, isEmpty, isWhole, type Proof, proofOf, type Quotations } from './quotation.ts';

/** A reply without its parent, and what it tells of it. */
export interface Reply<M extends Doubtful> {
  readonly container: Container<M>;
  readonly message: M;
  readonly quotations: Quotations;
  readonly attribution: Attribution;
}

/** The message that a reply answers, as far as is known. */
export interface Answered<M extends Doubtful> {
  readonly other: M;
  readonly proof: Proof;
}

/** The messages that a reply may answer, found in one way. */
export type Candidates<M extends Doubtful> = (reply: Reply<M>) => readonly M[];

/**
 * What each of `replies` quotes, looked for in one way after the other until one leads to it. Each body is read once
 * for all replies that may quote it, so that a list whose mailers name no parents costs no more than its size.
 * `index` has the lines of all quotations.
 */
export async function quotedBy<M extends Doubtful>(
  replies: readonly Reply<M>[],
  index: LineIndex,
  ways: readonly Candidates<M>[],
  wordsOf: WordsOf<M>,
): Promise<ReadonlyMap<Reply<M>, Answered<M>>> {
  const answered = new Map<Reply<M>, Answered<M>>();
  const repliesWith = repliesByLine(replies);
  for (const way of ways) {
    const wanted = new Map<M, Reply<M>[]>();
    for (const reply of replies)
      if (!answered.has(reply) && !isEmpty(reply.quotations))
        for (const other of way(reply)) if (isOfDay(reply, other)) addTo(wanted, other, reply);
    // The latest first: of two that prove as much it is the one that is answered.
    for (const [other, asking] of [...wanted].sort(([a], [b]) => byReceived(b, a))) {
      const open = new Set(asking.filter(reply => !isPlaced(answered.get(reply))));
      if (open.size === 0) continue;
      const found = index.foundIn(await wordsOf(other));
      for (const reply of quotingOf(open, found, repliesWith)) {
        const proof = proofOf(reply.quotations, found);
        // An earlier version of what is answered has most of its words, but was not sent on the day that is named.
        if (!proof || !allows(reply.attribution, proof.depth, timeOf(other))) continue;
        const best = answered.get(reply)?.proof;
        if (!best || betterProof(proof, best)) answered.set(reply, { other, proof });
      }
    }
  }
  return answered;
}

/** Whether a message was sent on a day that is named over something that is quoted; others need not be read. */
function isOfDay<M extends Doubtful>({ quotations, attribution }: Reply<M>, other: M): boolean {
  return quotations.some((lines, index) => lines.length > 0 && allows(attribution, index + 1, timeOf(other)));
}

/** Those of the `open` replies that quote one of the lines that were found. */
function quotingOf<M extends Doubtful>(
  open: ReadonlySet<Reply<M>>,
  { own, quoted }: FoundLines,
  repliesWith: ReadonlyMap<number, readonly Reply<M>[]>,
): ReadonlySet<Reply<M>> {
  const quoting = new Set<Reply<M>>();
  for (const line of [...own, ...quoted]) {
    for (const reply of repliesWith.get(line)!) if (open.has(reply)) quoting.add(reply);
    // What all of them quote is looked at once.
    if (quoting.size === open.size) break;
  }
  return quoting;
}

function isPlaced(answered: Answered<Doubtful> | undefined): boolean {
  return answered !== undefined && isWhole(answered.proof);
}

function repliesByLine<M extends Doubtful>(
  replies: readonly Reply<M>[],
): ReadonlyMap<number, readonly Reply<M>[]> {
  const byLine = new Map<number, Reply<M>[]>();
  for (const reply of replies)
    for (const number of new Set(reply.quotations.flat().map(line => line.number)))
      addTo(byLine, number, reply);
  return byLine;
}
