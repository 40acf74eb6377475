import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Hooks of Node's module loader that translate TypeScript with esbuild, once: what is translated is kept with the
// installed packages, by the hash of what it is made from. esbuild itself is loaded only where something is new.

const require = createRequire(import.meta.url);
const CACHE = path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'list-traffic');
const { version } = require('esbuild/package.json');

/** Node's hook: the JavaScript of a `.ts` file, and of other modules what they are anyway. */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !/\.ts($|\?)/.test(url)) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const source = await translated(file, fs.readFileSync(file, 'utf8'));
  return { format: 'module', shortCircuit: true, source };
}

async function translated(file, source) {
  const hash = createHash('sha256').update(`${version}\n${file}\n${source}`).digest('hex');
  const kept = path.join(CACHE, `${hash}.js`);
  const known = read(kept);
  if (known !== undefined) return known;
  const { code } = await require('esbuild').transform(source, {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    sourcefile: file,
  });
  keep(kept, code);
  return code;
}

/** What was kept; undefined where nothing was, or where a power failure left a file without its content. */
function read(file) {
  try {
    const code = fs.readFileSync(file, 'utf8');
    return code.includes('\n//# sourceMappingURL=') ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: other processes and threads may be reading. Where nothing can be written it is translated each time. */
function keep(file, code) {
  const begun = `${file}.${randomUUID()}`;
  try {
    fs.mkdirSync(CACHE, { recursive: true });
    fs.writeFileSync(begun, code);
    fs.renameSync(begun, file);
  } catch {}
}
