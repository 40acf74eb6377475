import lunr from 'lunr';

// The one place that names lunr, so that what depends on its inner shape can be found.

/** What is indexed of a message, and how much a word in each field weighs. */
export const FIELDS = { subject: 5, from: 3, body: 1 } as const;

/** The words of one document, by field. */
export type FieldTexts = Readonly<Record<keyof typeof FIELDS, string>>;

/** An index that can be asked. */
export interface Index {
  /**
   * The documents that a query finds, best first, with the terms that found them.
   *
   * @throws QueryError where the query cannot be understood.
   */
  search(
    query: string,
  ): readonly { readonly document: number; readonly score: number; readonly terms: readonly string[] }[];
}

/** A query that cannot be understood, in a sentence for the one who wrote it. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** A builder that takes documents one by one, numbered from 0, and gives the index as JSON. */
export function createBuilder(): { add(document: number, texts: FieldTexts): void; toJson(): string } {
  const builder = new lunr.Builder();
  builder.ref('document');
  for (const [field, boost] of Object.entries(FIELDS)) builder.field(field, { boost });
  // No stop words: a query that asks for `+the` would find nothing.
  builder.pipeline.add(trimmer, codeWords, lunr.stemmer);
  builder.searchPipeline.add(lunr.stemmer);
  return {
    add(document, texts) {
      builder.add({ document: String(document), ...texts });
    },
    toJson() {
      return JSON.stringify(builder.build());
    },
  };
}

/** A word without the marks around it. lunr's own trimmer takes every letter beyond ASCII for a mark. */
function trimmer(token: lunr.Token): lunr.Token {
  return token.update(word => word.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, ''));
}

/** A word of code as itself and as its parts, so that `ksys` finds `ksys_close`. */
function codeWords(token: lunr.Token): lunr.Token[] {
  const word = token.toString();
  const parts = word.split(/[_./:()]+/).filter(part => part.length > 1 && part !== word);
  return [token, ...parts.map(part => token.clone(() => part))];
}
lunr.Pipeline.registerFunction(trimmer, 'unicodeTrimmer');
lunr.Pipeline.registerFunction(codeWords as unknown as lunr.PipelineFunction, 'codeWords');

/** The index that `json` holds. */
export function openIndex(json: string): Index {
  const index = lunr.Index.load(JSON.parse(json) as object);
  return {
    search(query) {
      if (/~(?!\s|[0-2](?!\d))/.test(query)) {
        // The automaton of a greater distance fills the memory, and matches everything.
        throw new QueryError('After ~ stands how many letters may differ: 1 or 2.');
      }
      try {
        return index.search(query).map(result => ({
          document: Number(result.ref),
          score: result.score,
          terms: Object.keys(result.matchData.metadata),
        }));
      } catch (error) {
        if (error instanceof lunr.QueryParseError)
          throw new QueryError(plainError(error.message), { cause: error });
        throw error;
      }
    },
  };
}

/** A word as the index holds it. */
export function stem(word: string): string {
  return lunr.stemmer(new lunr.Token(word.toLowerCase(), {})).toString();
}

function plainError(message: string): string {
  const field = /unrecognised field '([^']*)'/.exec(message)?.[1];
  if (field === undefined) return `The query cannot be read: ${message}.`;
  return `There is no field called “${field}”: a colon comes after ${Object.keys(FIELDS).join(', ')}.`;
}
