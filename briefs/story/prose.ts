import type { Brief } from '../brief.ts';
import type { Exchanges } from '../facts/exchanges.ts';
import type { Hearing } from '../facts/statements.ts';
import { Cast } from './cast.ts';
import { closing } from './closing.ts';
import { opening } from './opening.ts';
import type { Passage } from './passage.ts';
import { Story } from './story.ts';
import type { Telling } from './telling.ts';

/**
 * A brief told as Kernel Traffic told threads, as Markdown: narration says who, when, what about and how it
 * ended; all else is quoted, each quotation with the message it comes from as a `mid:` link (RFC 2392).
 */
export function prose(
  hearing: Hearing,
  brief: Brief,
  passages: readonly Passage[],
  exchanges: Exchanges,
): string {
  const telling = tellingOf(hearing, brief, exchanges);
  const story = new Story(telling, hearing.said[0]!.message.received);
  story.begin(opening(telling));
  for (const passage of passages) story.tell(passage);
  story.end(closing(telling, story));
  return story.markdown();
}

/**
 * What was said in a thread later than `since`, told to go on where a story of it ended: `passages` of later messages,
 * who gave their names to the patches since, and the outcome where that is news.
 */
export function laterProse(
  hearing: Hearing,
  brief: Brief,
  passages: readonly Passage[],
  exchanges: Exchanges,
  since: number,
): string {
  const byTime = hearing.byTime.filter(({ message }) => message.received > since);
  const telling = tellingOf({ ...hearing, byTime }, brief, exchanges);
  const story = new Story(telling, since);
  for (const passage of passages) story.tell(passage);
  const { evidence } = brief.status;
  const isNews =
    evidence.length === 0 ||
    byTime.some(({ message: { id } }) => evidence.some(({ message }) => message === id));
  if (isNews) story.end(closing(telling, story));
  return story.markdown();
}

function tellingOf(hearing: Hearing, brief: Brief, exchanges: Exchanges): Telling {
  const cast = new Cast(hearing.said.map(({ message }) => message.author));
  return { hearing, brief, exchanges, cast };
}
