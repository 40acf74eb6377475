/**
 * `body` with its content transfer encoding undone (RFC 2045, 6). Unknown and identity encodings give the
 * same bytes back; broken base64 and quoted-printable give what can be read of them.
 */
export function decodeTransferEncoding(encoding: string, body: Buffer): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(body.toString('latin1'));
    default:
      return body;
  }
}

function decodeQuotedPrintable(text: string): Buffer {
  const decoded = text
    // RFC 2045, 6.7 (3): blanks at a line's end were added on the way. Looked for from the first of a run only,
    // as a million blanks in mid-line would else be walked a million times.
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}
