import { isFarewell } from '../../briefs/sentences/farewell.ts';
import { isNoise } from '../../briefs/sentences/noise.ts';
import { type Sentence, sentencesOf } from '../../briefs/sentences/sentences.ts';
import { countWords } from '../../briefs/sentences/words.ts';
import type { BriefMessage, BriefThread } from '../../briefs/thread.ts';
import { parseBody } from '../../mail/body.ts';
import { NO_MAILMAP } from '../../mail/mailmap.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { personOf } from '../../mail/people.ts';
import { proveQuotations } from '../../mail/quotes.ts';
import { parseSubject } from '../../mail/subject.ts';
import { ThreadWords } from '../../mail/thread-words.ts';
import type { GoldSentence, GoldThread, GoldTurn } from './corpus.ts';

/** How the sentences of a corpus are put into mails: each on a line, or as paragraphs filled to a width. */
export type Layout = 'lines' | 'filled';

/** A discussion as a thread, and what its sentences are in the corpus. */
export interface GoldMail {
  readonly thread: BriefThread;
  readonly sentences: readonly (readonly Sentence[])[];
  /** The sentence of the corpus that one of ours is, word for word; none where we cut the text otherwise. */
  readonly goldOf: ReadonlyMap<Sentence, GoldSentence>;
}

const WIDTH = 72;
const QUOTED = /^ ?(?:> ?)+/;

/** A discussion as mail, cut into sentences by us. */
export function mailOf(gold: GoldThread, layout: Layout): GoldMail {
  const thread = threadOf(gold, layout === 'lines' ? linesOf : filled);
  const sentences = thread.messages.map(sentencesOf);
  const goldOf = new Map<Sentence, GoldSentence>();
  for (const [at, of] of sentences.entries()) {
    const left = [...gold.turns[at]!.sentences];
    for (const sentence of of) {
      const place = left.findIndex(({ text }) => text === sentence.text);
      if (place !== -1) goldOf.set(sentence, left.splice(place, 1)[0]!);
    }
  }
  return { thread, sentences, goldOf };
}

/** A discussion as mail, cut as the corpus is; only sentences in the writers' own words are there. */
export function mailAsCut(gold: GoldThread): GoldMail {
  const thread = threadOf(gold, linesOf);
  const goldOf = new Map<Sentence, GoldSentence>();
  const sentences = thread.messages.map(({ id, blocks }, at) => {
    const found: Sentence[] = [];
    let line = 0;
    for (const [block, { kind, lines }] of blocks.entries()) {
      const under = blocks[block - 1]?.kind === 'quote' ? block - 1 : undefined;
      for (const [inBlock] of lines.entries()) {
        const one = gold.turns[at]!.sentences[line++]!;
        if (kind !== 'text' && kind !== 'notes') continue;
        if (isNoise(one.text) || isFarewell(one.text)) continue;
        const index = found.length;
        const place = { index, paragraph: block, block, opens: inBlock === 0, follows: inBlock > 0 };
        const said = { message: id, text: one.text, words: countWords(one.text) };
        const sentence = { ...said, ...place, answers: under !== undefined, under };
        found.push(sentence);
        goldOf.set(sentence, one);
      }
    }
    return found;
  });
  return { thread, sentences, goldOf };
}

/** The corpus' sentences in the order in which sentences of ours are preferred. */
export function asGold({ goldOf }: GoldMail, preferred: readonly Sentence[]): readonly GoldSentence[] {
  return [...new Set(preferred.flatMap(sentence => goldOf.get(sentence) ?? []))];
}

/** No corpus tells who answers whom: each answers the one before it. */
function threadOf(gold: GoldThread, layOut: (turn: GoldTurn) => readonly string[]): BriefThread {
  const words = new ThreadWords();
  const messages: BriefMessage[] = [];
  for (const [at, turn] of gold.turns.entries()) {
    const id = `${at + 1}@example.org` as MessageId;
    const author = personOf({ name: turn.from, address: '' }, NO_MAILMAP);
    const ancestors = messages
      .map(above => ({ id: above.id, samePerson: above.author.key === author.key }))
      .reverse();
    const blocks = proveQuotations(words, { blocks: parseBody(`${layOut(turn).join('\n')}\n`), ancestors });
    words.add(id, blocks);
    messages.push({
      id,
      parent: messages.at(-1)?.id,
      received: (Date.parse(turn.date) || 0) / 1000,
      author,
      subject: parseSubject(`${at === 0 ? '' : 'Re: '}${gold.title}`),
      blocks,
    });
  }
  return { root: messages[0]!.id, messages };
}

function linesOf({ sentences }: GoldTurn): readonly string[] {
  return sentences.map(({ text }) => text);
}

/** Quotations line by line, all else as one paragraph. */
function filled({ sentences }: GoldTurn): readonly string[] {
  const lines: string[] = [];
  let open = false;
  for (const { text } of sentences) {
    const quoted = QUOTED.test(text);
    if (quoted) lines.push(text);
    else
      for (const word of text.split(' ')) {
        const last = lines.at(-1);
        if (open && last!.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
        open = true;
      }
    open = !quoted;
  }
  return lines;
}
