import type { Clause } from './clauses.ts';
import { FIELD_NAMES, FIELDS } from './lunr.ts';
import type { Postings, TermPostings } from './postings.ts';

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

const FIELD_COUNT = FIELD_NAMES.length;

/** Ranks what queries of clauses find, given the whole postings of every term that they match. */
export type Rank = (clauses: readonly Clause[], terms: readonly TermPostings[]) => readonly Ranked[];

/**
 * Ranks by the weights of a whole index: the documents that a query finds, best first, with the same scores and in the
 * same order as one lunr index over everything.
 */
export function createRank(totals: Totals): Rank {
  const { documents } = totals;
  // Kept from query to query, and all zero between them: to clear them takes longer than most queries.
  const products = new Float64Array(documents * FIELD_COUNT);
  const scores = new Float64Array(documents);
  return (clauses, terms) => {
    const { passes, cells, boosts } = matches(documents, clauses, terms);
    if (clauses.every(({ presence }) => presence === 'prohibited'))
      return Array.from({ length: documents }, (_, document) => document)
        .filter(passes)
        .map(document => ({ document, score: 0, terms: [] }));
    const lengths = addProducts(products, totals, terms, boosts);
    const found = addScores(scores, products, cells, lengths, passes);
    const wanted = terms.map(({ term }) => term).filter(term => boosts.some(field => field.has(term)));
    const ranked = bestFirst(found, scores).map(document => ({
      document,
      score: scores[document]!,
      terms: wanted,
    }));
    for (const cell of cells) products[cell] = 0;
    for (const document of found) scores[document] = 0;
    return ranked;
  };
}

/** What matches the clauses of a query. */
interface Matches {
  /** Whether a document has all that must be there, and nothing that must not. */
  passes(document: number): boolean;
  /** Documents and fields, `document * FIELD_COUNT + field`, each once, in the order in which lunr comes upon them. */
  readonly cells: readonly number[];
  /** By field and term, as lunr's query vectors. */
  readonly boosts: readonly ReadonlyMap<string, number>[];
}

function matches(documents: number, clauses: readonly Clause[], terms: readonly TermPostings[]): Matches {
  const texts = terms.map(({ term }) => term);
  const postingsOf = new Map(terms.map(one => [one.term, one]));
  const boosts = FIELD_NAMES.map(() => new Map<string, number>());
  const cells: number[] = [];
  const isSeen = new Uint8Array(documents * FIELD_COUNT);
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
        addCells(cells, isSeen, found, field);
      }
    }
  }
  return {
    passes: document => isRefused[document] === 0 && met[document] === required,
    cells,
    boosts,
  };
}

// What goes over all postings stands in functions of its own, which browsers compile the sooner.

function addCells(cells: number[], isSeen: Uint8Array, documents: readonly number[], field: number): void {
  for (let place = 0; place < documents.length; place++) {
    const cell = documents[place]! * FIELD_COUNT + field;
    if (isSeen[cell] === 0) cells.push(cell);
    isSeen[cell] = 1;
  }
}

/** Adds, by document and field, the product of its vector with the query's; gives how long the query's vectors are. */
function addProducts(
  products: Float64Array,
  { documents, lengths }: Totals,
  terms: readonly TermPostings[],
  boosts: readonly ReadonlyMap<string, number>[],
): readonly number[] {
  const squares = FIELD_NAMES.map(() => 0);
  // lunr adds up in the order in which terms first appeared.
  const byAppearance = terms.toSorted((a, b) => a.first - b.first || a.order - b.order);
  for (const { term, fields } of byAppearance) {
    const idf = idfOf(fields, documents);
    for (const [field, postings] of fields.entries()) {
      const boost = boosts[field]!.get(term);
      if (boost === undefined) continue;
      squares[field]! += boost * boost;
      if (postings) addProduct(products, postings, field, idf, lengths[field]! / documents, boost);
    }
  }
  return squares.map(Math.sqrt);
}

function addProduct(
  products: Float64Array,
  { documents, frequencies, lengths }: Postings,
  field: number,
  idf: number,
  average: number,
  boost: number,
): void {
  const fieldBoost = FIELDS[FIELD_NAMES[field]!];
  for (let place = 0; place < documents.length; place++) {
    const weight = weightOf(idf, frequencies[place]!, lengths[place]! / average, fieldBoost);
    products[documents[place]! * FIELD_COUNT + field]! += boost * weight;
  }
}

/** Adds up what the fields of each document score, and gives those that pass, as lunr comes upon them. */
function addScores(
  scores: Float64Array,
  products: Float64Array,
  cells: readonly number[],
  lengths: readonly number[],
  passes: Matches['passes'],
): readonly number[] {
  const found: number[] = [];
  const isFound = new Uint8Array(scores.length);
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const field = cell % FIELD_COUNT;
    const document = (cell - field) / FIELD_COUNT;
    if (!passes(document)) continue;
    if (isFound[document] === 0) found.push(document);
    isFound[document] = 1;
    scores[document]! += products[cell]! / lengths[field]! || 0;
  }
  return found;
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

/**
 * Documents by score; those of one score stay in their order. To sort numbers as such and to look up the place of each
 * takes half the time of a sort that asks for each two.
 */
function bestFirst(found: readonly number[], scores: Float64Array): readonly number[] {
  const count = found.length;
  const sorted = new Float64Array(count);
  for (let at = 0; at < count; at++) sorted[at] = -scores[found[at]!]!;
  sorted.sort();
  const result = new Array<number>(count);
  /** By the first place of a score: how many have it already. */
  const taken = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    const document = found[at]!;
    const place = firstPlace(sorted, -scores[document]!);
    result[place + taken[place]!] = document;
    taken[place]!++;
  }
  return result;
}

/** Where a value that is among sorted ones first stands. */
function firstPlace(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
