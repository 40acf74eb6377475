import { createRequire } from 'node:module';
import path from 'node:path';
import type { Pass } from '../pass.ts';
import { ROOT } from './digest.ts';

/** A page as its template made it. */
export interface Rendered {
  /** Relative to the site's folder. */
  readonly file: string;
  readonly content: string;
}

/** Where Eleventy would write: it is asked for the pages instead, and those that changed are written by the output. */
const NOWHERE = '_site';

/** Has Eleventy render the pages of a pass. The current folder must be the program's: see `inProgramFolder`. */
export async function rendered(pass: Pass): Promise<readonly Rendered[]> {
  const { default: Eleventy } = await loadEleventy();
  const eleventy = new Eleventy('site/pages', NOWHERE, {
    quietMode: true,
    configPath: '.eleventy.js',
    config: config => config.addGlobalData('pass', () => pass),
  });
  eleventy.disableLogger();
  const pages = await eleventy.toJSON();
  return pages.map(({ outputPath, content }) => ({ file: path.relative(NOWHERE, outputPath), content }));
}

/** Loaded late, as a build that has nothing to render need not wait for it. */
function loadEleventy(): Promise<typeof import('@11ty/eleventy')> | typeof import('@11ty/eleventy') {
  // Sooner than `import` by a quarter, which asks the thread of the loader's hooks for each of its hundreds of files.
  return process.features.require_module ? require('@11ty/eleventy') : import('@11ty/eleventy');
}

const require = createRequire(import.meta.url);
// Its switch for a thread with hooks that look whether a module was edited meanwhile, which takes a third of its start.
process.env.ELEVENTY_SKIP_ESM_RESOLVER = '1';

let inside = 0;
let outside = '';

/**
 * Runs `work` with the program's folder as the current one: Eleventy takes paths from it, and would leave out pages that
 * lie in a `node_modules`. Workers have the current folder of the process.
 */
export async function inProgramFolder<T>(work: () => Promise<T>): Promise<T> {
  if (inside++ === 0) {
    outside = process.cwd();
    process.chdir(ROOT);
  }
  try {
    return await work();
  } finally {
    if (--inside === 0) process.chdir(outside);
  }
}
