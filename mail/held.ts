/** Longer texts are not held: many of them would fill the memory. */
const MAX_LENGTH = 1000;

/**
 * `make`, which must make the same of the same text, with what it made of many texts held: those that were asked for
 * last, `most` of them or up to twice as many.
 */
export function held<Value>(make: (text: string) => Value, most: number): (text: string) => Value {
  let recent = new Map<string, Value>();
  let before = new Map<string, Value>();
  return text => {
    if (text.length > MAX_LENGTH) return make(text);
    const known = recent.get(text);
    if (known !== undefined) return known;
    const value = before.get(text) ?? make(text);
    if (recent.size >= most) [before, recent] = [recent, new Map()];
    recent.set(text, value);
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
