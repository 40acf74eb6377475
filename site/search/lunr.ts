import lunr from 'lunr';
import type { TermPostings } from './postings.ts';
import { bareWord, isPlainWord, partsOf } from './words.ts';

// The one place that names lunr, so that what depends on its inner shape can be found: lunr 2.3.9 exactly. Both
// the build, which counts words as lunr's builder would, and the reader's side, which has lunr weigh and rank
// the few words that a query needs, go through here.

/** What is indexed of a document, and how much a word in each field weighs. */
export const FIELDS = { subject: 5, from: 3, files: 2, body: 1 } as const;
/** The fields in lunr's order, which is that of the numbers in the index. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly (keyof typeof FIELDS)[];

/** The words of one document, by field. */
export type FieldTexts = Readonly<Record<keyof typeof FIELDS, string>>;

/** A query that cannot be understood, in a sentence for the one who wrote it. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

// A hyphen parts no words, or CVE-2020-1234 could not be asked for; its pieces are words as well (`partsOf`).
const SEPARATOR = /\s+/;
lunr.tokenizer.separator = SEPARATOR;

/** What `@types/lunr` leaves out or has wrong. */
interface Clause {
  readonly term: string;
  readonly usePipeline: boolean;
  readonly editDistance?: number;
}
interface TokenSet {
  intersect(other: TokenSet): TokenSet;
  toArray(): string[];
}
interface Inner {
  readonly Query: new (
    fields: readonly string[],
  ) => { readonly clauses: readonly Clause[]; isNegated(): boolean };
  readonly QueryParser: new (text: string, query: object) => { parse(): void };
  readonly QueryLexer: { termSeparator: RegExp };
  readonly TokenSet: {
    fromArray(sorted: readonly string[]): TokenSet;
    fromClause(clause: Clause): TokenSet;
  };
  readonly Vector: new (elements: readonly number[]) => object;
  readonly Index: new (parts: object) => lunr.Index;
}
const inner = lunr as unknown as Inner;
inner.QueryLexer.termSeparator = SEPARATOR;

/** What is particular to a language. */
interface Language {
  /** A word without its ending: `replaced` and `replacing` become one. */
  readonly stem: (word: string) => string;
  /** Words that stand in nearly every text, tell nothing and would be a sixth of the index. */
  readonly common: ReadonlySet<string>;
}

/**
 * Languages by tag. To add one, import lunr-languages here and name its stemmer:
 * `de: { stem: word => lunr.de.stemmer(new lunr.Token(word, {})).toString(), common: new Set([…]) }`. In a
 * language that is not here, words are found as they stand.
 */
const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    stem: word => lunr.stemmer(new lunr.Token(word, {})).toString(),
    // Not lunr's list: `for`, `if`, `do`, `get`, `let` and `own` are words of programs.
    common: new Set(
      (
        'a an and are as at be been but by can could from had has have he her his i in into is it its me my no nor ' +
        'not of on or our she so some such than that the their them then there these they this those to too us was ' +
        'we were what when where which who will with would you your'
      ).split(' '),
    ),
  },
};
const OTHER: Language = { stem: word => word, common: new Set() };

/** What makes terms of words; the same when the index is written and when it is asked. */
export interface Analysis {
  /** The terms that a word is found by, itself first; none where it is no word, or a common one. */
  terms(word: string): readonly string[];
  /** Whether a word is so common that it is not looked for. */
  isCommon(word: string): boolean;
  /** A word of a query as the index holds it; what is no word stays as it is, and no document has it. */
  term(word: string): string;
  /** A lunr builder that makes the same terms of documents, for one index over everything. */
  builder(): lunr.Builder;
}

/** The analysis for a language (`en`, `en-GB`). */
export function createAnalysis(language: string): Analysis {
  const { stem, common } = LANGUAGES[language.toLowerCase().split('-')[0]!] ?? OTHER;
  const terms = (word: string) => {
    const bare = bareWord(word);
    if (bare === '') return [];
    return [bare, ...partsOf(bare)]
      .filter(one => !common.has(one))
      .map(one => (isPlainWord(one) ? stem(one) : one));
  };
  const term = (word: string) => terms(word)[0] ?? word;
  return {
    terms,
    term,
    isCommon: word => common.has(bareWord(word.toLowerCase())),
    builder() {
      const builder = new lunr.Builder();
      builder.ref('document');
      for (const [field, boost] of Object.entries(FIELDS)) builder.field(field, { boost });
      builder.pipeline.add(
        registered('traffic-terms', token => terms(token.toString()).map(one => token.clone(() => one))),
      );
      builder.searchPipeline.add(
        // Never nothing: a query that asks for it with + would break lunr.
        registered('traffic-term', token => token.update(term)),
      );
      return builder;
    },
  };
}

function registered(
  label: string,
  step: (token: lunr.Token) => lunr.Token | lunr.Token[],
): lunr.PipelineFunction {
  // lunr warns of functions without a label; where they are kept is not asked for here.
  (lunr.Pipeline as unknown as { registeredFunctions: Record<string, unknown> }).registeredFunctions[label] =
    step;
  return Object.assign(step, { label }) as unknown as lunr.PipelineFunction;
}

/** The words of a text as lunr's tokenizer cuts them. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(SEPARATOR);
}

/** What of the vocabulary a clause of a query matches, as far as it can be told without the vocabulary. */
export interface Wanted {
  /** With `*` or `~`: the clause is matched by lunr's own automaton. Without: `term` alone is wanted. */
  readonly pattern: boolean;
  readonly term: string;
  /** How many letters may differ, by `~`. */
  readonly edits: number;
  /** Which of `terms` match. */
  matching(terms: readonly string[]): readonly string[];
}

