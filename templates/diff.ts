import { diffFiles, type FileDiff } from '../mail/diff.ts';
import { escapeHtml, type Html, html, trustedHtml } from './html.ts';

/** Diffs of more lines are folded under their file names. */
const LONG_DIFF = 300;

/** A diff, file by file, coloured by line, and by word where one line took the place of another. */
export function diff(lines: readonly string[]): Html {
  return html`${diffFiles(lines).map(fileDiff)}`;
}

function fileDiff(file: FileDiff): Html {
  const heading = html`${file.name || 'diff'} <span>+${file.added} −${file.removed}</span>`;
  const label = `Diff of ${file.name || 'a file'}`;
  const pre = html`<pre class="diff" tabindex="0" role="group" aria-label="${label}"><code>${diffLines(file.lines)}</code></pre>`;
  if (file.lines.length <= LONG_DIFF)
    return html`<div class="wide"><h4 class="file">${heading}</h4>\n${pre}</div>\n`;
  return html`<details class="fold wide"><summary class="file">${heading}</summary>\n${pre}</details>\n`;
}

function diffLines(lines: readonly string[]): Html {
  let inHunk = false;
  const markup = lines.map((line, at) => {
    if (!inHunk && REPEATS_NAME.test(line)) return '';
    if (line.startsWith('@@')) inHunk = true;
    else if (line.startsWith('diff ')) inHunk = false;
    const kind = lineClass(line, inHunk);
    const place = kind === 'd' ? at : at - 1;
    const changed = kind === 'd' || kind === 'a' ? changedPart(lines, place) : undefined;
    const text = changed ? marked(line, changed) : escapeHtml(line);
    return `<span${kind && ` class="${kind}"`}>${text}\n</span>`;
  });
  return trustedHtml(markup.join(''));
}

/** What the heading over a file's diff says already. */
const REPEATS_NAME = /^(diff --git a\/(\S+) b\/\2$|index [0-9a-f]+\.\.|--- \S|\+\+\+ \S)/;

function lineClass(line: string, inHunk: boolean): string {
  if (line.startsWith('@@')) return 'h';
  if (!inHunk) return 'x';
  if (line.startsWith('+')) return 'a';
  return line.startsWith('-') ? 'd' : '';
}

/**
 * How many characters the line at `at` and the one under it have in common at their beginning and at their end, cut
 * where words are; undefined unless one removed line alone stands over one added line alone, and is much like it.
 */
function changedPart(lines: readonly string[], at: number): readonly [number, number] | undefined {
  const starts = (index: number, mark: string) => lines[index]?.startsWith(mark) ?? false;
  if (!starts(at, '-') || starts(at - 1, '-') || !starts(at + 1, '+') || starts(at + 2, '+'))
    return undefined;
  const removed = lines[at]!;
  const added = lines[at + 1]!;
  const most = Math.min(removed.length, added.length);
  let start = 1;
  while (start < most && removed[start] === added[start]) start++;
  let end = 0;
  while (end < most - start && removed.at(-1 - end) === added.at(-1 - end)) end++;
  const inWord = (line: string, at: number) =>
    /[\w\ud800-\udbff]/.test(line[at - 1] ?? '') && isWord(line[at]);
  while (start > 1 && (inWord(removed, start) || inWord(added, start))) start--;
  while (end > 0 && (inWord(removed, removed.length - end) || inWord(added, added.length - end))) end--;
  return (start - 1 + end) * 3 < most ? undefined : [start, end];
}

function isWord(character: string | undefined): boolean {
  return /[\w\udc00-\udfff]/.test(character ?? '');
}

function marked(line: string, [start, end]: readonly [number, number]): string {
  const middle = line.slice(start, line.length - end);
  const mark = middle === '' ? '' : `<mark>${escapeHtml(middle)}</mark>`;
  return `${escapeHtml(line.slice(0, start))}${mark}${escapeHtml(line.slice(line.length - end))}`;
}
