import { ByteReader } from './bytes.ts';

// A level's terms once more, backwards, so that what ends with `_read` lies together: for `*_read`, and for words
// whose first letters may be wrong.

/** A text with its characters in the opposite order. */
export function backwards(text: string): string {
  return [...text].reverse().join('');
}

/** The terms of a file. */
export function readDictionary(bytes: Uint8Array): readonly string[] {
  const file = new ByteReader(bytes);
  const terms: string[] = [];
  let last = '';
  while (!file.done) {
    last = last.slice(0, file.number()) + file.text();
    terms.push(backwards(last));
  }
  return terms;
}
