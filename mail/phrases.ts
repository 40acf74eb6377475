/**
 * Ways to say one thing, and the words of which each of them has one. Few sentences have any; the others are spared the
 * expressions, which take many times as long.
 */
export interface Phrases {
  readonly words: RegExp;
  readonly forms: readonly RegExp[];
}

/** Whether a sentence has a phrase. */
export function hasPhrase(sentence: string, { words, forms }: Phrases): boolean {
  return words.test(sentence) && forms.some(form => form.test(sentence));
}
