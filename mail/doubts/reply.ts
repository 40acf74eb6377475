import { type Attribution, attributionOf } from './attribution.ts';
import type { BlocksOf, Doubtful } from './doubt.ts';
import { type Quotations, quotationsIn } from './quotation.ts';
import { saidLines } from './quoted-words.ts';
import type { Texts } from './texts.ts';

/** A reply without its parent, and what it tells of it. */
export interface Reply<M extends Doubtful> {
  readonly message: M;
  readonly told: Told;
}

/** What a reply tells of what it answers, but for the lines that it quotes. */
export interface Told {
  readonly attribution: Attribution;
  /** By depth from 1, whether anything is quoted there that can prove something. */
  readonly quotes: readonly boolean[];
}

/** All that a reply tells of what it answers. */
export interface Quoting {
  readonly attribution: Attribution;
  readonly quotations: Quotations;
}

/** What a message tells of what it answers; those that were asked for are held, so that each is read once. */
export function replyReader<M extends Doubtful>(blocksOf: BlocksOf<M>): (message: M) => Promise<Quoting> {
  const held = new Map<M, Quoting>();
  return async message => {
    const known = held.get(message);
    if (known) return known;
    const blocks = await blocksOf(message);
    const quoting = { attribution: attributionOf(blocks), quotations: quotationsIn(saidLines(blocks)) };
    held.set(message, quoting);
    return quoting;
  };
}

/** Messages as replies, with what they tell. */
export async function repliesIn<M extends Doubtful>(
  messages: readonly M[],
  readReply: (message: M) => Promise<Quoting>,
  { memo }: Texts<M>,
): Promise<readonly Reply<M>[]> {
  const replies: Reply<M>[] = [];
  for (const message of messages) {
    const { texts, days, quotes } = await memo.of(['reply', message.hash], async () =>
      plain(await readReply(message)),
    );
    const attribution = { texts, days: new Map(days.map(([depth, named]) => [depth, new Set(named)])) };
    replies.push({ message, told: { attribution, quotes } });
  }
  return replies;
}

/** What is told as a memo keeps it. */
function plain({ attribution: { texts, days }, quotations }: Quoting) {
  return {
    texts,
    days: [...days].map(([depth, named]) => [depth, [...named]] as const),
    quotes: quotations.map(lines => lines.length > 0),
  };
}
