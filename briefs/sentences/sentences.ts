import type { MessageId } from '../../mail/message-id.ts';
import type { BriefMessage } from '../thread.ts';
import { isFarewell, isGreeting } from './farewell.ts';
import { isClosed, isNoise, isTelling } from './noise.ts';
import { paragraphsOf } from './paragraphs.ts';
import { isFooter } from './programs.ts';
import { splitParagraph } from './split.ts';
import { countWords } from './words.ts';

/** A sentence of somebody's own words. */
export interface Sentence {
  readonly message: MessageId;
  /** Word for word, wraps folded to one blank. */
  readonly text: string;
  /** How many words it has. */
  readonly words: number;
  /** Its place among the sentences of its message, from 0. */
  readonly index: number;
  /** The paragraph of the message it stands in, from 0. */
  readonly paragraph: number;
  /** Whether its paragraph begins with it, politeness aside, and does not go on with what stands before. */
  readonly opens: boolean;
  /** Whether its paragraph stands directly under a quotation: it answers that. */
  readonly answers: boolean;
  /** The index of that quotation among the message's blocks. */
  readonly under: number | undefined;
  /** The index of the block that it stands in, among the message's. */
  readonly block: number;
  /** Whether nothing stands between it and the sentence before it. */
  readonly follows: boolean;
}

/**
 * The sentences a message says in its author's own words (blocks of text and notes), greetings and closings left out,
 * and what is no prose. One of a word or two (`Applied, thanks.`) is among them; see `isTelling`.
 */
export function sentencesOf({ id, blocks }: Pick<BriefMessage, 'id' | 'blocks'>): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let farewell = false;
  let footer = false;
  let whole = false;
  for (const [paragraph, { lines, under, block, goesOn }] of paragraphsOf(blocks).entries()) {
    const answers = under !== undefined;
    // Under a quotation somebody goes on; under a farewell stand names and addresses.
    if (answers) farewell = footer = false;
    let opens = !goesOn;
    for (const text of splitParagraph(lines)) {
      footer ||= isFooter(text);
      const polite = isFarewell(text);
      const closed = isClosed(text);
      if (polite) farewell = sentences.length > 0;
      else if (closed) farewell = false;
      if (polite || farewell || footer || isNoise(text)) {
        whole = false;
        if (!polite && !isGreeting(text)) opens = false;
        continue;
      }
      const follows = whole && sentences.at(-1)?.block === block;
      const index = sentences.length;
      const words = countWords(text);
      sentences.push({ message: id, text, words, index, paragraph, opens, answers, under, block, follows });
      opens = false;
      whole = true;
    }
  }
  while (sentences.length > 1 && isLeftOver(sentences.at(-1)!)) sentences.pop();
  return sentences;
}

/** Whether words at the end of a mail are a name, or what is left of a signature. */
function isLeftOver({ text, answers }: Sentence): boolean {
  return !answers && !isClosed(text) && !isTelling(text);
}
