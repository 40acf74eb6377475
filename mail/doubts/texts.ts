import type { Memo } from '../memo.ts';
import type { BlocksOf, Doubtful } from './doubt.ts';
import { type SaidWords, saidLines, saidWords } from './quoted-words.ts';

/** What messages say: read where it must be, and what was found out from it before. */
export interface Texts<M extends Doubtful> {
  readonly blocksOf: BlocksOf<M>;
  /** What a message says, as it is searched. */
  readonly wordsOf: (message: M) => Promise<SaidWords>;
  readonly memo: Memo;
}

/** So many letters are held: some weeks of a busy list, and never more memory, however long its mails are. */
const MAX_HELD = 1 << 24;

/** The texts of messages, with the words of those that were asked for last held in memory: neighbours are compared with the same mail. */
export function heldTexts<M extends Doubtful>(blocksOf: BlocksOf<M>, memo: Memo): Texts<M> {
  const held = new Map<M, SaidWords>();
  let size = 0;
  const wordsOf = async (message: M) => {
    const words = held.get(message) ?? saidWords(saidLines(await blocksOf(message)));
    if (!held.delete(message)) size += sizeOf(words);
    held.set(message, words);
    for (const [oldest, old] of held) {
      if (size <= MAX_HELD) break;
      held.delete(oldest);
      size -= sizeOf(old);
    }
    return words;
  };
  return { blocksOf, wordsOf, memo };
}

function sizeOf({ own, quoted }: SaidWords): number {
  return own.length + quoted.length;
}
