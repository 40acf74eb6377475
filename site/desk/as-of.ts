import type { BriefThread } from '../../briefs/thread.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Body } from '../bodies.ts';
import { briefThread } from '../briefs.ts';
import type { Discussion, Post, Site } from '../model.ts';

/**
 * A thread as it stood at the time `to`, in seconds since 1970 UTC: what came then or later, be it a later version of
 * its patches, is left out. It must have begun before.
 */
export function threadAsOf(
  site: Site,
  discussion: Discussion,
  bodies: ReadonlyMap<MessageId, Body>,
  to: number,
): BriefThread {
  const { root, messages, supersededBy } = briefThread(site, discussion, bodies);
  const come = messages.filter(({ received }) => received < to);
  const ids = new Set(come.map(({ id }) => id));
  return {
    root,
    // By a clock that was wrong, an answer may have come before what it answers.
    messages: come.map(one => (one.parent && !ids.has(one.parent) ? { ...one, parent: undefined } : one)),
    supersededBy: supersededBy && supersededBy.received < to ? supersededBy : undefined,
    goesOn: come.length < messages.length,
  };
}

/** The posts of a thread that had come before the time `to`. */
export function postsAsOf({ posts }: Discussion, to: number): readonly Post[] {
  return posts.filter(({ message }) => message.received < to);
}
