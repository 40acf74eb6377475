import type { Clause } from './clauses.ts';
import { FIELD_NAMES, FIELDS } from './lunr.ts';
import type { TermPostings } from './postings.ts';

// lunr's ranking, over postings instead of lunr's objects: a document and field is an object with several more in it
// there, and a common word of a large list makes a hundred thousand of them. What is added up, and in which order, is
// as in lunr.Index.query, as another order gives another last bit, and documents of one score another place.

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
  /** The terms that were looked for, some of which it has. */
  readonly terms: readonly string[];
}

/** lunr's own: how soon a term that comes again counts no more, and how much a long field counts less. */
const K1 = 1.2;
const B = 0.75;

/**
 * The documents that a query finds, best first: with the same scores and in the same order as one lunr index over
 * everything, given the whole postings of every term that the query matches.
 */
export function rank(
  { documents, lengths }: Totals,
  clauses: readonly Clause[],
  terms: readonly TermPostings[],
): readonly Ranked[] {
  const texts = terms.map(({ term }) => term);
  const postingsOf = new Map(terms.map(one => [one.term, one]));
  /** By field and term, as lunr's query vectors. */
  const boosts = FIELD_NAMES.map(() => new Map<string, number>());
  /** Documents and fields, in the order in which lunr comes upon them. */
  const cells: number[] = [];
  const isSeen = new Uint8Array(documents * FIELD_NAMES.length);
  const isRefused = new Uint8Array(documents);
  /** By document: how many of the clauses that must match do, one after the other. */
  const met = new Uint16Array(documents);
  let required = 0;
  for (const clause of clauses) {
    if (clause.presence === 'required') required++;
    for (const term of clause.matching(texts)) {
      for (const field of clause.fields) {
        const found = postingsOf.get(term)!.fields[field]?.documents ?? [];
        if (clause.presence === 'prohibited') {
          for (const document of found) isRefused[document] = 1;
          continue;
        }
        if (clause.presence === 'required')
          for (const document of found) if (met[document] === required - 1) met[document] = required;
        const before = boosts[field]!.get(term);
        boosts[field]!.set(term, before === undefined ? clause.boost : before + clause.boost);
        for (const document of found) {
          const cell = document * FIELD_NAMES.length + field;
          if (isSeen[cell] === 0) cells.push(cell);
          isSeen[cell] = 1;
        }
      }
    }
  }
  const passes = (document: number) => isRefused[document] === 0 && met[document] === required;
  if (clauses.every(({ presence }) => presence === 'prohibited'))
    return Array.from({ length: documents }, (_, document) => document)
      .filter(passes)
      .map(document => ({ document, score: 0, terms: [] }));

  const { products, magnitudes } = similarities({ documents, lengths }, terms, boosts);
  const found: number[] = [];
  const scores = new Float64Array(documents);
  const isFound = new Uint8Array(documents);
  for (const cell of cells) {
    const document = Math.floor(cell / FIELD_NAMES.length);
    if (!passes(document)) continue;
    if (isFound[document] === 0) found.push(document);
    isFound[document] = 1;
    scores[document]! += products[cell]! / magnitudes[cell % FIELD_NAMES.length]! || 0;
  }
  const wanted = texts.filter(term => boosts.some(field => field.has(term)));
  return found
    .sort((a, b) => scores[b]! - scores[a]!)
    .map(document => ({ document, score: scores[document]!, terms: wanted }));
}

/** Of each document and field the product of its vector with the query's, and by field how long the query's vector is. */
function similarities(
  { documents, lengths }: Totals,
  terms: readonly TermPostings[],
  boosts: readonly ReadonlyMap<string, number>[],
): { readonly products: Float64Array; readonly magnitudes: readonly number[] } {
  const products = new Float64Array(documents * FIELD_NAMES.length);
  const squares = FIELD_NAMES.map(() => 0);
  // lunr adds up in the order in which terms first appeared.
  const byAppearance = terms.toSorted((a, b) => a.first - b.first || a.order - b.order);
  for (const { term, fields } of byAppearance) {
    const idf = idfOf(fields, documents);
    for (const [field, name] of FIELD_NAMES.entries()) {
      const boost = boosts[field]!.get(term);
      if (boost === undefined) continue;
      squares[field]! += boost * boost;
      const postings = fields[field];
      if (!postings) continue;
      const average = lengths[field]! / documents;
      for (let place = 0; place < postings.documents.length; place++) {
        const relativeLength = postings.lengths[place]! / average;
        const weight = weightOf(idf, postings.frequencies[place]!, relativeLength, FIELDS[name]);
        products[postings.documents[place]! * FIELD_NAMES.length + field]! += boost * weight;
      }
    }
  }
  return { products, magnitudes: squares.map(Math.sqrt) };
}

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
