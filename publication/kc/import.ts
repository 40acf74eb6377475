import fs from 'node:fs';
import path from 'node:path';
import { readIssues } from '../issues/read.ts';
import { OperatorError, plainReason } from '../operator-error.ts';
import { issueFiles } from './issue-files.ts';
import { knownIssues } from './known-issues.ts';
import { type KcFile, type KcRefusal, openKc } from './read-issue.ts';

/** A kc file that is to be imported. */
export interface OfferedKc {
  /** Its name as it is told to people. */
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** What became of kc files: each is one of `added`, `skipped` and `rejected`. */
export interface KcTally {
  added: number;
  /** Those of issues that were there already, and were left as they are. */
  skipped: number;
  readonly rejected: { readonly where: string; readonly reason: KcRefusal }[];
  /** `where` is the file and the line. */
  readonly warnings: { readonly where: string; readonly message: string }[];
}

/**
 * Makes a folder of each issue in kc files, in `folder`, a publication's. An issue that has a folder already is left
 * alone; a new folder is there whole or not at all.
 *
 * @throws OperatorError where the folders cannot be written.
 */
export function importKc(folder: string, offered: readonly OfferedKc[]): KcTally {
  const tally: KcTally = { added: 0, skipped: 0, rejected: [], warnings: [] };
  const opened: { where: string; file: KcFile }[] = [];
  for (const { where, bytes } of offered) {
    const file = openKc(Buffer.from(bytes), path.basename(where));
    if (typeof file === 'string') tally.rejected.push({ where, reason: file });
    else opened.push({ where, file });
  }
  if (opened.length === 0) return tally;
  const known = knownIssues([...readIssues(folder).issues, ...opened.map(({ file }) => file)]);
  for (const { where, file } of opened) {
    const place = path.join(folder, 'issues', String(file.number));
    if (fs.existsSync(place)) {
      tally.skipped++;
      continue;
    }
    const { issue, warnings } = file.read(known);
    createFolder(place, issueFiles(issue));
    tally.added++;
    for (const { line, message } of warnings) tally.warnings.push({ where: `${where}:${line}`, message });
  }
  return tally;
}

/** Writes a folder that is not there yet. */
function createFolder(folder: string, files: ReadonlyMap<string, string>): void {
  // No number, and so no issue, until it has its name.
  const part = path.join(path.dirname(folder), `.${path.basename(folder)}.part-${process.pid}`);
  try {
    fs.mkdirSync(part, { recursive: true });
    for (const [name, text] of files) fs.writeFileSync(path.join(part, name), text);
    fs.renameSync(part, folder);
  } catch (error) {
    throw new OperatorError(`${folder} cannot be written: ${plainReason(error)}.`, { cause: error });
  } finally {
    fs.rmSync(part, { recursive: true, force: true });
  }
}
