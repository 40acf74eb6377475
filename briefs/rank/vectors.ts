/** A text as the weights of its terms: each term once, the whole of length 1, or of no term at all. */
export interface Vector {
  readonly terms: readonly number[];
  /** By the index in `terms`. */
  readonly weights: readonly number[];
}

/** How telling terms are, by their number: those that few messages have tell most. */
export type Idf = Float64Array;

/** ln((N + 1) / (df + 0.5)) of `size` terms, by the terms of N messages. */
export function inverseFrequencies(messages: readonly ReadonlyMap<number, number>[], size: number): Idf {
  const frequencies = new Float64Array(size);
  for (const terms of messages) for (const term of terms.keys()) frequencies[term]!++;
  return frequencies.map(frequency => Math.log((messages.length + 1) / (frequency + 0.5)));
}

/** The vector of terms that may come more than once (tf-idf). */
export function vectorOf(terms: readonly number[], idf: Idf): Vector {
  const weights = new Map<number, number>();
  for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + idf[term]!);
  let squares = 0;
  for (const weight of weights.values()) squares += weight * weight;
  const length = Math.sqrt(squares) || 1;
  return { terms: [...weights.keys()], weights: [...weights.values()].map(weight => weight / length) };
}

/** The cosine of each of `vectors` with `one`. */
export function cosinesWith(one: Vector, vectors: readonly Vector[]): readonly number[] {
  const weights = new Map(one.terms.map((term, at) => [term, one.weights[at]!]));
  return vectors.map(vector =>
    vector.terms.reduce((sum, term, at) => sum + vector.weights[at]! * (weights.get(term) ?? 0), 0),
  );
}
