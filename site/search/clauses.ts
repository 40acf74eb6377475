import { type Analysis, FIELD_NAMES } from './lunr.ts';

/** A clause of a query. */
export interface Clause {
  /** With `*` or `~`: the clause is matched by lunr's own automaton. Without: `term` alone is wanted. */
  readonly pattern: boolean;
  readonly term: string;
  /** How many letters may differ, by `~`. */
  readonly edits: number;
  /** The numbers of the fields in which it is looked for. */
  readonly fields: readonly number[];
  readonly boost: number;
  readonly presence: 'optional' | 'required' | 'prohibited';
  /** Which of `terms` match, as far as it can be told without the vocabulary; in lunr's order, given all of it. */
  matching(terms: readonly string[]): readonly string[];
}

const ALL_FIELDS = FIELD_NAMES.map((_, field) => field);

/**
 * The clauses of a query that is words alone, as lunr and `readQuery` would read it; undefined of any other, and of one
 * that has only words that stand everywhere. Most queries are such, and need not wait for the code that reads the rest.
 */
export function plainClauses(analysis: Analysis, text: string): readonly Clause[] | undefined {
  if (!/^[\p{L}\p{N}_\s]+$/u.test(text)) return undefined;
  const words = text.split(/\s+/).filter(word => word !== '' && !analysis.isCommon(word));
  if (words.length === 0) return undefined;
  return words.map(word => {
    const term = analysis.term(word.toLowerCase());
    return {
      pattern: false,
      term,
      edits: 0,
      fields: ALL_FIELDS,
      boost: 1,
      presence: 'optional',
      matching: terms => terms.filter(one => one === term),
    };
  });
}
