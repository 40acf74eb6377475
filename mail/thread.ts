import { Forest, NONE } from './forest.ts';
import type { MessageId } from './message-id.ts';

/** What threading needs to know of a message. */
export interface Threadable {
  readonly id: MessageId;
  /** Ids of ancestors, oldest first; the last is the parent. */
  readonly references: readonly MessageId[];
  /** Seconds since 1970 UTC. */
  readonly received: number;
}

/** A node of a thread (RFC 5256); `message` is undefined for a ghost: referred to, never received. */
export interface Container<M extends Threadable> {
  readonly id: MessageId;
  readonly message: M | undefined;
  readonly parent: Container<M> | undefined;
  /** By (received time, id). */
  readonly children: readonly Container<M>[];
}

/** A discussion: a tree of containers whose root is a message, or a ghost with two or more children. */
export interface Thread<M extends Threadable> {
  readonly root: Container<M>;
  /** Every message of the tree, by (received time, id); never empty. */
  readonly messages: readonly M[];
}

/**
 * The threads of `messages`, by their first message: RFC 5256's REFERENCES without its merging by subject,
 * which joins what no reply joins. Ids must be unique. The order of input makes no difference, loops are
 * broken, and no step recurses, so that a chain of ten thousand replies is a chain like another.
 */
export function buildThreads<M extends Threadable>(messages: Iterable<M>): readonly Thread<M>[] {
  const sorted = [...messages].sort(byReceived);
  // Step 1 (A): every message has its container before any is linked; those of ghosts come behind them.
  const forest = new Forest(sorted);
  for (let index = 0; index < sorted.length; index++) linkAncestors(forest, sorted, index);
  return grown(forest, sorted, parentsWithoutGhosts(forest, sorted.length));
}

/** Calls `visit` with the containers of a thread, parents before their replies, siblings by (received time, id). */
export function walk<M extends Threadable>(
  root: Container<M>,
  visit: (container: Container<M>, depth: number) => void,
): void {
  // Two stacks, as an object for each step is much where all threads of a site are walked again and again.
  const stack = [root];
  const depths = [0];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const depth = depths.pop()!;
    visit(top, depth);
    const { children } = top;
    for (let last = children.length - 1; last >= 0; last--) {
      stack.push(children[last]!);
      depths.push(depth + 1);
    }
  }
}

type Received = Pick<Threadable, 'id' | 'received'>;

/** Orders messages by (received time, id), the order of everything that is listed or numbered. */
export function byReceived(a: Received, b: Received): number {
  return a.received - b.received || compareIds(a.id, b.id);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** RFC 5256, REFERENCES step 1: links the chain of references, then the message under the last of them. */
function linkAncestors(forest: Forest, sorted: readonly Threadable[], self: number): void {
  const { id: own, references } = sorted[self]!;
  const parent = linkChain(
    forest,
    sorted,
    self,
    references.at(-1) === own ? references.slice(0, -1) : references,
  );
  // Step 1 (B): a message's own references win over what others' references made of it. Where it has none, the
  // RFC takes its parent away; that would make the outcome hang on which of the messages is looked at first.
  if (parent !== NONE && parent !== forest.parent(self)) forest.link(self, parent);
}

/** Step 1 (A): links what `references` names, and gives the last of them, NONE where there is none. */
function linkChain(
  forest: Forest,
  sorted: readonly Threadable[],
  self: number,
  references: readonly MessageId[],
): number {
  const last = references.at(-1);
  if (last === undefined) return NONE;
  const parent = forest.indexOf(last);
  // Most replies have the references of what they answer, which are linked already: nine of ten ids need no look.
  if (parent < self && continues(references, sorted[parent]!.references)) return parent;
  let above = NONE;
  for (const id of references) {
    if (id === sorted[self]!.id) continue;
    const index = forest.indexOf(id);
    // What another message said of these two stands; only a message itself may say otherwise.
    if (above !== NONE && forest.parent(index) === NONE) forest.link(index, above);
    above = index;
  }
  return above;
}

/** Whether `references`, but for the last, are the end of those of the message that the last names, `answered`. */
function continues(references: readonly MessageId[], answered: readonly MessageId[]): boolean {
  const skipped = answered.length - (references.length - 1);
  if (skipped < 0) return false;
  for (let index = references.length - 2; index >= 0; index--)
    if (references[index] !== answered[index + skipped]) return false;
  return true;
}

/**
 * RFC 5256, REFERENCES step 3: the parent of each of the first `count` containers, those of messages, as a number.
 * Childless ghosts go; a ghost's children take its place, but at the top of a thread only an only child does.
 */
function parentsWithoutGhosts(forest: Forest, count: number): Int32Array {
  const { children, lastChild } = livingChildren(forest, count);
  const places = new Map<number, number>();
  // Where the children of a ghost go: under the next message above, else under the ghost that keeps the thread together.
  const placeUnder = (ghost: number): number => {
    const passed: number[] = [];
    let top = ghost;
    while (top >= count && !places.has(top) && forest.parent(top) !== NONE) {
      passed.push(top);
      top = forest.parent(top);
    }
    const place = top < count ? top : (places.get(top) ?? rootUnder(top));
    for (const below of passed) places.set(below, place);
    if (top >= count) places.set(top, place);
    return place;
  };
  const rootUnder = (top: number): number => {
    let root = top;
    while (root >= count && children[root - count] === 1) root = lastChild[root - count]!;
    return root < count ? NONE : root;
  };
  const parents = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const parent = forest.parent(index);
    parents[index] = parent < count ? parent : placeUnder(parent);
  }
  return parents;
}

