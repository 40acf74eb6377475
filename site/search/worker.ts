// The search itself, away from the page, so that typing never waits for it.
import type { Archive } from '../../templates/search.ts';
import { resultsHeading, searchMessage, searchResults } from '../../templates/search-results.ts';
import { fetchPacked } from './fetch.ts';
import { openSearch, type Search } from './find.ts';
import { QueryError } from './lunr.ts';
import { firstResults, type Results, wholeResults } from './results.ts';

/** What the page asks for; `number` rises with each question, and only the last one matters. */
export interface Question {
  readonly number: number;
  /** The address of the root's file; the index's other files lie beside it. */
  readonly root: string;
  readonly query: string;
  readonly archives: readonly Archive[];
  /** How many threads to show, where not the usual number. */
  readonly threads?: number;
}

/** What the page gets: the first hits, then everything, or why there is nothing, as markup and to be read aloud. */
export interface Answer {
  readonly number: number;
  readonly stage: 'first' | 'whole' | 'failed';
  readonly markup: string;
  readonly said: string;
}

let opened: Promise<Search> | undefined;
let latest = 0;

self.addEventListener('message', ({ data }: MessageEvent<Question>) => void answer(data));
// Says that it runs: no question has this number.
postMessage({ number: -1 });

async function answer({ number, root, query, archives, threads }: Question): Promise<void> {
  latest = number;
  const isOld = () => number !== latest;
  const tell = (rest: Omit<Answer, 'number'>) => postMessage({ number, ...rest });
  const show = (stage: Answer['stage'], results: Results) => {
    const view = { ...results, query, archives };
    tell({ stage, markup: String(searchResults(view)), said: resultsHeading(view) });
  };
  try {
    opened ??= open(root);
    const search = await opened;
    if (query.trim() === '' || isOld()) return;
    const found = await search.find(query, Date.now());
    if (isOld()) return;
    if (threads === undefined && found.ranked.length > 0) {
      show('first', await firstResults(search, found));
      if (isOld()) return;
    }
    show('whole', await wholeResults(search, found, threads));
  } catch (error) {
    const understood = error instanceof QueryError;
    if (!understood) opened = undefined; // The next try fetches the root again.
    const said = understood
      ? error.message
      : 'The search index could not be fetched. Try again when you are online.';
    tell({ stage: 'failed', markup: String(searchMessage(said)), said });
  }
}

async function open(root: string): Promise<Search> {
  return openSearch(await fetchPacked(root), path => fetchPacked(new URL(path, root).href));
}
