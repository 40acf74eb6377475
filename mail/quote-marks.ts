/** `>`, `> >`, `>>`, and initials or a first name before them: `AB> `, `> AB> `, `  Ada> ` as Supercite writes. */
const MARKS = /^(?: {1,4}(?=[A-Z][A-Za-z]{1,14}>)| ?)(?:(?:[A-Z][A-Za-z]{0,14}(?=>{1,9}(?: |$)))?> ?)+/;
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
  return line.startsWith('|') && /^\|(?: |$)/.test(line) && !/\|\s*$|\S \| \S/.test(line.slice(1, 200));
}

/** A line of a quotation without its marks, and how often it is quoted by them; 0 for pasted text. */
export function unquoted(line: string): { readonly depth: number; readonly text: string } {
  const marks = marksOf(line);
  return { depth: marks.replace(/[^>|]/g, '').length, text: unescaped(line.slice(marks.length)) };
}

/** A line of a quotation without its marks. */
export function withoutMarks(line: string): string {
  return unescaped(line.slice(marksOf(line).length));
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
