import { groupBy } from './group-by.ts';
import type { ThreadWords, WordLine } from './thread-words.ts';

/** A line as its source is looked for. */
export interface QuotedLine {
  readonly line: WordLine;
  /** How often it is quoted; lines of one depth follow each other, whatever stands between them. */
  readonly depth: number;
  /** The number of the message whose own words it is; found by `proveLines`. */
  source: number | undefined;
}

/** Finds the sources of `lines`: among the messages of `distances`, and where `others` may be meant, among all. */
export function proveLines(
  words: ThreadWords,
  lines: readonly QuotedLine[],
  distances: ReadonlyMap<number, number>,
  others: boolean,
): void {
  const depths = groupBy(lines, ({ depth }) => depth);
  for (const some of depths.values()) {
    const said = some.filter(({ line }) => line.numbers.length > 0);
    proveWhole(words, said, distances, others);
    proveShort(words, said, distances);
  }
  proveStray(words, lines);
}

/** A line is proved where all of its words stand in a row; what stands on from there proves the lines that follow. */
function proveWhole(
  words: ThreadWords,
  lines: readonly QuotedLine[],
  distances: ReadonlyMap<number, number>,
  others: boolean,
): void {
  const numbers: number[] = [];
  for (const { line } of lines) for (const number of line.numbers) numbers.push(number);
  let start = 0;
  let at = 0;
  while (at < lines.length) {
    const place = words.find(numbers, start, lines[at]!.line.numbers.length, distances, others);
    let left = place?.length ?? 0;
    if (!place) start += lines[at++]!.line.numbers.length;
    else
      for (; at < lines.length && left >= lines[at]!.line.numbers.length; at++) {
        lines[at]!.source = place.message;
        left -= lines[at]!.line.numbers.length;
        start += lines[at]!.line.numbers.length;
      }
  }
}

/** A line of a word or two is proved where the source of a line beside it, or else an ancestor, has the same line. */
function proveShort(
  words: ThreadWords,
  lines: readonly QuotedLine[],
  distances: ReadonlyMap<number, number>,
): void {
  const near = [...distances].sort(([, a], [, b]) => a - b).map(([message]) => message);
  for (const [at, line] of lines.entries()) {
    const { short } = line.line;
    if (line.source !== undefined || short === undefined) continue;
    const beside = [lines[at - 1]?.source, lines[at + 1]?.source].filter(source => source !== undefined);
    line.source = [...beside, ...near].find(message => words.hasShortLine(message, short));
  }
}

/** The end of a line that a mail program wrapped stands below the marks of its line: `> > long` and `> line`. */
function proveStray(words: ThreadWords, lines: readonly QuotedLine[]): void {
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (line.source !== undefined || line.line.numbers.length === 0) continue;
    if (before?.source === undefined || before.depth <= line.depth) continue;
    const both = [...before.line.numbers, ...line.line.numbers];
    if (words.find(both, 0, both.length, new Map([[before.source, 0]]), false)) line.source = before.source;
  }
}
