import type { Version } from '../series.ts';
import { type Ending, endingOf, isTakenEnding, type Said } from './ending.ts';
import type { Mailed } from './patch-set.ts';

/** How a series ended, and the version that shows it. */
export interface SeriesEnding<M extends Mailed, S extends Said> {
  readonly version: Version<M>;
  readonly ending: Ending<S>;
}

/** A program that sends the same for ever must not be followed back to its beginning. */
const MAX_CLIMB = 100;

/**
 * How the last of `versions` ended, by what was said of each, which comes by time; undefined where nothing says it.
 * What was sent again was taken if it was taken before; and some patches sent anew end their version only together
 * with the others.
 */
export function seriesEnding<M extends Mailed, S extends Said>(
  versions: readonly Version<M>[],
  saidOf: (version: Version<M>) => readonly S[],
): SeriesEnding<M, S> | undefined {
  const chain = [versions.at(-1)!];
  while (chain.length < MAX_CLIMB) {
    const { link } = chain.at(-1)!;
    const before = link && link.kind !== 'version' && versions.find(({ set }) => set === link.to);
    if (!before) break;
    chain.push(before);
  }
  const [first, ...later] = chain.reverse();
  const endingAt = (version: Version<M>) => {
    const ending = endingOf(version.set.total, saidOf(version));
    return ending && { version, ending };
  };
  let { total } = first!.set;
  let found = endingAt(first!);
  for (const version of later) {
    const taken = found && isTakenEnding(found.ending) ? found.ending : undefined;
    const own = endingAt(version);
    if (version.link!.kind === 'again') total = version.set.total;
    if (!own) found = taken && found;
    else if (version.link!.kind === 'again') found = own;
    else if (!taken || taken.part)
      found = { version, ending: together(total, taken, own.ending, version.set.patches.length) };
  }
  return found;
}

/** How a version of `total` patches ended, of which some were `taken` before, and `patches` sent anew ended so. */
function together<S extends Said>(
  total: number,
  taken: Ending<S> | undefined,
  anew: Ending<S>,
  patches: number,
): Ending<S> {
  const before = isTakenEnding(anew) ? (taken?.part?.count ?? 0) : 0;
  const count = before + (anew.part?.count ?? patches);
  return {
    ...anew,
    part: count >= total ? undefined : { count, total, index: before === 0 ? anew.part?.index : undefined },
  };
}
