import type { MessageId } from './message-id.ts';
import { buildThreads, type Thread, type Threadable, walk } from './thread.ts';

/** A reply that an editor puts under a message, with its own replies. */
export interface Join {
  readonly message: MessageId;
  readonly to: MessageId;
}

/** A message that an editor makes the beginning of a thread, with its own replies. */
export interface Split {
  readonly message: MessageId;
}

/** What an editor knows better about threads than references do. */
export interface Overrides {
  readonly join: readonly Join[];
  readonly split: readonly Split[];
}

/** Threads as an editor wants them, and the entries that make no difference to them. */
export interface Overridden<M extends Threadable> {
  /** With references that lead to where an editor wants them. */
  readonly messages: readonly M[];
  readonly threads: readonly Thread<M>[];
  /** Why an entry changes nothing: a part of a sentence. */
  readonly idle: ReadonlyMap<Join | Split, string>;
}

/**
 * The threads of `messages` as the editor wants them: the references of a message that is joined lead to where it
 * belongs, those of one that is split off are gone, and what replies to it forgets its former ancestors. An entry
 * that cannot be followed leaves all as it is; of joins that make a circle, the last.
 */
export function overriddenThreads<M extends Threadable>(
  messages: readonly M[],
  { join, split }: Overrides,
): Overridden<M> {
  const idle = new Map<Join | Split, string>();
  if (join.length === 0 && split.length === 0) return { messages, threads: buildThreads(messages), idle };
  for (;;) {
    const places = new Places(messages);
    for (const entry of [...split, ...join]) {
      const why = idle.get(entry) ?? places.whyIdle(entry);
      if (why === undefined) places.put(entry);
      else idle.set(entry, why);
    }
    const placed = messages.map(message => places.placed(message));
    const threads = buildThreads(placed);
    const failed = notJoined(
      threads,
      join.filter(entry => !idle.has(entry)),
    );
    if (failed.length === 0) return { messages: placed, threads, idle };
    for (const entry of failed) idle.set(entry, isReply(entry));
  }
}

/** Those of `joins` that led nowhere: what others say of ancestors makes circles too. */
function notJoined<M extends Threadable>(
  threads: readonly Thread<M>[],
  joins: readonly Join[],
): readonly Join[] {
  if (joins.length === 0) return [];
  const wanted = new Map(joins.map(one => [one.message, one]));
  const failed: Join[] = [];
  for (const { root } of threads)
    walk(root, ({ id, parent }) => {
      const one = wanted.get(id);
      if (one && parent?.id !== one.to) failed.push(one);
    });
  return failed;
}

function isReply({ message, to }: Join): string {
  return `${to} is itself a reply to ${message}`;
}

/** What messages answer, by their references and by the entries that were followed so far. */
class Places<M extends Threadable> {
  readonly #messages: ReadonlyMap<MessageId, M>;
  /** The ancestors of the messages that an entry places. */
  readonly #ancestors = new Map<MessageId, readonly MessageId[]>();

  constructor(messages: readonly M[]) {
    this.#messages = new Map(messages.map(message => [message.id, message]));
  }

  put(entry: Join | Split): void {
    this.#ancestors.set(entry.message, 'to' in entry ? [entry.to] : []);
  }

  /** A message with the references that lead to its place. */
  placed(message: M): M {
    const references = this.#referencesOf(message);
    return references === message.references ? message : { ...message, references };
  }

  #referencesOf({ id, references }: M): readonly MessageId[] {
    const own = this.#ancestors.get(id);
    if (own) return own;
    const from = references.findLastIndex(one => this.#ancestors.has(one));
    return from > 0 ? references.slice(from) : references;
  }

  whyIdle(entry: Join | Split): string | undefined {
    const message = this.#messages.get(entry.message);
    if (!message) return `the archive does not hold ${entry.message}`;
    if (!('to' in entry))
      return this.#isPlaced(message) ? undefined : `${message.id} replies to nothing anyway`;
    if (!this.#messages.has(entry.to)) return `the archive does not hold ${entry.to}`;
    if (message.references.at(-1) === entry.to) return `${message.id} replies to ${entry.to} anyway`;
    return this.#answers(entry.to, message.id) ? isReply(entry) : undefined;
  }

  /** Whether a message has ancestors, be it that others alone tell of them. */
  #isPlaced({ id, references }: M): boolean {
    return (
      references.length > 0 || [...this.#messages.values()].some(one => one.references.lastIndexOf(id) > 0)
    );
  }

  /** Whether `reply` stands under `message`, however deep. */
  #answers(reply: MessageId, message: MessageId): boolean {
    const seen = new Set<M>();
    for (let at = this.#messages.get(reply); at && !seen.has(at); ) {
      seen.add(at);
      const references = this.#referencesOf(at);
      if (references.includes(message)) return true;
      const above = references.findLast(id => this.#messages.has(id));
      at = above === undefined ? undefined : this.#messages.get(above);
    }
    return false;
  }
}
