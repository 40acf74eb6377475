import type { Fact } from './facts.ts';
import { choicesOf, filterTest, isFiltering } from './filters.ts';
import type { DocumentKind } from './levels.ts';
import { createAnalysis, type Ranked } from './lunr.ts';
import { type LunrIndex, openLunrIndex } from './lunr-index.ts';
import { hasPhrases, isNamed } from './phrases.ts';
import { type Phrase, type Query, readQuery } from './query.ts';
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
  readonly query: Query;
  /** Best first; of equal ones the newest, where the query asks for no words. */
  readonly ranked: readonly Ranked[];
  /** Where so many documents had the words of a phrase that not all were read: how many were. */
  readonly read: number | undefined;
}

/** The search of a site; the same code in the browser and on the command line, so that they cannot disagree. */
export interface Search {
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

/** A phrase is looked for in the texts of so many documents at most, the best first: each has to be fetched. */
const PHRASE_DOCUMENTS = 400;

/** The search over the index whose root these bytes are. */
export function openSearch(root: Uint8Array, readFile: ReadFile): Search {
  const index = openLunrIndex(readRoot(root), readFile);
  const { language, prefix, names } = index.root;
  const analysis = createAnalysis(language);
  /** The terms of words in texts that were shown: most words come again. */
  const known = new Map<string, readonly string[]>();
  const termsOf = (word: string) => {
    const terms = known.get(word) ?? analysis.terms(word.toLowerCase());
    known.set(word, terms);
    return terms;
  };
  return {
    async find(text, now) {
      const query = readQuery(text, now, names, analysis.isCommon);
      if (text.trim() === '') return { query, ranked: [], read: undefined };
      const ranked = query.lunr === '' ? await newestFirst(index) : await index.rank(query.lunr);
      const passed = await filtered(index, query, ranked);
      return { query, ...(await withPhrases(index, query, passed)) };
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

async function newestFirst(index: LunrIndex): Promise<readonly Ranked[]> {
  const facts = await index.facts();
  return facts
    .map((fact, document) => ({ document, received: fact?.received ?? 0 }))
    .sort((a, b) => b.received - a.received || b.document - a.document)
    .map(({ document }) => ({ document, score: 0, terms: [] }));
}

async function filtered(
  index: LunrIndex,
  { filters }: Query,
  ranked: readonly Ranked[],
): Promise<readonly Ranked[]> {
  if (!isFiltering(filters)) return ranked;
  const facts = await index.facts();
  const passes = filterTest(filters, choicesOf(facts));
  return ranked.filter(({ document }) => facts[document] && passes(facts[document]));
}

async function withPhrases(
  index: LunrIndex,
  { phrases }: Query,
  ranked: readonly Ranked[],
): Promise<Pick<Found, 'ranked' | 'read'>> {
  const names = phrases.filter(({ field }) => field === 'from');
  const others = phrases.filter(({ field }) => field !== 'from');
  const named = names.length === 0 ? ranked : await withNames(index, names, ranked);
  if (others.length === 0) return { ranked: named, read: undefined };
  const candidates = named.slice(0, PHRASE_DOCUMENTS);
  const records = await Promise.all(candidates.map(({ document }) => index.record(document)));
  return {
    ranked: candidates.filter((_, at) => records[at] && hasPhrases(records[at], others)),
    read: named.length > candidates.length ? candidates.length : undefined,
  };
}

/** Who wrote a document its facts tell as well, and they are fewer bytes than its text. */
async function withNames(
  index: LunrIndex,
  names: readonly Phrase[],
  ranked: readonly Ranked[],
): Promise<readonly Ranked[]> {
  const facts = await index.facts();
  return ranked.filter(({ document }) => facts[document] && isNamed(facts[document].author, names));
}
