import type { Told } from '../briefs.ts';
import type { Discussion } from '../model.ts';

const TAKES = new Set(['applies', 'refuses', 'acked']);

/** The keys of those who applied, refused or acked something in one of the threads. */
export function maintainersIn(briefs: ReadonlyMap<Discussion, Pick<Told, 'brief'>>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [{ posts }, { brief }] of briefs) {
    const names = new Set(
      brief.positions
        .filter(({ stances }) => stances.some(stance => TAKES.has(stance)))
        .map(({ who }) => who),
    );
    for (const { author } of posts) if (names.has(author.name)) keys.add(author.key);
  }
  return keys;
}
