import type { Message } from '../ingest/merge.ts';
import { madeOnce } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Patch, PatchSet } from '../mail/series/patch-set.ts';
import { parentOf } from './bodies.ts';
import type { Post, Site } from './model.ts';

/** What a post says is said of a patch. */
export interface Answered {
  readonly patch: Patch<Message>;
  /** Whether the post answers the patch itself, and not an answer to it. */
  readonly direct: boolean;
}

/** A quarrel that is deeper than this is no longer about the patch; and no thread is climbed for each of its messages. */
const MAX_CLIMB = 200;

/** The patches of sets by their ids: all that answers a set asks for them. */
const patchesOf = new WeakMap<PatchSet<Message>, ReadonlyMap<MessageId, Patch<Message>>>();

/**
 * The patch or cover letter of `set` that a post answers, at whatever depth; undefined for these themselves, and
 * under a patch that somebody else sent in answer.
 */
export function answeredPatch(site: Site, post: Post, set: PatchSet<Message>): Answered | undefined {
  const patches = madeOnce(patchesOf, set, () => new Map(set.all.map(patch => [patch.message.id, patch])));
  let at: Post | undefined = post;
  for (let climbed = 0; at && climbed < MAX_CLIMB; climbed++) {
    const patch = patches.get(at.message.id);
    if (patch) return climbed === 0 ? undefined : { patch, direct: climbed === 1 };
    if (at.patch) return undefined;
    at = parentOf(at, site.postOf);
  }
  return undefined;
}
