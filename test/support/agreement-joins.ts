import { Components } from '../../mail/components.ts';
import { groupBy } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { Kind } from './agreement-kinds.ts';
import { kindOf, type Link, reads, type Side } from './agreement-sides.ts';
import type { DistinctMail } from './distinct-mails.ts';

/** Two ids that one side has in one thread and the other apart; `kind` is undefined where nobody knows why. */
export interface Join {
  readonly kind: Kind | undefined;
  readonly ids: readonly [string, string];
}

/**
 * What `joined` has in one thread and `apart` in several. Messages that both have together are a block; a thread of
 * n blocks is n - 1 joins, each for a link that brings two of them together and of which it is known why the other
 * side does not follow it. Blocks that no such link brings together are unexplained.
 */
export function joins(mails: readonly DistinctMail[], joined: Side, apart: Side): readonly Join[] {
  const sets = new Sets();
  const places = mails.map((_, place) => place);
  const blocks = groupBy(places, place => `${joined.threadOf[place]} ${apart.threadOf[place]}`);
  for (const [first, ...others] of blocks.values()) {
    sets.hold(mails[first!]!.facts.id, joined.threadOf[first!]!);
    for (const place of others) sets.unite(mails[first!]!.facts.id, mails[place]!.facts.id);
  }
  const found: Join[] = [];
  const follow = (link: Link): void => {
    const [one, other] = [sets.threadOf(link.above), sets.threadOf(link.below)];
    if (sets.areOne(link.above, link.below)) return;
    if (one !== undefined && other !== undefined) {
      // The joining side has not followed this link, or it is not known why the other has not.
      const kind = one === other ? kindOf(link, joined, apart) : undefined;
      if (!kind) return;
      found.push({ kind, ids: [link.above, link.below] });
    }
    sets.unite(link.above, link.below);
  };
  // What both sides read comes first: what only one reads counts where it alone makes the difference.
  for (const link of joined.links) if (reads(apart, link)) follow(link);
  for (const link of joined.links) if (!reads(apart, link)) follow(link);
  for (const thread of groupBy(places, place => joined.threadOf[place]).values()) {
    const [first, ...others] = thread.map(place => mails[place]!.facts.id);
    for (const other of others) {
      if (sets.areOne(first!, other)) continue;
      found.push({ kind: undefined, ids: [first!, other] });
      sets.unite(first!, other);
    }
  }
  return found;
}

/** Sets of ids, and the thread of those that messages are in; in the others there are ghosts alone. */
class Sets {
  readonly #components = new Components();
  readonly #threads = new Map<number, number>();

  hold(id: string, thread: number): void {
    this.#threads.set(this.#of(id), thread);
  }

  threadOf(id: string): number | undefined {
    return this.#threads.get(this.#of(id));
  }

  areOne(one: string, other: string): boolean {
    return this.#of(one) === this.#of(other);
  }

  unite(one: string, other: string): void {
    const thread = this.threadOf(one) ?? this.threadOf(other);
    this.#components.join(one as MessageId, [other as MessageId]);
    if (thread !== undefined) this.hold(one, thread);
  }

  #of(id: string): number {
    return this.#components.of(this.#components.join(id as MessageId, []));
  }
}
