import { isUtf8 } from 'node:buffer';

/** One header field as it stands in the mail. */
export interface Field {
  /** The name in lower case. */
  readonly name: string;
  /** The value with its folding undone (RFC 5322, 2.2.3); encoded words are left encoded. */
  readonly value: string;
}

/** A message cut where its header ends; the two halves are views of the same memory. */
export interface HeaderAndBody {
  readonly fields: readonly Field[];
  readonly body: Buffer;
  /** What was odd about the header, in words for an admin. */
  readonly warnings: readonly string[];
}

/**
 * The header fields and the body of a raw message (RFC 5322, 2.1), never failing: lines that are no fields
 * are passed over with a warning, and a message without an empty line is all header.
 */
export function splitMessage(raw: Uint8Array): HeaderAndBody {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const { headerEnd, bodyStart } = endOfHeader(bytes);
  const header = bytes.subarray(0, headerEnd);
  // RFC 6532 header fields are UTF-8; older mail carries Latin-1, and no byte may be lost to U+FFFD.
  const text = header.toString(isUtf8(header) ? 'utf8' : 'latin1');
  const { fields, warnings } = parseFields(text);
  return { fields, body: bytes.subarray(bodyStart), warnings };
}

/** The value of the first field called `name` (lower case), or undefined. */
export function fieldValue(fields: readonly Field[], name: string): string | undefined {
  return fields.find(field => field.name === name)?.value;
}

/** The values of all fields called `name` (lower case), top first. */
export function fieldValues(fields: readonly Field[], name: string): readonly string[] {
  return fields.filter(field => field.name === name).map(field => field.value);
}

function parseFields(text: string): { fields: readonly Field[]; warnings: readonly string[] } {
  const fields: { name: string; value: string }[] = [];
  const warnings: string[] = [];
  let current: { name: string; value: string } | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      const more = line.trim();
      if (current && more !== '') current.value += current.value === '' ? more : ` ${more}`;
      continue;
    }
    const match = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line);
    if (match) {
      current = { name: match[1]!.toLowerCase(), value: match[2]!.trim() };
      fields.push(current);
    } else {
      current = undefined;
      // An mbox separator in front of the header is common in exports and no fault of the sender's.
      if (line !== '' && !/^>?From /.test(line)) warnings.push('a header line is not a field');
    }
  }
  return { fields, warnings };
}

/** Where the first empty line (LF or CRLF) ends the header, and where the body begins after it. */
export function endOfHeader(bytes: Buffer): { headerEnd: number; bodyStart: number } {
  let lineStart = 0;
  while (lineStart < bytes.length) {
    const newline = bytes.indexOf(0x0a, lineStart);
    const lineEnd = newline === -1 ? bytes.length : newline;
    const blank = lineEnd === lineStart || (lineEnd === lineStart + 1 && bytes[lineStart] === 0x0d);
    if (blank) return { headerEnd: lineStart, bodyStart: Math.min(lineEnd + 1, bytes.length) };
    lineStart = lineEnd + 1;
  }
  return { headerEnd: bytes.length, bodyStart: bytes.length };
}
