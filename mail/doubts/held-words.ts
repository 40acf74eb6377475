import type { BlocksOf, Doubtful } from './doubt.ts';
import { type SaidWords, saidLines, saidWords } from './quoted-words.ts';

/** What a message says, as it is searched. */
export type WordsOf<M extends Doubtful> = (message: M) => Promise<SaidWords>;

/** So many letters are held: some weeks of a busy list, and never more memory, however long its mails are. */
const MAX_HELD = 1 << 24;

/** The words of bodies, with those that were asked for last held in memory: neighbours are compared with the same mail. */
export function heldWords<M extends Doubtful>(blocksOf: BlocksOf<M>): WordsOf<M> {
  const held = new Map<M, SaidWords>();
  let size = 0;
  return async message => {
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
}

function sizeOf({ own, quoted }: SaidWords): number {
  return own.length + quoted.length;
}
