/** Where a term stands in one field: three lists of one length, by document. */
export interface Postings {
  /** Numbers of documents, ascending. */
  readonly documents: readonly number[];
  /** How often the term stands there. */
  readonly frequencies: readonly number[];
  /** How many terms the field has there. */
  readonly lengths: readonly number[];
}

/** Where a term stands. */
export interface TermPostings {
  readonly term: string;
  /** The first document that has it, and its place among the terms that no earlier document has. */
  readonly first: number;
  readonly order: number;
  /** By field, in lunr's order; undefined where no document has it in that field. */
  readonly fields: readonly (Postings | undefined)[];
}

/** Several runs of one term's postings as one, given in the order of their documents. */
export function joinPostings(runs: readonly TermPostings[]): TermPostings {
  const head = runs[0]!;
  if (runs.length === 1) return head;
  return {
    ...head,
    fields: head.fields.map((_, field) => {
      const present = runs.flatMap(run => run.fields[field] ?? []);
      if (present.length === 0) return undefined;
      return {
        documents: joined(present.map(({ documents }) => documents)),
        frequencies: joined(present.map(({ frequencies }) => frequencies)),
        lengths: joined(present.map(({ lengths }) => lengths)),
      };
    }),
  };
}

function joined(lists: readonly (readonly number[])[]): readonly number[] {
  return lists[0]!.concat(...lists.slice(1));
}
