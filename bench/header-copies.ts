import type { MessageId } from '../mail/message-id.ts';
import type { Threadable } from '../mail/thread.ts';

const WEEK_SECONDS = 7 * 86_400;

/**
 * `count` headers: copies of `templates`, each copy a week later than the one before, as threads of a list overlap,
 * and under ids of its own, so that threads stay threads. They come by received time, as the archive gives them.
 * No two share a string, as none do that are read from mail or from a database.
 */
export function copiedHeaders(templates: readonly Threadable[], count: number): readonly Threadable[] {
  const places = Array.from({ length: count }, (_, number) => number);
  const receivedOf = (number: number) =>
    templates[number % templates.length]!.received + Math.floor(number / templates.length) * WEEK_SECONDS;
  // Strings are made in the order in which they are looked at later: so they lie in memory after a reading, too.
  return places
    .sort((a, b) => receivedOf(a) - receivedOf(b))
    .map(number => {
      const { id, references } = templates[number % templates.length]!;
      const copy = Math.floor(number / templates.length);
      return {
        id: renamed(id, copy),
        references: references.map(reference => renamed(reference, copy)),
        received: receivedOf(number),
      };
    });
}

/** By way of bytes: a string that `+` makes is a tree of its parts until somebody reads it. */
function renamed(id: MessageId, copy: number): MessageId {
  return Buffer.from(`${copy}.${id}`).toString() as MessageId;
}
