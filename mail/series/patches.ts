import type { Block } from '../body.ts';
import type { MessageId } from '../message-id.ts';
import { baseTitle, parseSubject, type Subject } from '../subject.ts';
import { type Thread, walk } from '../thread.ts';
import { asTree, patchMark } from './patch-mark.ts';
import { type Author, fullNameOf, type Mailed, type Patch } from './patch-set.ts';

/** A deeper answer than this to a patch has nothing to do with it; and no chain is climbed for each of its members. */
export const MAX_CLIMB = 40;

/** A message that its subject makes a patch. */
export type Marked<M extends Mailed> = Pick<Patch<M>, 'message' | 'container' | 'subject' | 'mark'>;

/** The messages of each thread that their subjects make patches, none of them before what it answers. */
export function markedIn<M extends Mailed>(threads: readonly Thread<M>[]): readonly (readonly Marked<M>[])[] {
  return threads.map(({ root }) => {
    const marked: Marked<M>[] = [];
    walk(root, container => {
      const { message } = container;
      if (!message) return;
      const subject = parseSubject(message.subject);
      const mark = patchMark(subject);
      if (mark) marked.push({ message, container, subject, mark });
    });
    return marked;
  });
}

/** The patches that are `marked` in threads. `answers` are those that only look so (see `likelyAnswers`). */
export function patchesIn<M extends Mailed>(
  marked: readonly (readonly Marked<M>[])[],
  authorOf: (message: M) => Author,
  answers: ReadonlySet<MessageId>,
): readonly Patch<M>[] {
  return withTrees(marked.flatMap(ofThread => inThread(ofThread, authorOf, answers)));
}

function inThread<M extends Mailed>(
  marked: readonly Marked<M>[],
  authorOf: (message: M) => Author,
  answers: ReadonlySet<MessageId>,
): readonly Patch<M>[] {
  const found: Patch<M>[] = [];
  const people = new Map<string, string>();
  for (const { message, mark, subject, container } of marked) {
    if (answers.has(message.id)) continue;
    const author = authorOf(message);
    const name = fullNameOf(author);
    if (name !== undefined && !people.has(name)) people.set(name, author.key);
    const person = (name === undefined ? undefined : people.get(name)) ?? author.key;
    found.push({ message, author, person, mark, subject, title: baseTitle(subject.title), container });
  }
  return found;
}

/**
 * The messages whose subject is, letter for letter, that of a patch which they answer: a patch sent again into its
 * own discussion, or an answer from a program that writes no `Re:`. Their text tells.
 */
export function likelyAnswers<M extends Mailed>(marked: readonly (readonly Marked<M>[])[]): readonly M[] {
  return marked.flat().flatMap(({ message, subject, container }) => {
    const above = container.parent?.message;
    return above && bare(subject) === bare(parseSubject(above.subject)) ? [message] : [];
  });
}

/** Whether what looks like a patch is an answer by its text: it quotes, and has no diff. */
export function isAnswerOnly(blocks: readonly Block[]): boolean {
  return blocks.some(({ kind }) => kind === 'quote') && blocks.every(({ kind }) => kind !== 'diff');
}

/** A subject without the `Re:` of an answer. */
function bare({ tags, title }: Subject): string {
  return [...tags, title].join(' ');
}

/** `v5.1` repairs a v5 of its title, or is sent in answer to v5 or with such a repair; else it names a kernel. */
function withTrees<M extends Mailed>(patches: readonly Patch<M>[]): readonly Patch<M>[] {
  if (patches.every(({ mark }) => mark.version[1] === 0)) return patches;
  const whole = patches.filter(({ mark }) => mark.version[1] === 0);
  const versions = new Set(whole.map(({ mark, title }) => `${mark.version[0]} ${title}`));
  const known = new Map<MessageId, Patch<M>>();
  return patches.map(patch => {
    const { mark, title } = patch;
    const [major, minor] = mark.version;
    const repairs = minor === 0 || versions.has(`${major} ${title}`) || answersVersion(patch, major, known);
    const told = repairs ? patch : { ...patch, mark: asTree(mark) };
    known.set(patch.message.id, told);
    return told;
  });
}

function answersVersion<M extends Mailed>(
  { container }: Patch<M>,
  major: number,
  known: ReadonlyMap<MessageId, Patch<M>>,
): boolean {
  let above = container.parent;
  for (let climbed = 0; above && climbed < MAX_CLIMB; climbed++) {
    const version = known.get(above.id)?.mark.version[0];
    if (version !== undefined) return version === major;
    above = above.parent;
  }
  return false;
}
