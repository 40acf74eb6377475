import type { Message } from '../ingest/merge.ts';

/** Mail comes at least so often; a message further on than that is one whose sender's clock was wrong. */
const LONGEST_SILENCE = 60 * 86_400;

/**
 * When the newest of `messages`, by time, was sent, but for those that claim to be from a future that no other message
 * knows; 0 where there are none. The archive's own present: a build reads no clock.
 */
export function presentOf(messages: readonly Message[]): number {
  const newest = messages.findLastIndex(
    ({ received }, index) => received - (messages[index - 1]?.received ?? received) <= LONGEST_SILENCE,
  );
  return messages[newest]?.received ?? 0;
}
