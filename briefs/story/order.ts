import { addTo, groupBy } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Hearing } from '../facts/statements.ts';
import type { Passage } from './passage.ts';

/**
 * Passages in the order in which they are told: what answers a message behind it, with all that came of it; of several
 * answers first the one below which talk that is told began first. `passages` are in thread order.
 */
export function inTellingOrder({ thread }: Hearing, passages: readonly Passage[]): readonly Passage[] {
  const of = groupBy(passages, ({ said }) => said.message.id);
  const begins = new Map<MessageId, number>();
  const answers = new Map<MessageId | undefined, MessageId[]>();
  // Replies stand behind what they answer: from behind, all below a message is known when it comes.
  for (const { id, parent, received } of thread.messages.toReversed()) {
    const begin = Math.min(begins.get(id) ?? Infinity, of.has(id) ? received : Infinity);
    if (begin === Infinity) continue;
    begins.set(id, begin);
    addTo(answers, parent, id);
    if (parent !== undefined) begins.set(parent, Math.min(begins.get(parent) ?? Infinity, begin));
  }
  begins.set(thread.messages[0]!.id, -Infinity);
  const lastFirst = (above: MessageId | undefined) =>
    (answers.get(above) ?? []).toSorted((a, b) => begins.get(b)! - begins.get(a)!);
  const told: Passage[] = [];
  const waiting = [...lastFirst(undefined)];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    told.push(...(of.get(id) ?? []));
    waiting.push(...lastFirst(id));
  }
  return told;
}
