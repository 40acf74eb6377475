import type { Found, Hit, Search } from './find.ts';
import type { Ranked } from './rank.ts';

/** The hits of one thread. */
export interface ThreadHits {
  readonly hits: readonly Hit[];
  /** How many more there are. */
  readonly more: number;
}

/** What is read and shown before anything is counted: each more would be one more file to wait for. */
const FIRST_HITS = 1;

/** The first of what was found: what can be shown before the facts of all documents are read. */
export async function firstResults(search: Search, { ranked }: Found): Promise<readonly ThreadHits[]> {
  const hits = await search.hits(sectionsFirst(search, ranked).slice(0, FIRST_HITS));
  return hits.map(hit => ({ hits: [hit], more: 0 }));
}

/** What was told of the mail comes before the mail, whatever the scores. */
export function sectionsFirst(search: Search, ranked: readonly Ranked[]): readonly Ranked[] {
  const sections = ranked.filter(({ document }) => search.isSection(document));
  if (sections.length === 0) return ranked;
  return [...sections, ...ranked.filter(({ document }) => !search.isSection(document))];
}
