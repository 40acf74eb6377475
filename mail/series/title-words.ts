import type { Mailed, PatchSet } from './patch-set.ts';

/** How many words two titles have in common, of how many in both. */
export interface SharedWords {
  readonly count: number;
  readonly of: number;
}

/** The words of a title behind its subsystems; of one letter or two they say little. */
export function titleWords<M extends Mailed>({ head }: PatchSet<M>): ReadonlySet<string> {
  const said = head.title.replace(/^(?:[\w./,*-]+: ?)+/, '');
  return new Set((said.match(/[\p{L}\p{N}_]{3,}/gu) ?? []).map(word => word.replace(/^_+|(?<!_)_+$/g, '')));
}

export function wordsInCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): SharedWords {
  let count = 0;
  for (const word of one) if (other.has(word)) count++;
  return { count, of: one.size + other.size - count };
}

/** Whether two titles of the same person say the same in other words. */
export function areAlike({ count, of }: SharedWords): boolean {
  return count >= 3 && count / of >= 0.6;
}
