import { madeOnce } from '../held.ts';
import type { MessageId } from '../message-id.ts';
import { parseSubject } from '../subject.ts';
import { byReceived, type Container, type Thread } from '../thread.ts';
import { allows } from './attribution.ts';
import { digestBut, RunDigests } from './digest.ts';
import { type Doubt, type Doubtful, followersOf, type ThreadedMail, timeOf } from './doubt.ts';
import { allReachable } from './earlier-mail.ts';
import type { Proof } from './quotation.ts';
import { quotedBy } from './quoted-by.ts';
import { type Quoting, type Reply, repliesIn, replyReader } from './reply.ts';
import { judged } from './split-reason.ts';
import type { Texts } from './texts.ts';
import { type Way, waysIn } from './ways.ts';

const DAY = 86_400;
/** A thread of the same title that was silent for longer is no sign. */
const ACTIVE_DAYS = 7;
/** Titles of fewer words come again: `Re: Question`. */
const SPECIFIC_WORDS = 3;
/** So many replies are placed together, so that memory is bounded. */
const BATCH = 1000;

/** A reply at the top of a thread. */
interface Top<M extends Doubtful> {
  readonly container: Container<M>;
  readonly message: M;
  readonly thread: Thread<M>;
}

/** What a reply was found to answer, as a memo keeps it. */
interface Found {
  /** The hash of the message. */
  readonly other: string;
  /** Undefined where the title alone tells. */
  readonly proof?: Proof | undefined;
}

/**
 * The replies at the top of threads that belong to another thread, as far as what they quote proves it: mailers
 * that name no parent make them. Bodies are read of such replies, and of what they may answer by its header; where
 * nothing came that they may answer since `texts` remember it, not even headers are compared.
 */
export async function probableSplits<M extends Doubtful>(
  { messages: sorted, threads }: ThreadedMail<M>,
  texts: Texts<M>,
  settled: ReadonlySet<MessageId>,
): Promise<readonly Doubt<M>[]> {
  const tops = threads.flatMap(thread => topsOf(thread));
  const tried = tops
    .filter(({ message: { id, subject } }) => !settled.has(id) && parseSubject(subject).reply)
    .sort((a, b) => byReceived(a.message, b.message));
  if (tried.length === 0) return [];
  const all = new RunDigests(sorted);
  // Below a message that never came, a thread has many tops.
  const digests = new Map<Thread<M>, RunDigests<M>>();
  const found = await texts.memo.ofEach(
    tried,
    ({ message, thread }) => {
      const own = madeOnce(digests, thread, () => new RunDigests(thread.messages));
      return ['split', message.hash, digestBut(all, allReachable(sorted, message), own)];
    },
    unknown => answersFound(unknown, sorted, threads, texts),
  );
  const wanted = new Set(found.flatMap(one => one?.other ?? []));
  const places = new Map<string, { readonly other: M; readonly root: MessageId }>();
  for (const { messages, root } of threads)
    for (const other of messages)
      if (wanted.has(other.hash)) places.set(other.hash, { other, root: root.id });
  return tried.flatMap(({ container, message, thread }, at) => {
    const answer = found[at];
    if (!answer) return [];
    const { other, root: otherRoot } = places.get(answer.other)!;
    return [
      {
        kind: 'split',
        ...judged(message, other, answer.proof),
        message,
        other,
        root: thread.root.id,
        otherRoot,
        quoted: answer.proof?.lines ?? [],
        followers: followersOf(container),
      },
    ];
  });
}

/** The messages that stand above all others of a thread: several where what they answer was not received. */
function topsOf<M extends Doubtful>(thread: Thread<M>): readonly Top<M>[] {
  const { root } = thread;
  return (root.message ? [root] : root.children).map(container => ({
    container,
    message: container.message!,
    thread,
  }));
}

/** What each of some replies answers, null where nothing tells. */
async function answersFound<M extends Doubtful>(
  tried: readonly Top<M>[],
  sorted: readonly M[],
  threads: readonly Thread<M>[],
  texts: Texts<M>,
): Promise<readonly (Found | null)[]> {
  const threadOf = new Map<MessageId, Thread<M>>();
  for (const thread of threads) for (const { id } of thread.messages) threadOf.set(id, thread);
  const { sameTitle, inTurn } = waysIn(sorted, threadOf);
  const found: (Found | null)[] = [];
  for (let start = 0; start < tried.length; start += BATCH) {
    const readReply = replyReader(texts.blocksOf);
    const batch = tried.slice(start, start + BATCH).map(({ message }) => message);
    const replies = await repliesIn(batch, readReply, texts);
    const answered = await answersOf(replies, inTurn, readReply, texts);
    for (const reply of replies) {
      const { other, proof } = answered.get(reply) ?? { other: alike(reply, sameTitle), proof: undefined };
      found.push(other ? { other: other.hash, proof } : null);
    }
  }
  return found;
}

/** A message that a reply answers, and what shows it. */
interface Answer<M extends Doubtful> {
  readonly other: M;
  readonly proof: Proof;
}

/** What each of `replies` quotes, looked for in one way after the other until one leads to it. */
async function answersOf<M extends Doubtful>(
  replies: readonly Reply<M>[],
  ways: readonly Way<M>[],
  readReply: (message: M) => Promise<Quoting>,
  texts: Texts<M>,
): Promise<ReadonlyMap<Reply<M>, Answer<M>>> {
  const answers = new Map<Reply<M>, Answer<M>>();
  for (const way of ways) {
    const open = replies.flatMap(reply => {
      const candidates = answers.has(reply) || !quotesAny(reply) ? undefined : way(reply);
      return candidates ? [{ reply, candidates }] : [];
    });
    const found = await texts.memo.ofEach(
      open,
      ({ reply, candidates }) => ['answered', reply.message.hash, candidates.key],
      unknown => quotedBy(unknown, readReply, texts),
    );
    for (const [index, { reply, candidates }] of open.entries()) {
      const answered = found[index]!;
      if (!answered) continue;
      const other = candidates.all().find(({ hash }) => hash === answered.other)!;
      answers.set(reply, { other, proof: answered.proof });
    }
  }
  return answers;
}

/** The latest message of a lively thread with the title of a reply that says nothing else of what it answers. */
function alike<M extends Doubtful>(
  reply: Reply<M>,
  sameTitle: (reply: Reply<M>) => readonly M[],
): M | undefined {
  const { message, told } = reply;
  const { title } = parseSubject(message.subject);
  if (message.references.length > 0 || quotesAny(reply)) return undefined;
  if ((title.match(/\p{L}{2,}/gu) ?? []).length < SPECIFIC_WORDS) return undefined;
  const other = sameTitle(reply).find(one => allows(told.attribution, 1, timeOf(one)));
  return other && other.received >= message.received - ACTIVE_DAYS * DAY ? other : undefined;
}

/** Whether anything is quoted that can prove something. */
function quotesAny<M extends Doubtful>({ told }: Reply<M>): boolean {
  return told.quotes.includes(true);
}
