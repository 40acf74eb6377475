import { isAscii, isUtf8 } from 'node:buffer';
import { charsetOf, singleByteTable, windows1252 } from './charset-names.ts';

/**
 * `bytes` as text in the charset that a mail declares for them, in whatever spelling; by their look where it
 * declares none, US-ASCII or one that nobody knows. Never fails and never loses a byte: one that the charset has no
 * character for is read as Windows-1252, which is what most such bytes are.
 */
export function decodeText(bytes: Buffer, declared = ''): string {
  const charset = charsetOf(declared);
  if (charset === undefined) return decodeUndeclared(bytes);
  if (charset === 'utf-7') return decodeUtf7(bytes);
  if (charset === 'utf-16le' || charset === 'utf-16be') return decodeUtf16(bytes, charset);
  if (charset === 'iso-2022-jp') return decodeMultiByte(bytes, charset);
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (charset === 'utf-8') return isUtf8(bytes) ? decodeUtf8(bytes) : repairUtf8(bytes).text;
  if (MULTI_BYTE.has(charset)) return decodeMultiByte(bytes, charset);
  return decodeSingleByte(bytes, charset);
}

const MULTI_BYTE: ReadonlySet<string> = new Set(['gb18030', 'big5', 'euc-kr', 'euc-jp', 'shift_jis']);

