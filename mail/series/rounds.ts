import { groupBy } from '../group-by.ts';
import { byReceived } from '../thread.ts';
import { indexOf, type Mailed, type Patch } from './patch-set.ts';

/**
 * Patches of one thread, author, version and count as they were posted: at once; or in several rounds, where a place
 * comes a second time. Those with the same tags are a round, and a place that comes again begins the next one. Some
 * patches that were sent again as RESEND stay with what they are from.
 */
export function rounds<M extends Mailed>(patches: readonly Patch<M>[]): readonly (readonly Patch<M>[])[] {
  if (new Set(patches.map(indexOf)).size === patches.length) return [patches];
  const byTags = groupBy(patches, ({ mark }) => [mark.resend, ...mark.subsystems].join(' '));
  const all = [...byTags.values()].flatMap(inTurn);
  const found = all
    .filter(([first]) => !first!.mark.resend)
    .map(round => ({ round: [...round], places: new Set(round.map(indexOf)) }));
  const apart = all.filter(round => {
    if (!round[0]!.mark.resend) return false;
    const isWhole = round.length === round[0]!.mark.place?.total || round.some(patch => indexOf(patch) === 0);
    const from = isWhole
      ? undefined
      : found.slice(0, MAX_ROUNDS).find(({ places }) => round.every(patch => places.has(indexOf(patch))));
    for (const patch of round) from?.round.push(patch);
    return from === undefined;
  });
  return [...found.map(({ round }) => round), ...apart];
}

/** Somebody who sends one patch a thousand times must not be compared with each. */
const MAX_ROUNDS = 50;

function inTurn<M extends Mailed>(patches: readonly Patch<M>[]): readonly (readonly Patch<M>[])[] {
  const found: Patch<M>[][] = [];
  const taken = new Set<number>();
  for (const patch of patches.toSorted((a, b) => byReceived(a.message, b.message))) {
    if (found.length === 0 || taken.has(indexOf(patch))) {
      found.push([]);
      taken.clear();
    }
    taken.add(indexOf(patch));
    found.at(-1)!.push(patch);
  }
  return found;
}
