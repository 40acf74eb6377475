import fs from 'node:fs';
import path from 'node:path';

/** One git repository of a public-inbox: `git/0.git`, `git/1.git`, … */
export interface Epoch {
  /** Its name, which is that of its mailbox: `0.git`. */
  readonly name: string;
  readonly repository: string;
}

/**
 * The epochs of the public-inbox v2 in `folder`, oldest first: `folder/git/N.git`, or `folder/N.git`, or the
 * one epoch that `folder` is itself. None where there is no such thing.
 */
export function epochsIn(folder: string): readonly Epoch[] {
  if (isRepository(folder)) return [{ name: path.basename(folder), repository: folder }];
  for (const parent of [path.join(folder, 'git'), folder]) {
    const names = namesIn(parent).filter(
      name => /^\d+\.git$/.test(name) && isRepository(path.join(parent, name)),
    );
    if (names.length === 0) continue;
    return names
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      .map(name => ({ name, repository: path.join(parent, name) }));
  }
  return [];
}

/** Whether a folder is a bare git repository. */
export function isRepository(folder: string): boolean {
  return fs.existsSync(path.join(folder, 'HEAD')) && fs.existsSync(path.join(folder, 'objects'));
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
