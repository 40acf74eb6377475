import lunr from 'lunr';
import { bareWord, isPlainWord, partsOf } from './words.ts';

// lunr 2.3.9 exactly, as we depend on its inner shape. It is named here, where words become terms, in the build and in
// the reader's browser, and in lunr-query.ts, where it reads queries.

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
export const SEPARATOR = /\s+/;

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
  };
}

/** The words of a text as lunr's tokenizer cuts them. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(SEPARATOR);
}
