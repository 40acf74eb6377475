import type { MessageId } from './message-id.ts';
import { TextTable } from './text-table.ts';

/** The number of no container. */
export const NONE = -1;

/**
 * The containers of RFC 5256 as numbers, in the order in which their ids come, and which of them is whose parent.
 * Numbers in flat arrays, since objects of a million containers would keep the garbage collector busy.
 */
export class Forest {
  readonly #ids: TextTable<MessageId>;
  #parents: Int32Array;
  /** Which containers had a child. */
  #used: Uint8Array;
  /**
   * Which containers may hang together, links that were replaced included: a union-find with path halving and
   * union by size (Tarjan and van Leeuwen 1984). A number below 0 is a set's size, the others lead to its head.
   */
  #sets: Int32Array;

  /** A forest whose first containers are those of `messages`. */
  constructor(messages: readonly { readonly id: MessageId }[]) {
    const capacity = messages.length * 2 + 16;
    this.#ids = new TextTable(messages.length);
    for (const { id } of messages) this.#ids.numberOf(id);
    this.#parents = new Int32Array(capacity).fill(NONE);
    this.#used = new Uint8Array(capacity);
    this.#sets = new Int32Array(capacity).fill(-1);
  }

  /** How many containers there are. */
  get size(): number {
    return this.#ids.size;
  }

  /** The container of `id`, a ghost's made where there is none. */
  indexOf(id: MessageId): number {
    const index = this.#ids.numberOf(id);
    if (index === this.#parents.length) this.#grow();
    return index;
  }

  /** The id of a container. */
  idAt(index: number): MessageId {
    return this.#ids.textAt(index);
  }

  /** The parent of a container; NONE for a root. */
  parent(index: number): number {
    return this.#parents[index]!;
  }

  /** Makes `parent` the parent of `child`, unless it stands within `child`: that would close a loop. */
  link(child: number, parent: number): void {
    if (this.#isWithin(parent, child)) return;
    this.#parents[child] = parent;
    this.#used[parent] = 1;
    this.#unite(child, parent);
  }

  #isWithin(index: number, ancestor: number): boolean {
    if (index === ancestor) return true;
    // Most have no child yet, or hang apart: climbing each time would take a hostile archive's deep threads for ever.
    if (this.#used[ancestor] === 0 || this.#find(index) !== this.#find(ancestor)) return false;
    for (let above = this.#parents[index]!; above !== NONE; above = this.#parents[above]!)
      if (above === ancestor) return true;
    return false;
  }

  #find(start: number): number {
    const sets = this.#sets;
    let index = start;
    for (let next = sets[index]!; next >= 0; next = sets[index]!) {
      if (sets[next]! >= 0) sets[index] = sets[next]!;
      index = next;
    }
    return index;
  }

  #unite(a: number, b: number): void {
    const sets = this.#sets;
    const [one, other] = [this.#find(a), this.#find(b)];
    if (one === other) return;
    const [large, small] = sets[one]! <= sets[other]! ? [one, other] : [other, one];
    sets[large]! += sets[small]!;
    sets[small] = large;
  }

  #grow(): void {
    const grown = <A extends Int32Array | Uint8Array>(old: A, fresh: A): A => {
      fresh.set(old);
      return fresh;
    };
    const capacity = this.#parents.length * 2;
    this.#parents = grown(this.#parents, new Int32Array(capacity).fill(NONE));
    this.#used = grown(this.#used, new Uint8Array(capacity));
    this.#sets = grown(this.#sets, new Int32Array(capacity).fill(-1));
  }
}
