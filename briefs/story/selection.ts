import type { Status, StatusValue } from '../brief.ts';
import type { Exchanges } from '../facts/exchanges.ts';
import type { Hearing } from '../facts/statements.ts';
import type { RankedSentence } from '../rank/rank.ts';
import { pointsBack } from '../sentences/quotable.ts';
import type { Sentence } from '../sentences/sentences.ts';
import { type Candidate, candidatesIn, sentencesBefore } from './candidates.ts';
import { inTellingOrder } from './order.ts';
import { type Passage, passagesOf } from './passage.ts';

/** Words that are quoted of a thread, by its messages: with the narration between them 150 to 400 words from 10 messages on. */
const BASE_WORDS = 50;
const WORDS_A_MESSAGE = 7;
const MAX_WORDS = 155;
/** A discussion of more people is told by those who say most. */
const MAX_PEOPLE = 7;
/** The last words may be so many too many. */
const MAX_OVER = 30;
/** How much may be told of one message, in words, and of one person, in sentences, whatever they wrote. */
interface Room {
  readonly words: number;
  readonly sentences: number;
}
/** The second where others leave room. */
const ROOMS: readonly Room[] = [
  { words: 55, sentences: 7 },
  { words: 120, sentences: 7 },
];
/** Where hardly anybody else speaks. */
const ROOM_OF_FEW: Room = { words: 180, sentences: 12 };
/** So many words are quoted of a thread of so many messages, if need be from the patches themselves. */
const ENOUGH_WORDS = 130;
const LONG_THREAD = 10;
const TOLD_AT_THE_END: ReadonlySet<StatusValue> = new Set([
  'merged',
  'applied',
  'partly applied',
  'withdrawn',
  'changes promised',
]);

/**
 * The passages to tell a thread by, in the order of telling: what the first message is about, the best sentence of
 * each of those who say most, then the best of all, with the answers to what was asked or objected; as many as its
 * length calls for. The words that end a story are left to its end.
 */
export function choosePassages(
  hearing: Hearing,
  ranked: readonly RankedSentence[],
  exchanges: Exchanges,
  status: Status,
): readonly Passage[] {
  const { said, of, thread } = hearing;
  const first = thread.messages[0]!;
  const isElsewhere = toldAtTheEnd(status);
  const candidates = candidatesIn(hearing, ranked, exchanges).filter(one => !isElsewhere(one.sentence));
  const usable = candidates.map(({ sentence }) => sentence);
  const chosen = new Set<Sentence>();
  let left = Math.min(MAX_WORDS, BASE_WORDS + WORDS_A_MESSAGE * thread.messages.length);
  const choose = (sentence: Sentence) => {
    for (const one of [...sentencesBefore(of.get(sentence.message)!, sentence), sentence]) {
      if (chosen.has(one) || isElsewhere(one)) continue;
      chosen.add(one);
      left -= one.words;
    }
  };
  const openings = usable.filter(({ message }) => message === first.id);
  const opening = openings.find(sentence => !pointsBack(sentence)) ?? openings[0];
  if (opening) choose(opening);
  if (status.value === 'refused')
    for (const { sentence } of said.flatMap(({ statements }) => statements))
      if (isEvidence(status, sentence)) choose(sentence);
  for (const sentence of bestOfEach(candidates, of)) if (left > 0) choose(sentence);
  for (const room of ROOMS)
    for (const sentence of usable) {
      if (left <= 0) break;
      if (chosen.has(sentence) || sentence.words > left + MAX_OVER) continue;
      if (saidEnough(sentence, chosen, of, room)) continue;
      choose(sentence);
      const answer = exchanges.answerTo(of.get(sentence.message)!, sentence);
      if (answer && usable.includes(answer.sentence)) choose(answer.sentence);
    }
  if (thread.messages.length >= LONG_THREAD && MAX_WORDS - left < ENOUGH_WORDS)
    for (const { sentence } of candidatesIn(hearing, ranked, exchanges, true)) {
      if (MAX_WORDS - left >= ENOUGH_WORDS) break;
      if (!chosen.has(sentence) && !saidEnough(sentence, chosen, of, ROOM_OF_FEW)) choose(sentence);
    }
  return inTellingOrder(
    hearing,
    said.flatMap(one => passagesOf(one, chosen)),
  );
}

/** Which sentences end a story of this status, and are left to its end. */
export function toldAtTheEnd(status: Status): (sentence: Sentence) => boolean {
  return sentence => TOLD_AT_THE_END.has(status.value) && isEvidence(status, sentence);
}

function isEvidence({ evidence }: Status, sentence: Sentence): boolean {
  return evidence.some(({ message, text }) => message === sentence.message && text.includes(sentence.text));
}

/** Whether the author of a sentence has been given enough room without it. */
function saidEnough(
  sentence: Sentence,
  chosen: ReadonlySet<Sentence>,
  of: Hearing['of'],
  room: Room,
): boolean {
  const keyOf = ({ message }: Sentence) => of.get(message)!.message.author.key;
  const key = keyOf(sentence);
  let ofPerson = 0;
  let words = 0;
  for (const one of chosen) {
    if (keyOf(one) === key) ofPerson++;
    if (one.message === sentence.message) words += one.words;
  }
  return ofPerson >= room.sentences || (words > 0 && words + sentence.words > room.words);
}

/** The best clear sentence of each person but the one who began, of those who say most. */
function bestOfEach(candidates: readonly Candidate[], of: Hearing['of']): readonly Sentence[] {
  const best = new Map<string, Sentence>();
  for (const { sentence, clear } of candidates) {
    if (!clear) continue;
    const { message, byProposer } = of.get(sentence.message)!;
    if (!byProposer && !best.has(message.author.key)) best.set(message.author.key, sentence);
  }
  return [...best.values()].slice(0, MAX_PEOPLE);
}
