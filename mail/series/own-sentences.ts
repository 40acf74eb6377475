import { onOneLine } from '../blanks.ts';
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
    if (block.kind === 'text') addSentences(found, block.lines, above?.kind === 'quote');
    if (!isBlank(block)) above = block;
  }
  return found;
}

/** Adds the sentences of a block to those that were `found`. */
function addSentences(found: Sentence[], lines: readonly string[], isUnderQuote: boolean): void {
  let underQuote = isUnderQuote;
  for (const text of paragraphs(lines)) {
    const all = text.split(SENTENCE_END).map(words => (words.length > MAX_WORDS ? undefined : words));
    for (const [at, words] of all.entries()) {
      if (words !== undefined) found.push({ words, next: all[at + 1], underQuote });
      underQuote = false;
    }
  }
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
  return found.map(one => onOneLine(one.join(' ')));
}