/** What ISO-2022-JP switches to its characters with (RFC 1468). */
const JAPANESE = /\x1b\$[@B]|\x1b\([JI]/;

function decodeUndeclared(bytes: Buffer): string {
  const order = byteOrderMark(bytes);
  if (order !== undefined) return decodeUtf16(bytes, order);
  if (isAscii(bytes)) {
    const text = bytes.toString('latin1');
    return JAPANESE.test(text) ? decodeMultiByte(bytes, 'iso-2022-jp') : text;
  }
  if (isUtf8(bytes)) return decodeUtf8(bytes);
  const { text, good, bad } = repairUtf8(bytes);
  return good >= bad ? text : decodeSingleByte(bytes, 'windows-1252');
}

function decodeUtf8(bytes: Buffer): string {
  const text = bytes.toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Text that is UTF-8 but for some bytes, and how many characters and bytes of both kinds there were. */
function repairUtf8(bytes: Buffer): { text: string; good: number; bad: number } {
  const units = new Uint16Array(bytes.length);
  let [length, good, bad, at] = [0, 0, 0, 0];
  while (at < bytes.length) {
    const byte = bytes[at]!;
    const size: number = byte < 0x80 ? 1 : utf8Size(bytes, at);
    if (size === 0) {
      units[length++] = windows1252(byte);
      bad++;
    } else if (size < 4) {
      units[length++] = size === 1 ? byte : utf8CodePoint(bytes, at, size);
      if (size > 1) good++;
    } else {
      const beyond = utf8CodePoint(bytes, at, size) - 0x10000;
      units[length++] = 0xd800 + (beyond >> 10);
      units[length++] = 0xdc00 + (beyond & 0x3ff);
      good++;
    }
    at += size || 1;
  }
  const text = fromUnits(units.subarray(0, length));
  return { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, good, bad };
}

/** How many bytes make the character beyond ASCII that begins at `at` (RFC 3629, 4); 0 where none does. */
function utf8Size(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  const size = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + size > bytes.length) return 0;
  for (let next = at + 1; next < at + size; next++) if ((bytes[next]! & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1]!;
  const longer = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const none = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return longer || none ? 0 : size;
}

function utf8CodePoint(bytes: Buffer, at: number, size: number): number {
  let code = bytes[at]! & (0xff >> (size + 1));
  for (let next = at + 1; next < at + size; next++) code = (code << 6) | (bytes[next]! & 0x3f);
  return code;
}

function decodeSingleByte(bytes: Buffer, charset: string): string {
  const table = singleByteTable(charset);
  const units = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++)
    units[at] = bytes[at]! < 0x80 ? bytes[at]! : table[bytes[at]! - 0x80]!;
  return fromUnits(units);
}

function fromUnits(units: Uint16Array): string {
  return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
}

/** The charset of a byte order mark (RFC 2781, 3.2). */
function byteOrderMark(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function decodeUtf16(bytes: Buffer, declared: 'utf-16le' | 'utf-16be'): string {
  const marked = byteOrderMark(bytes);
  const zeros = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) zeros[at % 2]!++;
  // Text that can be read as it stands was declared so by a mail program that named its own inner form.
  if (marked === undefined && zeros[0]! + zeros[1]! === 0 && isUtf8(bytes)) return decodeUtf8(bytes);
  const byZeros = zeros[0]! > zeros[1]! ? 'utf-16be' : zeros[0]! < zeros[1]! ? 'utf-16le' : declared;
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const odd = bytes.subarray(even.length);
  return new TextDecoder(marked ?? byZeros).decode(even) + decodeSingleByte(odd, 'windows-1252');
}

/** UTF-7 is ASCII, so longer mail can be read as it stands, for the sake of time. */
const MAX_UTF7_BYTES = 1 << 21;

/** Base64 of UTF-16 between `+` and `-` (RFC 2152). What comes of it is text like any other, and escaped as such. */
function decodeUtf7(bytes: Buffer): string {
  if (bytes.length > MAX_UTF7_BYTES) return decodeUndeclared(bytes);
  return decodeSingleByte(bytes, 'windows-1252').replace(
    /\+([A-Za-z0-9+/]*)(-?)/g,
    (all, code: string, end) => {
      if (code === '') return end === '' ? all : '+';
      const units = Buffer.from(code, 'base64');
      const even = units.subarray(0, units.length - (units.length % 2));
      return even.length === 0 ? all : even.swap16().toString('utf16le');
    },
  );
}

/** What broken text may cost; past it, what is broken becomes U+FFFD, for the sake of time. */
const MAX_COST = 40_000;
/** Of each byte of a broken line; a whole one costs 1. */
const BYTE_COST = 10;

/**
 * Text in a charset whose characters take several bytes, line by line where some of it is broken: no character has
 * a line end among its bytes, and ISO-2022-JP goes back to ASCII before each.
 */
function decodeMultiByte(received: Buffer, charset: string): string {
  const bytes = charset === 'iso-2022-jp' ? withoutIdleEscapes(received) : received;
  const whole = strictly(bytes, charset);
  if (whole !== undefined) return whole;
  if (isUtf8(bytes)) return decodeUtf8(bytes);
  const text: string[] = [];
  let cost = 0;
  let at = 0;
  while (at < bytes.length && cost < MAX_COST) {
    const newline = bytes.indexOf(0x0a, at);
    const line = bytes.subarray(at, newline === -1 ? bytes.length : newline + 1);
    const readable = strictly(line, charset);
    cost += readable === undefined ? BYTE_COST * line.length : 1;
    if (readable !== undefined) text.push(readable);
    else if (charset === 'iso-2022-jp') text.push(decodeSingleByte(line, 'windows-1252'));
    else if (cost < MAX_COST) text.push(repairMultiByte(line, charset));
    else break;
    at += line.length;
  }
  text.push(decoderOf(charset).decode(bytes.subarray(at)));
  return text.join('');
}

function repairMultiByte(bytes: Buffer, charset: string): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    const found = byte < 0x80 ? undefined : characterAt(bytes, at, charset);
    text += found?.character ?? String.fromCharCode(windows1252(byte));
    at += found?.length ?? 1;
  }
  return text;
}

/** The character that begins at `at`, which the charset may write with up to four bytes. */
function characterAt(
  bytes: Buffer,
  at: number,
  charset: string,
): { character: string; length: number } | undefined {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    const character = strictly(bytes.subarray(at, at + length), charset);
    if (character !== undefined && [...character].length === 1) return { character, length };
  }
  return undefined;
}

/** Back to ASCII and at once out of it again, as words of a header are joined, which the WHATWG's decoders refuse. */
function withoutIdleEscapes(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\x1b\([BJ](?=\x1b[$(])/g, ''), 'latin1');
}

/** Making a decoder takes longer than most lines. */
const decoders = new Map<string, TextDecoder>();

function decoderOf(charset: string): TextDecoder {
  const decoder = decoders.get(charset) ?? new TextDecoder(charset);
  decoders.set(charset, decoder);
  return decoder;
}

/** The text of bytes that all have characters. To find U+FFFD takes a tenth of the time that an error would. */
function strictly(bytes: Buffer, charset: string): string | undefined {
  const text = decoderOf(charset).decode(bytes);
  return text.includes('\ufffd') ? undefined : text;
}
