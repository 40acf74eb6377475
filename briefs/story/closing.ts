import { citation, inlineQuotation } from '../citations.ts';
import type { Sentence } from '../sentences/sentences.ts';
import { contextOf } from './context.ts';
import { namesOf, robots, trailers } from './givers.ts';
import { withoutLongAddresses, wordsOf } from './passage.ts';
import { successor } from './successor.ts';
import type { Telling } from './telling.ts';
import { dayOf, isEarlierDay, later, onDay, vary } from './wording.ts';

/** What a story has come to when it ends. */
export interface Told {
  /** When what was told last was said, in seconds since 1970 UTC. */
  readonly time: number;
  hasTold(sentence: Sentence): boolean;
}

/** How a story ends: who gave their names to the patches, the outcome with the words that show it, or that there was none; and the later version. */
export function closing(telling: Telling, told: Told): string {
  const sentences = [trailers(telling), robots(telling), outcome(telling, told), successor(telling)];
  return sentences.filter(sentence => sentence !== '').join(' ');
}

function outcome(telling: Telling, told: Told): string {
  const { brief, hearing } = telling;
  const first = hearing.said[0]!.message;
  const last = dayOf(hearing.byTime.at(-1)!.message.received, first.received);
  const { value, evidence } = brief.status;
  const { goesOn } = hearing.thread;
  switch (value) {
    case 'merged':
    case 'applied':
    case 'partly applied':
      return taken(telling, told);
    case 'withdrawn':
      return ending(telling, told, { did: 'withdrew', done: 'withdrawn', what: ` ${work(telling)}` });
    case 'refused': {
      const here = hearing.thread.supersededBy ? ' here' : '';
      const then = goesOn ? ` by ${last}` : here;
      return `The ${citation('NAK', evidence[0]!.message)} was not taken back${then}.`;
    }
    case 'changes promised':
      return promise(telling, told);
    case 'discussed':
      if (goesOn) return `No outcome was stated by ${last}.`;
      return vary(
        [
          `The thread ended on ${last} without a stated outcome.`,
          `No outcome was stated; the last message came on ${last}.`,
        ],
        brief.root,
      );
    case 'no reply':
      // Where the message that it answers is not there, others may not be either.
      if (first.subject.reply) return 'No answer to it is in the archive.';
      return goesOn ? 'Nobody had replied yet.' : 'Nobody replied on the list.';
    case 'reviewed':
      return `${brief.series ? `Whether ${work(telling)} was applied` : 'What became of it'}, the thread ${goesOn ? `did not say by ${last}` : 'does not say'}.`;
    case 'superseded':
      return '';
    case 'answered':
      return answered(telling, told);
  }
}

/** Who answered the question; in which words, where they were not told. */
function answered(telling: Telling, told: Told): string {
  const { hearing, brief, cast } = telling;
  const { message, text } = brief.status.evidence[0]!;
  const { statements, message: answer } = hearing.of.get(message)!;
  const isTold = statements.some(({ sentence }) => sentence.text === text && told.hasTold(sentence));
  if (!isTold) return ending(telling, told, { did: 'answered', what: ' the question' });
  const last = hearing.byTime.at(-1)!.message;
  return last === answer
    ? `The thread ended with ${citation('that answer', message)}.`
    : `The question was answered by ${citation(cast.unescaped(answer.author), message)}; the last message came on ${dayOf(last.received, hearing.said[0]!.message.received)}.`;
}

function work({ brief }: Telling): string {
  return brief.kind === 'patch series' ? 'the series' : brief.kind === 'patch' ? 'the patch' : 'it';
}

/** Who took the patches; that it was a program which said so. */
function taken(telling: Telling, told: Told): string {
  const { brief, hearing } = telling;
  const { value, evidence } = brief.status;
  const all = work(telling);
  const isPart = value === 'partly applied';
  const takers = evidence.map(({ message }) => hearing.of.get(message)!);
  const { author, received } = takers.at(-1)!.message;
  if (takers.length > 1) {
    const names = namesOf(telling, takers);
    const day = dayOf(received, hearing.said[0]!.message.received);
    return isPart
      ? `${names} applied parts of ${all}.`
      : `Between them, ${names} applied ${all}, the last of it on ${day}.`;
  }
  const deed = author.robot
    ? { did: 'reported', what: isPart ? ` on a part of ${all}` : '' }
    : { did: 'applied', what: isPart ? ` a part of ${all}` : ` ${all}` };
  return ending(telling, told, deed);
}

/** What somebody did to end it: the past of a verb, its participle where that is another word, and what stands behind it. */
interface Deed {
  readonly did: string;
  readonly done?: string;
  readonly what: string;
}

/** Who ended it, on which day, and in which words. */
function ending({ hearing, cast, brief }: Telling, { time }: Told, { did, done = did, what }: Deed): string {
  const { message: id, text } = brief.status.evidence[0]!;
  const { author, received } = hearing.of.get(id)!.message;
  // The end of a story does not go back in time.
  const isBack = isEarlierDay(received, time);
  const when = isBack ? onDay(received, time) : later(time, received);
  const verb = isBack ? `had ${done}` : did;
  // A list of what was taken is not quoted, nor its address, nor the colon in front of them.
  const said = withoutLongAddresses(text).replace(/\s{0,3}:(?: \[…\])?$/, '');
  const words = inlineQuotation(said, id);
  // `has been merged into larch.git` is said of something.
  const tells = /^(?:has been|was) /.test(said) ? `${verb}${what} that it` : `${verb}${what}:`;
  return `${when ? `${when}, ` : ''}${cast.name(author)} ${tells} ${words}`;
}

/** A promise, and the words that it answers. */
function promise(telling: Telling, told: Told): string {
  const { hearing, cast, brief } = telling;
  const { message, text } = brief.status.evidence[0]!;
  const said = hearing.of.get(message)!;
  const statement = said.statements.find(({ sentence }) => sentence.text === text)!;
  const answered = contextOf({ said, statements: [statement] }, telling);
  // Where no patches are, it may be one that is promised, or a test.
  const what = brief.series ? ' changes' : '';
  if (!answered) return ending(telling, told, { did: 'promised', what });
  const { author, id } = answered.said.message;
  const who = cast.name(author);
  if (told.hasTold(answered.statements[0]!.sentence))
    return ending(telling, told, { did: 'promised', what: `${what} in answer to ${who}` });
  const words = wordsOf(answered);
  const before = `${who} had ${words.endsWith('?') ? 'asked' : 'written'}, ${inlineQuotation(words, id)}`;
  return `${before} ${ending(telling, told, { did: 'promised', what })}`;
}
