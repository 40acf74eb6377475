import type { Scalar } from 'yaml';

/** Where in `source`, a YAML file, each UTF-16 unit of a text that it holds stands: wrapped, indented, escaped. */
export function unitOffsets(source: string, { type, value, range }: Scalar<string>): readonly number[] {
  const [start, end] = range!;
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
  // Behind `|` and what stands on its line, or behind the quotation mark.
  let at = isBlock ? source.indexOf('\n', start) + 1 : start + (isQuoted ? 1 : 0);
  const offsets: number[] = [];
  for (const character of value) {
    // What a line's end became is as much white space as what stands there.
    if (!BLANK.test(character)) {
      while (at < end && widthOfBlank(source, at, type) > 0) at += widthOfBlank(source, at, type);
    }
    for (let unit = 0; unit < character.length; unit++) offsets.push(Math.min(at, end));
    if (!BLANK.test(character)) at += widthOf(source, at, character, type);
  }
  return offsets;
}

const BLANK = /[ \t\r\n]/;

/** YAML 1.2, 5.7: white space as an escape, and the backslash at the end of a line. */
const BLANK_ESCAPE = /\\(?:[ tnr\t]|\r?\n|x(?:09|0[aAdD]|20)|u00(?:09|0[aAdD]|20))/y;
/** The same, 5.7; the first is one character beyond 16 bits as JSON has it. */
const ESCAPE =
  /\\u[dD][89abAB][\da-fA-F]{2}\\u[\da-fA-F]{4}|\\u[\da-fA-F]{4}|\\U[\da-fA-F]{8}|\\x[\da-fA-F]{2}|\\./y;

function widthOfBlank(source: string, at: number, type: Scalar.Type | undefined): number {
  if (BLANK.test(source.charAt(at))) return 1;
  return type === 'QUOTE_DOUBLE' ? lengthOf(BLANK_ESCAPE, source, at) : 0;
}

function widthOf(source: string, at: number, character: string, type: Scalar.Type | undefined): number {
  // YAML 1.2, 7.3.2: a quotation mark within is written twice.
  if (type === 'QUOTE_SINGLE' && character === "'") return 2;
  return (type === 'QUOTE_DOUBLE' && lengthOf(ESCAPE, source, at)) || character.length;
}

function lengthOf(expression: RegExp, source: string, at: number): number {
  expression.lastIndex = at;
  return expression.exec(source)?.[0].length ?? 0;
}
