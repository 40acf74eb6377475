import { decodeText } from './charset.ts';

/** An encoded word (RFC 2047, 2), with the language of RFC 2231, 5, and text that was never encoded within it. */
const WORD = /=\?([^\s?*]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?\r\n]*)\?=/g;
/** Blanks between two encoded words are no part of the text (RFC 2047, 6.2). */
const GAP = /(\?=)[ \t\r\n]+(?==\?[^\s?]+\?[BbQq]\?)/g;

/** `text` with its encoded words decoded by the charsets of `decodeText`; a character may be cut between two. */
export function decodeEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  const pieces: (string | { readonly charset: string; readonly bytes: Buffer[] })[] = [];
  let at = 0;
  const joined = text.replace(GAP, '$1');
  for (const match of joined.matchAll(WORD)) {
    const [whole, charset, encoding, encoded] = match;
    if (match.index > at) pieces.push(joined.slice(at, match.index));
    at = match.index + whole.length;
    const bytes = wordBytes(encoding!, encoded!);
    const before = pieces.at(-1);
    if (typeof before === 'object' && before.charset === charset!.toLowerCase()) before.bytes.push(bytes);
    else pieces.push({ charset: charset!.toLowerCase(), bytes: [bytes] });
  }
  if (at < joined.length) pieces.push(joined.slice(at));
  return pieces
    .map(piece => (typeof piece === 'string' ? piece : decodeText(Buffer.concat(piece.bytes), piece.charset)))
    .join('');
}

function wordBytes(encoding: string, encoded: string): Buffer {
  if (encoding.toUpperCase() === 'B') return Buffer.from(encoded, 'base64');
  const bytes = Buffer.from(encoded.replaceAll('_', ' '), 'utf8').toString('latin1');
  const decoded = bytes.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}
