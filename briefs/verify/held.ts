import type { MessageId } from '../../mail/message-id.ts';
import type { BriefMessage, BriefThread } from '../thread.ts';
import { Evidence } from './facts.ts';
import { fold } from './folding.ts';
import { foldedBody, foldedOwnWords, foldedQuotations } from './own-words.ts';

/** The mail that prose is checked against. */
export interface Held {
  /** A message of a thread that was read. */
  message(id: MessageId): HeldMessage | undefined;
  /** The thread of a message, or of a root that was never received. */
  threadOf(id: MessageId): HeldThread | undefined;
  /** Whether there is such a message, be it in a thread that was not read. */
  exists(id: MessageId): boolean;
}

/** A message, made to be searched when it first is; it keeps what was made. */
export class HeldMessage {
  readonly message: BriefMessage;
  /** The facts in it. */
  readonly evidence: Evidence;
  #own: string | undefined;
  #quoted: string | undefined;
  #all: string | undefined;
  #lower: string | undefined;

  constructor(message: BriefMessage) {
    this.message = message;
    this.evidence = new Evidence(() => this.all, message.received);
  }

  /** What its sender wrote, folded. */
  get own(): string {
    this.#own ??= foldedOwnWords(this.message.blocks);
    return this.#own;
  }

  /** What it quotes, folded. */
  get quoted(): string {
    this.#quoted ??= foldedQuotations(this.message.blocks);
    return this.#quoted;
  }

  /** Sender, subject and body, folded. */
  get all(): string {
    const { author, subject, blocks } = this.message;
    this.#all ??= fold([author.name, ...subject.tags, subject.title, foldedBody(blocks)].join('\n'));
    return this.#all;
  }

  /** Whether somebody or something is called by `name`, folded and in lower case, in any of it. */
  names(name: string): boolean {
    this.#lower ??= this.all.toLowerCase();
    return this.#lower.includes(name);
  }
}

/** A thread, made to be searched when it first is. */
export class HeldThread {
  readonly thread: BriefThread;
  readonly messages: readonly HeldMessage[];
  /** The facts in its messages. */
  readonly evidence: readonly Evidence[];
  readonly #asked = new Map<string, boolean>();
  #named: ReadonlySet<string> | undefined;
  #titles: readonly string[] | undefined;

  constructor(thread: BriefThread) {
    this.thread = thread;
    this.messages = thread.messages.map(message => new HeldMessage(message));
    const later = thread.supersededBy;
    this.evidence = [
      ...this.messages.map(({ evidence }) => evidence),
      ...(later ? [new Evidence(() => later.label, later.received), new Evidence(() => later.title)] : []),
    ];
  }

  /** Whether any of its messages, or a subject, names `name`, folded and in lower case. */
  names(name: string): boolean {
    const known =
      this.#asked.get(name) ?? (this.messages.some(message => message.names(name)) || this.hasTitle(name));
    this.#asked.set(name, known);
    return known;
  }

  /** Whether `words`, folded and in lower case, stand in a subject: of its messages, or of a later version of its patches. */
  hasTitle(words: string): boolean {
    const { messages, supersededBy: later } = this.thread;
    this.#titles ??= [...messages.map(({ subject }) => subject.title), ...(later ? [later.title] : [])].map(
      title => fold(title).toLowerCase(),
    );
    return this.#titles.some(title => title.includes(words));
  }

  /** The names in trailers and attributions: of people who may not have written here. */
  get named(): ReadonlySet<string> {
    this.#named ??= new Set(this.messages.flatMap(({ message }) => namesIn(message)));
    return this.#named;
  }
}

/** `Ada Example <ada@example.org>`. */
const NAMED =
  /(\p{Lu}[\p{L}\p{M}'’.-]{0,40}(?: [\p{L}][\p{L}\p{M}'’.-]{0,40}){0,3} \p{Lu}[\p{L}\p{M}'’.-]{0,40}) <[^<>\s]{1,100}@/gu;
/** A longer line was written by a program. */
const MAX_LINE = 1000;

function namesIn({ blocks }: BriefMessage): readonly string[] {
  return blocks
    .filter(({ kind }) => kind === 'trailers' || kind === 'attribution')
    .flatMap(({ lines }) => lines.filter(line => line.length <= MAX_LINE && line.includes('<')))
    .flatMap(line => [...line.matchAll(NAMED)].map(match => match[1]!));
}

/** Threads as prose is checked against them; `exists` knows of messages of other threads. */
export function holdThreads(
  threads: Iterable<BriefThread>,
  exists: (id: MessageId) => boolean = () => false,
): Held {
  const messages = new Map<MessageId, HeldMessage>();
  const threadOf = new Map<MessageId, HeldThread>();
  const later = new Set<MessageId>();
  for (const thread of threads) {
    const held = new HeldThread(thread);
    threadOf.set(thread.root, held);
    if (thread.supersededBy) later.add(thread.supersededBy.message);
    for (const one of held.messages) {
      messages.set(one.message.id, one);
      threadOf.set(one.message.id, held);
    }
  }
  return {
    message: id => messages.get(id),
    threadOf: id => threadOf.get(id),
    exists: id => messages.has(id) || later.has(id) || exists(id),
  };
}
