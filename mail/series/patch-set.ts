import type { Subject } from '../subject.ts';
import { byReceived, type Container, type Threadable } from '../thread.ts';
import type { PatchMark } from './patch-mark.ts';

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
  /** The key of its author; of the first of that name in the thread, where they write under two addresses. */
  readonly person: string;
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
  /** One for each place that was received, by place; none where the cover letter is all there is. */
  readonly patches: readonly Patch<M>[];
  /** The cover, the patches, and single ones that were sent again; by (place, received time, id). */
  readonly all: readonly Patch<M>[];
  /** Version, kind and the rest: the cover's, or the patches' where it names another version by mistake. */
  readonly mark: PatchMark;
  /** How many patches the tags promise. */
  readonly total: number;
  /** When the first of them was received. */
  readonly first: number;
}

/** What `members` are together; there must be one. */
export function patchSet<M extends Mailed>(members: readonly Patch<M>[]): PatchSet<M> {
  const all = members.toSorted((a, b) => indexOf(a) - indexOf(b) || byReceived(a.message, b.message));
  const cover = indexOf(all[0]!) === 0 ? all[0] : undefined;
  const patches = all.filter(
    (patch, at) => indexOf(patch) > 0 && (at === 0 || indexOf(patch) !== indexOf(all[at - 1]!)),
  );
  const { mark } = patches[0] ?? all[0]!;
  return {
    head: all[0]!,
    cover,
    patches,
    all,
    // A cover letter's version is typed by hand, and forgotten or left as it was.
    mark: cover && (!mark.versioned || sameVersion(cover.mark, mark)) ? cover.mark : mark,
    total: mark.place?.total ?? 1,
    first: all.reduce((first, { message }) => Math.min(first, message.received), Infinity),
  };
}

function sameVersion(a: PatchMark, b: PatchMark): boolean {
  return a.version.join() === b.version.join() && a.rfc === b.rfc;
}

/** The place of a patch in its set, 0 for a cover letter; one without a place is the only one. */
export function indexOf<M extends Mailed>({ mark }: Patch<M>): number {
  return mark.place?.index ?? 1;
}

/** Orders sets by (received time of the first message, id of the head). */
export function bySent<M extends Mailed>(a: PatchSet<M>, b: PatchSet<M>): number {
  return a.first - b.first || (a.head.message.id < b.head.message.id ? -1 : 1);
}

/** Whether two are one person; or bear the same full name, under an address that no mailmap tells of. */
export function isSamePerson(a: Author, b: Author): boolean {
  if (a.key === b.key) return true;
  const name = fullNameOf(a);
  return name !== undefined && name === fullNameOf(b);
}

/** A full name as such names are compared; undefined where it is a word alone, which many bear. */
export function fullNameOf({ name }: Pick<Author, 'name'>): string | undefined {
  return name.includes(' ') ? name.toLowerCase() : undefined;
}

/** `cover only`, `2 of 219 held`: what of a set was received, where it is not all; else empty. */
export function heldLabel(held: number, promised: number): string {
  if (held === 0) return 'cover only';
  return held < promised ? `${held} of ${promised} held` : '';
}
