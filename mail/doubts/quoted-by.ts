import { addTo } from '../group-by.ts';
import { byReceived } from '../thread.ts';
import { allows } from './attribution.ts';
import { type Doubtful, timeOf } from './doubt.ts';
import { type FoundLines, LineIndex } from './line-index.ts';
import { betterProof, type IndexedQuotations, indexed, isWhole, type Proof, proofOf } from './quotation.ts';
import type { Quoting, Reply, Told } from './reply.ts';
import type { Texts } from './texts.ts';
import type { Candidates } from './ways.ts';

/** A reply, and the messages that it may answer. */
export interface Asked<M extends Doubtful> {
  readonly reply: Reply<M>;
  readonly candidates: Candidates<M>;
}

/** The message that a reply answers, as far as is known: by its hash. */
export interface Answered {
  readonly other: string;
  readonly proof: Proof;
}

/** A reply that is looked for. */
interface Sought {
  readonly told: Told;
  readonly quotations: IndexedQuotations;
  best: Answered | null;
}

/**
 * What each of `asked` quotes of its candidates, in their order; null where it is none of them. Each body is read
 * once for all replies that may quote it, so that a list whose mailers name no parents costs no more than its size.
 */
export async function quotedBy<M extends Doubtful>(
  asked: readonly Asked<M>[],
  readReply: (message: M) => Promise<Quoting>,
  { wordsOf }: Texts<M>,
): Promise<readonly (Answered | null)[]> {
  const index = new LineIndex();
  const all: Sought[] = [];
  const wanted = new Map<M, Sought[]>();
  for (const { reply, candidates } of asked) {
    const { quotations } = await readReply(reply.message);
    const sought: Sought = { told: reply.told, quotations: indexed(quotations, index), best: null };
    all.push(sought);
    for (const other of candidates.all()) if (isOfDay(reply.told, other)) addTo(wanted, other, sought);
  }
  const soughtWith = byLine(all);
  // The latest first: of two that prove as much it is the one that is answered.
  for (const [other, asking] of [...wanted].sort(([a], [b]) => byReceived(b, a))) {
    const open = new Set(asking.filter(({ best }) => best === null || !isWhole(best.proof)));
    if (open.size === 0) continue;
    const found = index.foundIn(await wordsOf(other));
    for (const sought of quotingOf(open, found, soughtWith)) {
      const proof = proofOf(sought.quotations, found);
      // An earlier version of what is answered has most of its words, but was not sent on the day that is named.
      if (!proof || !allows(sought.told.attribution, proof.depth, timeOf(other))) continue;
      if (sought.best === null || betterProof(proof, sought.best.proof))
        sought.best = { other: other.hash, proof };
    }
  }
  return all.map(({ best }) => best);
}

/** Whether a message was sent on a day that is named over something that is quoted; others need not be read. */
function isOfDay({ quotes, attribution }: Told, other: Doubtful): boolean {
  return quotes.some((some, index) => some && allows(attribution, index + 1, timeOf(other)));
}

/** Those of the `open` replies that quote one of the lines that were found. */
function quotingOf(
  open: ReadonlySet<Sought>,
  { own, quoted }: FoundLines,
  soughtWith: ReadonlyMap<number, readonly Sought[]>,
): ReadonlySet<Sought> {
  const quoting = new Set<Sought>();
  for (const line of [...own, ...quoted]) {
    for (const sought of soughtWith.get(line)!) if (open.has(sought)) quoting.add(sought);
    // What all of them quote is looked at once.
    if (quoting.size === open.size) break;
  }
  return quoting;
}

function byLine(all: readonly Sought[]): ReadonlyMap<number, readonly Sought[]> {
  const lines = new Map<number, Sought[]>();
  for (const sought of all)
    for (const number of new Set(sought.quotations.flat().map(line => line.number)))
      addTo(lines, number, sought);
  return lines;
}
