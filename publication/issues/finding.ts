import type { FilePlace } from '../operator-error.ts';

/** Something in the files of an issue that is wrong, in doubt, or good to know. */
export interface IssueFinding extends FilePlace {
  /** An error keeps the site from being built. */
  readonly severity: 'error' | 'warning' | 'note';
  /** What it is about: `not-found`, `link`. */
  readonly rule: string;
  /** One sentence or two that say what it is and what to do. */
  readonly message: string;
}

/** Findings as they stand in the files. */
export function inFileOrder(findings: readonly IssueFinding[]): readonly IssueFinding[] {
  return findings.toSorted((a, b) => compareFiles(a.file, b.file) || a.line - b.line || a.column - b.column);
}

/** Issue 2 stands before issue 12, and an issue's own file before its sections. */
function compareFiles(a: string, b: string): number {
  const key = (file: string) =>
    file.replace(/\d+/, number => number.padStart(6, '0')).replace(/\/issue\.md$/, '/');
  const [one, other] = [key(a), key(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** How often something was found: `2 errors, 1 warning`; empty where nothing was. */
export function tally(findings: readonly Pick<IssueFinding, 'severity'>[]): string {
  const counts = (['error', 'warning', 'note'] as const).flatMap(severity => {
    const count = findings.filter(one => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return counts.join(', ');
}
