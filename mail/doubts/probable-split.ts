import type { MessageId } from '../message-id.ts';
import { type PatchMark, patchMark } from '../series/patch-mark.ts';
import { parseSubject } from '../subject.ts';
import { byReceived, type Container, type Thread } from '../thread.ts';
import { allows, attributionOf } from './attribution.ts';
import { type BlocksOf, type Doubt, type Doubtful, followersOf, timeOf } from './doubt.ts';
import { byNamedAuthor, type Lookup, ofSameTitle, recentMail } from './earlier-mail.ts';
import type { WordsOf } from './held-words.ts';
import { LineIndex } from './line-index.ts';
import { isEmpty, quotationsIn } from './quotation.ts';
import { type Candidates, quotedBy, type Reply } from './quoted-by.ts';
import { saidLines } from './quoted-words.ts';
import { judged } from './split-reason.ts';

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
  blocksOf: BlocksOf<M>,
  wordsOf: WordsOf<M>,
  settled: ReadonlySet<MessageId>,
): Promise<readonly Doubt<M>[]> {
  const tops = threads.flatMap(({ root }) => (root.message ? [root] : root.children));
  const replies = tops
    .filter(({ id, message }) => !settled.has(id) && parseSubject(message!.subject).reply)
    .sort((a, b) => byReceived(a.message!, b.message!));
  if (replies.length === 0) return [];
  const rootOf = new Map(threads.flatMap(({ root, messages }) => messages.map(one => [one.id, root.id])));
  const { sameTitle, ways } = waysIn(threads, rootOf);
  const doubts: Doubt<M>[] = [];
  for (let start = 0; start < replies.length; start += BATCH) {
    const index = new LineIndex();
    const batch: Reply<M>[] = [];
    for (const container of replies.slice(start, start + BATCH))
      batch.push(await readReply(container, blocksOf, index));
    const answered = await quotedBy(batch, index, ways, wordsOf);
    for (const reply of batch) {
      const { message, container } = reply;
      const { other, proof } = answered.get(reply) ?? { other: alike(reply, sameTitle), proof: undefined };
      if (!other) continue;
      doubts.push({
        kind: 'split',
        ...judged(message, other, proof),
        message,
        other,
        root: rootOf.get(message.id)!,
        otherRoot: rootOf.get(other.id)!,
        quoted: proof?.lines.map(({ text }) => text) ?? [],
        followers: followersOf(container),
      });
    }
  }
  return doubts;
}

async function readReply<M extends Doubtful>(
  container: Container<M>,
  blocksOf: BlocksOf<M>,
  index: LineIndex,
): Promise<Reply<M>> {
  const blocks = await blocksOf(container.message!);
  return {
    container,
    message: container.message!,
    quotations: quotationsIn(saidLines(blocks), index),
    attribution: attributionOf(blocks),
  };
}

/** The ways to what a reply may answer: where headers point, and only if that fails everything of those days. */
function waysIn<M extends Doubtful>(
  threads: readonly Thread<M>[],
  rootOf: ReadonlyMap<MessageId, MessageId>,
): { readonly sameTitle: Candidates<M>; readonly ways: readonly Candidates<M>[] } {
  const sorted = threads.flatMap(({ messages }) => messages).sort(byReceived);
  const elsewhere = (lookup: Lookup<M>, { message, attribution }: Reply<M>) =>
    lookup(message, attribution).filter(({ id }) => rootOf.get(id) !== rootOf.get(message.id));
  const [titled, named, recent] = [ofSameTitle(sorted), byNamedAuthor(sorted), recentMail(sorted)];
  const sameTitle = (reply: Reply<M>) => {
    const mark = answeredMark(reply.message);
    const others = elsewhere(titled, reply);
    return mark ? others.filter(other => isOfPosting(mark, other)) : others;
  };
  // The answer to a patch bears the patch's title.
  const freely = (lookup: Lookup<M>) => (reply: Reply<M>) =>
    answeredMark(reply.message) ? [] : elsewhere(lookup, reply);
  return { sameTitle, ways: [sameTitle, freely(named), freely(recent)] };
}

/** The mark of the patch that a message offers or answers. */
function answeredMark({ subject }: Doubtful): PatchMark | undefined {
  return patchMark({ ...parseSubject(subject), reply: false });
}

/** Whether what has the title of the patch of `mark` may be it, not the same patch of another posting. */
function isOfPosting(mark: PatchMark, other: Doubtful): boolean {
  const others = answeredMark(other);
  return !others || answeredTags(mark) === answeredTags(others);
}

/** What tells a patch from the same patch of another posting. */
function answeredTags({ version, place, rfc, resend }: PatchMark): string {
  return [...version, place?.index, place?.total, rfc, resend].join();
}

/** The latest message of a lively thread with the title of a reply that says nothing else of what it answers. */
function alike<M extends Doubtful>(reply: Reply<M>, sameTitle: Candidates<M>): M | undefined {
  const { message, quotations, attribution } = reply;
  const { title } = parseSubject(message.subject);
  if (message.references.length > 0 || !isEmpty(quotations)) return undefined;
  if ((title.match(/\p{L}{2,}/gu) ?? []).length < SPECIFIC_WORDS) return undefined;
  const other = sameTitle(reply).find(one => allows(attribution, 1, timeOf(one)));
  return other && other.received >= message.received - ACTIVE_DAYS * DAY ? other : undefined;
}
