import { diffFiles, type FileDiff } from '../mail/diff.ts';
import { changedWords } from './changed-words.ts';
import { escapeHtml, type Html, html, trustedHtml } from './html.ts';
import { number } from './numbers.ts';

/** Files with more lines of a diff are folded under their names. */
const LONG_FILE = 300;
/** Behind so many lines that are shown, files are folded however short they are. */
const LONG_DIFF = 600;

/**
 * A diff, file by file, coloured by line, and by word where one line took the place of another. Files that are too
 * long to be shown are folded; where they can be read `elsewhere`, they lead there instead.
 */
export function diff(lines: readonly string[], elsewhere?: string): Html {
  const files = diffFiles(lines);
  const folds = foldedFiles(files);
  return html`${files.map((file, at) => (folds[at]! && elsewhere !== undefined ? namedFile(file, elsewhere) : fileDiff(file, folds[at]!)))}`;
}

/** Whether a part of a diff is folded: then its diffstat is what shows all of it. */
export function isLongDiff(lines: readonly string[]): boolean {
  return lines.length > LONG_FILE && foldedFiles(diffFiles(lines)).includes(true);
}

function foldedFiles(files: readonly FileDiff[]): readonly boolean[] {
  let left = LONG_DIFF;
  return files.map(({ lines: { length } }) => {
    if (length > LONG_FILE || length > left) return true;
    left -= length;
    return false;
  });
}

/** A file's line where a page of many messages would be made of what nobody has unfolded. */
function namedFile({ name, added, removed, lines }: FileDiff, href: string): Html {
  return html`<p class="file"><a href="${href}">${name || 'diff'}</a> <span>+${added} −${removed}, ${number(lines.length)} lines, on the message’s own page</span></p>\n`;
}

function fileDiff(file: FileDiff, folded: boolean): Html {
  const heading = html`${file.name || 'diff'} <span>+${file.added} −${file.removed}</span>`;
  const label = `Diff of ${file.name || 'a file'}`;
  const pre = html`<pre class="diff" tabindex="0" role="group" aria-label="${label}"><code>${diffLines(file.lines)}</code></pre>`;
  if (!folded) return html`<div class="wide"><p class="file">${heading}</p>\n${pre}</div>\n`;
  return html`<details class="fold wide"><summary class="file">${heading}</summary>\n${pre}</details>\n`;
}

function diffLines(lines: readonly string[]): Html {
  // Escaped as a whole: no line end comes or goes.
  const escaped = escapeHtml(lines.join('\n')).split('\n');
  let inHunk = false;
  let markup = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (!inHunk && REPEATS_NAME.test(line)) continue;
    if (line.startsWith('@@')) inHunk = true;
    else if (line.startsWith('diff ')) inHunk = false;
    const kind = lineClass(line, inHunk);
    const changed = kind === 'd' || kind === 'a' ? withChanges(lines, at, kind) : undefined;
    markup += `<span${kind && ` class="${kind}"`}>${changed ?? escaped[at]!}\n</span>`;
  }
  return trustedHtml(markup);
}

/** What the heading over a file's diff says already. */
const REPEATS_NAME = /^(diff --git a\/(\S+) b\/\2$|index [0-9a-f]+\.\.|--- \S|\+\+\+ \S)/;

function lineClass(line: string, inHunk: boolean): string {
  if (line.startsWith('@@')) return 'h';
  if (!inHunk) return 'x';
  if (line.startsWith('+')) return 'a';
  return line.startsWith('-') ? 'd' : '';
}

/** The line at `at` with what changed marked, where one removed line alone stands over one added line alone. */
function withChanges(lines: readonly string[], at: number, kind: string): string | undefined {
  const place = kind === 'd' ? at : at - 1;
  const isPair =
    starts(lines, place, '-') &&
    starts(lines, place + 1, '+') &&
    !starts(lines, place - 1, '-') &&
    !starts(lines, place + 2, '+');
  if (!isPair) return undefined;
  return changedWords(lines[place]!, lines[place + 1]!)?.[at - place];
}

function starts(lines: readonly string[], at: number, sign: string): boolean {
  return lines[at]?.startsWith(sign) ?? false;
}
