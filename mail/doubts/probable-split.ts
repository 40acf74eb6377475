import { displayName } from '../address.ts';
import type { MessageId } from '../message-id.ts';
import { type PatchMark, patchMark } from '../series/patch-mark.ts';
import { parseSubject } from '../subject.ts';
import { byReceived, type Container, type Thread } from '../thread.ts';
import { type Attribution, allows, attributionOf } from './attribution.ts';
import { type BlocksOf, type Doubt, type Doubtful, followersOf } from './doubt.ts';
import { EarlierMail, sameTitles } from './earlier-mail.ts';
import { betterProof, isWhole, type Proof, proofOf, type Quotations, quotationsIn } from './quotation.ts';
import { type SaidWords, saidLines, saidWords } from './quoted-words.ts';

const DAY = 86_400;
/** A thread of the same title that was silent for longer is no sign. */
const ACTIVE_DAYS = 7;
/** Titles of fewer words come again: `Re: Question`. */
const SPECIFIC_WORDS = 3;
/** So many letters are proof without a common title. */
const SURE_LETTERS = 80;
/** No more bodies than this are read to place one message. */
const MAX_READ = 2000;
/** Bodies that are held while their neighbours are looked at: two weeks of a busy list. */
const MAX_HELD = 4000;

/** A reply without its parent, and what it tells of it. */
interface Reply<M extends Doubtful> {
  readonly container: Container<M>;
  readonly message: M;
  readonly quotations: Quotations;
  readonly attribution: Attribution;
}

interface Answered<M extends Doubtful> {
  readonly other: M;
  readonly proof: Proof;
}

/**
 * The replies at the top of threads that belong to another thread, as far as what they quote proves it: mailers
 * that name no parent make them. Bodies are read of such replies, and of what they may answer by its header.
 */
export async function probableSplits<M extends Doubtful>(
  threads: readonly Thread<M>[],
  blocksOf: BlocksOf<M>,
  settled: ReadonlySet<MessageId>,
): Promise<readonly Doubt<M>[]> {
  const tops = threads.flatMap(({ root }) => (root.message ? [root] : root.children));
  const replies = tops.filter(({ id, message }) => !settled.has(id) && parseSubject(message!.subject).reply);
  if (replies.length === 0) return [];
  const rootOf = new Map(threads.flatMap(({ root, messages }) => messages.map(one => [one.id, root.id])));
  const earlier = new EarlierMail(threads.flatMap(({ messages }) => messages).sort(byReceived));
  const wordsOf = held(async (message: M) => saidWords(saidLines(await blocksOf(message))));
  const doubts: Doubt<M>[] = [];
  // In order of time, so that what is held serves the next one too.
  for (const container of replies.sort((a, b) => byReceived(a.message!, b.message!))) {
    const reply = await readReply(container, blocksOf);
    const isCandidate = (other: M) =>
      rootOf.get(other.id) !== rootOf.get(container.id) && mayAnswer(reply.message, other);
    const answered = await quotedBy(reply, earlier, isCandidate, wordsOf);
    const other = answered?.other ?? alike(reply, earlier, isCandidate);
    if (!other) continue;
    doubts.push({
      kind: 'split',
      ...judged(reply, other, answered?.proof),
      message: reply.message,
      other,
      root: rootOf.get(container.id)!,
      otherRoot: rootOf.get(other.id)!,
      quoted: answered?.proof.lines.map(({ text }) => text) ?? [],
      followers: followersOf(container),
    });
  }
  return doubts;
}

async function readReply<M extends Doubtful>(
  container: Container<M>,
  blocksOf: BlocksOf<M>,
): Promise<Reply<M>> {
  const blocks = await blocksOf(container.message!);
  const lines = saidLines(blocks);
  return {
    container,
    message: container.message!,
    quotations: quotationsIn(lines),
    attribution: attributionOf(blocks),
  };
}

/** Whether the subject of `reply` may come from that of `other`. The answer to a patch bears the patch's title and tags. */
function mayAnswer(reply: Doubtful, other: Doubtful): boolean {
  const mark = answeredMark(reply);
  if (!mark) return true;
  if (!sameTitles(reply.subject, other.subject)) return false;
  const others = answeredMark(other);
  return !others || answeredTags(mark) === answeredTags(others);
}

