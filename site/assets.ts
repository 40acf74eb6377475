import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { build } from 'esbuild';
import type { Output } from './output.ts';
import { fixedPath, href, type SitePath } from './permalinks.ts';

/** The links of the site's stylesheet and scripts. */
export interface Assets {
  readonly css: string;
  readonly icon: string;
  /** The script of every page but the search: keys, and where in a thread one is. */
  readonly reading: string;
  readonly search: string;
  /** The search itself, which runs in a Web Worker: packed with gzip, as not every host packs what it serves, and plain. */
  readonly searchWorker: string;
  readonly plainSearchWorker: string;
}

const HERE = path.dirname(fileURLToPath(import.meta.url));
const TEMPLATES = path.join(HERE, '..', 'templates');
const SEARCH_SCRIPT = path.join(HERE, 'search', 'browser.ts');
const SEARCH_WORKER = path.join(HERE, 'search', 'worker.ts');
const READING_SCRIPT = path.join(HERE, 'reading', 'browser.ts');

/** Writes the stylesheet and the scripts, and gives their links. */
export async function writeAssets(output: Output, prefix: string): Promise<Assets> {
  const worker = await bundled(SEARCH_WORKER);
  return {
    css: writeVersioned(
      output,
      prefix,
      fixedPath('/assets/look.css'),
      fs.readFileSync(path.join(TEMPLATES, 'look.css')),
    ),
    icon: writeVersioned(
      output,
      prefix,
      fixedPath('/assets/icon.svg'),
      fs.readFileSync(path.join(TEMPLATES, 'icon.svg')),
    ),
    reading: writeVersioned(output, prefix, fixedPath('/assets/reading.js'), await bundled(READING_SCRIPT)),
    search: writeVersioned(output, prefix, fixedPath('/search/search.js'), await bundled(SEARCH_SCRIPT)),
    searchWorker: writeVersioned(
      output,
      prefix,
      fixedPath('/search/worker.bin'),
      zlib.gzipSync(worker, { level: 9 }),
    ),
    plainSearchWorker: writeVersioned(output, prefix, fixedPath('/search/worker.js'), worker),
  };
}

/** A script and all that it imports, in one file for browsers. */
export async function bundled(script: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'inline',
  });
  return outputFiles[0]!.contents;
}

/** Writes a file and gives its link, which changes with its content: a browser keeps the old one otherwise. */
export function writeVersioned(output: Output, prefix: string, file: SitePath, content: Uint8Array): string {
  output.write(file, content);
  const version = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return `${href(prefix, file)}?v=${version}`;
}
