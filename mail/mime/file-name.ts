import { isUtf8 } from 'node:buffer';
import { decodeText } from '../charset.ts';
import { decodeEncodedWords } from '../encoded-words.ts';
import { printable } from '../printable.ts';

/** No file system takes more. */
const MAX_CHARACTERS = 255;

/**
 * The file name in a part's raw header lines (one byte per character): `filename` of its disposition (RFC 2183),
 * else `name` of its type, in the forms of RFC 2231 and RFC 2047, or as raw bytes; on one line, without its path.
 */
export function fileName(lines: readonly { readonly key: string; readonly line: string }[]): string {
  const value = (key: string) => lines.find(line => line.key === key)?.line.replace(/^[^:]*:/, '') ?? '';
  const named =
    parameter(value('content-disposition'), 'filename') || parameter(value('content-type'), 'name');
  const shown = printable(named).trim();
  // Both kinds of slashes: the sender's system is not known.
  const last = shown.split(/[\\/]+/).findLast(segment => !/^\.{0,2}$/.test(segment)) ?? '';
  return [...last].slice(-MAX_CHARACTERS).join('').trim();
}

/** The parts of RFC 2231, 3 and 4: `name*0*=utf-8''a%20`, `name*1=b`; or `name="b"`. */
const PARAMETER = /;\s*([^\s;=*"]+)(\*\d+)?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/gs;

function parameter(value: string, wanted: string): string {
  let plain: string | undefined;
  const extended: { at: number; text: string; encoded: boolean }[] = [];
  for (const [, name, index, star, quoted, token] of value.matchAll(PARAMETER)) {
    if (name!.toLowerCase() !== wanted) continue;
    const text = quoted?.replace(/\r?\n[ \t]?/g, ' ').replace(/\\(["\\])/g, '$1') ?? token!.trim();
    if (index === undefined && star === undefined) plain ??= text;
    else extended.push({ at: Number(index?.slice(1) ?? 0), text, encoded: star !== undefined });
  }
  // Mail programs give both forms for old readers; the one that tells its charset is meant.
  if (extended.length > 0) return continued(extended);
  if (plain === undefined) return '';
  const raw = Buffer.from(plain, 'latin1');
  return decodeEncodedWords(isUtf8(raw) ? raw.toString() : decodeText(raw));
}

function continued(parts: readonly { at: number; text: string; encoded: boolean }[]): string {
  const inOrder = [...parts].sort((a, b) => a.at - b.at);
  const first = inOrder[0]!;
  const marked = first.encoded ? /^([^']*)'[^']*'(.*)$/s.exec(first.text) : null;
  const bytes = inOrder.map((part, index) => {
    const text = index === 0 && marked ? marked[2]! : part.text;
    const unescaped = part.encoded
      ? text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : text;
    return Buffer.from(unescaped, 'latin1');
  });
  const text = decodeText(Buffer.concat(bytes), marked?.[1] ?? '');
  // Some encode twice, and leave the words of RFC 2047 in what is continued.
  return first.encoded ? text : decodeEncodedWords(text);
}
