import { plainClauses } from './clauses.ts';
import type { Fact } from './facts.ts';
import type { DocumentKind } from './levels.ts';
import { type Analysis, createAnalysis } from './lunr.ts';
import { type LunrIndex, openLunrIndex } from './lunr-index.ts';
import type { Ranked } from './rank.ts';
import { readRoot } from './root.ts';
import { sha1 } from './sha1.ts';
import type { ReadFile } from './shard-reader.ts';
import { type Piece, snippet } from './snippet.ts';

/** A document that was found, with what is shown of it. */
export interface Hit {
  readonly score: number;
  readonly kind: DocumentKind;
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

/** What a query found, in numbers alone. */
export interface Found {
  /** Best first; of equal ones the newest, where the query asks for no words. */
  readonly ranked: readonly Ranked[];
  /** Where so many documents had the words of a phrase that not all were read: how many were. */
  readonly read: number | undefined;
}

/** The search of a site; the same code in the browser and on the command line, so that they cannot disagree. */
export interface Search {
  /** The path that the site lies under. */
  readonly prefix: string;
  /**
   * What a query finds; nothing for an empty one. `now` is in milliseconds.
   *
   * @throws QueryError where the query cannot be understood.
   */
  find(query: string, now: number): Promise<Found>;
  /** What is shown of some of what was found; what cannot be read is left out. */
  hits(ranked: readonly Ranked[]): Promise<readonly Hit[]>;
  /** The facts of all documents, by number. */
  facts(): Promise<readonly (Fact | undefined)[]>;
  /** Whether a document is a section of an issue. */
  isSection(document: number): boolean;
  /** The files that could not be read. */
  missing(): readonly string[];
}

/** Finds what any query asks for (`findInFull`). */
export type FindInFull = (index: LunrIndex, analysis: Analysis, text: string, now: number) => Promise<Found>;

/**
 * The search over the index whose root these bytes are. `inFull` is asked for the code that a query needs that is more
 * than words.
 */
export function openSearch(root: Uint8Array, readFile: ReadFile, inFull: () => Promise<FindInFull>): Search {
  const index = openLunrIndex(readRoot(root), readFile);
  const { language, prefix } = index.root;
  const analysis = createAnalysis(language);
  /** The terms of words in texts that were shown: most words come again. */
  const known = new Map<string, readonly string[]>();
  const termsOf = (word: string) => {
    const terms = known.get(word) ?? analysis.terms(word.toLowerCase());
    known.set(word, terms);
    return terms;
  };
  return {
    prefix,
    async find(text, now) {
      const plain = plainClauses(analysis, text);
      if (plain) return { ranked: await index.rank(plain), read: undefined };
      if (text.trim() === '') return { ranked: [], read: undefined };
      return (await inFull())(index, analysis, text, now);
    },
    async hits(ranked) {
      const records = await Promise.all(ranked.map(({ document }) => index.record(document)));
      return ranked.flatMap(({ score, terms }, at): readonly Hit[] => {
        const record = records[at];
        if (!record) return [];
        const { kind, title, message, from, received, threadTitle, text } = record;
        const wanted = new Set(terms);
        const marked = snippet(text, word => termsOf(word).some(term => wanted.has(term)));
        const thread = prefix + record.thread;
        return [
          {
            score,
            kind,
            title,
            url: kind === 'section' ? thread : `${thread}#m${sha1(message)}`,
            message,
            snippet: marked.map(piece => piece.text).join(''),
            from,
            date: new Date(received * 1000).toISOString().slice(0, 10),
            thread,
            threadTitle,
            marked,
          },
        ];
      });
    },
    facts: () => index.facts(),
    isSection: document => document >= index.root.documents - index.root.sections,
    missing: () => index.missing(),
  };
}
