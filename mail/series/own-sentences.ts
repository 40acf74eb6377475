import { type Block, isBlank } from '../block.ts';

/** A sentence of the sender's own text. */
export interface Sentence {
  /** Word for word, wraps folded. */
  readonly words: string;
  /** The sentence behind it in its paragraph. */
  readonly next: string | undefined;
  /** Whether it is the first under a quotation: what "this" means stands right above it. */
  readonly underQuote: boolean;
}

/** A longer one is a log or a list, and no expression is let loose on it. */
const MAX_WORDS = 400;

/** An initial such as in "Ada B. Cedar" ends no sentence. */
const SENTENCE_END = /(?<=[.!?])(?<!\b\p{Lu}\.)\s(?=["'(]?\p{Lu})/u;

/** The sentences that the sender wrote, by paragraph, in order; what is set in is code or a log. */
export function ownSentences(blocks: readonly Block[]): readonly Sentence[] {
  const found: Sentence[] = [];
  let above: Block | undefined;
  for (const block of blocks) {
    if (block.kind === 'text') found.push(...sentencesIn(block.lines, above?.kind === 'quote'));
    if (!isBlank(block)) above = block;
  }
  return found;
}

function sentencesIn(lines: readonly string[], isUnderQuote: boolean): readonly Sentence[] {
  return paragraphs(lines).flatMap((text, paragraph) => {
    const all = text.split(SENTENCE_END).map(words => (words.length > MAX_WORDS ? undefined : words));
    return all.flatMap((words, index) => {
      if (words === undefined) return [];
      const underQuote = isUnderQuote && paragraph === 0 && index === 0;
      return [{ words, next: all[index + 1], underQuote }];
    });
  });
}

function paragraphs(lines: readonly string[]): readonly string[] {
  const found: string[][] = [];
  let open = false;
  for (const line of lines) {
    const isText = line.trim() !== '' && !/^(?:\t| {4})/.test(line);
    if (isText && open) found.at(-1)!.push(line);
    else if (isText) found.push([line]);
    open = isText;
  }
  return found.map(one => one.join(' ').replace(/\s+/g, ' ').trim());
}
