import { displayName } from '../address.ts';
import { ownText } from '../body.ts';
import { NO_MAILMAP } from '../mailmap.ts';
import type { MessageId } from '../message-id.ts';
import { givenNameFirst, isRobot, personOf } from '../people.ts';
import { patchMark } from '../series/patch-mark.ts';
import { parseSubject } from '../subject.ts';
import { type Container, type Thread, walk } from '../thread.ts';
import { digestOf } from './digest.ts';
import { type Doubt, type Doubtful, followersOf } from './doubt.ts';
import { LineIndex, linesFound } from './line-index.ts';
import { characteristic, letters, type SaidLine, saidLines } from './quoted-words.ts';
import type { Texts } from './texts.ts';
import { hasTitleOf, isLike } from './title-likeness.ts';

/** No more ancestors than this are looked at: nobody quotes over so many replies what nobody between quotes. */
const MAX_ABOVE = 40;
/** Two lines that stand in the thread too are pasted from it, not chance. */
const PASTED_LINES = 2;
/** Who says less may mean anything. */
const MIN_LETTERS = 40;

/** What is sent into discussions under a title of its own: `[RFC] one way`, `Announce: next release`. */
const OFFERED = /^\W*(?:rfc|patch|git pull|pull request|announce(?:ment)?|ann|updated?|v\d+)\b/i;
const OFFERED_TAG = /\b(?:rfc|rft|patch\w*|diff|pull|announce|ann|tip)\b|v\d+\b|\d+\/\d+/i;
/** The writer knows of the thread. */
const KNOWS_THREAD =
  /\b(?:this|the|that|your) (?:thread|discussion|series|patch(?:es|set)?)\b|\bsubject\b.{0,30}\b(?:changed|updated|adjusted)|\bchang(?:ed|ing) (?:the )?subject|\b(?:fork|split|spin)\w* (?:this |it )?(?:off|out|from)\b|\b(?:as|like) (?:\w+ ){0,2}(?:said|discussed|mentioned|suggested|promised)\b/i;

/**
 * The messages that begin something new as an answer to what they have nothing to do with: somebody pressed reply
 * and typed a new subject. Bodies are read of messages under a new subject only, and of those above them.
 */
export async function hijacks<M extends Doubtful>(
  threads: readonly Thread<M>[],
  texts: Texts<M>,
  settled: ReadonlySet<MessageId>,
): Promise<readonly Doubt<M>[]> {
  const renamed = threads.flatMap(({ root }) => renamedIn(root, settled));
  const certainties = await texts.memo.ofEach(
    renamed,
    ({ message, above }) => ['hijack', message.hash, digestOf(above)],
    async unknown => {
      const found: (Doubt<M>['certainty'] | null)[] = [];
      for (const one of unknown) found.push(await judged(one, texts));
      return found;
    },
  );
  return renamed.flatMap((one, at) => {
    const certainty = certainties[at];
    return certainty ? [doubtOf(one, certainty)] : [];
  });
}

/** An answer under a subject of its own. */
interface Renamed<M extends Doubtful> {
  readonly container: Container<M>;
  readonly message: M;
  /** What it answers. */
  readonly parent: M;
  /** The messages above, from the parent on. */
  readonly above: readonly M[];
  readonly root: MessageId;
}

/** The answers in a thread that are under a subject of their own, and of no sort that has one anyway. */
function renamedIn<M extends Doubtful>(
  root: Container<M>,
  settled: ReadonlySet<MessageId>,
): readonly Renamed<M>[] {
  const renamed: Renamed<M>[] = [];
  walk(root, container => {
    const { message } = container;
    const parent = container.parent?.message;
    if (!message || !parent || settled.has(message.id)) return;
    // What nearly every reply is comes first, and patches, whose marks are known.
    if (message.subject === parent.subject || patchMark(parseSubject(message.subject))) return;
    if (hasTitleOf(message.subject, parent.subject)) return;
    if (isOffered(message) || isCover(container) || isSamePerson(message, parent)) return;
    const above = messagesAbove(container);
    if (above.some(one => isLike(message.subject, one.subject))) return;
    renamed.push({ container, message, parent, above, root: root.id });
  });
  return renamed;
}

