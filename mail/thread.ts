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

interface Node<M extends Threadable> {
  readonly id: MessageId;
  message: M | undefined;
  parent: Node<M> | undefined;
  children: Node<M>[];
}

/**
 * The threads of `messages`, by their first message: RFC 5256's REFERENCES without its merging by subject,
 * which joins what no reply joins. Ids must be unique. The order of input makes no difference, loops are
 * broken, and no step recurses, so that a chain of ten thousand replies is a chain like another.
 */
export function buildThreads<M extends Threadable>(messages: Iterable<M>): readonly Thread<M>[] {
  const sorted = [...messages].sort(byReceived);
  const nodes = new Map<MessageId, Node<M>>();
  // Step 1 (A): every message has its container before any is linked.
  for (const message of sorted)
    nodes.set(message.id, { id: message.id, message, parent: undefined, children: [] });
  for (const message of sorted) linkAncestors(nodes, message);
  const roots = [...nodes.values()].filter(node => node.parent === undefined);
  const threads = roots.flatMap(root => pruneGhosts(root)).map(finish);
  return threads.sort(
    (a, b) => byReceived(a.messages[0]!, b.messages[0]!) || compareIds(a.root.id, b.root.id),
  );
}

/** The containers of a thread, parents before their replies, siblings by (received time, id). */
export function* walk<M extends Threadable>(
  root: Container<M>,
): Generator<{ container: Container<M>; depth: number }> {
  const stack = [{ container: root, depth: 0 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    yield top;
    for (const child of top.container.children.toReversed())
      stack.push({ container: child, depth: top.depth + 1 });
  }
}

/** Orders messages by (received time, id), the order of everything that is listed or numbered. */
export function byReceived(a: Threadable, b: Threadable): number {
  return a.received - b.received || compareIds(a.id, b.id);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** RFC 5256, REFERENCES step 1: links the chain of references, then the message under the last of them. */
function linkAncestors<M extends Threadable>(nodes: Map<MessageId, Node<M>>, message: M): void {
  const self = nodes.get(message.id)!;
  let parent: Node<M> | undefined;
  for (const id of message.references) {
    if (id === message.id) continue;
    const node = nodes.get(id) ?? ghost(nodes, id);
    // Step 1 (A): what another message said of these two stands; only a message itself may say otherwise.
    if (parent && !node.parent && !isWithin(parent, node)) setParent(node, parent);
    parent = node;
  }
  // Step 1 (B): a message's own references win over what others' references made of it. Where it has none, the
  // RFC takes its parent away; that would make the outcome hang on which of the messages is looked at first.
  if (!parent || parent === self.parent) return;
  if (isWithin(parent, self)) return;
  setParent(self, parent);
}

function ghost<M extends Threadable>(nodes: Map<MessageId, Node<M>>, id: MessageId): Node<M> {
  const node: Node<M> = { id, message: undefined, parent: undefined, children: [] };
  nodes.set(id, node);
  return node;
}

/** Whether `node` is `ancestor` or stands below it: linking the two the other way would close a loop. */
function isWithin<M extends Threadable>(node: Node<M>, ancestor: Node<M>): boolean {
  if (node === ancestor) return true;
  if (ancestor.children.length === 0) return false;
  for (let above = node.parent; above; above = above.parent) if (above === ancestor) return true;
  return false;
}

function setParent<M extends Threadable>(node: Node<M>, parent: Node<M>): void {
  if (node.parent) node.parent.children = node.parent.children.filter(child => child !== node);
  node.parent = parent;
  parent.children.push(node);
}

/**
 * RFC 5256, REFERENCES step 3, from the top down: childless ghosts go; a ghost's children take its place,
 * but at the top of a thread only an only child does. What is left are the roots of threads.
 */
function pruneGhosts<M extends Threadable>(top: Node<M>): readonly Node<M>[] {
  dropBarren(top);
  let root = top;
  while (!root.message && root.children.length === 1) {
    root = root.children[0]!;
    root.parent = undefined;
  }
  if (!root.message && root.children.length === 0) return [];
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const kept: Node<M>[] = [];
    const queue = [...node.children];
    for (let child = queue.pop(); child; child = queue.pop()) {
      if (child.message) kept.push(child);
      else for (const below of child.children) queue.push(below);
    }
    for (const child of kept) child.parent = node;
    node.children = kept.sort((a, b) => byReceived(a.message!, b.message!));
    for (const child of kept) stack.push(child);
  }
  return [root];
}

/** Removes the ghosts under which no message stands, so that a ghost's children can be counted. */
function dropBarren<M extends Threadable>(top: Node<M>): void {
  const order: Node<M>[] = [];
  const stack = [top];
  for (let node = stack.pop(); node; node = stack.pop()) {
    order.push(node);
    for (const child of node.children) stack.push(child);
  }
  for (const node of order.reverse())
    node.children = node.children.filter(child => child.message || child.children.length > 0);
}

function finish<M extends Threadable>(root: Node<M>): Thread<M> {
  const messages: M[] = [];
  for (const { container } of walk<M>(root)) if (container.message) messages.push(container.message);
  return { root, messages: messages.sort(byReceived) };
}
