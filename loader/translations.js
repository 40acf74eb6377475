import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// Where translated files are kept, with the installed packages: each by the hash of all that it is made from, and
// beside it the map that leads from its lines to those of the TypeScript.

const require = createRequire(import.meta.url);
const CACHE = path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'list-traffic');
const { version } = require('esbuild/package.json');

/** The last line of code that was kept whole: a power failure can leave a file without its content. */
export const END = '//# whole\n';

/** Where the translation of a file is kept. */
export function keptFile(file, source) {
  const hash = createHash('sha256').update(`${version}\n${file}\n${source}`).digest('hex');
  return path.join(CACHE, `${hash}.js`);
}

/** Where the map of a translation is kept, as JSON. */
export function mapFile(kept) {
  return `${kept}.map`;
}

/** What a file says; undefined where it cannot be read. */
export function readKept(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
