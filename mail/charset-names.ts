import { createRequire } from 'node:module';
import { later } from './later.ts';

/** For what browsers do not decode. */
const libmime = later(() => createRequire(import.meta.url)('libmime') as typeof import('libmime').default);

/** Names that say no more than that there are bytes. */
const NO_CHARSET =
  /^(us-?ascii|ascii|ansi_?x3.*|iso-?646.*|iso_?646.*|646|cs-?ascii|7-?bit|8-?bit|binary|none|default|utf|charset|.*unknown.*|x-user-defined|\W*)$/;

/** What a name means, where it is no label of the WHATWG's Encoding Standard: the first that fits. */
const ALIASES: readonly (readonly [pattern: RegExp, charset: string | ((number: number) => string)])[] = [
  [/utf[-_]?8|^(cp)?65001$/, 'utf-8'],
  [/utf[-_]?7/, 'utf-7'],
  [/utf[-_]?16[-_]?be/, 'utf-16be'],
  [/utf[-_]?16|^unicode$|ucs[-_]?2/, 'utf-16le'],
  [/gb[-_k]?(18030|2312)|^(x-)?(gbk|euc[-_]?cn|cn-gb|chinese|cp936|windows-936|ms936)$/, 'gb18030'],
  [/big-?5/, 'big5'],
  [/ks_?c|euc[-_]?kr|^(korean|uhc)$/, 'euc-kr'],
  [/^(x-|cs)?(s|shift)[-_]?jis|ms[-_]?kanji|windows-31j/, 'shift_jis'],
  [/euc[-_]?jp|^ujis$/, 'euc-jp'],
  [/^(cs)?iso[-_]?2022[-_]?jp/, 'iso-2022-jp'],
  [/^koi[-_]?8([-_]?r)?$/, 'koi8-r'],
  [/^(x-)?mac([-_ ]?(os)?[-_ ]?roman|intosh)?$/, 'macintosh'],
  [/^(?:x-)?(?:windows|win|cp|ibm|ms|ansi|dos|oem)?[-_ ]?(\d{3,5})$/, codePage],
  [/^(?:x-)?(?:iso|is)?[-_ ]?8859[-_ ]?(\d{1,2})(?!\d)/, part => `iso-8859-${part}`],
  [/^(?:x-)?(?:iso-?)?(?:latin|lat|l)[-_ ]?(\d{1,2})$/, latin],
];

/** The charset that a mail means by a name: a label of the WHATWG's, `cp850` and its like, or none that is known. */
export function charsetOf(declared: string): string | undefined {
  // `"utf-8; foo"`, `'utf-8'`, `=utf-8`, `iso-8859-1,utf-8`: what is in front is meant.
  const name = declared
    .slice(0, 100)
    .toLowerCase()
    .replace(/^[^a-z0-9]+/, '')
    .replace(/[;,"'<>].*$/s, '')
    .trim();
  if (NO_CHARSET.test(name)) return undefined;
  for (const [pattern, charset] of ALIASES) {
    const match = pattern.exec(name);
    if (!match) continue;
    const wanted = typeof charset === 'string' ? charset : charset(Number(match[1]));
    return known(wanted) ?? known(name);
  }
  return known(name) ?? known(name.replace(/^x-/, ''));
}

/** What Microsoft and IBM number so. */
function codePage(number: number): string {
  if (number === 874 || (number >= 1250 && number <= 1258)) return `windows-${number}`;
  if (number === 932) return 'shift_jis';
  if (number === 949) return 'euc-kr';
  if (number === 950) return 'big5';
  if (number === 20866) return 'koi8-r';
  if (number > 28590 && number < 28607) return `iso-8859-${number - 28590}`;
  return number === 866 ? 'ibm866' : `cp${number}`;
}

/** `latin5` and above have other numbers in ISO 8859. */
function latin(number: number): string {
  const parts: Readonly<Record<number, number>> = { 5: 9, 6: 10, 7: 13, 8: 14, 9: 15, 10: 16 };
  return `iso-8859-${parts[number] ?? number}`;
}

function known(name: string): string | undefined {
  if (name === 'utf-7') return name;
  try {
    const { encoding } = new TextDecoder(name);
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    // libmime knows the code pages of DOS and others that browsers never needed.
    return name !== '' && libmime().createDecodeStream(name).supported ? name : undefined;
  }
}

const tables = new Map<string, Uint16Array>();
/** There are not a hundred charsets, but names for each without number. */
const MAX_TABLES = 100;

/** The UTF-16 units of the bytes from 0x80 of a charset of single bytes; where it has none, those of Windows-1252. */
export function singleByteTable(charset: string): Uint16Array {
  let table = tables.get(charset);
  if (table === undefined) {
    table = makeTable(charset);
    if (tables.size < MAX_TABLES) tables.set(charset, table);
  }
  return table;
}

function makeTable(charset: string): Uint16Array {
  const bytes = Uint8Array.from({ length: 0x80 }, (_, index) => 0x80 + index);
  const text = charset === 'windows-1252' ? '' : decodeWhole(Buffer.from(bytes), charset);
  // A charset that is none of single bytes gives another number of characters.
  const whole = text.length === bytes.length;
  return Uint16Array.from(bytes, (byte, index) => {
    const unit = whole ? text.charCodeAt(index) : 0xfffd;
    return unit === 0xfffd ? windows1252(byte) : unit;
  });
}

function decodeWhole(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return libmime().decodeWord(charset, 'B', bytes.toString('base64'));
  }
}

/** Where Windows-1252 is not Latin-1: 0x80 to 0x9f. Its five holes stay controls, which are shown as such. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The character of a byte in Windows-1252, as its code. */
export function windows1252(byte: number): number {
  return byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte;
}
