import { type Block, cutBlock, type QuotedRun } from './block.ts';
import type { MessageId } from './message-id.ts';
import { pastedKinds } from './pasted.ts';
import { unquoted, withoutMarks } from './quote-marks.ts';
import { proveLines, type QuotedLine } from './quoted-lines.ts';
import { NO_WORDS, type ThreadWords } from './thread-words.ts';

/** A message whose quotations are to be proved. */
export interface Quoting {
  readonly blocks: readonly Block[];
  /** What it answers, from the parent upward. */
  readonly ancestors: readonly Ancestor[];
}

/** A message above another in its thread. */
export interface Ancestor {
  readonly id: MessageId;
  /** Whether one person wrote both: people send their own words again, which quotes nobody. */
  readonly samePerson: boolean;
}

/** Farther above nothing is looked for: nobody quotes from there, but through somebody between who does. */
export const MAX_ABOVE = 60;
/** What stands for lines left out: `[...]`, `(snip)`, `<snip>`, `...`. */
const ELISION = /^\s*[[(<{]?\s*(?:\.{2,}|…|snip\w{0,6}\b.{0,40}|cut|\[?trimmed\]?)\s*[\])>}]?\s*$/i;

/**
 * The blocks of a message with their quotations proved: each line that is quoted is looked for, word for word, in
 * what those before it said themselves, `words`. White space, wraps and quote marks make no difference, and lines
 * may be left out; but in a line no word may. What was pasted without marks becomes a quotation too.
 */
export function proveQuotations(words: ThreadWords, { blocks, ancestors }: Quoting): readonly Block[] {
  const distances = new Map<number, number>();
  const strangers = new Map<number, number>();
  for (const [distance, { id, samePerson }] of ancestors.slice(0, MAX_ABOVE).entries()) {
    const message = words.numberOf(id);
    if (message === undefined) continue;
    distances.set(message, distance);
    if (!samePerson) strangers.set(message, distance);
  }
  const cut = pastedKinds(words, blocks, strangers);
  const all = cut ? blocks.flatMap((block, at) => cutBlock(block, cut[at]!)) : blocks;
  const lines = all.map(block => (block.kind === 'quote' ? quotedLines(words, block) : []));
  proveLines(words, lines.flat(), distances, true);
  return all.map((block, at) =>
    block.kind === 'quote' ? { ...block, runs: runsOf(words, lines[at]!) } : block,
  );
}

/** How many lines of quotations say something, and of how many the source is known. */
export function provedLines(blocks: readonly Block[]): { readonly proved: number; readonly of: number } {
  let proved = 0;
  let of = 0;
  for (const { lines, runs = [] } of blocks)
    for (const { start, end, source } of runs) {
      const said = lines.slice(start, end).filter(line => withoutMarks(line).trim() !== '').length;
      of += said;
      if (source !== undefined) proved += said;
    }
  return { proved, of };
}

function quotedLines(words: ThreadWords, { lines }: Block): readonly QuotedLine[] {
  return lines.map(line => {
    const { depth, text } = unquoted(line);
    const said = ELISION.test(text) ? NO_WORDS : words.lineOf(text);
    return { line: said, depth: Math.max(1, depth), source: undefined };
  });
}

/** Lines without words go with those before them. */
function runsOf(words: ThreadWords, lines: readonly QuotedLine[]): readonly QuotedRun[] {
  const runs: { start: number; end: number; depth: number; source: MessageId | undefined }[] = [];
  let said = false;
  for (const [at, line] of lines.entries()) {
    const last = runs.at(-1);
    const source = line.source === undefined ? undefined : words.idOf(line.source);
    if (last && line.line.numbers.length === 0) last.end = at + 1;
    else if (last && !said) Object.assign(last, { end: at + 1, depth: line.depth, source });
    else if (last && last.depth === line.depth && last.source === source) last.end = at + 1;
    else runs.push({ start: at, end: at + 1, depth: line.depth, source });
    said ||= line.line.numbers.length > 0;
  }
  return runs;
}
