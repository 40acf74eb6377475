import type { SearchDocument } from './documents.ts';
import { type Index, stem } from './lunr.ts';

/** A message that a query found. */
export interface Hit {
  readonly score: number;
  readonly kind: 'message';
  readonly title: string;
  readonly url: string;
  readonly message: string;
  readonly snippet: string;
  readonly from: string;
  readonly date: string;
  readonly thread: string;
  readonly threadTitle: string;
  /** The snippet cut into pieces, those that matched marked. */
  readonly marked: readonly Piece[];
}

/** A piece of text, and whether it is what the query asked for. */
export interface Piece {
  readonly text: string;
  readonly match: boolean;
}

/** Finds messages; the same code in the browser and on the command line, so that they cannot disagree. */
export type Find = (query: string) => readonly Hit[];

/**
 * A search over an index and its documents. An empty query finds nothing.
 *
 * The search throws QueryError where a query cannot be understood.
 */
export function createFind(index: Index, documents: readonly SearchDocument[]): Find {
  return query => {
    if (query.trim() === '') return [];
    return index.search(query).map(({ document, score, terms }) => toHit(documents[document]!, score, terms));
  };
}

function toHit(document: SearchDocument, score: number, terms: readonly string[]): Hit {
  const marked = snippet(document.text, new Set(terms));
  return {
    score,
    kind: 'message',
    title: document.title,
    url: document.url,
    message: document.message,
    snippet: marked.map(piece => piece.text).join(''),
    from: document.from,
    date: new Date(document.received * 1000).toISOString().slice(0, 10),
    thread: document.thread,
    threadTitle: document.threadTitle,
    marked,
  };
}

const SNIPPET_CHARACTERS = 220;
/** How much of a snippet stands before the first match. */
const LEAD_CHARACTERS = 60;

/** The part of `text` around the first word whose stem is one of `terms`, cut into pieces. */
function snippet(text: string, terms: ReadonlySet<string>): readonly Piece[] {
  const words = [...text.matchAll(/[\p{L}\p{N}_]+/gu)];
  // A word of code is found by its parts too.
  const isMatch = (word: string) => [word, ...word.split('_')].some(part => terms.has(stem(part)));
  const first = words.find(match => isMatch(match[0]))?.index ?? 0;
  const start = first <= LEAD_CHARACTERS ? 0 : text.indexOf(' ', first - LEAD_CHARACTERS) + 1;
  const cut = text.length - start > SNIPPET_CHARACTERS;
  const end = cut ? Math.max(text.lastIndexOf(' ', start + SNIPPET_CHARACTERS), first + 1) : text.length;
  const pieces: Piece[] = [{ text: start > 0 ? '… ' : '', match: false }];
  let at = start;
  for (const { index, 0: word } of words) {
    if (index < start || index + word.length > end || !isMatch(word)) continue;
    pieces.push({ text: text.slice(at, index), match: false }, { text: word, match: true });
    at = index + word.length;
  }
  pieces.push({ text: text.slice(at, end) + (cut ? ' …' : ''), match: false });
  return pieces.filter(piece => piece.text !== '');
}