/** How many children of each ghost are messages or have one below them, and the last of these, by place behind the messages. */
function livingChildren(forest: Forest, count: number) {
  const children = new Int32Array(forest.size - count);
  const lastChild = new Int32Array(forest.size - count);
  for (let message = 0; message < count; message++) {
    let child = message;
    for (let ghost = forest.parent(child); ghost >= count; ghost = forest.parent(child)) {
      lastChild[ghost - count] = child;
      // What stands above a ghost with other children has been told of it.
      if (children[ghost - count]!++ > 0) break;
      child = ghost;
    }
  }
  return { children, lastChild };
}

interface Growing<M extends Threadable> extends Container<M> {
  parent: Growing<M> | undefined;
  children: Growing<M>[];
}

/** The trees that `parents` tell of. Messages are looked at in their order, which puts children and threads in theirs. */
function grown<M extends Threadable>(
  forest: Forest,
  sorted: readonly M[],
  parents: Int32Array,
): readonly Thread<M>[] {
  const leaf: Growing<M>[] = [];
  const made = (id: MessageId, message: M | undefined): Growing<M> => ({
    id,
    message,
    parent: undefined,
    children: leaf,
  });
  const containers = sorted.map(message => made(message.id, message));
  const ghosts = new Map<number, Growing<M>>();
  const containerAt = (index: number): Growing<M> => {
    const known = containers[index] ?? ghosts.get(index);
    if (known) return known;
    const ghost = made(forest.idAt(index), undefined);
    ghosts.set(index, ghost);
    return ghost;
  };
  for (let index = 0; index < parents.length; index++) {
    const above = parents[index]!;
    if (above === NONE) continue;
    const parent = containerAt(above);
    containers[index]!.parent = parent;
    // A list of its own only for who needs one, and no longer than it is: most messages have no reply or one.
    if (parent.children === leaf) parent.children = [containers[index]!];
    else parent.children.push(containers[index]!);
  }
  const threads = new Map<number, { readonly root: Growing<M>; readonly messages: M[] }>();
  for (const [index, root] of rootsOf(parents).entries()) {
    const thread = threads.get(root);
    if (thread) thread.messages.push(sorted[index]!);
    else threads.set(root, { root: containerAt(root), messages: [sorted[index]!] });
  }
  return [...threads.values()];
}

/** The root above each message, which may be a ghost. */
function rootsOf(parents: Int32Array): Int32Array {
  const roots = new Int32Array(parents.length).fill(NONE);
  for (let index = 0; index < parents.length; index++) {
    let top = index;
    while (top < parents.length && roots[top] === NONE && parents[top] !== NONE) top = parents[top]!;
    const root = top < parents.length && roots[top] !== NONE ? roots[top]! : top;
    for (let below = index; below < parents.length && roots[below] === NONE; below = parents[below]!) {
      roots[below] = root;
      if (below === root) break;
    }
  }
  return roots;
}
