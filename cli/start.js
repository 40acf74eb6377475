// `npm start`: the sample publication through the real pipeline, from nothing to a site on localhost.
import path from 'node:path';
import { ensureInstalled, ROOT, runProgram } from './setup.js';

ensureInstalled();
const traffic = path.join(ROOT, 'cli', 'traffic.js');
const sample = path.join(ROOT, 'sample');
process.stderr.write('Reading the mail of the sample list …\n');
const imported = runProgram(process.execPath, [traffic, '-C', sample, 'import']);
if (imported !== 0) process.exit(imported);
process.stderr.write('Building its site …\n');
// Ctrl-C reaches the server as well; it ends by itself, and this process after it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
process.exitCode = runProgram(process.execPath, [traffic, '-C', sample, 'serve']);
