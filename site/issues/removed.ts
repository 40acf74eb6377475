import { speakerOfSaidUrl } from '../../briefs/citations.ts';
import { readProse } from '../../briefs/verify/passages.ts';
import type { Place } from '../../briefs/verify/source-lines.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { NO_REMOVALS, type Removals } from '../../publication/removals.ts';
import type { Site } from '../model.ts';

/** What no issue may tell of any more. */
export interface Removed {
  /** Whether a message was removed, or its sender. */
  message(id: MessageId): boolean;
  /** Whether somebody of this name was removed, and nobody else is called so. */
  name(name: string): boolean;
  address(address: string): boolean;
}

const NOTHING: Removed = { message: () => false, name: () => false, address: () => false };

/** What was removed, seen with the mail at hand: a person is removed with each of their addresses. */
export function removedFrom({ posts, postOf }: Site, removals: Removals): Removed {
  if (removals === NO_REMOVALS) return NOTHING;
  const { isRemovedMessage, isRemovedAddress } = removals;
  const known = new Map<string, boolean>();
  const isRemoved = (address: string) => {
    const found = known.get(address) ?? isRemovedAddress(address);
    known.set(address, found);
    return found;
  };
  const people = new Set<string>();
  // A key is the proper address of somebody who has one.
  for (const { message, author } of posts)
    if (isRemoved(message.from.address) || isRemoved(author.key)) people.add(author.key);
  const names = new Map<string, boolean>();
  for (const { author } of people.size > 0 ? posts : [])
    names.set(author.name, (names.get(author.name) ?? true) && people.has(author.key));
  return {
    message(id) {
      const post = postOf.get(id);
      return isRemovedMessage(id) || (post !== undefined && people.has(post.author.key));
    },
    name: name => names.get(name) ?? false,
    address: address => isRemoved(address),
  };
}

/** Where Markdown quotes or cites what was removed, and in a sentence what to do. */
export function removedIn(
  markdown: string,
  removed: Removed,
): readonly { readonly place: Place; readonly message: string }[] {
  return readProse(markdown).passages.flatMap(({ parts, citations }) => {
    const quotations = parts.filter(part => part.kind === 'quotation');
    return [
      ...citations
        .filter(({ id }) => id && removed.message(id))
        .map(({ place }) => ({ place, message: CITED })),
      ...quotations
        .filter(({ id, url, name }) => {
          const speaker = speakerOfSaidUrl(url) ?? name;
          return id ? removed.message(id) : speaker !== undefined && removed.name(speaker);
        })
        .map(({ place }) => ({ place, message: QUOTED })),
    ];
  });
}

const CITED = 'This message was removed (removals.yaml); take the link away, and what it shows.';
const QUOTED = 'Who wrote these words had them removed (removals.yaml); take the quotation away.';

/** What is to be done about a thread that begins with what was removed. */
export const REMOVED_THREAD =
  'This message was removed (removals.yaml); name another one of the thread, or take the section away.';

/** What is to be done about a name of somebody who was removed. */
export function removedName(name: string): string {
  return `${name} wanted to be removed (removals.yaml); leave the name out.`;
}
