import { groupBy } from '../../mail/group-by.ts';
import type { ReviewKind } from '../../mail/series/review.ts';
import { citation } from '../citations.ts';
import type { Said } from '../facts/statements.ts';
import type { Telling } from './telling.ts';
import { capitalized, countOf, listOf } from './wording.ts';

/** Of those who did the same, so many are named. */
const MAX_NAMES = 5;

const TRAILERS: readonly (readonly [ReviewKind, string])[] = [
  ['reviewed', 'a Reviewed-by'],
  ['acked', 'an Acked-by'],
  ['tested', 'a Tested-by'],
];

/** Who gave the patches a trailer, each name with the message. */
export function trailers(telling: Telling): string {
  const given = TRAILERS.map(([kind, label]) => ({ label, by: giversOf(telling, kind) }));
  // Of those who gave several, each is told once.
  const together = [...groupBy(given, ({ by }) => by.map(({ message }) => message.author.key).join('\0'))];
  const parts = together.flatMap(([, all]) => {
    const labels = listOf(all.map(({ label }) => label));
    return all[0]!.by.length === 0 ? [] : [`${labels} came from ${namesOf(telling, all[0]!.by)}`];
  });
  return parts.length === 0 ? '' : `${capitalized(parts.join('; '))}.`;
}

/** The first message by which each person gave a trailer. */
function giversOf({ hearing }: Telling, kind: ReviewKind): readonly Said[] {
  const all = hearing.byTime.filter(
    ({ reviews, message }) => !message.author.robot && reviews.some(review => review.kind === kind),
  );
  return [...groupBy(all, ({ message }) => message.author.key).values()].map(([first]) => first!);
}

/** Who wrote some messages, each name with the first. */
export function namesOf({ cast }: Telling, all: readonly Said[]): string {
  const people = [...groupBy(all, ({ message }) => message.author.key).values()];
  const named = people
    .slice(0, MAX_NAMES)
    .map(([first]) => citation(cast.unescaped(first!.message.author), first!.message.id));
  const more = people.length - named.length;
  return listOf(more > 0 ? [...named, countOf(more, 'other')] : named);
}

/** That programs reported on it, without their words; but for those that end it, or tell who is away. */
export function robots({ hearing, brief, cast }: Telling): string {
  const enders = new Set(
    brief.status.evidence.map(({ message }) => hearing.of.get(message)!.message.author.key),
  );
  const reports = hearing.byTime.filter(
    ({ message: { author }, byProposer }) =>
      author.robot && !author.autoReply && !byProposer && !enders.has(author.key),
  );
  const programs = [...groupBy(reports, ({ message }) => message.author.key).values()];
  const named = programs.map(([first], at) => {
    const name = cast.unescaped(first!.message.author);
    return citation(at === 0 ? capitalized(name) : name, first!.message.id);
  });
  return named.length === 0 ? '' : `${listOf(named)} sent ${reports.length > 1 ? 'reports' : 'a report'}.`;
}
