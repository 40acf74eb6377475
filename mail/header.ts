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
  const { fields, warnings } = parseFields(textOf(bytes.subarray(0, headerEnd)));
  return { fields, body: bytes.subarray(bodyStart), warnings };
}

/** What gives of a raw message the fields of some `names` (lower case), as `splitMessage` does, and reads no others. */
export function fieldsNamed(...names: readonly string[]): (raw: Uint8Array) => readonly Field[] {
  const wanted = new RegExp(`(?<![^\\n])(?:${names.join('|')})[ \\t]*:[^\\n]*(?:\\n[ \\t][^\\n]*)*`, 'gi');
  return raw => {
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const header = textOf(bytes.subarray(0, endOfHeader(bytes).headerEnd));
    return parseFields(header.match(wanted)?.join('\n') ?? '').fields;
  };
}

/** RFC 6532 header fields are UTF-8; older mail carries Latin-1, and no byte may be lost to U+FFFD. */
function textOf(header: Buffer): string {
  return header.toString(isUtf8(header) ? 'utf8' : 'latin1');
}

/** The value of the first field called `name` (lower case), or undefined. */
export function fieldValue(fields: readonly Field[], name: string): string | undefined {
  return fields.find(field => field.name === name)?.value;
}

/** The values of all fields called `name` (lower case), top first. */
export function fieldValues(fields: readonly Field[], name: string): readonly string[] {
  return fields.filter(field => field.name === name).map(field => field.value);
}

/** RFC 5322, 2.2, and the blanks that old programs put behind it (4.5). */
const FIELD_NAME = /^[!-9;-~]+[ \t]*$/;

function parseFields(text: string): { fields: readonly Field[]; warnings: readonly string[] } {
  const fields: { name: string; value: string }[] = [];
  const warnings: string[] = [];
  let current: { name: string; value: string } | undefined;
  for (const line of text.includes('\r') ? text.split(/\r?\n/) : text.split('\n')) {
    if (line[0] === ' ' || line[0] === '\t') {
      const more = line.trim();
      if (current && more !== '') current.value += current.value === '' ? more : ` ${more}`;
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (FIELD_NAME.test(name)) {
      current = { name: name.trimEnd().toLowerCase(), value: line.slice(colon + 1).trim() };
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
