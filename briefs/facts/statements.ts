import type { MessageId } from '../../mail/message-id.ts';
import { type PatchMark, patchMark } from '../../mail/series/patch-mark.ts';
import { type Review, reviewsOf } from '../../mail/series/review.ts';
import type { Subject } from '../../mail/subject.ts';
import { byReceived } from '../../mail/thread.ts';
import { withChangelogs } from '../../mail/version-notes.ts';
import type { Quotation } from '../brief.ts';
import { People } from '../people.ts';
import { type Sentence, sentencesOf } from '../sentences/sentences.ts';
import type { BriefMessage, BriefThread } from '../thread.ts';
import { type Cue, cuesIn } from './cues.ts';

/** A sentence with what it does. */
export interface Statement {
  readonly sentence: Sentence;
  readonly cues: ReadonlySet<Cue>;
}

/** What a message says, as all parts of a brief read it. */
export interface Said {
  readonly message: BriefMessage;
  /** Whether the author of the thread's first message wrote it; never where that is an answer to what is not there. */
  readonly byProposer: boolean;
  /** Whether it is a patch, a cover letter or a pull request. */
  readonly offers: boolean;
  readonly statements: readonly Statement[];
  /** What it says of the patches that it answers; nothing where it is one itself. */
  readonly reviews: readonly Review[];
  /** The place of the patch above it in its series; 0 is the cover letter, and what answers no patch. */
  readonly patch: number;
}

/** A thread, read once for all parts of its brief. */
export interface Hearing {
  /** Its authors are people: one key and one name for each, whatever they wrote under. */
  readonly thread: BriefThread;
  /** In thread order. */
  readonly said: readonly Said[];
  readonly of: ReadonlyMap<MessageId, Said>;
  /** By (received time, id), however the thread branches. */
  readonly byTime: readonly Said[];
}

/** Every message of a thread, heard. */
export function hear(thread: BriefThread): Hearing {
  const people = new People(thread.messages.map(({ author }) => author));
  const messages = thread.messages.map(message => ({
    ...message,
    author: people.of(message.author),
    // A cover letter without a diffstat shows by its subject alone that it tells what changed between versions.
    blocks: isVersion(message.subject) ? withChangelogs(message.blocks) : message.blocks,
  }));
  const first = thread.messages[0]!;
  const proposer = first.subject.reply ? undefined : first.author;
  const version = patchMark(first.subject)?.version[0] ?? 1;
  const patches = new Map(
    messages.filter(offersPatch).map(one => [one.id, patchMark(one.subject)?.place?.index ?? 0]),
  );
  const above = new Map<MessageId, number>();
  const said = messages.map((message, at): Said => {
    // Many have an address at work and another, and speak as themselves under both. But to apply under one what was
    // sent under the other is a maintainer's way.
    const author = thread.messages[at]!.author.key === proposer?.key;
    const { robot } = message.author;
    const missing = () => (message.parent === undefined ? placeOf(message.subject)?.index : undefined);
    const patch = patches.get(message.id) ?? above.get(message.parent!) ?? missing() ?? 0;
    above.set(message.id, patch);
    const offers = patches.has(message.id);
    const direct = message.parent !== undefined && patches.has(message.parent);
    return {
      message,
      byProposer: proposer !== undefined && message.author.key === messages[0]!.author.key,
      offers,
      patch,
      statements: sentencesOf(message).map(sentence => ({ sentence, cues: cuesIn(sentence.text) })),
      reviews: offers ? [] : reviewsOf(message.blocks, { robot, author, direct, version }),
    };
  });
  return {
    thread: { ...thread, messages },
    said,
    of: new Map(said.map(one => [one.message.id, one])),
    byTime: said.toSorted(({ message: a }, { message: b }) => byReceived(a, b)),
  };
}

/** `text` of a message as a quotation. */
export function quotationOf({ id, author }: BriefMessage, text: string): Quotation {
  return { message: id, speaker: author.name, text };
}

/** The statements of a message that do `cue`. */
export function statementsThat({ statements }: Said, cue: Cue): readonly Statement[] {
  return statements.filter(({ cues }) => cues.has(cue));
}

/** The place in its series of the patch that a message offers or, where that was never received, answers. */
export function placeOf(subject: Subject): PatchMark['place'] {
  return patchMark({ ...subject, reply: false })?.place;
}

/** Whether a message offers patches anew. */
function isVersion(subject: Subject): boolean {
  return !subject.reply && patchMark(subject)?.kind === 'patch';
}

function offersPatch({ subject, blocks }: BriefMessage): boolean {
  return !subject.reply && (patchMark(subject) !== undefined || blocks.some(({ kind }) => kind === 'diff'));
}
