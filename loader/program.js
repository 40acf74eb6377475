import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const ROOT = path.join(import.meta.dirname, '..');
/** Where threads are told, too, which folder the program runs from. */
const FOLDER = 'list-traffic';

/** Loads a module of the program, such as `cli/main.ts`, compiled: to be called by what a process begins with. */
export async function load(file) {
  if (getEnvironmentData(FOLDER) === undefined) {
    // Here, as threads, Eleventy and tests need `moduleOf` alone.
    await import('./runtime.js');
    const { compiledProgram } = await import('./compile.js');
    setEnvironmentData(FOLDER, await compiledProgram());
  }
  return import(moduleOf(pathToFileURL(path.join(ROOT, file))));
}

/** What runs of a TypeScript file: where the program is compiled its JavaScript, and the file itself in tests. */
export function moduleOf(url) {
  const folder = getEnvironmentData(FOLDER);
  if (folder === undefined) return url.href;
  const file = path.relative(ROOT, fileURLToPath(url)).replace(/\.ts$/, '.js');
  return pathToFileURL(path.join(folder, file)).href;
}
