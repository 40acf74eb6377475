import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { END, keptFile, mapFile, readKept } from './translations.js';

// Hooks of Node's module loader that translate TypeScript with esbuild, once. esbuild itself is loaded only where
// something is new.

const require = createRequire(import.meta.url);

/** Node's hook: where a module lies. Ours lie where it is said, and Node would look at each folder on the way there. */
export async function resolve(specifier, context, nextResolve) {
  if (!/^\.{1,2}\/.*\.ts$/.test(specifier) || context.parentURL === undefined)
    return nextResolve(specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
}

/** Node's hook: the JavaScript of a `.ts` file, and of other modules what they are anyway. */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !/\.ts($|\?)/.test(url)) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const source = await translated(file, fs.readFileSync(file, 'utf8'));
  return { format: 'module', shortCircuit: true, source };
}

async function translated(file, source) {
  const kept = keptFile(file, source);
  const known = readKept(kept);
  if (known?.endsWith(END)) return known;
  const { code, map } = await require('esbuild').transform(source, {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcemap: 'external',
    sourcefile: file,
  });
  const whole = `${code}${END}`;
  keep(mapFile(kept), map);
  keep(kept, whole);
  return whole;
}

/** Whole or not at all: other processes and threads may be reading. Where nothing can be written it is translated each time. */
function keep(file, content) {
  const begun = `${file}.${randomUUID()}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(begun, content);
    fs.renameSync(begun, file);
  } catch {}
}