function doubtOf<M extends Doubtful>(
  { container, message, parent: other, root }: Renamed<M>,
  certainty: Doubt<M>['certainty'],
): Doubt<M> {
  const what = `“${other.subject}” by ${displayName(other.from)}`;
  const reason = `It answers ${what} under another subject and has no words of that thread.`;
  return {
    kind: 'join',
    certainty,
    message,
    other,
    root,
    otherRoot: root,
    reason,
    quoted: [],
    followers: followersOf(container),
  };
}

/** Whether a message is of a sort that has a title of its own wherever it is sent. */
function isOffered({ subject, from }: Doubtful): boolean {
  const parsed = parseSubject(subject);
  if (isRobot(from) || patchMark({ ...parsed, reply: false })) return true;
  return OFFERED.test(parsed.title) || parsed.tags.some(tag => OFFERED_TAG.test(tag));
}

/** Whether patches stand below by who wrote a message: it is their cover letter, though its subject has no tag. */
function isCover<M extends Doubtful>({ message, children }: Container<M>): boolean {
  return children.some(
    child => isSamePerson(child.message!, message!) && patchMark(parseSubject(child.message!.subject)),
  );
}

/** The messages above, from the parent on. */
function messagesAbove<M extends Doubtful>(container: Container<M>): readonly M[] {
  const above: M[] = [];
  for (let one = container.parent; one && above.length < MAX_ABOVE; one = one.parent)
    if (one.message) above.push(one.message);
  return above;
}

function isSamePerson({ from: a }: Doubtful, { from: b }: Doubtful): boolean {
  const same = (one: string, other: string) => one !== '' && one.toLowerCase() === other.toLowerCase();
  const [one, other] = [a, b].map(from => personOf(from, NO_MAILMAP).address) as [string, string];
  return same(one, other) || same(givenNameFirst(a.name), givenNameFirst(b.name));
}

/** How sure it is that a message has nothing to do with those above it; null where it has. */
async function judged<M extends Doubtful>(
  { message, above }: Renamed<M>,
  { blocksOf, wordsOf }: Texts<M>,
): Promise<Doubt<M>['certainty'] | null> {
  const blocks = await blocksOf(message);
  // A patch whose subject does not say so.
  if (blocks.some(({ kind }) => kind === 'diff')) return null;
  const lines = saidLines(blocks);
  const quotes = lines.some(({ depth }) => depth > 0);
  const { reply } = parseSubject(message.subject);
  // Discussions drift, and mailers keep `Re:` then.
  if (reply && quotes) return null;
  if (await hasWordsOf(characteristic(lines), above, wordsOf)) return null;
  const own = ownText(blocks);
  if (above.some(({ id }) => own.includes(id))) return null;
  const isSure =
    !reply && !quotes && !addresses(own, above) && !KNOWS_THREAD.test(own) && letters(lines) >= MIN_LETTERS;
  return isSure ? 'probable' : 'possible';
}

/** Whether `lines` quote anything of `above`, or have been pasted from it. */
async function hasWordsOf<M extends Doubtful>(
  lines: readonly SaidLine[],
  above: readonly M[],
  wordsOf: Texts<M>['wordsOf'],
): Promise<boolean> {
  const index = new LineIndex();
  const sought = lines.map(line => index.add(line));
  for (const other of sought.length === 0 ? [] : above) {
    const { own, quoted } = index.foundIn(await wordsOf(other));
    const found = [...linesFound(sought, own), ...linesFound(sought, quoted)];
    if (found.length >= PASTED_LINES || found.some(({ depth }) => depth > 0)) return true;
  }
  return false;
}

/** Whether `text` calls one of those who wrote `above` by a name. */
function addresses(text: string, above: readonly Doubtful[]): boolean {
  const words = new Set(text.toLowerCase().match(/\p{L}{3,}/gu) ?? []);
  return above.some(({ from }) =>
    (from.name.toLowerCase().match(/\p{L}{3,}/gu) ?? []).some(name => words.has(name)),
  );
}
