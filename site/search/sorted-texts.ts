import { sharedLength } from './bytes.ts';

// Texts in order, of which each begins much as the one before: the terms of a shard, a dictionary, the borders of a
// level's files. In front of what a text has of its own stands a character below U+001F, how many characters it
// shares: it parts the texts as well, so that no lengths are needed.

const MOST_SHARED = 0x1e;
/** Stands before a character of a text that would part it, which is raised by 32. */
const ESCAPE = '\x1f';

/** Texts as bytes; they need not be in order, but pack the better for it. */
export function writeSortedTexts(texts: readonly string[]): Uint8Array {
  let last = '';
  const pieces = texts.map(text => {
    const shared = sharedLength(last.slice(0, MOST_SHARED), text);
    last = text;
    return String.fromCharCode(shared) + escaped(text.slice(shared));
  });
  return new TextEncoder().encode(pieces.join(''));
}

/** The texts of such bytes. */
export function readSortedTexts(bytes: Uint8Array): readonly string[] {
  let last = '';
  const pieces = new TextDecoder().decode(bytes).matchAll(/([\0-\x1e])([^\0-\x1e]*)/g);
  return Array.from(pieces, ([, shared, own]) => {
    last = last.slice(0, shared!.charCodeAt(0)) + unescaped(own!);
    return last;
  });
}

function escaped(text: string): string {
  return text.replace(/[\0-\x1f]/g, low => ESCAPE + String.fromCharCode(low.charCodeAt(0) + 32));
}

function unescaped(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  return text.replace(/\x1f(.)/gs, (_, raised: string) => String.fromCharCode(raised.charCodeAt(0) - 32));
}
