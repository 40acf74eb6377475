// `npm start`: the sample publication through the real pipeline, from nothing to a site on localhost.
import path from 'node:path';
import { ensureInstalled, ROOT } from './setup.js';

ensureInstalled();
const { load } = await import('../loader/program.js');
const { run } = await load('cli/main.ts');

const sample = path.join(ROOT, 'sample');
const { env, stdout, stderr } = process;
const traffic = (...words) => run({ argv: ['node', 'traffic', '-C', sample, ...words], env, stdout, stderr });

// npm does not pass on the signal that ends it, and its server would be left behind without it.
const npm = process.ppid;
setInterval(() => process.ppid === npm || process.exit(0), 500).unref();

stderr.write('Reading the mail of the sample list …\n');
process.exitCode = await traffic('import');
if (process.exitCode === 0) {
  stderr.write('Building its site …\n');
  process.exitCode = await traffic('serve');
}
