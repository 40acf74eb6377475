import { footerStart } from './body-hash.ts';
import { diffEnd, isDiffStart } from './diff.ts';

/** What the lines of a block are. */
export type BlockKind =
  | 'text' // the writer's own words
  | 'attribution' // the line that says who is quoted
  | 'quote' // lines that begin with `>`
  | 'trailers' // `Signed-off-by:` and its like
  | 'diffstat'
  | 'diff'
  | 'signature' // what follows `-- `
  | 'footer'; // what the list server added

/** Neighbouring lines of one kind. No line of a body is lost: the blocks' lines are the body's lines. */
export interface Block {
  readonly kind: BlockKind;
  readonly lines: readonly string[];
}

const QUOTE = /^ ?>/;
const DIFFSTAT =
  /^ \S.*\s\|\s+(\d+(\s[+-]*)?|Bin\b.*|Unk.*)$|^ \d+ files? changed\b|^ (create|delete) mode \d+|^ (rename|copy|mode change) \S/;
const TRAILER =
  /^([A-Z][A-Za-z]*(-[A-Za-z]+)*-by|Fixes|Link|Closes|Cc|CC|Message-Id|Message-ID|Change-Id|BugLink|Reported-and-tested-by):\s+\S/;
const ATTRIBUTION_END = /(?:^|\s)(wrote|writes|said|says|schrieb|écrit|escribió|scrisse)(?!\p{L}).*:\s*$/iu;
/** "On Mon, 5 Mar 2018 at 10:00, somebody with a long name\n<address> wrote:" takes up to three lines. */
const ATTRIBUTION_LINES = 3;

/** The text of a body as blocks, in order. */
export function parseBody(text: string): readonly Block[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const blocks: Block[] = [];
  const footer = footerStart(lines) ?? lines.length;
  let index = 0;
  while (index < footer) {
    const end = blockEnd(lines, index, footer);
    blocks.push({ kind: kindAt(lines, index), lines: lines.slice(index, end) });
    index = end;
  }
  if (footer < lines.length) blocks.push({ kind: 'footer', lines: lines.slice(footer) });
  return join(blocks.flatMap((block, at) => splitAttribution(block, blocks[at + 1])));
}

/** The writer's own words: no quotations, diffs, signature or trailers. What search and briefs read. */
export function ownText(blocks: readonly Block[]): string {
  return blocks
    .filter(block => block.kind === 'text')
    .map(block => block.lines.join('\n').trim())
    .filter(text => text !== '')
    .join('\n\n');
}

function kindAt(lines: readonly string[], index: number): BlockKind {
  const line = lines[index]!;
  if (isSignature(lines, index)) return 'signature';
  if (isDiffStart(lines, index)) return 'diff';
  if (QUOTE.test(line)) return 'quote';
  if (DIFFSTAT.test(line)) return 'diffstat';
  if (TRAILER.test(line)) return 'trailers';
  return 'text';
}

function blockEnd(lines: readonly string[], start: number, limit: number): number {
  const kind = kindAt(lines, start);
  if (kind === 'signature') return limit;
  if (kind === 'diff') return Math.min(diffEnd(lines, start), limit);
  let end = start + 1;
  while (end < limit && kindAt(lines, end) === kind) end++;
  return end;
}

/** RFC 3676, 4.3: dash, dash, blank. Without the blank only near the end, where it cannot be a rule in the text. */
function isSignature(lines: readonly string[], index: number): boolean {
  if (lines[index] === '-- ') return true;
  return lines[index] === '--' && lines.length - index <= 6;
}

/** A text block cut before the lines that introduce the quotation behind it. */
function splitAttribution(block: Block, next: Block | undefined): readonly Block[] {
  if (block.kind !== 'text' || next?.kind !== 'quote') return [block];
  const lines = block.lines;
  let last = lines.length;
  while (last > 0 && lines[last - 1]!.trim() === '') last--;
  if (last === 0 || !ATTRIBUTION_END.test(lines[last - 1]!)) return [block];
  let first = last - 1;
  while (
    first > 0 &&
    last - first < ATTRIBUTION_LINES &&
    lines[first - 1]!.trim() !== '' &&
    !/^On /.test(lines[first]!)
  )
    first--;
  const parts: Block[] = [
    { kind: 'text', lines: lines.slice(0, first) },
    { kind: 'attribution', lines: lines.slice(first) },
  ];
  return parts.filter(part => part.lines.length > 0);
}

/** Two quotations with nothing but empty lines between them are one. */
function join(blocks: readonly Block[]): readonly Block[] {
  const joined: Block[] = [];
  for (const [at, block] of blocks.entries()) {
    const before = joined.at(-1);
    const empty = block.kind === 'text' && block.lines.every(line => line.trim() === '');
    if (before?.kind === 'quote' && (block.kind === 'quote' || (empty && blocks[at + 1]?.kind === 'quote'))) {
      joined[joined.length - 1] = { kind: 'quote', lines: [...before.lines, ...block.lines] };
    } else joined.push(block);
  }
  return joined;
}
