import type { Block } from '../mail/body.ts';
import { diffFiles, type FileDiff } from '../mail/diff.ts';
import { visible } from '../mail/printable.ts';
import { escapeHtml, type Html, html, trustedHtml } from './html.ts';

/** Quotations of more lines are folded, all but their last lines: what is answered stays in view. */
const LONG_QUOTE = 14;
const KEPT_OF_QUOTE = 5;
/** Diffs of more lines are folded under their file names. */
const LONG_DIFF = 300;

/** A message's body as it was sent: prose wraps, quotations fold where they are long, diffs are coloured. */
export function mailBody(blocks: readonly Block[]): Html {
  return html`<div class="mail">
${blocks.map(block => renderBlock(block))}</div>`;
}

function renderBlock(block: Block): Html {
  const lines = block.lines.map(visible);
  switch (block.kind) {
    case 'text':
      return html`${paragraphs(lines)}`;
    case 'attribution':
      return html`<p class="attribution">${linked(lines.join('\n').trim())}</p>\n`;
    case 'quote':
      return quotation(lines);
    case 'trailers':
      return trailers(lines);
    case 'diffstat':
      return diffstat(lines);
    case 'diff':
      return html`${diffFiles(lines).map(fileDiff)}`;
    case 'footer':
      return html``; // The list server's words, under every message the same; the raw mail has them.
    case 'signature':
      return html`<pre class="sig">${lines.join('\n').trimEnd()}</pre>\n`;
  }
}

/** The text's paragraphs. Wrapped prose flows to the reader's width; lists, code and tables keep their lines. */
function paragraphs(lines: readonly string[]): readonly Html[] {
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === '') groups.push([]);
    else groups.at(-1)!.push(line);
  }
  return groups
    .filter(group => group.length > 0)
    .map(group => (group.join() === '---' ? html`<hr class="cut">\n` : paragraph(group)));
}

function paragraph(lines: readonly string[]): Html {
  return html`<p class="${isWrappedProse(lines) ? 'flow' : 'kept'}">${linked(lines.join('\n'))}</p>\n`;
}

/** The widest line that a person's mail program wraps at. */
const WRAP_COLUMN = 88;
/** How much shorter than the longest a wrapped line may be, with the word that did not fit. */
const WRAP_SLACK = 12;

/**
 * Whether the lines were one sentence after another before a mail program wrapped them: each line but the last
 * is as full as the next word allowed, and none is indented or ruled into columns.
 */
export function isWrappedProse(lines: readonly string[]): boolean {
  if (lines.length === 1) return lines[0]!.length > WRAP_COLUMN && !/^\s|\s{3}/.test(lines[0]!);
  const width = Math.max(...lines.map(line => line.length));
  if (width > WRAP_COLUMN || width < 45) return false;
  return lines.every((line, index) => {
    if (/^[\s>|+\-*#=]|\s{3}|\t/.test(line)) return false;
    const next = lines[index + 1];
    return next === undefined || line.length + 1 + next.split(' ')[0]!.length > width - WRAP_SLACK;
  });
}

function quotation(lines: readonly string[]): Html {
  // The outermost mark is left to the page's rule beside the lines.
  const said = lines.map(line => line.replace(/^ ?> ?/, ''));
  const shown = said.length > LONG_QUOTE ? said.slice(-KEPT_OF_QUOTE) : said;
  const folded = said.slice(0, said.length - shown.length);
  const fold =
    folded.length === 0
      ? ''
      : html`<details class="fold"><summary>${folded.length} quoted lines before these</summary>
<blockquote class="quoted">${paragraphs(folded)}</blockquote></details>\n`;
  return html`${fold}<blockquote class="quoted">${paragraphs(shown)}</blockquote>\n`;
}

function trailers(lines: readonly string[]): Html {
  const pairs = lines
    .filter(line => line.includes(':'))
    .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return html`<dl class="trailers">${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${linked(value!)}</dd>`)}</dl>\n`;
}

function diffstat(lines: readonly string[]): Html {
  const summary =
    lines.find(line => /files? changed/.test(line))?.trim() ?? `${lines.length} lines of diffstat`;
  return html`<details class="fold"><summary>${summary}</summary><pre class="stat">${lines.join('\n')}</pre></details>\n`;
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
  const markup = lines.map(line => {
    if (!inHunk && REPEATS_NAME.test(line)) return '';
    if (line.startsWith('@@')) inHunk = true;
    else if (line.startsWith('diff ')) inHunk = false;
    const kind = lineClass(line, inHunk);
    return `<span${kind && ` class="${kind}"`}>${escapeHtml(line)}\n</span>`;
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

const URL_IN_TEXT = /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f]+/g;

/** Text whose web addresses are links; what closes a sentence or a bracket around them is not part of them. */
export function linked(text: string): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const url = withoutTail(match[0]);
    parts.push(html`${text.slice(at, match.index)}`, html`<a href="${url}" rel="nofollow">${url}</a>`);
    at = match.index + url.length;
  }
  return html`${parts}${text.slice(at)}`;
}

/** `url` without the marks that follow it in a sentence; a closing bracket stays where one was opened in it. */
function withoutTail(url: string): string {
  const surplus: Record<string, number> = { ')': 0, ']': 0, '}': 0 };
  for (const character of url) {
    const closing = { '(': ')', '[': ']', '{': '}' }[character];
    if (closing) surplus[closing]!--;
    else if (character in surplus) surplus[character]!++;
  }
  // One walk from the end: an address may be as long as a mail.
  let end = url.length;
  for (; end > 0; end--) {
    const last = url[end - 1]!;
    if ('.,;:!?*_~'.includes(last)) continue;
    if (!(surplus[last]! > 0)) break;
    surplus[last]!--;
  }
  return url.slice(0, end);
}
