import { groupBy } from '../group-by.ts';
import type { MessageId } from '../message-id.ts';
import { baseTitle, parseSubject, type Subject } from '../subject.ts';
import { byReceived, type Container, type Thread, type Threadable, walk } from '../thread.ts';
import { type PatchMark, patchMark } from './patch-mark.ts';

/** What putting patches together needs to know of a message. */
export interface Mailed extends Threadable {
  readonly subject: string;
}

/** Who wrote a message: the same person gives the same key, and is called by the same name in the end. */
export interface Author {
  readonly key: string;
  readonly name: string;
}

/** A message that offers a patch, a cover letter or a pull request. */
export interface Patch<M extends Mailed> {
  readonly message: M;
  readonly author: Author;
  readonly mark: PatchMark;
  readonly subject: Subject;
  /** The base title: what stays when the patch is sent again. */
  readonly title: string;
  readonly container: Container<M>;
}

/** What somebody sent at one time as one thing: a cover letter with its patches, or a patch alone. */
export interface PatchSet<M extends Mailed> {
  /** The cover letter, else the first patch: what the set is known by. */
  readonly head: Patch<M>;
  readonly cover: Patch<M> | undefined;
  /** By place in the series, then (received time, id); a place that was sent twice is there twice. */
  readonly patches: readonly Patch<M>[];
  /** The cover and the patches. */
  readonly all: readonly Patch<M>[];
  /** Version, kind and the rest: the cover's, or the patches' where it names another version by mistake. */
  readonly mark: PatchMark;
  /** How many patches the tags promise. */
  readonly total: number;
  /** When the first of them was received. */
  readonly first: number;
}

/**
 * The patch sets in `threads`, by (received time of the first message, id of the head). Cover letters and patches
 * belong together by their author, version and count: where one answers the other, where they answer the same
 * message, or where they came unthreaded and close to each other.
 */
export function patchSets<M extends Mailed>(
  threads: readonly Thread<M>[],
  authorOf: (message: M) => Author,
): readonly PatchSet<M>[] {
  const patches = threads.flatMap(thread => patchesIn(thread, authorOf));
  const byId = new Map<MessageId, Patch<M>>(patches.map(patch => [patch.message.id, patch]));
  const groups = groupBy(patches, patch =>
    sameSeries(patch, byId.get(patch.container.parent?.id ?? patch.message.id)),
  );
  return adopted([...groups.values()].flatMap(group => postings(group))).sort(bySent);
}

function patchesIn<M extends Mailed>(
  { root }: Thread<M>,
  authorOf: (message: M) => Author,
): readonly Patch<M>[] {
  const found: Patch<M>[] = [];
  for (const { container } of walk(root)) {
    const { message } = container;
    if (!message) continue;
    const subject = parseSubject(message.subject);
    const mark = patchMark(subject);
    if (!mark) continue;
    const title = baseTitle(subject.title);
    found.push({ message, author: authorOf(message), mark, subject, title, container });
  }
  return found;
}

/**
 * The same for all that may be one set: by author, kind, version, count and whether they are an RFC, which the cover
 * letter alone may say; for those without a count, the message itself.
 */
function sameSeries<M extends Mailed>(
  { author, mark, message }: Patch<M>,
  above: Patch<M> | undefined,
): string {
  const { kind, version, place } = mark;
  if (!place) return message.id;
  const rfc =
    mark.rfc || (above?.mark.rfc && above.mark.place?.index === 0 && above.author.key === author.key);
  return [author.key, kind, version.join('.'), rfc === true, place.total].join('\0');
}

/** Patches of one author, version and count as they were sent: once, or the same again. */
function postings<M extends Mailed>(group: readonly Patch<M>[]): readonly PatchSet<M>[] {
  if (group.length === 1) return [patchSet(group)];
  const heads = new Map<MessageId, Patch<M>>(group.map(patch => [patch.message.id, patch]));
  const threaded = groupBy(group, patch => threadKey(patch, heads));
  return together([...threaded.values()].map(patchSet).sort(bySent));
}

