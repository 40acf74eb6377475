import { onOneLine } from '../../mail/blanks.ts';
import { endsInAbbreviation } from './abbreviations.ts';
import { isFarewell } from './farewell.ts';
import { isHeading } from './noise.ts';
import { isFooter, isOfProgram } from './programs.ts';

/** Mail is wrapped no wider than this: where a line is longer, every break was typed; */
const MAX_WIDTH = 100;
/** and no narrower than this, however short the lines of a paragraph are. */
const MIN_WIDTH = 60;
/** A line that begins a sentence and takes less of the width is a heading or one of a list. */
const SHORT_LINE = 0.6;
/** Where a sentence may end. By rule and not by `Intl.Segmenter`, which differs from one ICU to the next. */
const END = /(?<![.!?…])[.!?…]+["'”’)\]]{0,3}(?:\s[:;]-?[()DPp/|])?\s|[。！？]["'”’」』）]{0,3}\s?/gu;
const ENDS_LINE = /[.!?:;…]["'”’)\]]{0,3}$/;
/** Words that more must follow. */
const DANGLES =
  /(?:,|(?<![\w'’-])(?:an?|the|and|or|but|nor|so|if|when|while|because|since|than|that|which|who|of|to|in|on|at|for|from|by|with|as|into|about|over|like|is|are|was|were|be|been|has|have|had|do|does|not|can|could|will|would|should|may|might|must|my|your|its|our|their|this|these|those|some|any|each|every|no|i|we|you|they|it's|recently))$/i;
const BEGINS = /^["'“‘([]{0,3}[\p{Lu}\d]/u;
const LOWER = /^["'“‘([]{0,2}[\p{Ll}_]/u;
/** Behind a whole word and one full stop a sentence may begin in lower case: `kfree() frees it.` */
const SURE = /[\p{L}\p{N})]{2}\.["'”’)\]]{0,3}$/u;
/** In brackets or quotation marks it may go on: `(once? twice?) and`. */
const ASKS_OR_CALLS = /[?!]$/;
/** A bracket that is open is not farther away. */
const MAX_ASIDE = 120;
/** `1.`, `(2)`, `-`: the mark of an item, no sentence. */
const ITEM_MARK = /^[-*+•]? ?\(?(?:\d{1,2}|[a-z])[.)]$/;
/** What says nothing by itself goes with the sentence before it. */
const MARKS_ALONE = /^[^\p{L}\p{N}]{1,12}(?:\s|$)/u;

/** The sentences of a paragraph, in order, each on one line; no word is lost. */
export function splitParagraph(lines: readonly string[]): readonly string[] {
  return typedLines(lines).flatMap(splitLine);
}

/** Lines as they were typed: those that were only wrapped are joined. */
function typedLines(lines: readonly string[]): readonly string[] {
  const width = widthOf(lines);
  const typed: string[][] = [];
  let last = '';
  for (const line of lines) {
    const text = onOneLine(line);
    const parts = typed.at(-1);
    const mayBeHeading = parts?.length === 1 && !/^\s/.test(line);
    if (parts === undefined || isTypedBreak(last, text, width, mayBeHeading)) typed.push([text]);
    else parts.push(text);
    last = line.trimEnd();
  }
  return typed.map(parts => parts.join(' '));
}

/** How wide lines were wrapped: as wide as the widest that could have been. 0 where none was. */
function widthOf(lines: readonly string[]): number {
  let width = MIN_WIDTH;
  for (const line of lines) {
    // A word that is too long is not broken.
    if (line.length <= width || line.includes('://')) continue;
    if (line.length > MAX_WIDTH) return 0;
    width = line.length;
  }
  return width;
}

/**
 * Whether somebody broke the line before `next` although its first word had room, and a sentence can begin there:
 * in lower case only behind the end of another, or where `line` is so short that it may be a heading.
 */
function isTypedBreak(line: string, next: string, width: number, mayBeHeading: boolean): boolean {
  if (width === 0) return true;
  if (DANGLES.test(line.slice(-12))) return false;
  if (isFarewell(next) || isHeading(next) || isFooter(next)) return true;
  if (isOfProgram(next) || isOfProgram(line)) return true;
  const blank = next.indexOf(' ');
  const word = blank === -1 ? next.length : blank;
  if (line.length + 1 + word > width) return false;
  if (BEGINS.test(next)) return true;
  if (ENDS_LINE.test(line.slice(-8))) return !endsInAbbreviation(line, next);
  return mayBeHeading && line.length < width * SHORT_LINE;
}

function splitLine(line: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: mark, index } of line.matchAll(END)) {
    const end = index + mark.length;
    if (end === line.length || !isEnd(line, start, end)) continue;
    sentences.push(line.slice(start, end).trimEnd());
    start = end;
  }
  if (start < line.length) sentences.push(line.slice(start));
  return sentences;
}

function isEnd(line: string, start: number, end: number): boolean {
  const before = line.slice(Math.max(start, end - 20), end).trimEnd();
  const next = line.slice(end, end + 20);
  if (MARKS_ALONE.test(next)) return false;
  if (end - start < 8 && ITEM_MARK.test(before)) return false;
  if (endsInAbbreviation(before, next)) return false;
  const asks = ASKS_OR_CALLS.test(before);
  if (!LOWER.test(next) || (asks && !isOpen(line.slice(Math.max(start, end - MAX_ASIDE), end)))) return true;
  if (isFarewell(line.slice(end, end + MAX_WIDTH))) return true;
  return !asks && SURE.test(before);
}

/** Whether a bracket is open at the end. */
function isOpen(text: string): boolean {
  return text.lastIndexOf('(') > text.lastIndexOf(')');
}
