/** What `make` makes, made where it is first asked for: to load a package takes long, and most mail needs few. */
export function later<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