/** A deeper answer than this to one's own patch is no part of a series; and no chain is climbed for each of its members. */
const MAX_CLIMB = 40;

/** The topmost patch of the group that a patch answers, itself included; where none is, the message that both answer. */
function threadKey<M extends Mailed>(patch: Patch<M>, group: ReadonlyMap<MessageId, Patch<M>>): MessageId {
  let top = patch;
  let above = patch.container.parent;
  for (let climbed = 0; above && climbed < MAX_CLIMB; climbed++) {
    top = group.get(above.id) ?? top;
    above = above.parent;
  }
  // Two that answer one message that is none of theirs are brothers; a cover letter needs none.
  const brothers = top.mark.place?.index !== 0 && top.container.parent;
  return brothers ? brothers.id : top.message.id;
}

/** `git send-email` sends a long series in minutes, and list servers deliver it within the hour. */
const SENDING_SECONDS = 3600;

/** Nobody sends more than this at once; somebody who sends one patch a thousand times must not be compared with each. */
const MAX_OPEN = 50;

/** Sets that came apart as threads and close in time are one where each has what the others lack. */
function together<M extends Mailed>(parts: readonly PatchSet<M>[]): readonly PatchSet<M>[] {
  const postings: { readonly first: number; readonly taken: Set<number>; readonly patches: Patch<M>[] }[] =
    [];
  for (const { first, all } of parts) {
    const open = postings
      .slice(-MAX_OPEN)
      .findLast(
        one => first - one.first <= SENDING_SECONDS && all.every(patch => !one.taken.has(indexOf(patch))),
      );
    const posting = open ?? { first, taken: new Set(), patches: [] };
    if (!open) postings.push(posting);
    for (const patch of all) {
      posting.taken.add(indexOf(patch));
      posting.patches.push(patch);
    }
  }
  return postings.map(({ patches }) => patchSet(patches));
}

/**
 * Sets with the cover letters that name another version or count than their patches by mistake: such a one has no
 * patches of its own, was sent by the same author within the hour, and is what the patches answer.
 */
function adopted<M extends Mailed>(sets: readonly PatchSet<M>[]): PatchSet<M>[] {
  const lonely = new Map(
    sets.filter(set => set.cover && set.all.length === 1).map(set => [set.head.container, set]),
  );
  const adopters = new Map<PatchSet<M>, PatchSet<M>>();
  for (const set of sets) {
    const above = set.head.container.parent;
    const found = set.cover || !above ? undefined : lonely.get(above);
    if (!found || found.head.author.key !== set.head.author.key) continue;
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

function patchSet<M extends Mailed>(members: readonly Patch<M>[]): PatchSet<M> {
  const all = members.toSorted((a, b) => indexOf(a) - indexOf(b) || byReceived(a.message, b.message));
  const cover = indexOf(all[0]!) === 0 ? all[0] : undefined;
  const patches = all.filter(patch => indexOf(patch) > 0);
  const { mark } = patches[0] ?? all[0]!;
  return {
    head: all[0]!,
    cover,
    patches,
    all,
    // A cover letter's version is typed by hand, and forgotten or left as it was.
    mark: cover && (!mark.versioned || sameVersion(cover.mark, mark)) ? cover.mark : mark,
    total: mark.place?.total ?? 1,
    first: Math.min(...all.map(patch => patch.message.received)),
  };
}

function sameVersion(a: PatchMark, b: PatchMark): boolean {
  return a.version.join() === b.version.join() && a.rfc === b.rfc;
}

/** A patch without a place is the only one. */
function indexOf<M extends Mailed>({ mark }: Patch<M>): number {
  return mark.place?.index ?? 1;
}

/** Orders sets by (received time of the first message, id of the head). */
export function bySent<M extends Mailed>(a: PatchSet<M>, b: PatchSet<M>): number {
  return a.first - b.first || (a.head.message.id < b.head.message.id ? -1 : 1);
}
