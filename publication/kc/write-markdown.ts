import { escapeInline, escapeLineStart, midUrl, saidUrl } from '../../briefs/citations.ts';
import { NAME_LINE } from '../../briefs/verify/block-quotation.ts';
import type { Block, BlockQuotation, Inline, List, Speaker, Story, Table } from './story.ts';
import { isWeb } from './urls.ts';

/** A story as Markdown, a line a paragraph, as an editor would write it. */
export function storyMarkdown(story: Story): string {
  let mark = MARKS[0];
  const blocks = story.map((block, at) => {
    const before = story[at - 1];
    // Two lists of a kind, one behind the other, would be one if they had the same mark.
    const goesOn =
      block.kind === 'list' && before?.kind === 'list' && isNumbered(before) === isNumbered(block);
    mark = goesOn && mark === MARKS[0] ? MARKS[1] : MARKS[0];
    return blockMarkdown(block, mark);
  });
  return blocks.join('\n\n');
}

/** What stands in a line as Markdown. */
export function lineMarkdown(children: readonly Inline[]): string {
  return paragraph(children);
}

/** What stands before the items of a list: without numbers, and behind a number. */
type Mark = readonly [bullet: string, point: string];
const MARKS: readonly [Mark, Mark] = [
  ['-', '.'],
  ['*', ')'],
];

/** `mark` is that of a list. */
function blockMarkdown(block: Block, mark: Mark): string {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block.children);
    case 'heading':
      // A number sign at the end would be a mark.
      return `${'#'.repeat(block.level)} ${inlines(block.children).replace(/#$/, '\\#')}`;
    case 'code':
      return fenced(block.text);
    case 'list':
      return list(block, mark);
    case 'table':
      return table(block);
    case 'quotation':
      return quotation(block);
  }
}

function paragraph(children: readonly Inline[]): string {
  return inlines(children).split('\n').map(escapeLineStart).join('\n');
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

/** How many backticks stand in a row at most. */
function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
}

function isNumbered({ start }: List): boolean {
  return start !== undefined;
}

function list({ start, items }: List, [bullet, point]: Mark): string {
  const isTight = items.every(item => item.length === 1 && item[0]!.kind === 'paragraph');
  return items
    .map((item, at) => {
      const mark = start === undefined ? `${bullet} ` : `${start + at}${point} `;
      return mark + indented(storyMarkdown(item), ' '.repeat(mark.length)).trimStart();
    })
    .join(isTight ? '\n' : '\n\n');
}

function indented(markdown: string, indent: string): string {
  return markdown.replace(/^(?=.)/gm, indent);
}

function table({ header, rows }: Table): string {
  const columns = Math.max(header.length, rows[0]?.length ?? 0);
  const line = (cells: readonly (readonly Inline[])[]) => `| ${cells.map(inlines).join(' | ')} |`;
  const head = header.length > 0 ? header : Array<readonly Inline[]>(columns).fill([]);
  return [line(head), `|${'---|'.repeat(columns)}`, ...rows.map(line)].join('\n');
}

function quotation({ speaker, blocks }: BlockQuotation): string {
  const lines = storyMarkdown(blocks).split('\n');
  const named = speaker === undefined ? withoutSource(lines) : [...lines, '', `— ${source(speaker)}`];
  return named.map(line => (line === '' ? '>' : `> ${line}`)).join('\n');
}

/** The last line of a quotation that names nobody may look like a name; a comment behind it, and it is none. */
function withoutSource(lines: readonly string[]): readonly string[] {
  const last = lines.at(-1)!;
  return NAME_LINE.test(last) || /^- \[.*\)$/.test(last) ? [...lines, '', '<!-- -->'] : lines;
}

/** Who speaks, as it stands under a quotation. */
function source({ name = '', message }: Speaker): string {
  const words = escapeInline(name);
  return message === undefined ? words : `[${words}](${midUrl(message)})`;
}

function inlines(parts: readonly Inline[]): string {
  return parts.map((part, at) => inline(part, parts[at + 1])).join('');
}

function inline(part: Inline, next: Inline | undefined): string {
  switch (part.kind) {
    case 'text': {
      const isBeforeBracket = next?.kind === 'link' || next?.kind === 'quotation';
      const words = escapeInline(part.text);
      // `![` would begin a picture.
      return isBeforeBracket ? words.replace(/!$/, '\\!') : words;
    }
    case 'code':
      return codeSpan(part.text);
    case 'break':
      return '\\\n';
    case 'emphasis': {
      const mark = part.strong ? '**' : '*';
      return `${mark}${inlines(part.children)}${mark}`;
    }
    case 'link':
      return link(part.url, part.children);
    case 'quotation':
      return `["${inlines(part.children)}"](${quotationUrl(part.speaker)})`;
    case 'aside':
      return `*[${part.label}: ${inlines(part.children)}]*`;
  }
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const edge = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${edge}${text}${edge}${fence}`;
}

function link(url: string, children: readonly Inline[]): string {
  const [only, ...others] = children;
  // What looks like an entity would be read as one.
  const destination = url.replace(/&(?=#?\w+;)/g, '&amp;');
  const isItsWords = only?.kind === 'text' && only.text === destination && others.length === 0;
  return isItsWords && isWeb(url) ? `<${url}>` : `[${inlines(children)}](${destination})`;
}

function quotationUrl({ name = '', message }: Speaker): string {
  return message === undefined ? saidUrl(name) : midUrl(message);
}
