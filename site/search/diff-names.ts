import type { Block } from '../../mail/body.ts';
import { diffFiles } from '../../mail/diff.ts';

/** A line longer than this is no program that somebody wrote. */
const LINE_CHARACTERS = 200;

/** The names of the files that a message's diffs change, and of the functions that their hunks say they are in. */
export function diffNames(blocks: readonly Block[]): string {
  const names = new Set<string>();
  for (const { kind, lines } of blocks) {
    if (kind !== 'diff') continue;
    for (const { name, lines: fileLines } of diffFiles(lines)) {
      if (name !== '') names.add(name);
      for (const line of fileLines) {
        const [, context] = line.length > LINE_CHARACTERS ? [] : (/^@@ [^@]*@@ (.*)/.exec(line) ?? []);
        const called = context === undefined ? undefined : /[A-Za-z_]\w*(?=\s?\()/.exec(context)?.[0];
        if (called !== undefined) names.add(called);
      }
    }
  }
  return [...names].join(' ');
}
