// `npm test`: every check, in the order in which a failure is cheapest to hear of.
// `npm run test:full` runs the property tests with their full counts.
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ROOT, runProgram } from '../cli/setup.js';

ensureInstalled();
if (process.argv.includes('--full')) process.env.TEST_FULL = '1';
const bin = name => path.join(ROOT, 'node_modules', '.bin', name);
const tests = fs
  .readdirSync(path.join(ROOT, 'test'))
  .filter(name => name.endsWith('.test.ts'))
  .map(name => path.join('test', name));
const checks = [
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['-p', '.']],
  ['tests', process.execPath, ['--import', 'tsx', '--test', '--test-concurrency=2', ...tests]],
];
for (const [name, command, args] of checks) {
  process.stderr.write(`\n== ${name}\n`);
  const status = runProgram(command, args);
  if (status !== 0) {
    process.stderr.write(`\n${name}: failed\n`);
    process.exit(status || 1);
  }
}
process.stderr.write('\nall checks passed\n');
