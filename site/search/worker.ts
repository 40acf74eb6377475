// The search itself, away from the page, so that typing never waits for it.
import type { Archive } from '../../templates/search.ts';
import { firstHits, searchMessage } from '../../templates/search-hits.ts';
import { fetchPacked } from './fetch.ts';
import { openSearch, type Search } from './find.ts';
import { firstResults } from './first-results.ts';
import type { WorkerRest } from './worker-rest.ts';

/** What the page asks for; `number` rises with each question, and only the last one matters. All addresses are whole. */
export interface Question {
  readonly number: number;
  /** The address of the root's file; the index's other files lie beside it. */
  readonly root: string;
  /** The addresses of the rest of this script: packed, and plain. */
  readonly rest: string;
  readonly plainRest: string;
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
  /** Whether the same question will have the same answer. */
  readonly final: boolean;
}

declare const importScripts: (address: string) => void;

let opened: Promise<Search> | undefined;
let rest: Promise<WorkerRest> | undefined;
let latest = 0;

self.addEventListener('message', ({ data }: MessageEvent<Question>) => void answer(data));
// Says that it runs: no question has this number.
postMessage({ number: -1 });

async function answer(question: Question): Promise<void> {
  const { number, query, archives, threads } = question;
  latest = number;
  const isOld = () => number !== latest;
  const tell = (told: Omit<Answer, 'number'>) => postMessage({ number, ...told });
  try {
    opened ??= open(question);
    const search = await opened;
    if (isOld()) return;
    if (query.trim() === '') {
      // Somebody begins to type.
      await restOf(question);
      return;
    }
    const found = await search.find(query, Date.now());
    if (isOld()) return;
    if (threads === undefined && found.ranked.length > 0) {
      const markup = String(firstHits(await firstResults(search, found)));
      if (isOld()) return;
      tell({ stage: 'first', markup, said: '', final: false });
      // Nobody waits for the rest of an answer who has asked something else by now.
      await waitingQuestions();
      if (isOld()) return;
    }
    const { wholeResults, searchResults, resultsHeading } = await restOf(question);
    if (isOld()) return;
    const view = { ...(await wholeResults(search, found, threads)), query, archives };
    const final = threads === undefined && view.missing.length === 0;
    tell({ stage: 'whole', markup: String(searchResults(view)), said: resultsHeading(view), final });
  } catch (error) {
    // The class is another one where the rest of the script has thrown it.
    const understood = (error as Error).name === 'QueryError';
    if (!understood) opened = undefined; // The next try fetches the root again.
    const said = understood
      ? (error as Error).message
      : 'The search index could not be fetched. Try again when you are online.';
    tell({ stage: 'failed', markup: String(searchMessage(said)), said, final: false });
  }
}

/** Lets questions in that came while the last one was answered. */
function waitingQuestions(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve));
}

async function open(question: Question): Promise<Search> {
  const { root } = question;
  return openSearch(
    await fetchPacked(root),
    path => fetchPacked(new URL(path, root).href),
    async () => (await restOf(question)).findInFull,
  );
}

/** The rest of this script; asked for again the next time where it cannot be fetched. */
function restOf({ rest: packed, plainRest }: Question): Promise<WorkerRest> {
  rest ??= loadRest(packed, plainRest).catch(error => {
    rest = undefined;
    throw error;
  });
  return rest;
}

/** From a packed file; from a plain one where only scripts that have an address may run. */
async function loadRest(packed: string, plain: string): Promise<WorkerRest> {
  const script = await fetchPacked(packed);
  try {
    importScripts(
      URL.createObjectURL(new Blob([script as Uint8Array<ArrayBuffer>], { type: 'text/javascript' })),
    );
  } catch {
    importScripts(plain);
  }
  return (self as unknown as { readonly rest: WorkerRest }).rest;
}
