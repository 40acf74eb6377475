import { groupBy } from '../mail/group-by.ts';
import { madeOnce } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import { byReceived } from '../mail/thread.ts';
import { RESERVED_NAMES } from '../publication/list-names.ts';
import type { ArchivedMessage } from './archive/records.ts';

/** One message of the world: all copies of it that the archive holds, from whichever list or mailbox. */
export interface Message
  extends Pick<ArchivedMessage, 'id' | 'references' | 'sent' | 'received' | 'from' | 'subject'> {
  /** The names of the lists it was on, sorted; never empty. The first is where its page lies. */
  readonly lists: readonly string[];
  /** The copy that is shown, by hash: the first by (received time, hash), so that order of arrival says nothing. */
  readonly hash: string;
  /** Its place among all messages. */
  readonly at: number;
  /** Other messages that reuse the id: the hash of a copy for each other body, in order of (received time, hash). */
  readonly variants: readonly string[];
}

/** The list of messages that name none. */
const NO_LIST = 'mail';

/** All messages. */
export interface Merged {
  /** By (received time, id). */
  readonly messages: readonly Message[];
  /** The place of a message among them; undefined where none has the id. */
  placeOf(id: MessageId): number | undefined;
}

/** The messages that `copies` are copies of. `names` gives lists by List-Id. */
export function mergeCopies(
  copies: readonly ArchivedMessage[],
  names: Readonly<Record<string, string>>,
): Merged {
  const places = new Map<MessageId, number>();
  // Most have one copy, and a list of their own for each would be much.
  const all: (ArchivedMessage | ArchivedMessage[])[] = [];
  for (const copy of copies) {
    const at = places.get(copy.id);
    const before = at === undefined ? undefined : all[at];
    if (before === undefined) places.set(copy.id, all.push(copy) - 1);
    else if (Array.isArray(before)) before.push(copy);
    else all[at!] = [before, copy];
  }
  all.sort((a, b) => byReceived(shownOf(a), shownOf(b)));
  const { ofCopy, ofCopies } = listsHeldOnce(names);
  const messages = all.map((same, at) => {
    places.set(shownOf(same).id, at);
    return Array.isArray(same)
      ? message(same[0]!, ofCopies(same), variantsOf(same), at)
      : message(same, ofCopy(same), NO_VARIANTS, at);
  });
  return { messages, placeOf: id => places.get(id) };
}

/** The copy that is shown: copies come by (received time, hash), as the archive gives them. */
function shownOf(same: ArchivedMessage | ArchivedMessage[]): ArchivedMessage {
  return Array.isArray(same) ? same[0]! : same;
}

/** The lists of messages, by their copies. Most are on one list, which is found and held once for all. */
function listsHeldOnce(names: Readonly<Record<string, string>>): {
  readonly ofCopies: (copies: readonly ArchivedMessage[]) => readonly string[];
  readonly ofCopy: (copy: ArchivedMessage) => readonly string[];
} {
  const known = new Map<string, readonly string[]>();
  const byText = (copies: readonly ArchivedMessage[]) => {
    const key = JSON.stringify(copies.map(({ listIds, sightingLists }) => [listIds, sightingLists]));
    return madeOnce(known, key, () => listsOf(copies, names));
  };
  // The archive holds each list of ids once, so that most need not be made a text of.
  const byIds = new Map<readonly string[], Map<readonly string[], readonly string[]>>();
  return {
    ofCopies: byText,
    ofCopy: copy =>
      madeOnce(
        madeOnce(byIds, copy.listIds, () => new Map()),
        copy.sightingLists,
        () => byText([copy]),
      ),
  };
}

function message(
  { id, references, sent, received, from, subject, hash }: ArchivedMessage,
  lists: readonly string[],
  variants: readonly string[],
  at: number,
): Message {
  return { id, references, sent, received, from, subject, lists, hash, at, variants };
}

const NO_VARIANTS: readonly string[] = [];

function variantsOf(copies: readonly ArchivedMessage[]): readonly string[] {
  const bodies = groupBy(copies, copy => copy.bodyHash);
  return [...bodies.values()].slice(1).map(sameBody => sameBody[0]!.hash);
}

/**
 * The lists of a message: those of its copies' List-Ids, and what the source says of a copy that has none; `mail`
 * only where no copy tells. Never a folder's or file's name.
 */
function listsOf(
  copies: readonly ArchivedMessage[],
  names: Readonly<Record<string, string>>,
): readonly string[] {
  const named = copies.flatMap(({ listIds, sightingLists }) => namesOf(listIds, sightingLists, names));
  return named.length > 0 ? [...new Set(named)].sort() : [NO_LIST];
}

/** The lists of a message with these List-Ids, from a source that says `otherwise` of mail without any. */
export function listNamesOf(
  listIds: readonly string[],
  otherwise: readonly string[],
  names: Readonly<Record<string, string>>,
): readonly string[] {
  const named = namesOf(listIds, otherwise, names);
  return named.length > 0 ? named : [NO_LIST];
}

function namesOf(
  listIds: readonly string[],
  otherwise: readonly string[],
  names: Readonly<Record<string, string>>,
): readonly string[] {
  return listIds.length > 0 ? listIds.map(id => listName(id, names)) : otherwise;
}

/** A List-Id is a stranger's text: one that says `constructor` must not find what every object has. */
function listName(listId: string, names: Readonly<Record<string, string>>): string {
  return Object.hasOwn(names, listId) ? names[listId]! : firstLabel(listId);
}

/** File systems hold names of 255 bytes; this leaves room for what pages add. */
const LABEL_CHARACTERS = 100;

/** The first label of a List-Id as a name for URLs: `linux-arch` of `linux-arch.vger.kernel.org`. */
function firstLabel(listId: string): string {
  const label = listId
    .split('.')[0]!
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, LABEL_CHARACTERS)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  if (label === '') return NO_LIST;
  return RESERVED_NAMES.has(label) ? `${label}-list` : label;
}
