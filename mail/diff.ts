/** Whether a unified diff begins at `lines[index]`: with a file's header, or with a hunk that somebody cut out. */
export function isDiffStart(lines: readonly string[], index: number): boolean {
  const line = lines[index]!;
  return BEGINS_DIFF.test(line) && (isFileHeader(lines, index) || HUNK.test(line));
}

/** What all first lines of diffs begin with, and few others. */
const BEGINS_DIFF = /^[dI\-@]/;

/** Whether the part of a diff that tells of a file begins here: with git's, quilt's and CVS's first line or without. */
function isFileHeader(lines: readonly string[], index: number): boolean {
  const line = lines[index]!;
  const next = lines[index + 1] ?? '';
  if (/^diff (--git|-[A-Za-z]|--cc|--combined) /.test(line)) return true;
  if (/^Index: \S/.test(line)) return /^={20}/.test(next);
  return /^--- \S/.test(line) && /^\+\+\+ \S/.test(next) && /^@@/.test(lines[index + 2] ?? '');
}

/** What git and other tools write between the files and hunks of a diff. */
const BETWEEN =
  /^(diff |index |---? \S|\+\+\+ \S|old mode |new mode |deleted file|new file|similarity |dissimilarity |rename |copy |Binary |GIT binary|Index: |=====|RCS file: |retrieving |\\ )/;
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
/** What follows `GIT binary patch`: this line, then lines of base 85 up to an empty one. */
const BINARY = /^(literal|delta) \d+$/;

/**
 * The index behind the diff that begins at `start`. Hunks are read by their counts, so that a removed line
 * `-- ` is no signature; a damaged hunk ends where its lines stop looking like one.
 */
export function diffEnd(lines: readonly string[], start: number): number {
  let index = start;
  while (index < lines.length) {
    const line = lines[index]!;
    const hunk = HUNK.exec(line);
    if (hunk) index = hunkEnd(lines, index + 1, Number(hunk[1] ?? 1), Number(hunk[2] ?? 1));
    else if (BINARY.test(line)) index = binaryEnd(lines, index + 1);
    else if (line !== '-- ' && BETWEEN.test(line)) index++;
    else if (line === '' && index + 1 < lines.length && isDiffStart(lines, index + 1)) index++;
    else break;
  }
  return Math.max(index, start + 1);
}

function hunkEnd(lines: readonly string[], start: number, oldLines: number, newLines: number): number {
  let index = start;
  let old = oldLines;
  let fresh = newLines;
  while (index < lines.length && (old > 0 || fresh > 0)) {
    const mark = lines[index]![0] ?? ' '; // Mailers strip the blank of an empty context line.
    if (mark === ' ' || mark === '\t') {
      old--;
      fresh--;
    } else if (mark === '-') old--;
    else if (mark === '+') fresh--;
    else if (mark !== '\\') break;
    index++;
  }
  if (lines[index]?.startsWith('\\ ')) index++;
  return index;
}

function binaryEnd(lines: readonly string[], start: number): number {
  const end = lines.indexOf('', start);
  if (end === -1) return lines.length;
  return BINARY.test(lines[end + 1] ?? '') ? end + 1 : end;
}

/** One file's part of a diff. */
export interface FileDiff {
  /** The file's name as the diff gives it, without `a/` and `b/`. */
  readonly name: string;
  readonly lines: readonly string[];
  readonly added: number;
  readonly removed: number;
}

/** The lines of a diff, file by file; together they are all of its lines. */
export function diffFiles(lines: readonly string[]): readonly FileDiff[] {
  const starts: number[] = [];
  for (let index = 0; index < lines.length; index++)
    if (BEGINS_DIFF.test(lines[index]!) && isFileStart(lines, index)) starts.push(index);
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, at) => fileDiff(lines.slice(start, starts[at + 1] ?? lines.length)));
}

function isFileStart(lines: readonly string[], index: number): boolean {
  const line = lines[index]!;
  const first = /^diff /.test(line);
  if (/^Index: /.test(line)) return true;
  if (!first && !isFileHeader(lines, index)) return false;
  // What the first line of git, quilt or CVS began is not begun once more by the lines under it.
  for (let above = index - 1; above >= 0 && BETWEEN.test(lines[above]!); above--) {
    if (/^diff /.test(lines[above]!)) return first;
    if (/^Index: /.test(lines[above]!)) return false;
  }
  return true;
}

function fileDiff(lines: readonly string[]): FileDiff {
  let inHunk = false;
  let added = 0;
  let removed = 0;
  for (const line of lines) {
    inHunk ||= HUNK.test(line);
    if (inHunk && line.startsWith('+')) added++;
    else if (inHunk && line.startsWith('-')) removed++;
  }
  return { name: fileName(lines), lines, added, removed };
}

function fileName(lines: readonly string[]): string {
  for (const prefix of ['+++ ', '--- ']) {
    const name = lines
      .find(line => line.startsWith(prefix))
      ?.slice(4)
      .split('\t')[0];
    if (name && name !== '/dev/null') return name.replace(/^[ab]\//, '');
  }
  return /^diff --git a\/(\S+)/.exec(lines[0] ?? '')?.[1] ?? '';
}
