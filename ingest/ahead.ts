/**
 * Each item with what `get` gives for it. It is asked for while the item before is being worked on, but not
 * before that one has come whole: when a connection breaks, what came before the break is there.
 */
export async function* ahead<T, R>(
  items: Iterable<T>,
  get: (item: T) => Promise<R>,
): AsyncGenerator<readonly [T, R]> {
  let next: { readonly item: T; readonly result: Promise<R> } | undefined;
  for (const item of items) {
    const current = next && ([next.item, await next.result] as const);
    next = { item, result: get(item) };
    // A failure comes out where the result is awaited; until then nobody has heard of it.
    next.result.catch(() => {});
    if (current) yield current;
  }
  if (next) yield [next.item, await next.result];
}

/** What `get` gives for each item, in the order of the items; it is asked for up to `most` of them at once. */
export async function* abreast<T, R>(
  items: AsyncIterable<T>,
  most: number,
  get: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const asked: Promise<R>[] = [];
  for await (const item of items) {
    const result = get(item);
    result.catch(() => {});
    asked.push(result);
    if (asked.length >= most) yield await asked.shift()!;
  }
  for (const result of asked) yield await result;
}
