import { madeOnce } from '../held.ts';
import type { MessageId } from '../message-id.ts';
import { type PatchMark, patchMark } from '../series/patch-mark.ts';
import { parseSubject } from '../subject.ts';
import type { Thread } from '../thread.ts';
import { digestBut, digestOf, RunDigests } from './digest.ts';
import type { Doubtful } from './doubt.ts';
import { byNamedAuthor, ofSameTitle, recentMail } from './earlier-mail.ts';
import type { Reply } from './reply.ts';

/** The messages that a reply may answer, found in one way. */
export interface Candidates<M extends Doubtful> {
  /** The same where they are the same; found without looking at each where they are many. */
  readonly key: string;
  /** The messages themselves. */
  readonly all: () => readonly M[];
}

/** A way to what a reply may answer; undefined where it leads nowhere. */
export type Way<M extends Doubtful> = (reply: Reply<M>) => Candidates<M> | undefined;

/** The ways to what replies may answer. */
export interface Ways<M extends Doubtful> {
  /** What has the title of a reply, the latest first. */
  readonly sameTitle: (reply: Reply<M>) => readonly M[];
  /** All ways: where headers point, and only if that fails everything of those days. */
  readonly inTurn: readonly Way<M>[];
}

/**
 * The ways through messages that are `sorted` by (received time, id), of the threads that `threadOf` tells. They lead to
 * other threads than a reply's own.
 */
export function waysIn<M extends Doubtful>(
  sorted: readonly M[],
  threadOf: ReadonlyMap<MessageId, Thread<M>>,
): Ways<M> {
  const elsewhere = (found: readonly M[], { message }: Reply<M>) => {
    const own = threadOf.get(message.id);
    return found.filter(({ id }) => threadOf.get(id) !== own);
  };
  const [titled, named] = [ofSameTitle(sorted), byNamedAuthor(sorted)];
  const sameTitle = (reply: Reply<M>) => {
    const mark = answeredMark(reply.message);
    const others = elsewhere(titled(reply.message), reply);
    return mark ? others.filter(other => isOfPosting(mark, other)) : others;
  };
  const byPerson = (reply: Reply<M>) => elsewhere(named(reply.message, reply.told.attribution), reply);
  const digests = new Map<Thread<M>, RunDigests<M>>();
  let all: RunDigests<M> | undefined;
  const recent = (reply: Reply<M>): Candidates<M> => {
    const places = recentMail(sorted, reply.message);
    const thread = threadOf.get(reply.message.id)!;
    const own = madeOnce(digests, thread, () => new RunDigests(thread.messages));
    all ??= new RunDigests(sorted);
    return {
      key: digestBut(all, places, own),
      all: () => elsewhere(sorted.slice(...places), reply),
    };
  };
  // The answer to a patch bears the patch's title.
  const freely = (way: Way<M>) => (reply: Reply<M>) => (answeredMark(reply.message) ? undefined : way(reply));
  return { sameTitle, inTurn: [listed(sameTitle), freely(listed(byPerson)), freely(recent)] };
}

function listed<M extends Doubtful>(find: (reply: Reply<M>) => readonly M[]): Way<M> {
  return reply => {
    const found = find(reply);
    return found.length === 0 ? undefined : { key: digestOf(found), all: () => found };
  };
}

/** The mark of the patch that a message offers or answers. */
function answeredMark({ subject }: Doubtful): PatchMark | undefined {
  return patchMark({ ...parseSubject(subject), reply: false });
}

/** Whether what has the title of the patch of `mark` may be it, not the same patch of another posting. */
function isOfPosting(mark: PatchMark, other: Doubtful): boolean {
  const others = answeredMark(other);
  return !others || answeredTags(mark) === answeredTags(others);
}

/** What tells a patch from the same patch of another posting. */
function answeredTags({ version, place, rfc, resend }: PatchMark): string {
  return [...version, place?.index, place?.total, rfc, resend].join();
}
