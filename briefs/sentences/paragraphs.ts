import { type Block, type BlockKind, isBlank } from '../../mail/block.ts';
import { isClosed } from './noise.ts';

/** Neighbouring lines of somebody's own words. */
export interface Paragraph {
  readonly lines: readonly string[];
  /** The index among the blocks of the quotation that it stands directly under. */
  readonly under: number | undefined;
  /** The index of the block that it stands in. */
  readonly block: number;
  /** Whether it goes on in lower case with what stands before it: a program, words that had not come to an end. */
  readonly goesOn: boolean;
}

/** `- one`, `* one`, `1. one`, `(2) one`, `[3] one`. */
const ITEM = /^\s{0,12}(?:[-*+•o]|[-=]{1,2}>|\(?\d{1,2}[.)]|\(?[a-z]\)|\[\d{1,2}\]:?)\s+\S/;
const BEGINS_SMALL = /^\s*\p{Ll}/u;
/** A line that is drawn: it parts paragraphs, and underlines a heading. */
const RULER = /^\s*([-=_*~#+.])\1{2,}\s*$/;
/** A line under a heading differs from it in length by so much. */
const MAX_UNEVEN = 3;
/** Behind these a sentence may go on. */
const UNFINISHED: ReadonlySet<BlockKind> = new Set(['code', 'diff']);
/** Behind a line that may have been wrapped, `15.` and `-` belong to its sentence. */
const MIN_WRAPPED = 60;

/** The paragraphs of blocks of text and notes. Empty lines part them, and so do the items of lists. */
export function paragraphsOf(blocks: readonly Block[]): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let quotation: number | undefined;
  let ended = true;
  for (const [index, block] of blocks.entries()) {
    if (isBlank(block)) continue;
    if (block.kind === 'text' || block.kind === 'notes') {
      for (const [at, lines] of cut(block.lines).entries()) {
        const under = at === 0 ? quotation : undefined;
        const goesOn = !ended && BEGINS_SMALL.test(lines[0]!);
        paragraphs.push({ lines, under, block: index, goesOn });
        const last = lines.at(-1)!.trimEnd();
        ended = isClosed(last) && !last.endsWith(':');
      }
    } else ended = !UNFINISHED.has(block.kind);
    quotation = block.kind === 'quote' ? index : undefined;
  }
  return paragraphs;
}

function cut(lines: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let open = false;
  for (const line of lines) {
    const ruler = RULER.test(line);
    const empty = line.trim() === '';
    if (ruler && open && isUnderlined(parts.at(-1)!, line)) parts.pop();
    if (!empty && open && !ruler && !beginsItem(line, parts.at(-1)!)) parts.at(-1)!.push(line);
    else if (!empty) parts.push([line]);
    open = !empty && !ruler;
  }
  return parts;
}

/** Whether a line is a heading: what is drawn below it is about as long. */
function isUnderlined([line, ...more]: readonly string[], ruler: string): boolean {
  if (more.length > 0 || isClosed(line!.trim())) return false;
  return Math.abs(line!.trim().length - ruler.trim().length) <= MAX_UNEVEN;
}

function beginsItem(line: string, above: readonly string[]): boolean {
  if (!ITEM.test(line)) return false;
  const last = above.at(-1)!;
  return last.length < MIN_WRAPPED || ITEM.test(above[0]!) || /[.:;,!?)]\s*$/.test(last.slice(-8));
}
