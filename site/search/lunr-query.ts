import lunr from 'lunr';
import type { Clause } from './clauses.ts';
import { type Analysis, FIELD_NAMES, QueryError, SEPARATOR } from './lunr.ts';

/** What `@types/lunr` leaves out or has wrong. */
interface LunrClause {
  readonly term: string;
  readonly fields: readonly string[];
  readonly boost: number;
  /** 1, 2 or 3: may be there, must be there, must not. */
  readonly presence: number;
  readonly usePipeline: boolean;
  readonly editDistance?: number;
}
interface TokenSet {
  intersect(other: TokenSet): TokenSet;
  toArray(): string[];
}
interface Inner {
  readonly Query: new (fields: readonly string[]) => { readonly clauses: readonly LunrClause[] };
  readonly QueryParser: new (text: string, query: object) => { parse(): void };
  readonly QueryLexer: { termSeparator: RegExp };
  readonly TokenSet: {
    fromArray(sorted: readonly string[]): TokenSet;
    fromClause(clause: LunrClause): TokenSet;
  };
}
const inner = lunr as unknown as Inner;
inner.QueryLexer.termSeparator = SEPARATOR;

const EDITS = 'After ~ stands how many letters may differ: 1 or 2.';
const BOOST = 'After ^ stands a whole number, how many times the word counts.';

/** What lunr has against a query, for somebody who knows none of its words. */
function sentenceOf({ message, start, end }: lunr.QueryParseError, text: string): string {
  if (message.startsWith('edit distance')) return EDITS;
  if (message.startsWith('boost')) return BOOST;
  const at = text.slice(start, end) || text;
  return `“${at}” cannot be read there: a word comes behind +, - and :, and ~ and ^ behind a word. Put quotation marks around what is to be found as it stands.`;
}

const PRESENCES = ['optional', 'required', 'prohibited'] as const;

/**
 * What a query in lunr's own language asks for.
 *
 * @throws QueryError where the query cannot be understood.
 */
export function readClauses(analysis: Analysis, text: string): readonly Clause[] {
  const query = new inner.Query(FIELD_NAMES);
  try {
    new inner.QueryParser(text, query).parse();
  } catch (error) {
    if (!(error instanceof lunr.QueryParseError)) throw error;
    throw new QueryError(sentenceOf(error, text), { cause: error });
  }
  return query.clauses.map((clause): Clause => {
    if ((clause.editDistance ?? 0) > 2 || Number.isNaN(clause.editDistance)) {
      // The automaton of a greater distance fills the memory, and matches everything.
      throw new QueryError(EDITS);
    }
    const term = clause.usePipeline ? analysis.term(clause.term) : clause.term;
    const pattern = term.includes('*') || clause.editDistance !== undefined;
    const automaton = pattern ? inner.TokenSet.fromClause({ ...clause, term }) : undefined;
    return {
      pattern,
      term,
      edits: clause.editDistance ?? 0,
      fields: clause.fields.map(field => (FIELD_NAMES as readonly string[]).indexOf(field)),
      boost: clause.boost,
      presence: PRESENCES[clause.presence - 1]!,
      matching: terms =>
        automaton
          ? inner.TokenSet.fromArray(terms.toSorted(byCodeUnits)).intersect(automaton).toArray()
          : terms.filter(one => one === term),
    };
  });
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
