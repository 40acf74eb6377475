import { attachedLineEnd, isAttachedLine, withAttachedQuoted } from './attached.ts';
import { type Block, type BlockKind, cutBlock, isBlank } from './block.ts';
import { footerStart } from './body-hash.ts';
import { withCode } from './code-lines.ts';
import { diffEnd, isDiffStart } from './diff.ts';
import { withGreeting } from './greeting.ts';
import { isPgp, pgpEnd } from './pgp.ts';
import { isBarred, isMarked } from './quote-marks.ts';
import { withVersionNotes } from './version-notes.ts';

export type { Block, BlockKind, QuotedRun } from './block.ts';

const DIFFSTAT =
  /^ \S.*\s\|\s+(\d+(\s[+-]*)?$|Bin\b|Unk)|^ \d+ files? changed\b|^ (create|delete) mode \d+|^ (rename|copy|mode change) \S/;
const TRAILER =
  /^([A-Z][A-Za-z]*(-[A-Za-z]+)*-by|Fixes|Link|Closes|Cc|CC|Message-Id|Message-ID|Change-Id|BugLink|Reported-and-tested-by):\s+\S/;
const SAID =
  /(?:^|\s)(wrote|writes|said|says|mentioned|schrieb|écrit|escribió|escreveu|scrisse|scritto|schreef|skrev|kirjoitti|napisał|napsal|писал|написал|пишет)(?!\p{L})|写道/iu;
/** "On Mon, 5 Mar 2018 at 10:00, somebody with a long name\n<address> wrote:" takes up to three lines. */
const ATTRIBUTION_LINES = 3;
const ATTRIBUTION_START =
  /^((On|Am|Le|El|Il|Em|Op|Den|Dne|Dnia|W dniu|At) .*\d|In (article|message) |Quoting )/;
/** How attributions end: `Ada wrote:`, `Ada wrote[...]`, and notmuch's `Quoting Ada (2018-03-05 10:00:00)`. */
const ATTRIBUTION_END = /[:：]\s*$|\[\.\.\.\]\s*$|^Quoting [^()]{1,100}\(\d{4}-\d\d-\d\d \d[\d:]*\)\s*$/;
/** The end of an attribution that cannot stand alone: `<address> wrote:` or `wrote:`. */
const ATTRIBUTION_REST = /^\s*(<|\S+\s*$)/;
/** What stands for the lines left out before a quotation: `[...]`, `(snip)`. */
const ELISION = /^\s*[[(<]\s*(\.{2,}|…|snip\b.{0,40})\s*[\])>]\s*$/i;
/** What `git format-patch` signs with. */
const GIT_VERSION = /^\d+\.\d[\w.-]*( \(Apple Git-\S+\))?\s*$/;
/** The first line of a patch that `git format-patch` wrote. */
const PATCH_START = /^From [0-9a-f]{40,64} /;

