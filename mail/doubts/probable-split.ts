import type { MessageId } from '../message-id.ts';
import { parseSubject } from '../subject.ts';
import { byReceived, type Thread } from '../thread.ts';
import { allows } from './attribution.ts';
import { type Doubt, type Doubtful, followersOf, timeOf } from './doubt.ts';
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

/**
 * The replies at the top of threads that belong to another thread, as far as what they quote proves it: mailers
 * that name no parent make them. Bodies are read of such replies, and of what they may answer by its header.
 */
export async function probableSplits<M extends Doubtful>(
  threads: readonly Thread<M>[],
  texts: Texts<M>,
  settled: ReadonlySet<MessageId>,
): Promise<readonly Doubt<M>[]> {
  const tops = threads.flatMap(({ root }) => (root.message ? [root] : root.children));
  const tried = tops
    .filter(({ id, message }) => !settled.has(id) && parseSubject(message!.subject).reply)
    .sort((a, b) => byReceived(a.message!, b.message!));
  if (tried.length === 0) return [];
  const threadOf = new Map<MessageId, Thread<M>>();
  for (const thread of threads) for (const { id } of thread.messages) threadOf.set(id, thread);
  const { sameTitle, inTurn } = waysIn(threads, threadOf);
  const doubts: Doubt<M>[] = [];
  for (let start = 0; start < tried.length; start += BATCH) {
    const readReply = replyReader(texts.blocksOf);
    const replies = await repliesIn(tried.slice(start, start + BATCH), readReply, texts);
    const answered = await answersOf(replies, inTurn, readReply, texts);
    for (const reply of replies) {
      const { message, container } = reply;
      const { other, proof } = answered.get(reply) ?? { other: alike(reply, sameTitle), proof: undefined };
      if (!other) continue;
      doubts.push({
        kind: 'split',
        ...judged(message, other, proof),
        message,
        other,
        root: threadOf.get(message.id)!.root.id,
        otherRoot: threadOf.get(other.id)!.root.id,
        quoted: proof?.lines ?? [],
        followers: followersOf(container),
      });
    }
  }
  return doubts;
}

/** What a reply was found to answer. */
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
