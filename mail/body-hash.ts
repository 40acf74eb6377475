import { createHash } from 'node:crypto';
import { type Field, fieldValue } from './header.ts';
import { decodeTransferEncoding } from './transfer-encoding.ts';

/**
 * The SHA-256 of what a body says, in hex: transfer encoding undone, line ends folded, blanks at line ends,
 * a list's footer and empty last lines left out.
 *
 * Relays encode a body anew and list servers add footers, so that a cross-post arrives with different bytes
 * on every list; it is one message all the same. Multipart bodies are compared as they stand.
 */
export function bodyHash(fields: readonly Field[], body: Buffer): string {
  const encoding = fieldValue(fields, 'content-transfer-encoding') ?? '';
  const text = decodeTransferEncoding(encoding, body).toString('latin1');
  // Never cut to lines as a whole: a hostile mail of thirty million empty lines would fill the memory. Runs are
  // looked for from their first character only, or they would be walked once for each of their characters.
  const said = withoutFooter(text)
    .replace(/(?<![ \t\r])[ \t\r]+(?=\n|$)/g, '')
    .replace(/(?<!\n)\n+$/, '');
  return createHash('sha256').update(said, 'latin1').digest('hex');
}

/** No footer of eight lines is longer. */
const FOOTER_CHARACTERS = 4096;

function withoutFooter(text: string): string {
  const end = text.slice(-FOOTER_CHARACTERS).split('\n');
  const start = footerStart(end.map(line => line.trimEnd()));
  return start === undefined ? text : text.slice(0, text.length - end.slice(start).join('\n').length);
}

/** A footer is what follows a line of underscores near the end, as Mailman writes it. */
const FOOTER_LINES = 8;

/** The index of the line that begins a list server's footer, or undefined where there is none. */
export function footerStart(lines: readonly string[]): number | undefined {
  for (let index = lines.length - 1; index >= Math.max(0, lines.length - FOOTER_LINES); index--) {
    if (/^_{40,}$/.test(lines[index]!)) return index;
  }
  return undefined;
}
