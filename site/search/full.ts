import { choicesOf, filterTest, isFiltering } from './filters.ts';
import type { Found } from './find.ts';
import type { Analysis } from './lunr.ts';
import type { LunrIndex } from './lunr-index.ts';
import { readClauses } from './lunr-query.ts';
import { hasPhrases, isNamed } from './phrases.ts';
import { type Phrase, type Query, readQuery } from './query.ts';
import type { Ranked } from './rank.ts';

/** A phrase is looked for in the texts of so many documents at most, the best first: each has to be fetched. */
const PHRASE_DOCUMENTS = 400;

/**
 * What a query finds, whatever it asks for. `now` is in milliseconds.
 *
 * @throws QueryError where the query cannot be understood.
 */
export async function findInFull(
  index: LunrIndex,
  analysis: Analysis,
  text: string,
  now: number,
): Promise<Found> {
  const query = readQuery(text, now, index.root.names, analysis.isCommon);
  const ranked =
    query.lunr === '' ? await newestFirst(index) : await index.rank(readClauses(analysis, query.lunr));
  return withPhrases(index, query, await filtered(index, query, ranked));
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

async function withPhrases(index: LunrIndex, { phrases }: Query, ranked: readonly Ranked[]): Promise<Found> {
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