/** What begins all lines that are more than text: most lines need no other look. */
const TELLING = /^[ >_[@\-A-ZdI]/;

/** The text of a body as blocks, in order. */
export function parseBody(text: string): readonly Block[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const blocks: Block[] = [];
  const footer = lines.splice(footerStart(lines) ?? lines.length);
  let index = 0;
  while (index < lines.length) {
    const end = blockEnd(lines, index);
    blocks.push({ kind: kindAt(lines, index), lines: lines.slice(index, end) });
    index = end;
  }
  if (footer.length > 0) blocks.push({ kind: 'footer', lines: footer });
  const quoting = withAttachedQuoted(blocks.flatMap(withBars));
  const joined = join(quoting.flatMap((block, at) => splitAttribution(block, quoting[at + 1])));
  return withGreeting(withVersionNotes(joined)).flatMap(withCode);
}

/** What the writer wrote or added: no quotations, diffs, signature or trailers. What search reads. */
export function ownText(blocks: readonly Block[]): string {
  return textOf(blocks, ['text', 'greeting', 'code', 'notes', 'changelog']);
}

/** The writer's own words alone: no greeting, code or list of changes either. What briefs read. */
export function ownProse(blocks: readonly Block[]): string {
  return textOf(blocks, ['text', 'notes']);
}

/** Whether somebody answers at `blocks[at]` what stands above it, empty lines passed over. */
export function isAnswer(blocks: readonly Block[], at: number): boolean {
  const next = blocks.slice(at, at + 3).find(block => !isBlank(block));
  return next !== undefined && !['attribution', 'quote', 'signature', 'footer', 'pgp'].includes(next.kind);
}

function textOf(blocks: readonly Block[], kinds: readonly BlockKind[]): string {
  return blocks
    .filter(block => kinds.includes(block.kind))
    .map(block => block.lines.join('\n').trim())
    .filter(text => text !== '')
    .join('\n\n');
}

function kindAt(lines: readonly string[], index: number): BlockKind {
  const line = lines[index]!;
  if (!TELLING.test(line)) return 'text';
  if (isFooter(lines, index)) return 'footer';
  if (isAttachedLine(lines, index)) return 'attribution';
  if (isSignature(lines, index)) return 'signature';
  if (isDiffStart(lines, index)) return 'diff';
  if (isQuoted(lines, index)) return 'quote';
  if (isPgp(lines, index)) return 'pgp';
  if (DIFFSTAT.test(line)) return 'diffstat';
  if (TRAILER.test(line)) return 'trailers';
  return 'text';
}

function blockEnd(lines: readonly string[], start: number): number {
  const kind = kindAt(lines, start);
  if (kind === 'diff') return diffEnd(lines, start);
  if (kind === 'signature') return signatureEnd(lines, start);
  if (kind === 'attribution') return attachedLineEnd(lines, start);
  if (kind === 'pgp') return pgpEnd(lines, start);
  let end = start + 1;
  if (kind === 'footer') while (end < lines.length && lines[end]!.trim() !== '') end++;
  else while (end < lines.length && kindAt(lines, end) === kind) end++;
  return end;
}

/** `>From ` is a line that an mbox file escaped, unless it stands among lines that are quoted without a blank. */
function isQuoted(lines: readonly string[], index: number): boolean {
  if (isMarked(lines[index]!)) return true;
  return (
    lines[index]!.startsWith('>From ') &&
    [index - 1, index + 1].some(at => lines[at]?.startsWith('>') ?? false)
  );
}

/** What Mailman adds to the text of mail to which patches are attached stands before the patches. */
function isFooter(lines: readonly string[], index: number): boolean {
  return /^_{40,}\s*$/.test(lines[index]!) && /\bmailing list\b/i.test(lines[index + 1] ?? '');
}

/**
 * RFC 3676, 4.3: dash, dash, blank; escaped in what OpenPGP signs in the clear (RFC 9580, 7.1). Without the blank only
 * where it cannot be a rule in the text.
 */
function isSignature(lines: readonly string[], index: number): boolean {
  if (lines[index] === '-- ' || lines[index] === '- -- ') return true;
  return lines[index] === '--' && (lines.length - index <= 6 || GIT_VERSION.test(lines[index + 1] ?? ''));
}

/** A signature ends where people went on under it: with an answer, a patch, or, under git's, with anything. */
function signatureEnd(lines: readonly string[], start: number): number {
  let end = start + 1;
  if (GIT_VERSION.test(lines[end] ?? '')) {
    end++;
    while (end < lines.length && lines[end]!.trim() === '') end++;
    return end;
  }
  const goesOn = (index: number) =>
    isQuoted(lines, index) ||
    isPgp(lines, index) ||
    PATCH_START.test(lines[index]!) ||
    isDiffStart(lines, index) ||
    isAttachedLine(lines, index) ||
    isFooter(lines, index);
  while (end < lines.length && !goesOn(end)) end++;
  return end;
}

/** Lines with bars are a quotation where an attribution stands over them. */
function withBars(block: Block): readonly Block[] {
  if (block.kind !== 'text' || !block.lines.some(isBarred)) return [block];
  let said = false;
  const kinds = block.lines.map((line): BlockKind => {
    if (line.trim() === '') return 'text';
    const quoted = said && isBarred(line);
    said = quoted || (/[:：]\s*$/.test(line) && SAID.test(line));
    return quoted ? 'quote' : 'text';
  });
  return kinds.includes('quote') ? cutBlock(block, kinds) : [block];
}

/** A block cut before the lines that introduce the quotation behind it. */
function splitAttribution(block: Block, next: Block | undefined): readonly Block[] {
  if ((block.kind !== 'text' && block.kind !== 'signature') || next?.kind !== 'quote') return [block];
  const first = attributionStart(block.lines);
  if (first === undefined) return [block];
  const parts: Block[] = [
    { kind: block.kind, lines: block.lines.slice(0, first) },
    { kind: 'attribution', lines: block.lines.slice(first) },
  ];
  return parts.filter(part => part.lines.length > 0);
}

/** Where the lines end in an attribution: the index of its first line. A word of the writer's own must not be in it. */
function attributionStart(lines: readonly string[]): number | undefined {
  let last = lines.length - 1;
  while (last >= 0 && (lines[last]!.trim() === '' || ELISION.test(lines[last]!))) last--;
  if (last < 0 || !ATTRIBUTION_END.test(lines[last]!)) return undefined;
  if (lines[last]!.startsWith('Quoting ')) return last;
  if (!SAID.test(lines[last]!)) return undefined;
  for (let first = last; first > last - ATTRIBUTION_LINES && lines[first]?.trim(); first--)
    if (ATTRIBUTION_START.test(lines[first]!)) return first;
  return ATTRIBUTION_REST.test(lines[last]!) && lines[last - 1]?.trim() ? last - 1 : last;
}

/** Two quotations with nothing but empty lines between them are one. */
function join(blocks: readonly Block[]): readonly Block[] {
  const joined: Block[] = [];
  let quoted: string[] = [];
  for (const [at, block] of blocks.entries()) {
    const goesOn = joined.at(-1)?.kind === 'quote';
    const stays = block.kind === 'quote' || blocks[at + 1]?.kind === 'quote';
    if (goesOn && stays && (block.kind === 'quote' || (block.kind === 'text' && isBlank(block)))) {
      for (const line of block.lines) quoted.push(line);
    } else if (block.kind === 'quote') {
      quoted = [...block.lines];
      joined.push({ kind: 'quote', lines: quoted });
    } else joined.push(block);
  }
  return joined;
}
