import type { MessageId } from './message-id.ts';

/**
 * Which messages hang together by their ids: two do where one refers to the other, or both to a third, or
 * through others that do. Every thread of `buildThreads` lies within one component. A union-find with path
 * halving and union by size (Tarjan and van Leeuwen 1984).
 */
export class Components {
  readonly #indexes = new Map<string, number>();
  readonly #parents: number[] = [];
  readonly #sizes: number[] = [];

  /** Joins a message with all that it refers to, and gives the message's own number. */
  join(id: MessageId, references: readonly MessageId[]): number {
    const index = this.#indexOf(id);
    for (const reference of references) this.#union(index, this.#indexOf(reference));
    return index;
  }

  /** The number of the component that a message is in, by the message's own: the same for all its members until the next `join`. */
  of(index: number): number {
    return this.#find(index);
  }

  #indexOf(id: string): number {
    const known = this.#indexes.get(id);
    if (known !== undefined) return known;
    const index = this.#parents.length;
    this.#indexes.set(id, index);
    this.#parents.push(index);
    this.#sizes.push(1);
    return index;
  }

  #find(start: number): number {
    const parents = this.#parents;
    let index = start;
    while (parents[index] !== index) {
      parents[index] = parents[parents[index]!]!;
      index = parents[index]!;
    }
    return index;
  }

  #union(a: number, b: number): void {
    const [one, other] = [this.#find(a), this.#find(b)];
    if (one === other) return;
    const [large, small] = this.#sizes[one]! < this.#sizes[other]! ? [other, one] : [one, other];
    this.#parents[small] = large;
    this.#sizes[large]! += this.#sizes[small]!;
  }
}
