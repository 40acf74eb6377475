import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import type { Memo } from '../mail/memo.ts';
import { fixedPath, href, type SitePath } from './permalinks.ts';
import { lunrParts } from './search/lunr-parts.ts';

/** The links of the site's stylesheet and scripts. */
export interface Assets {
  readonly css: string;
  readonly icon: string;
  /** The script of every page but the search: keys, and where in a thread one is. */
  readonly reading: string;
  readonly search: string;
  /** The search itself, which runs in a Web Worker: packed (RFC 1950), as not every host packs what it serves, and plain. */
  readonly searchWorker: string;
  readonly plainSearchWorker: string;
  /** What the worker fetches when the first result is there. */
  readonly searchWorkerRest: string;
  readonly plainSearchWorkerRest: string;
}

/** A file that pages need. */
export interface AssetFile {
  readonly path: SitePath;
  readonly content: Uint8Array;
}

const HERE = path.dirname(fileURLToPath(import.meta.url));
const TEMPLATES = path.join(HERE, '..', 'templates');
const SEARCH_SCRIPT = path.join(HERE, 'search', 'browser.ts');
const SEARCH_WORKER = path.join(HERE, 'search', 'worker.ts');
const SEARCH_WORKER_REST = path.join(HERE, 'search', 'worker-rest.ts');
const READING_SCRIPT = path.join(HERE, 'reading', 'browser.ts');

/** The stylesheet and the scripts, and their links under `prefix`; `memo` keeps scripts that were bundled before. */
export async function makeAssets(
  prefix: string,
  memo: Memo,
): Promise<{ readonly links: Assets; readonly files: readonly AssetFile[] }> {
  const files: AssetFile[] = [];
  const script = (file: string) => memo.of(['script', path.relative(HERE, file)], () => bundled(file));
  const add = (at: `/${string}`, content: string | Uint8Array) => {
    const file = { path: fixedPath(at), content: Buffer.from(content) };
    files.push(file);
    return versioned(prefix, file);
  };
  const worker = await script(SEARCH_WORKER);
  const workerRest = await script(SEARCH_WORKER_REST);
  const links = {
    css: add('/assets/look.css', fs.readFileSync(path.join(TEMPLATES, 'look.css'))),
    icon: add('/assets/icon.svg', fs.readFileSync(path.join(TEMPLATES, 'icon.svg'))),
    reading: add('/assets/reading.js', await script(READING_SCRIPT)),
    search: add('/search/search.js', await script(SEARCH_SCRIPT)),
    searchWorker: add('/search/worker.bin', zlib.deflateSync(worker, { level: 9 })),
    plainSearchWorker: add('/search/worker.js', worker),
    searchWorkerRest: add('/search/worker-rest.bin', zlib.deflateSync(workerRest, { level: 9 })),
    plainSearchWorkerRest: add('/search/worker-rest.js', workerRest),
  };
  return { links, files };
}

/** A script and all that it imports, in one file for browsers. */
export async function bundled(script: string): Promise<string> {
  // Loaded here, as most builds have their scripts.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    minify: true,
    write: false,
    // A worker has two of them, whose names must not meet.
    format: 'iife',
    target: 'es2022',
    legalComments: 'inline',
    plugins: [lunrParts],
  });
  return outputFiles[0]!.text;
}

/** The link of a file, which changes with its content: a browser keeps the old one otherwise. */
function versioned(prefix: string, { path: at, content }: AssetFile): string {
  const version = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return `${href(prefix, at)}?v=${version}`;
}
