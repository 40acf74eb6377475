import { readSortedTexts } from './sorted-texts.ts';

// A level's terms once more, backwards, so that what ends with `_read` lies together: for `*_read`, and for words
// whose first letters may be wrong.

/** A text with its characters in the opposite order. */
export function backwards(text: string): string {
  return [...text].reverse().join('');
}

/** The terms of a file. */
export function readDictionary(bytes: Uint8Array): readonly string[] {
  return readSortedTexts(bytes).map(backwards);
}
