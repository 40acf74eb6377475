/** `>`, `> >`, `>>`, and initials before them: `AB> `, `> AB> `. */
const MARKS = /^ ?(?:(?:[A-Z][A-Za-z]{0,2}(?=>{1,9}(?: |$)))?> ?)+/;
/** `| `, as some mail programs mark what they quote. */
const BARS = /^(?:\| ?)+/;
/** What mbox files do to a line that begins with `From `; it is no quotation. */
const ESCAPED = />From $/;

/** Whether a line begins with marks that nothing but a quotation has. */
export function isMarked(line: string): boolean {
  return MARKS.test(line) && !line.startsWith('>From ');
}

/** Whether a line begins with a bar, as quotations do, and tables. */
export function isBarred(line: string): boolean {
  return /^\|(?: |$)/.test(line) && !/\|\s*$|\S \| \S/.test(line.slice(1, 200));
}

/** How often a line of a quotation is quoted, by its marks; 0 for pasted text. */
export function quoteDepth(line: string): number {
  const marks = marksOf(line);
  return marks.replace(/[^>|]/g, '').length;
}

/** A line of a quotation without its marks. */
export function withoutMarks(line: string): string {
  const marks = marksOf(line);
  const rest = line.slice(marks.length);
  return unescaped(rest);
}

/** A line without what mbox files put before its `From `. */
export function unescaped(line: string): string {
  return line.startsWith('>From ') ? line.slice(1) : line;
}

function marksOf(line: string): string {
  const marks = (MARKS.exec(line) ?? BARS.exec(line))?.[0] ?? '';
  return ESCAPED.test(`${marks.slice(-1)}${line.slice(marks.length, marks.length + 5)}`)
    ? marks.slice(0, -1)
    : marks;
}
