import { createRequire } from 'node:module';
import type { DomNode, FormatCallback, FormatOptions, RecursiveCallback } from 'html-to-text';
import { onOneLine } from './blanks.ts';
import { later } from './later.ts';

type BlockTextBuilder = Parameters<FormatCallback>[2];

/** Text made of HTML, and whether all of it could be. */
export interface HtmlText {
  readonly text: string;
  readonly cut: boolean;
}

/** HTML conversion holds all of it at once; past this, the tail is cut with a warning. */
export const MAX_HTML_CHARACTERS = 1 << 20;
/** No honest mail nests deeper, and conversion is superlinear in depth: a megabyte of `<b>` would take half a minute. */
const MAX_OPEN_TAGS = 20_000;
/** Each level of quotation writes all of its lines anew. */
const MAX_QUOTES = 12;
/** Wider and longer tables are no tables for a reader, and cells that say they span millions are traps. */
const MAX_CELLS = 2_000;

/** What senders write for text that only a mailbox's overview is to show. */
const HIDDEN = ['display:none', 'display: none', 'visibility:hidden', 'visibility: hidden', 'mso-hide:all'];

const toText = later(() => {
  const { compile } = createRequire(import.meta.url)('html-to-text') as typeof import('html-to-text');
  return compile({
    wordwrap: false,
    limits: { maxDepth: 200, maxChildNodes: 5_000, ellipsis: '…' },
    formatters: { link, boundedQuote, boundedList, readableTable, underlined },
    selectors: [
      ...['title', 'img', 'template', 'svg', 'audio', 'video', 'object', 'iframe', 'select', '[hidden]'].map(
        selector => ({ selector, format: 'skip' }),
      ),
      ...HIDDEN.map(style => ({ selector: `[style*="${style}" i]`, format: 'skip' })),
      { selector: 'a', format: 'link' },
      { selector: 'blockquote', format: 'boundedQuote', options: { trimEmptyLines: false } },
      { selector: 'ol', format: 'boundedList' },
      {
        selector: 'table',
        format: 'readableTable',
        options: { uppercaseHeaderCells: false, maxColumnWidth: 60 },
      },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, format: 'underlined' })),
    ],
  });
});

/**
 * The text of an HTML part with its structure kept: paragraphs, lists, quotations as `> ` lines, preformatted text,
 * tables, headings, and links as `text <url>`. Scripts, styles, pictures and what is hidden are left out; nothing
 * is fetched or run.
 */
export function htmlText(html: string, characters = MAX_HTML_CHARACTERS): HtmlText {
  const convertible = withinLimits(html, characters);
  const text = toText()(convertible)
    .replaceAll('\u00a0', ' ')
    // What pads the hidden first line of newsletters, and is nothing to read.
    .replace(PADDING, '')
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/(?<!\n)\n{4,}/g, '\n\n\n')
    .replace(/^\n+/, '');
  return { text, cut: convertible.length < html.length };
}

/** Looked for from the first of a run only, or a million of them would be walked a million times. */
const PADDING =
  /(?<![\u034f\u00ad\u200b-\u200d\u2060\ufeff])[\u034f\u00ad\u200b-\u200d\u2060\ufeff]+(?=\s|$)/g;

/** A tag that may nest: not one that nobody closes. */
const NESTING = /<(\/?)(?!(?:br|hr|img|input|meta|link|p|li|td|th|tr)\b)([a-z][^\s/>]{0,20})/gi;

function withinLimits(html: string, characters: number): string {
  const start = html.slice(0, characters);
  const open: string[] = [];
  const counts = new Map<string, number>();
  for (const tag of start.matchAll(NESTING)) {
    const name = tag[2]!.toLowerCase();
    const count = counts.get(name) ?? 0;
    if (tag[1] === '') {
      open.push(name);
      counts.set(name, count + 1);
    } else if (count > 0) {
      // It closes all that was opened within it.
      for (let inner = ''; inner !== name; ) {
        inner = open.pop()!;
        counts.set(inner, counts.get(inner)! - 1);
      }
    }
    if (open.length > MAX_OPEN_TAGS) return start.slice(0, tag.index);
  }
  return start;
}

/** Addresses that a reader can follow; `javascript:`, `data:` and pictures in the mail are none. */
const FOLLOWED = /^(?:https?|ftp|mailto|news|git):/i;

