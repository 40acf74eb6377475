import type { Block } from '../../mail/block.ts';
import { addTo } from '../../mail/group-by.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { withoutMarks } from '../../mail/quote-marks.ts';
import type { Exchange } from '../brief.ts';
import type { Sentence } from '../sentences/sentences.ts';
import { type Hearing, quotationOf, type Said } from './statements.ts';

/** What somebody wrote directly below words of another message. */
export interface Answer {
  readonly said: Said;
  /** The first sentence of the answer. */
  readonly sentence: Sentence;
  /** The message whose words it answers. */
  readonly to: MessageId;
  /** The end of those words, squeezed for comparison. */
  readonly quoted: string;
}

/** Whether the quotation above `answer` ends with `sentence`. */
export function endsWith({ quoted }: Answer, sentence: string): boolean {
  return quoted.endsWith(tailOf(sentence));
}

/** So many of a sentence's last letters must stand at the end of the quotation above its answer. */
const TAIL = 50;

/**
 * Who took up which words: what people wrote directly below quotations. Only quotations that were proved to come
 * from a message count, so that an answer is one to its words and to no others.
 */
export class Exchanges {
  readonly #to = new Map<MessageId, Answer[]>();
  readonly #of = new Map<Sentence, Answer>();

  constructor({ byTime }: Hearing) {
    for (const answer of byTime.flatMap(answersIn)) {
      this.#of.set(answer.sentence, answer);
      addTo(this.#to, answer.to, answer);
    }
  }

  /** What `sentence` answers, where it is the first below a quotation. */
  answeredBy(sentence: Sentence): Answer | undefined {
    return this.#of.get(sentence);
  }

  /** The first answer that somebody else wrote to `sentence` of `said`. */
  answerTo(said: Said, { text }: Sentence): Answer | undefined {
    const { id, author } = said.message;
    const tail = tailOf(text);
    return this.#to
      .get(id)
      ?.find(({ said: { message }, quoted }) => message.author.key !== author.key && quoted.endsWith(tail));
  }

  /** `sentence` with the answer to it, as briefs tell them. */
  exchange(said: Said, sentence: Sentence): Exchange {
    const answer = this.answerTo(said, sentence);
    return {
      quotation: quotationOf(said.message, sentence.text),
      answer: answer && quotationOf(answer.said.message, answer.sentence.text),
    };
  }
}

/** The answers in a message: the first sentence below each quotation. A program answers nothing that it quotes. */
function answersIn(said: Said): readonly Answer[] {
  const { blocks, author } = said.message;
  if (author.robot) return [];
  const seen = new Set<number>();
  return said.statements.flatMap(({ sentence }) => {
    if (sentence.under === undefined || seen.has(sentence.under)) return [];
    seen.add(sentence.under);
    const last = lastQuoted(blocks[sentence.under]!);
    return last ? [{ said, sentence, ...last }] : [];
  });
}

/** The words at the end of a quotation, and the message they come from. */
function lastQuoted({ lines, runs = [] }: Block): Pick<Answer, 'to' | 'quoted'> | undefined {
  const run = runs.at(-1);
  if (run?.source === undefined) return undefined;
  let said = '';
  for (let at = run.end - 1; at >= run.start && said.length <= TAIL; at--)
    said = withoutBlanks(withoutMarks(lines[at]!)) + said;
  return { to: run.source, quoted: said.toLowerCase() };
}

function tailOf(sentence: string): string {
  return withoutBlanks(sentence).toLowerCase().slice(-TAIL);
}

/** Words however they were wrapped. */
function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}