/** What a query asks of the index. `isNegated`: it only says what must not be there, so that all others are found. */
export interface Request {
  readonly wanted: readonly Wanted[];
  readonly isNegated: boolean;
}

/**
 * What a query in lunr's own language asks for.
 *
 * @throws QueryError where the query cannot be understood.
 */
export function readRequest(analysis: Analysis, text: string): Request {
  const query = new inner.Query(FIELD_NAMES);
  try {
    new inner.QueryParser(text, query).parse();
  } catch (error) {
    if (!(error instanceof lunr.QueryParseError)) throw error;
    throw new QueryError(`The query cannot be read: ${error.message}.`, { cause: error });
  }
  const wanted = query.clauses.map((clause): Wanted => {
    if ((clause.editDistance ?? 0) > 2 || Number.isNaN(clause.editDistance)) {
      // The automaton of a greater distance fills the memory, and matches everything.
      throw new QueryError('After ~ stands how many letters may differ: 1 or 2.');
    }
    const term = clause.usePipeline ? analysis.term(clause.term) : clause.term;
    const pattern = term.includes('*') || clause.editDistance !== undefined;
    const automaton = pattern ? inner.TokenSet.fromClause({ ...clause, term }) : undefined;
    return {
      pattern,
      term,
      edits: clause.editDistance ?? 0,
      matching: terms =>
        automaton
          ? inner.TokenSet.fromArray(terms.toSorted(byCodeUnits)).intersect(automaton).toArray()
          : terms.filter(one => one === term),
    };
  });
  return { wanted, isNegated: query.isNegated() };
}

/** What the weights of a whole index depend on beside the words themselves. */
export interface Totals {
  readonly documents: number;
  /** By field, in the order of `FIELD_NAMES`: how many terms all documents have in it. */
  readonly lengths: readonly number[];
}

/** A document that a query found. */
export interface Ranked {
  readonly document: number;
  readonly score: number;
  /** The terms that found it. */
  readonly terms: readonly string[];
}

/** lunr's own: how soon a term that comes again counts no more, and how much a long field counts less. */
const K1 = 1.2;
const B = 0.75;

/**
 * The documents that a query finds, best first: with the same scores and in the same order as one lunr index over
 * everything, given the whole postings of every term that the query matches. A real lunr index of these terms ranks.
 */
export function rank(
  analysis: Analysis,
  { documents, lengths }: Totals,
  terms: readonly TermPostings[],
  query: string,
  isNegated: boolean,
): readonly Ranked[] {
  const vectors = new Map<string, number[]>();
  const invertedIndex: Record<string, object> = Object.create(null);
  // lunr adds up in the order in which terms first appeared: another order, another last bit.
  const byAppearance = terms.toSorted((a, b) => a.first - b.first || a.order - b.order);
  for (const [index, { term, fields }] of byAppearance.entries()) {
    const idf = idfOf(fields, documents);
    const posting: Record<string, unknown> = Object.assign(Object.create(null), { _index: index });
    for (const [at, field] of FIELD_NAMES.entries()) {
      const matching: Record<number, object> = Object.create(null);
      posting[field] = matching;
      const postings = fields[at];
      if (!postings) continue;
      const average = lengths[at]! / documents;
      for (let place = 0; place < postings.documents.length; place++) {
        const document = postings.documents[place]!;
        matching[document] = NO_METADATA;
        const weight = weightOf(
          idf,
          postings.frequencies[place]!,
          postings.lengths[place]! / average,
          FIELDS[field],
        );
        const ref = `${field}/${document}`;
        const vector = vectors.get(ref);
        if (vector) vector.push(index, weight);
        else vectors.set(ref, [index, weight]);
      }
    }
    invertedIndex[term] = posting;
  }
  const index = new inner.Index({
    invertedIndex,
    fieldVectors: isNegated ? everyDocument(documents) : fieldVectors(vectors),
    tokenSet: inner.TokenSet.fromArray(terms.map(({ term }) => term).sort(byCodeUnits)),
    fields: FIELD_NAMES,
    pipeline: analysis.builder().searchPipeline,
  });
  return index.search(query).map(({ ref, score, matchData }) => ({
    document: Number(ref),
    score,
    terms: Object.keys(matchData.metadata),
  }));
}

const NO_METADATA: object = Object.freeze(Object.create(null));

/** As `lunr.idf`, which counts a document once for each field that has the term. */
function idfOf(fields: TermPostings['fields'], documents: number): number {
  const having = fields.reduce((sum, postings) => sum + (postings?.documents.length ?? 0), 0);
  return Math.log(1 + Math.abs((documents - having + 0.5) / (having + 0.5)));
}

/** As lunr's builder reckons it, operation by operation, its rounding included. */
function weightOf(idf: number, frequency: number, relativeLength: number, boost: number): number {
  const weight = (idf * ((K1 + 1) * frequency)) / (K1 * (1 - B + B * relativeLength) + frequency);
  return Math.round(weight * boost * 1000) / 1000;
}

function fieldVectors(vectors: ReadonlyMap<string, number[]>): Record<string, object> {
  const built: Record<string, object> = Object.create(null);
  for (const [ref, elements] of vectors) built[ref] = new inner.Vector(elements);
  return built;
}

/** What lunr wants of a document of which no term is asked. */
function everyDocument(documents: number): Record<string, object> {
  const empty = new inner.Vector([]);
  const vectors: Record<string, object> = {};
  for (let document = 0; document < documents; document++) vectors[`${FIELD_NAMES[0]}/${document}`] = empty;
  return vectors;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
