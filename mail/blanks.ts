/** White space that is not one blank already, as most of it is. */
const BLANKS = /[^\S ]\s*| \s+/g;

/** `text` on one line: each run of white space is one blank, and none stands at its ends. */
export function onOneLine(text: string): string {
  return text.trim().replace(BLANKS, ' ');
}
