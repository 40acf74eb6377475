import { isUtf8 } from 'node:buffer';
import { decodeText } from '../../mail/charset.ts';
import type { Warnings } from './warnings.ts';

const LINE_END = 0x0a;
/** Far behind the XML declaration. */
const DECLARATION_BYTES = 200;

/**
 * A kc file's bytes as text, with LF at the ends of lines: in the encoding that it declares, else in UTF-8 (XML 1.0,
 * 4.3.3). A line that is no UTF-8 is read as Windows-1252, which is what such lines were written in.
 */
export function textOf(bytes: Buffer, warnings: Warnings): string {
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/.exec(
    bytes.subarray(0, DECLARATION_BYTES).toString('latin1'),
  )?.[1];
  const text =
    declared && !/^utf-?8$/i.test(declared)
      ? decodeText(bytes, declared)
      : utf8Lines(bytes, warnings).join('\n');
  return withoutTornComments(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), warnings);
}

function utf8Lines(bytes: Buffer, warnings: Warnings): readonly string[] {
  const lines: string[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const at = bytes.indexOf(LINE_END, from);
    const end = at === -1 ? bytes.length : at;
    const line = bytes.subarray(from, end);
    const good = isUtf8(line);
    if (!good) warnings.add(lines.length + 1, 'Some bytes are no UTF-8; the line was read as Windows-1252.');
    lines.push(good ? line.toString() : decodeText(line, 'windows-1252'));
    from = end + 1;
  }
  return lines;
}

/** How a comment ends, or was meant to: it holds no other `--` (XML 1.0, 2.5). */
const COMMENT_END = /--[\s/]{0,9}>/g;

/** `text` with `-->` where a comment ends in `-- />` and would go on to the end of the next one. */
function withoutTornComments(text: string, warnings: Warnings): string {
  const pieces: string[] = [];
  let from = 0;
  for (let open = text.indexOf('<!--'); open !== -1; open = text.indexOf('<!--', from)) {
    COMMENT_END.lastIndex = open + '<!--'.length;
    const end = COMMENT_END.exec(text);
    if (!end) break;
    if (end[0] !== '-->')
      warnings.add(
        lineAt(text, end.index),
        `A comment ends in ${end[0].replace(/\s/g, ' ')} instead of -->.`,
      );
    pieces.push(text.slice(from, end.index), '-->'.padStart(end[0].length));
    from = end.index + end[0].length;
  }
  return pieces.join('') + text.slice(from);
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
