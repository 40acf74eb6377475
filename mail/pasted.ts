import type { Block, BlockKind } from './block.ts';
import { characteristic, letters, type SaidLine } from './doubts/quoted-words.ts';
import { originalHeaderEnd } from './original-heading.ts';
import { proveLines, type QuotedLine } from './quoted-lines.ts';
import type { ThreadWords } from './thread-words.ts';

/** Fewer lines that anybody else would hardly write are chance. */
const MIN_LINES = 2;
const MIN_LETTERS = 80;

/**
 * The kinds of a body's lines where some were pasted from `sources` without quote marks, by block and line: such
 * lines are a quotation, and the header over them its attribution. Undefined where nothing was pasted. A patch that
 * is sent again says what it said before; it quotes nothing.
 */
export function pastedKinds(
  words: ThreadWords,
  blocks: readonly Block[],
  sources: ReadonlyMap<number, number>,
): readonly (readonly BlockKind[])[] | undefined {
  if (blocks.some(({ kind }) => kind === 'diff' || kind === 'diffstat')) return undefined;
  const lines = blocks.flatMap(({ kind, lines }, block) =>
    lines.map((text, line) => ({ block, line, text, own: OWN.has(kind) })),
  );
  const header = headerIn(lines);
  if (sources.size === 0 && !header) return undefined;
  const said = lines.map(({ text, own }) => lineOf(words, own ? text : ''));
  if (sources.size > 0) proveLines(words, said, sources, false);
  const pasted = lines.map(() => false);
  for (const [start, end] of runsIn(blocks, lines, said))
    if ((header && start >= header.end) || tells(lines.slice(start, end))) pasted.fill(true, start, end);
  const behind = header ? Math.max(header.end, pasted.lastIndexOf(true) + 1) : lines.length;
  if (!header && !pasted.includes(true)) return undefined;
  const kinds = blocks.map(({ kind, lines }): BlockKind[] => lines.map(() => kind));
  for (const [at, { block, line, own }] of lines.entries()) {
    if (!own) continue;
    // What stands between pasted lines is answers to them; what stands behind them all was pasted too.
    if (pasted[at] || at >= behind) kinds[block]![line] = 'quote';
    else if (header && at >= header.start && at < header.end) kinds[block]![line] = 'attribution';
  }
  return kinds;
}

interface PlacedLine {
  readonly block: number;
  readonly line: number;
  readonly text: string;
  /** Whether it is none of the lines that tell themselves whose they are. */
  readonly own: boolean;
}

const OWN: ReadonlySet<BlockKind> = new Set(['text', 'greeting', 'code']);

function lineOf(words: ThreadWords, text: string): QuotedLine {
  return { line: words.lineOf(text), depth: 0, source: undefined };
}

/**
 * Where neighbouring paragraphs come from one message, each as a whole: who takes lines of a program and writes
 * others between them quotes nobody.
 */
function runsIn(
  blocks: readonly Block[],
  lines: readonly PlacedLine[],
  said: readonly QuotedLine[],
): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  let source: number | undefined;
  for (const [start, end] of paragraphs(blocks, lines)) {
    const sources = said.slice(start, end).filter(({ line }) => line.numbers.length > 0);
    const first = sources[0]?.source;
    const whole = first !== undefined && sources.every(line => line.source === first);
    if (whole && first === source) runs.at(-1)![1] = end;
    else if (whole) runs.push([start, end]);
    source = whole ? first : undefined;
  }
  return runs;
}

/** Lines of words up to an empty one, and blocks of code as they are. */
function paragraphs(
  blocks: readonly Block[],
  lines: readonly PlacedLine[],
): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let open = false;
  for (const [at, { block, text, own }] of lines.entries()) {
    const inCode = blocks[block]!.kind === 'code';
    const goesOn = own && (inCode || text.trim() !== '');
    if (goesOn && open && lines[at - 1]!.block === block) found.at(-1)![1] = at + 1;
    else if (goesOn) found.push([at, at + 1]);
    // Other blocks stand between: they are a paragraph that nobody has.
    else if (!own && lines[at - 1]?.own) found.push([at, at]);
    open = goesOn;
  }
  return found;
}

/** Whether lines say so much that they are no chance. */
function tells(lines: readonly PlacedLine[]): boolean {
  const said = lines.map(
    ({ text }): SaidLine => ({
      depth: 0,
      text: text.trim(),
      words: text.match(/[\p{L}\p{N}_]+/gu)?.join(' ') ?? '',
    }),
  );
  const telling = characteristic(said);
  return telling.length >= MIN_LINES && letters(telling) >= MIN_LETTERS;
}

/** The lines that a mail program put over a mail which it pasted. */
function headerIn(
  lines: readonly PlacedLine[],
): { readonly start: number; readonly end: number } | undefined {
  const own = lines.map(line => (line.own ? line.text : ''));
  for (const start of own.keys()) {
    const end = originalHeaderEnd(own, start);
    if (end !== undefined) return { start, end };
  }
  return undefined;
}
