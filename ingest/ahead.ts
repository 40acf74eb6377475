/** Each item with what `get` gives for it, which is asked for while the item before is being worked on. */
export async function* ahead<T, R>(
  items: Iterable<T>,
  get: (item: T) => Promise<R>,
): AsyncGenerator<readonly [T, R]> {
  let next: { readonly item: T; readonly result: Promise<R> } | undefined;
  for (const item of items) {
    const current = next;
    // A failure comes out where the result is awaited; until then nobody has heard of it.
    next = { item, result: get(item) };
    next.result.catch(() => {});
    if (current) yield [current.item, await current.result];
  }
  if (next) yield [next.item, await next.result];
}
