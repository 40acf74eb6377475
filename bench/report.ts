/** A line of the results, which go to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A sentence about the work, which goes to standard error. */
export function note(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Rows as lines of a Markdown table whose columns line up; the first column is words, the others are numbers. */
export function tableLines(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map(row => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [heads, rule, ...rows].map(line);
}

/** Prints rows as such a table. */
export function printTable(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const line of ['', ...tableLines(heads, rows), '']) print(line);
}

/** `1 message`, `2,380 messages`. */
export function counted(number: number, noun: string): string {
  return `${whole(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A number without a fraction: `2,380`. */
export function whole(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

/** Bytes in millions: `29.8`, `253`. */
export function megabytes(bytes: number): string {
  const millions = bytes / 1e6;
  return millions < 100 ? millions.toFixed(1) : whole(millions);
}
