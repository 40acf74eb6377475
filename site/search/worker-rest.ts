// What the worker needs behind the first result, or for a query that is more than words: fetched by itself.
import { resultsHeading, searchResults } from '../../templates/search-results.ts';
import { findInFull } from './full.ts';
import { wholeResults } from './results.ts';

const rest = { findInFull, wholeResults, searchResults, resultsHeading };

/** What this script puts into the worker's global scope, under `rest`. */
export type WorkerRest = typeof rest;

Object.assign(self, { rest });
