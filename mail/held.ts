/** Longer texts are not held: many of them would fill the memory. */
const MAX_LENGTH = 1000;

/**
 * `make`, which must make the same of the same key, with what it made of many keys held: of those that were asked for
 * last, `most` of them or up to twice as many.
 */
export function held<Key extends string | object, Value>(
  make: (key: Key) => Value,
  most: number,
): (key: Key) => Value {
  let recent = new Map<Key, Value>();
  let before = new Map<Key, Value>();
  // Messages of a thread have one subject, and come one after the other.
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return key => {
    if (last !== undefined && last.key === key) return last.value;
    if (typeof key === 'string' && key.length > MAX_LENGTH) return make(key);
    let value = recent.get(key);
    if (value === undefined) {
      value = before.get(key) ?? make(key);
      if (recent.size >= most) [before, recent] = [recent, new Map()];
      recent.set(key, value);
    }
    last = { key, value };
    return value;
  };
}

/** What `known` has of `key`, made now where it has nothing. */
export function madeOnce<Key, Value>(
  known: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
