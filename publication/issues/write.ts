import fs from 'node:fs';
import path from 'node:path';
import { OperatorError, plainReason } from '../operator-error.ts';

/**
 * Writes a new file, with the folders above it, and tells whether it did: where there is a file of that name, whoever
 * wrote it, it stays as it is. The file is there whole or not at all.
 */
export function createFile(file: string, text: string): boolean {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    createWhole(file, text);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && fs.existsSync(file)) return false;
    throw new OperatorError(`${file} cannot be written: ${plainReason(error)}.`, { cause: error });
  }
}

function createWhole(file: string, text: string): void {
  const part = `${file}.part-${process.pid}`;
  fs.writeFileSync(part, text);
  try {
    linkOrCopy(part, file);
  } finally {
    fs.rmSync(part);
  }
}

/** Unlike a rename, neither ever takes the place of a file. */
function linkOrCopy(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    // Memory sticks and shared folders know no links.
    fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
  }
}

/** Longer than this nobody leaves proposals lying. */
const MOST_PROPOSALS = 100;

/**
 * Writes what is proposed for an editor's `file` beside it, under a name that is free: `syscalls.proposed.md`, then
 * `syscalls.2.proposed.md`. Gives the name of the file that says it, which may be an earlier one.
 */
export function propose(file: string, text: string): string {
  const stem = file.replace(/\.md$/, '');
  for (let number = 1; number <= MOST_PROPOSALS; number++) {
    const name = number === 1 ? `${stem}.proposed.md` : `${stem}.${number}.proposed.md`;
    if (createFile(name, text) || fs.readFileSync(name, 'utf8') === text) return name;
  }
  throw new OperatorError(
    `${stem}.proposed.md and ${MOST_PROPOSALS - 1} more wait to be read; delete those that are done with.`,
  );
}
