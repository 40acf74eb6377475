import { isClosed } from '../sentences/noise.ts';
import type { Sentence } from '../sentences/sentences.ts';
import type { BriefMessage, BriefThread } from '../thread.ts';
import { countTerms, neighbourCounts } from './clue-words.ts';
import { lexRanks } from './lexrank.ts';
import { quotedLater } from './quoted-later.ts';
import { numberTerms } from './terms.ts';
import { cosinesWith, inverseFrequencies, type Vector, vectorOf } from './vectors.ts';

/** A sentence and how much of a thread's matter it tells. */
export interface RankedSentence {
  readonly sentence: Sentence;
  /** Of use beside others of its thread alone; 0 for what programs write. */
  readonly score: number;
}

/** A sentence is worth so much less than the one before it. The first message states the matter, and at length. */
const DECAY_FIRST = 0.9;
const DECAY = 0.7;
/** Each sign that a sentence matters counts the same. */
const SIGN = 0.5;
/** What stands first below a quotation answers it; but so does half of what people write. */
const ANSWER = 0.25;
/** What does not end as a sentence is a heading, an item, a piece. */
const OPEN_END = 0.7;
/** By how much talk drifts away from the matter until the end of a thread. */
const DRIFT = 0.5;
/** Sentences are compared with each other but for those so far down in their message that it would not help them; */
const MAX_INDEX = 30;
/** of more than this the first ones of each message. */
const MAX_COMPARED = 600;

interface Candidate {
  readonly sentence: Sentence;
  /** Its message's place among those that people wrote. */
  readonly message: number;
  readonly vector: Vector;
}

/**
 * All sentences of a thread, those that tell most of its matter first; `sentences` are those of its messages, in
 * their order. Nothing is learnt: a sentence counts for being like many others (LexRank), for words that the messages
 * next to it take up (clue words), for words of the subject, for being quoted, for standing in the first message and
 * for answering a quotation; the later in its message, the less. What programs write comes last.
 */
export function rankSentences(
  thread: BriefThread,
  sentences: readonly (readonly Sentence[])[],
): readonly RankedSentence[] {
  const { messages } = thread;
  const human = messages.flatMap(({ author }, at) => (author.robot ? [] : [at]));
  const ranked = rankHuman(
    messages[0]!,
    human.map(at => messages[at]!),
    human.map(at => sentences[at]!),
  );
  const byRobots = messages.flatMap(({ author }, at) => (author.robot ? sentences[at]! : []));
  return [...ranked, ...byRobots.map(sentence => ({ sentence, score: 0 }))];
}

function rankHuman(
  opening: BriefMessage,
  messages: readonly BriefMessage[],
  sentences: readonly (readonly Sentence[])[],
): readonly RankedSentence[] {
  const texts = sentences.map(of => of.map(({ text }) => text));
  const { terms, size } = numberTerms([...texts, [opening.subject.title]]);
  const subject = terms.at(-1)![0]!;
  const counts = terms.slice(0, -1).map(countTerms);
  const idf = inverseFrequencies(counts, size);
  const candidates: Candidate[] = [];
  for (const [message, of] of sentences.entries())
    for (const [at, sentence] of of.entries())
      candidates.push({ sentence, message, vector: vectorOf(terms[message]![at]!, idf) });
  const central = ofTheMost(centrality(candidates));
  const takenUp = ofTheMost(clues(candidates, neighbourCounts(messages, counts)));
  const onSubject = cosinesWith(
    vectorOf(subject, idf),
    candidates.map(({ vector }) => vector),
  );
  const quoted = quotedLater(messages, sentences);
  return candidates
    .map(({ sentence, message }, at) => {
      const first = messages[message] === opening;
      const signs =
        1 + central[at]! + takenUp[at]! + onSubject[at]! + Number(quoted.has(sentence)) + Number(first);
      const answers = sentence.answers && sentence.opens ? ANSWER : 0;
      const place =
        (first ? DECAY_FIRST : DECAY) ** sentence.index / (1 + (DRIFT * message) / messages.length);
      return { sentence, score: (SIGN * signs + answers) * place * (isClosed(sentence.text) ? 1 : OPEN_END) };
    })
    .sort((a, b) => b.score - a.score);
}

/** LexRank of those that are compared; 0 for the others. */
function centrality(candidates: readonly Candidate[]): readonly number[] {
  const index = (at: number) => candidates[at]!.sentence.index;
  let compared = [...candidates.keys()].filter(at => index(at) < MAX_INDEX);
  if (compared.length > MAX_COMPARED)
    compared = compared.sort((a, b) => index(a) - index(b) || a - b).slice(0, MAX_COMPARED);
  const ranks = candidates.map(() => 0);
  for (const [place, rank] of lexRanks(compared.map(at => candidates[at]!.vector)).entries())
    ranks[compared[place]!] = rank;
  return ranks;
}

/** How often the neighbours of a sentence's message take up its terms. */
function clues(
  candidates: readonly Candidate[],
  takenUp: (message: number, term: number) => number,
): readonly number[] {
  return candidates.map(({ message, vector }) =>
    vector.terms.reduce((sum, term) => sum + takenUp(message, term), 0),
  );
}

/** Numbers as shares of the greatest. */
function ofTheMost(numbers: readonly number[]): readonly number[] {
  const most = numbers.reduce((a, b) => Math.max(a, b), 0) || 1;
  return numbers.map(number => number / most);
}
