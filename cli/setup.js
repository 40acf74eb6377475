import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// What runs before any package is there: plain JavaScript, and nothing but Node.

/** The folder of this checkout. */
export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Installs the packages of package-lock.json where they are missing or are others. Ends the process with a
 * sentence where Node is too old or the installation fails.
 */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old; list-traffic needs 20.19 or newer.`);
  }
  const wanted = fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
  const stamp = path.join(ROOT, 'node_modules', '.list-traffic-lock');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Installing packages (once) …\n');
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (installed.status !== 0) fail('The packages could not be installed; see above, and try "npm ci".');
  fs.writeFileSync(stamp, wanted);
}

/** Runs a program to its end in this checkout and gives its exit code. */
export function runProgram(command, args) {
  const { status, signal } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  return signal ? 1 : status;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