function link(element: DomNode, walk: RecursiveCallback, builder: BlockTextBuilder): void {
  walk(element.children, builder);
  const href = String(element.attribs?.href ?? '').trim();
  if (!FOLLOWED.test(href) || /[\s<>]/.test(href)) return;
  const said = textOf(element);
  if (said === '' || bare(said) === bare(href)) return;
  builder.addInline(` <${href.replace(/^mailto:([^?]*).*$/is, '$1')}>`, { noWordTransform: true });
}

/** An address without what may be left out of it. */
function bare(url: string): string {
  return url
    .toLowerCase()
    .replace(/^(?:https?:\/\/|mailto:)/, '')
    .replace(/^www\./, '')
    .replace(/[/.,:;]+$/, '');
}

/** No address of a page is longer. */
const LONGEST_TEXT = 2_000;

/** The text within an element; the beginning of much, and the outermost of what is nested deep, will do. */
function textOf(element: DomNode): string {
  let text = '';
  const stack = element.children.slice(0, 100).reverse();
  for (let left = 1_000; left > 0 && text.length < LONGEST_TEXT && stack.length > 0; left--) {
    const node = stack.pop()!;
    if (node.type === 'text') text += (node.data ?? '').slice(0, LONGEST_TEXT);
    else if (node.children) stack.push(...node.children.slice(0, 100).reverse());
  }
  return onOneLine(text);
}

function boundedQuote(
  element: DomNode,
  walk: RecursiveCallback,
  builder: BlockTextBuilder,
  options: FormatOptions,
): void {
  let depth = 0;
  for (let node: DomNode | undefined = element; node; node = node.parent)
    if (node.name === 'blockquote') depth++;
  builtIn(builder, depth > MAX_QUOTES ? 'block' : 'blockquote')(element, walk, builder, options);
}

/** A list numbered with Roman numerals from a million on would fill the memory with its first number. */
function boundedList(
  element: DomNode,
  walk: RecursiveCallback,
  builder: BlockTextBuilder,
  options: FormatOptions,
): void {
  const start = Number.parseInt(String(element.attribs?.start ?? '1'), 10);
  const attribs = { ...element.attribs, start: String(start >= 0 && start < 3_000 ? start : 1) };
  builtIn(builder, 'orderedList')({ ...element, attribs }, walk, builder, options);
}

/** Rows and columns where the table was meant as one, one cell after the other where it only made a layout. */
function readableTable(
  element: DomNode,
  walk: RecursiveCallback,
  builder: BlockTextBuilder,
  options: FormatOptions,
): void {
  builtIn(builder, isDataTable(element) ? 'dataTable' : 'block')(element, walk, builder, options);
}

/** A cell that holds more is a paragraph. */
const LONG_CELL = 60;

function isDataTable(table: DomNode): boolean {
  const { border = '0', role = '' } = (table.attribs ?? {}) as Record<string, string>;
  if (role === 'presentation') return false;
  let ruled = Number.parseInt(border, 10) > 0;
  let cells = 0;
  let rows = 0;
  let short = true;
  const stack = [...table.children];
  for (let left = 4 * MAX_CELLS; stack.length > 0; left--) {
    const node = stack.pop()!;
    const children = node.children ?? [];
    if (left === 0 || cells > MAX_CELLS || node.name === 'table' || children.length > MAX_CELLS) return false;
    if (node.name === 'tr') rows++;
    if (node.name === 'td' || node.name === 'th') {
      cells += spanOf(node.attribs?.colspan) * spanOf(node.attribs?.rowspan);
      short &&= textOf(node).length <= LONG_CELL;
    }
    ruled ||= node.name === 'th';
    stack.push(...children);
  }
  return cells <= MAX_CELLS && (ruled || (short && rows > 1 && cells >= 2 * rows));
}

function spanOf(value: unknown): number {
  return Math.max(1, Number(value ?? 1) || 1);
}

function underlined(element: DomNode, walk: RecursiveCallback, builder: BlockTextBuilder): void {
  const rule = element.name === 'h1' || element.name === 'h2' ? '=' : '-';
  builder.openBlock({ leadingLineBreaks: 2 });
  walk(element.children, builder);
  builder.closeBlock({
    trailingLineBreaks: 2,
    blockTransform: text => {
      const width = text.split('\n').reduce((most, line) => Math.max(most, line.length), 0);
      // Two dashes would begin a signature.
      return text.trim() === '' ? '' : `${text}\n${rule.repeat(Math.min(Math.max(width, 4), 72))}`;
    },
  });
}

function builtIn(builder: BlockTextBuilder, name: string): FormatCallback {
  return builder.options.formatters![name]!;
}
