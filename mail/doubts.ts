import type { BlocksOf, Doubt, Doubtful, ThreadedMail } from './doubts/doubt.ts';
import { hijacks } from './doubts/hijack.ts';
import { probableSplits } from './doubts/probable-split.ts';
import { heldTexts } from './doubts/texts.ts';
import { type Memo, NO_MEMO } from './memo.ts';
import type { MessageId } from './message-id.ts';
import { byReceived } from './thread.ts';

/**
 * Where references may have put messages in the wrong place, by (received time, id): for an editor to look at,
 * who alone joins and splits. Messages that an editor has `settled` are left out. `blocksOf` is asked for few
 * bodies: of the messages that are doubted and of those that they may answer, and of these only where `memo` does
 * not know what they tell.
 */
export async function findDoubts<M extends Doubtful>(
  mail: ThreadedMail<M>,
  blocksOf: BlocksOf<M>,
  settled: ReadonlySet<MessageId>,
  memo: Memo = NO_MEMO,
): Promise<readonly Doubt<M>[]> {
  const texts = heldTexts(blocksOf, memo);
  const splits = await probableSplits(mail, texts, settled);
  const joins = await hijacks(mail.threads, texts, settled);
  return [...splits, ...joins].sort((a, b) => byReceived(a.message, b.message));
}
