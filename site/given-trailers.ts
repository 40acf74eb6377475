import type { MessageId } from '../mail/message-id.ts';
import { trailersOf } from '../mail/series/review.ts';
import type { GivenTrailer } from '../templates/trailers.ts';
import type { Body } from './bodies.ts';
import { type Discussion, type Post, repliesTo } from './model.ts';

/** Patches with more answers are fought over, and a list of all would hide the fight. */
const MOST_GIVEN = 20;

/** The trailers that the answers to a patch or cover letter give it: `Reviewed-by` and its like, as they were sent. */
export function trailersGiven(
  discussion: Discussion,
  post: Post,
  bodies: ReadonlyMap<MessageId, Body>,
  hrefOf: (post: Post) => string,
): readonly GivenTrailer[] {
  if (!post.patch) return [];
  return repliesTo(discussion, post)
    .filter(({ author }) => author.key !== post.author.key && !author.robot)
    .flatMap(reply => {
      const { blocks } = bodies.get(reply.message.id)!;
      // An answer that is a patch itself has trailers of its own.
      if (blocks.some(({ kind }) => kind === 'diff')) return [];
      return trailersOf(blocks).flatMap(({ words }) => {
        const [, name, value] = /^([A-Z-]+-by):\s*(.*)$/i.exec(words) ?? [];
        return name === undefined ? [] : [{ name, value: value!, href: hrefOf(reply), number: reply.number }];
      });
    })
    .slice(0, MOST_GIVEN);
}