/** The mark of the patch that a message offers or answers. */
function answeredMark({ subject }: Doubtful): PatchMark | undefined {
  return patchMark({ ...parseSubject(subject), reply: false });
}

/** What tells a patch from the same patch of another posting. */
function answeredTags({ version, place, rfc, resend }: PatchMark): string {
  return [...version, place?.index, place?.total, rfc, resend].join();
}

/** What `reply` quotes, looked for where headers point, and only if that fails in everything of those days. */
async function quotedBy<M extends Doubtful>(
  { message, quotations, attribution }: Reply<M>,
  earlier: EarlierMail<M>,
  isCandidate: (other: M) => boolean,
  wordsOf: (message: M) => Promise<SaidWords>,
): Promise<Answered<M> | undefined> {
  if (isEmpty(quotations)) return undefined;
  const read = new Set<M>();
  for (const look of [
    () => earlier.sameTitle(message),
    () => earlier.byNamed(message, attribution),
    () => earlier.recent(message),
  ]) {
    let best: Answered<M> | undefined;
    for (const other of look()) {
      if (read.size >= MAX_READ) break;
      if (read.has(other) || !isCandidate(other)) continue;
      read.add(other);
      const proof = proofOf(quotations, await wordsOf(other));
      // An earlier version of what is answered has most of its words, but was not sent on the day that is named.
      if (!proof || !allows(attribution, proof.depth, timeOf(other))) continue;
      if (!best || betterProof(proof, best.proof)) best = { other, proof };
      if (isWhole(proof)) break;
    }
    if (best) return best;
  }
  return undefined;
}

/** The latest message of a lively thread with the title of a reply that says nothing else of what it answers. */
function alike<M extends Doubtful>(
  { message, quotations, attribution }: Reply<M>,
  earlier: EarlierMail<M>,
  isCandidate: (other: M) => boolean,
): M | undefined {
  const { title } = parseSubject(message.subject);
  if (message.references.length > 0 || !isEmpty(quotations)) return undefined;
  if ((title.match(/\p{L}{2,}/gu) ?? []).length < SPECIFIC_WORDS) return undefined;
  const other = earlier
    .sameTitle(message)
    .find(one => isCandidate(one) && allows(attribution, 1, timeOf(one)));
  return other && other.received >= message.received - ACTIVE_DAYS * DAY ? other : undefined;
}

function isEmpty(quotations: Quotations): boolean {
  return quotations.every(lines => lines.length === 0);
}

function timeOf({ sent, received }: Doubtful): number {
  return sent?.time ?? received;
}

function judged<M extends Doubtful>(
  { message }: Reply<M>,
  other: M,
  proof: Proof | undefined,
): Pick<Doubt<M>, 'certainty' | 'reason'> {
  const what = `“${other.subject}” by ${displayName(other.from)}`;
  const names = message.references.length > 0 ? 'names only mail that is not here' : 'names no mail';
  if (!proof)
    return {
      certainty: 'possible',
      reason: `It is a reply that ${names} as its parent and quotes little; ${what} came shortly before under the same title.`,
    };
  const lines =
    proof.lines.length === 1
      ? 'a line'
      : proof.lines.length < 10
        ? `${proof.lines.length} lines`
        : 'many lines';
  const found = proof.own ? `quotes ${lines} of ${what}` : `quotes ${lines} that ${what} quotes too`;
  const isSure =
    sameTitles(message.subject, other.subject) || (proof.depth === 1 && proof.letters >= SURE_LETTERS);
  return {
    certainty: proof.own && isSure ? 'probable' : 'possible',
    reason: `It ${found}, but ${names} as its parent.`,
  };
}

/** `read`, with what it gave lately held in memory. */
function held<M extends Doubtful, W>(read: (message: M) => Promise<W>): (message: M) => Promise<W> {
  const kept = new Map<M, W>();
  return async message => {
    const words = kept.get(message) ?? (await read(message));
    kept.delete(message);
    kept.set(message, words);
    if (kept.size > MAX_HELD) kept.delete(kept.keys().next().value!);
    return words;
  };
}
