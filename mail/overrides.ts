import type { MessageId } from './message-id.ts';
import type { Threadable } from './thread.ts';

/** A reply that an editor puts under a message, with its own replies. */
export interface Join {
  readonly message: MessageId;
  readonly to: MessageId;
}

/** A message that an editor makes the beginning of a thread, with its own replies. */
export interface Split {
  readonly message: MessageId;
}

/** What an editor knows better about threads than references do. */
export interface Overrides {
  readonly join: readonly Join[];
  readonly split: readonly Split[];
}

/**
 * `messages` with references as the editor wants them: those of a message that is joined lead to where it belongs,
 * those of one that is split off are gone, and what replies to it forgets its former ancestors.
 */
export function withOverrides<M extends Threadable>(
  messages: readonly M[],
  { join, split }: Overrides,
): readonly M[] {
  if (join.length === 0 && split.length === 0) return messages;
  const ancestors = new Map<MessageId, readonly MessageId[]>([
    ...split.map(({ message }) => [message, []] as const),
    ...join.map(({ message, to }) => [message, [to]] as const),
  ]);
  return messages.map(message => {
    const own = ancestors.get(message.id);
    if (own) return { ...message, references: own };
    const from = message.references.findLastIndex(id => ancestors.has(id));
    return from > 0 ? { ...message, references: message.references.slice(from) } : message;
  });
}

/** Why a join or split changes nothing among `messages`, or undefined where it does its work. */
export function whyIdle<M extends Threadable>(
  entry: Join | Split,
  messages: ReadonlyMap<MessageId, M>,
): string | undefined {
  const message = messages.get(entry.message);
  if (!message) return `the archive does not hold ${entry.message}`;
  if (!('to' in entry))
    return message.references.length > 0 ? undefined : `${entry.message} replies to nothing anyway`;
  if (!messages.has(entry.to)) return `the archive does not hold ${entry.to}`;
  return message.references.at(-1) === entry.to
    ? `${entry.message} replies to ${entry.to} anyway`
    : undefined;
}
