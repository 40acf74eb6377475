import { ByteReader, ByteWriter, sharedLength } from './bytes.ts';
import { borderBetween } from './term-shards.ts';

// A level's terms once more, backwards, so that what ends with `_read` lies together: for `*_read`, and for words
// whose first letters may be wrong.

/** Before packing. */
const FILE_BYTES = 8192;

/** A text with its characters in the opposite order. */
export function backwards(text: string): string {
  return [...text].reverse().join('');
}

/** A level's terms, in any order, as files, and where each begins. */
export function writeDictionary(terms: readonly string[]): {
  readonly files: readonly Uint8Array[];
  readonly borders: readonly string[];
} {
  const files: Uint8Array[] = [];
  const borders: string[] = [];
  let file = new ByteWriter();
  let last = '';
  for (const term of terms.map(backwards).sort()) {
    if (file.length >= FILE_BYTES) {
      files.push(file.bytes());
      file = new ByteWriter();
    }
    const starts = file.length === 0;
    if (starts) borders.push(borderBetween(last, term));
    const shared = starts ? 0 : sharedLength(last, term);
    file.number(shared);
    file.text(term.slice(shared));
    last = term;
  }
  if (file.length > 0) files.push(file.bytes());
  return { files, borders };
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
