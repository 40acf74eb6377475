import type { BlocksOf, Doubt, Doubtful } from './doubts/doubt.ts';
import { heldWords } from './doubts/held-words.ts';
import { hijacks } from './doubts/hijack.ts';
import { probableSplits } from './doubts/probable-split.ts';
import type { MessageId } from './message-id.ts';
import { byReceived, type Thread } from './thread.ts';

/**
 * Where references may have put messages in the wrong place, by (received time, id): for an editor to look at,
 * who alone joins and splits. Messages that an editor has `settled` are left out. `blocksOf` is asked for few
 * bodies: of the messages that are doubted and of those that they may answer.
 */
export async function findDoubts<M extends Doubtful>(
  threads: readonly Thread<M>[],
  blocksOf: BlocksOf<M>,
  settled: ReadonlySet<MessageId>,
): Promise<readonly Doubt<M>[]> {
  const wordsOf = heldWords(blocksOf);
  const splits = await probableSplits(threads, blocksOf, wordsOf, settled);
  const joins = await hijacks(threads, blocksOf, wordsOf, settled);
  return [...splits, ...joins].sort((a, b) => byReceived(a.message, b.message));
}
