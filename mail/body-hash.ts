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
  const lines = text.split('\n').map(line => line.trimEnd());
  const said = lines.slice(0, footerStart(lines) ?? lines.length);
  while (said.at(-1) === '') said.pop();
  return createHash('sha256').update(said.join('\n'), 'latin1').digest('hex');
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
