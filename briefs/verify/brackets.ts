/** What stands for `[` and `]` where they are the mail's own and no editor's: two characters that no text has. */
const OPEN = '\ufdd0';
const CLOSE = '\ufdd1';

/** An editor's cut or insertion, `[…]`, `[word]`. What stands directly behind a word is an index: `table[nr]`. */
export const BRACKETS = /(?<![\p{L}\p{N}_)\]])\[[^[\]]{0,600}\]/gu;

/** `text`, all of whose brackets are the mail's own: they were escaped, or are code. */
export function mailBrackets(text: string): string {
  return text.replaceAll('[', OPEN).replaceAll(']', CLOSE);
}

/** `text` with all its brackets as they are read. */
export function plainBrackets(text: string): string {
  return text.replaceAll(OPEN, '[').replaceAll(CLOSE, ']');
}
