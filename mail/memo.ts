/**
 * What was found out before, by what it was found out from: work that costs time and whose result is small, such as
 * what a mail's text says of its patches. Results are plain data, as JSON has it, and never undefined. What they are
 * found out from is named by the kind of result first, and then by everything that it depends on but the program
 * itself: ids, hashes of mail, numbers.
 */
export interface Memo {
  /** What `find` gives, from an earlier time where the same `from` was given then. */
  of<Result>(from: readonly string[], find: () => Result | Promise<Result>): Promise<Result>;
  /**
   * The same for each of many `items`: `find` is given all those of which nothing is known together, if there are
   * any, and gives a result for each.
   */
  ofEach<Item, Result>(
    items: readonly Item[],
    fromOf: (item: Item) => readonly string[],
    find: (unknown: readonly Item[]) => Promise<readonly Result[]>,
  ): Promise<readonly Result[]>;
}

/** Where a memo keeps what it remembers. */
export interface Kept {
  /** What was kept under `from`; undefined where nothing was. */
  recall(from: readonly string[]): unknown;
  keep(from: readonly string[], result: unknown): void;
}

/** The memo of what is `kept`. */
export function memoOf(kept: Kept): Memo {
  return {
    async of<Result>(from: readonly string[], find: () => Result | Promise<Result>) {
      const known = kept.recall(from);
      if (known !== undefined) return known as Result;
      const result = await find();
      kept.keep(from, result);
      return result;
    },
    async ofEach<Item, Result>(
      items: readonly Item[],
      fromOf: (item: Item) => readonly string[],
      find: (unknown: readonly Item[]) => Promise<readonly Result[]>,
    ) {
      const from = items.map(fromOf);
      const results = from.map(one => kept.recall(one) as Result | undefined);
      const places = items.flatMap((_, at) => (results[at] === undefined ? [at] : []));
      const found = places.length === 0 ? [] : await find(places.map(at => items[at]!));
      for (const [index, at] of places.entries()) {
        kept.keep(from[at]!, found[index]!);
        results[at] = found[index]!;
      }
      return results as readonly Result[];
    },
  };
}

/** Remembers nothing. */
export const NO_MEMO: Memo = memoOf({ recall: () => undefined, keep: () => {} });
