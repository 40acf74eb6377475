import { groupBy } from '../group-by.ts';
import type { MessageId } from '../message-id.ts';
import { treesOf } from './patch-mark.ts';
import {
  type Author,
  bySent,
  indexOf,
  isSamePerson,
  type Mailed,
  type Patch,
  type PatchSet,
  patchSet,
} from './patch-set.ts';
import { MAX_CLIMB, type Marked, patchesIn } from './patches.ts';
import { rounds } from './rounds.ts';

/**
 * The patch sets of what is `marked` in threads, by (received time of the first message, id of the head). Cover
 * letters and patches belong together by their author, version and count: where one answers the other, where they
 * answer the same message, or where they came unthreaded and close to each other. `answers` are messages with the
 * subject of a patch that offer none.
 */
export function patchSets<M extends Mailed>(
  marked: readonly (readonly Marked<M>[])[],
  authorOf: (message: M) => Author,
  answers: ReadonlySet<MessageId> = new Set(),
): readonly PatchSet<M>[] {
  const patches = patchesIn(marked, authorOf, answers);
  const byId = new Map<MessageId, Patch<M>>(patches.map(patch => [patch.message.id, patch]));
  const groups = groupBy(patches, patch =>
    sameSeries(patch, byId.get(patch.container.parent?.id ?? patch.message.id)),
  );
  return adopted([...groups.values()].flatMap(group => postings(group))).sort(bySent);
}

/**
 * The same for all that may be one set: by author, kind, version, count, kernel and whether they are an RFC, which
 * the cover letter alone may say; for those without a count, the message itself. Other tags do not count here: lists
 * put in theirs, and people name subsystems in the cover letter alone.
 */
function sameSeries<M extends Mailed>(
  { person, mark, message }: Patch<M>,
  above: Patch<M> | undefined,
): string {
  const { kind, version, place } = mark;
  if (!place) return message.id;
  const rfc = mark.rfc || (above?.mark.rfc && indexOf(above) === 0 && above.person === person);
  return [person, kind, version.join('.'), rfc === true, place.total, treesOf(mark)].join('\0');
}

/** Patches of one author, version and count as they were sent: once, or the same again. */
function postings<M extends Mailed>(group: readonly Patch<M>[]): readonly PatchSet<M>[] {
  if (group.length === 1) return [patchSet(group)];
  const heads = new Map<MessageId, Patch<M>>(group.map(patch => [patch.message.id, patch]));
  const threaded = groupBy(group, patch => threadKey(patch, heads));
  return together([...threaded.values()].flatMap(rounds).map(patchSet).sort(bySent));
}

/** The topmost patch of the group that a patch answers, itself included; where none is, the message that both answer. */
function threadKey<M extends Mailed>(patch: Patch<M>, group: ReadonlyMap<MessageId, Patch<M>>): MessageId {
  let top = patch;
  let above = patch.container.parent;
  for (let climbed = 0; above && climbed < MAX_CLIMB; climbed++) {
    top = group.get(above.id) ?? top;
    above = above.parent;
  }
  // Two that answer one message that is none of theirs are brothers; a cover letter needs none.
  const brothers = indexOf(top) !== 0 && top.container.parent;
  return brothers ? brothers.id : top.message.id;
}

/** `git send-email` sends a long series in minutes, and list servers deliver it within the hour. */
const SENDING_SECONDS = 3600;

/** Nobody sends more than this at once; somebody who sends one patch a thousand times must not be compared with each. */
const MAX_OPEN = 50;

/** Sets that came apart as threads and close in time are one where each has what the others lack. */
function together<M extends Mailed>(parts: readonly PatchSet<M>[]): readonly PatchSet<M>[] {
  const open: {
    readonly first: number;
    readonly taken: Set<number>;
    readonly patches: Patch<M>[];
  }[] = [];
  for (const { first, all } of parts) {
    const fitting = open
      .slice(-MAX_OPEN)
      .findLast(
        one => first - one.first <= SENDING_SECONDS && all.every(patch => !one.taken.has(indexOf(patch))),
      );
    const posting = fitting ?? { first, taken: new Set(), patches: [] };
    if (!fitting) open.push(posting);
    for (const patch of all) {
      posting.taken.add(indexOf(patch));
      posting.patches.push(patch);
    }
  }
  return open.map(({ patches }) => patchSet(patches));
}

/**
 * Sets with the cover letters that name another version, count or kernel than their patches by mistake: such a one
 * has no patches of its own, was sent by the same author within the hour, and is what the patches answer.
 */
function adopted<M extends Mailed>(sets: readonly PatchSet<M>[]): PatchSet<M>[] {
  const lonely = new Map(
    sets.filter(set => set.cover && set.all.length === 1).map(set => [set.head.container, set]),
  );
  const adopters = new Map<PatchSet<M>, PatchSet<M>>();
  for (const set of sets) {
    const above = set.head.container.parent;
    const found = set.cover || !above ? undefined : lonely.get(above);
    if (!found || !isSamePerson(found.head.author, set.head.author)) continue;
    if (Math.abs(set.first - found.first) > SENDING_SECONDS || set.head.mark.place === undefined) continue;
    lonely.delete(found.head.container);
    adopters.set(found, set);
  }
  const owned = new Set(adopters.values());
  return sets.flatMap(set => {
    const patches = adopters.get(set);
    if (patches) return [patchSet([...set.all, ...patches.all])];
    return owned.has(set) ? [] : [set];
  });
}
