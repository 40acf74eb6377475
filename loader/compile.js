import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// The program as JavaScript: esbuild compiles it once for each state of its files, and is loaded only then.

const require = createRequire(import.meta.url);

const ROOT = path.join(import.meta.dirname, '..');
const ROOMS = ['briefs', 'cli', 'ingest', 'loader', 'mail', 'publication', 'site', 'templates'];
/** What commands, threads and Eleventy begin with; all other files are parts of what these share. */
const ENTRIES = ['cli/main.ts', 'ingest/pack-thread.ts', 'site/build/worker.ts', 'site/config.ts'];
/** Packages that are compiled into the program, as they load sooner in one piece; others are native, or come late or whole. */
const WITHIN = ['commander', 'htmlparser2', 'marked', 'stemmer', 'yaml', 'zod'];
/** With the installed packages, so that the program finds them, and goes with them. */
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'list-traffic');

/** The folder of the compiled program, in which each of `ENTRIES` has its place. */
export async function compiledProgram() {
  const folder = path.join(CACHE, digestOfProgram());
  if (fs.existsSync(folder)) return folder;
  try {
    await keep(folder);
  } catch {
    // Another process was sooner, or nothing can be kept; what is wrong with the program itself is told then.
    if (!fs.existsSync(folder)) return passingProgram();
  }
  return folder;
}

/** Compiles the program into a folder, which is whole or not there. */
async function keep(folder) {
  const begun = path.join(CACHE, `begun-${randomUUID()}`);
  try {
    fs.mkdirSync(begun, { recursive: true });
    await compile(begun);
    for (const name of fs.readdirSync(begun, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.js')) flush(path.join(begun, name));
    fs.renameSync(begun, folder);
    removeOld(CACHE);
  } finally {
    fs.rmSync(begun, { recursive: true, force: true });
  }
}

/** No command that began with an earlier state of the files is still at work. */
const OLD_MILLISECONDS = 30 * 86_400_000;

function removeOld(cache) {
  for (const name of fs.readdirSync(cache)) {
    const file = path.join(cache, name);
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > OLD_MILLISECONDS)
      fs.rmSync(file, { recursive: true, force: true });
  }
}

const { dependencies } = require('../package.json');

/** Changes with all that the compiled program is made from. Paths of this checkout are in it. */
function digestOfProgram() {
  const hash = createHash('sha256').update(`${ROOT}\0`);
  for (const name of ['esbuild', ...WITHIN]) hash.update(fs.readFileSync(descriptionOf(name)));
  for (const room of ROOMS)
    for (const name of fs.readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' }).sort())
      if (/\.[jt]s$/.test(name))
        hash.update(`${room}/${name}\0`).update(fs.readFileSync(path.join(ROOT, room, name)));
  return hash.digest('hex');
}

/** The package.json of a package; few let it be asked for. */
function descriptionOf(name) {
  const files = require.resolve.paths(name).map(folder => path.join(folder, name, 'package.json'));
  return files.find(file => fs.existsSync(file));
}

/** A power failure must not leave the place of a program with files that have no content. */
function flush(file) {
  const open = fs.openSync(file, 'r+');
  fs.fsyncSync(open);
  fs.closeSync(open);
}

/** A program for this process alone, where the packages were installed by somebody else. */
async function passingProgram() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'list-traffic-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const packages = path.join(descriptionOf('esbuild'), '..', '..');
  fs.symlinkSync(packages, path.join(folder, 'node_modules'), 'junction');
  await compile(folder);
  return folder;
}

async function compile(folder) {
  await require('esbuild').build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outbase: ROOT,
    outdir: folder,
    bundle: true,
    // What two of them need is there once: classes must be the same ones for all.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: Object.keys(dependencies).filter(name => !WITHIN.includes(name)),
    // Some packages are CommonJS.
    banner: {
      js: "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);",
    },
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [plainJavaScript, sourceUrls],
  });
}

/** What is plain JavaScript is there as it is, and once for all. */
const plainJavaScript = {
  name: 'plain JavaScript',
  setup: build =>
    build.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path: file, importer, resolveDir }) => {
      // Packages have theirs.
      if (!importer.endsWith('.ts')) return undefined;
      return { path: pathToFileURL(path.join(resolveDir, file)).href, external: true };
    }),
};

/** Has modules look for files beside their TypeScript, not beside what they were compiled into. */
const sourceUrls = {
  name: 'source urls',
  setup: build =>
    build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const source = fs.readFileSync(file, 'utf8');
      const url = JSON.stringify(pathToFileURL(file).href);
      return { contents: source.replaceAll('import.meta.url', url), loader: 'ts' };
    }),
};
