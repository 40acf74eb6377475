import type { Moment, Stats, Status } from '../brief.ts';
import { stancesOf } from './positions.ts';
import type { Hearing, Said } from './statements.ts';

const TOLD = new Set(['applies', 'refuses', 'objects', 'reviewed', 'acked', 'tested']);

/** What happened in a thread: its beginning, and by time who took which stand, and its end. */
export function timelineOf(
  { byTime, said: [first] }: Hearing,
  { value, evidence }: Status,
): readonly Moment[] {
  const moments: Moment[] = [momentOf(first!, 'began')];
  const ends = new Set(value === 'reviewed' ? [] : evidence.map(({ message }) => message));
  const taken = new Set<string>();
  for (const said of byTime) {
    const { author, id } = said.message;
    for (const stance of author.robot ? [] : stancesOf(said)) {
      const key = `${author.key}\0${stance}`;
      if (!TOLD.has(stance) || taken.has(key)) continue;
      taken.add(key);
      moments.push(momentOf(said, stance));
    }
    if (ends.has(id)) moments.push(momentOf(said, value));
  }
  if (byTime.length > 1) moments.push(momentOf(byTime.at(-1)!, 'ended'));
  return moments;
}

function momentOf({ message }: Said, event: Moment['event']): Moment {
  return { at: message.received, message: message.id, who: message.author.name, event };
}

/** How many messages a thread has, of whom, and when. */
export function statsOf({ byTime }: Hearing): Stats {
  const counts = new Map<string, { readonly name: string; count: number }>();
  for (const { message } of byTime) {
    const { key, name, robot } = message.author;
    if (robot) continue;
    const one = counts.get(key);
    if (one) one.count++;
    else counts.set(key, { name, count: 1 });
  }
  return {
    messages: byTime.length,
    people: counts.size,
    first: byTime[0]!.message.received,
    last: byTime.at(-1)!.message.received,
    messagesOf: [...counts.values()].map(({ name, count }) => ({ name, count })),
  };
}
