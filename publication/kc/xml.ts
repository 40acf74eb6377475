import { Parser } from 'htmlparser2';
import type { Warnings } from './warnings.ts';

/** A part of a kc file. */
export type XmlNode = XmlElement | XmlText;

export interface XmlElement {
  readonly kind: 'element';
  /** In small letters. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Where it begins, from 1. */
  readonly line: number;
}

export interface XmlText {
  readonly kind: 'text';
  readonly text: string;
}

/** Nobody nests so deep, but for what is never closed. */
const TOO_DEEP = 500;
/** What is opened and not closed slows the parser down. */
const TOO_MANY_OPEN = 5_000;
/** What has nothing in it, in HTML without a slash: what stands behind stands beside it. */
const VOID = new Set(['br', 'hr', 'img']);

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
  readonly depth: number;
}

/** A tag that is open: the element that it began, and the one that takes what stands in it. */
interface OpenTag {
  readonly opened: XmlElement;
  /** In characters. */
  readonly at: number;
  readonly into: OpenElement;
}

/**
 * The elements of XML as people wrote it by hand: what is not closed ends with what it stands in, HTML's entities
 * count as declared, and the warnings name the lines of both. Undefined where it is nested too deep to be read.
 */
export function readXml(text: string, warnings: Warnings): XmlElement | undefined {
  const lines = new LineTable(text);
  const root: OpenElement = { kind: 'element', name: '', attributes: {}, children: [], line: 1, depth: 0 };
  const open: OpenTag[] = [];
  let tooDeep = false;
  const top = () => open.at(-1)?.into ?? root;
  const decoded = (raw: string, line: number) => decodeEntities(raw, line, warnings);
  const parser = new Parser(
    {
      onopentag(name, written) {
        const around = top();
        if (around.depth >= TOO_DEEP || open.length >= TOO_MANY_OPEN) {
          tooDeep = true;
          parser.pause();
          return;
        }
        const line = lines.lineOf(parser.startIndex);
        const attributes = Object.fromEntries(
          Object.entries(written).map(([key, value]) => [key, decoded(value, line)]),
        );
        const depth = around.depth + 1;
        const opened: OpenElement = { kind: 'element', name, attributes, children: [], line, depth };
        around.children.push(opened);
        open.push({ opened, at: parser.startIndex, into: VOID.has(name) ? around : opened });
      },
      onclosetag(name, implied) {
        const tag = open.at(-1);
        if (tag?.opened.name !== name) {
          warnings.add(lines.lineOf(text.length), 'The file ends within a tag.');
          return;
        }
        open.pop();
        const { opened, at } = tag;
        // `<br/>` is implied too, where it begins.
        if (!implied || at === parser.startIndex || tooDeep) return;
        const end = VOID.has(name) ? 'there' : 'where what it stands in does';
        warnings.add(opened.line, `<${name}> is never closed; it was taken to end ${end}.`);
      },
      ontext(raw) {
        top().children.push({ kind: 'text', text: decoded(raw, lines.lineOf(parser.startIndex)) });
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(text);
  if (tooDeep) return undefined;
  parser.end();
  return root;
}

class LineTable {
  readonly #starts = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  lineOf(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

/** XML 1.0, 4.6. */
const DECLARED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** XML 1.0, 2.2: what no document may hold. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u;

function decodeEntities(raw: string, line: number, warnings: Warnings): string {
  let row = line;
  let seen = 0;
  const decoded = raw.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]\w{0,30}));/g,
    (all, ...found) => {
      const [decimal, hex, name, at] = found as [string?, string?, string?, number?];
      row += countLines(raw, seen, at!);
      seen = at!;
      if (name === undefined) {
        const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
        const character = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
        return FORBIDDEN.test(character) ? '\ufffd' : character;
      }
      const declared = Object.hasOwn(DECLARED, name) ? DECLARED[name] : undefined;
      if (declared !== undefined) return declared;
      const known = htmlEntity(all);
      warnings.add(
        row,
        `${all} is not declared; it was ${known === all ? 'kept as written' : "read as HTML's"}.`,
      );
      return known;
    },
  );
  return decoded.replace(new RegExp(FORBIDDEN, 'gu'), '');
}

function countLines(text: string, from: number, to: number): number {
  return text.slice(from, to).split('\n').length - 1;
}

/** What an entity means in HTML, or the entity where it has none of that name. */
function htmlEntity(entity: string): string {
  let text = '';
  const parser = new Parser({ ontext: part => (text += part) });
  parser.end(entity);
  // `&nothing;` begins with `&not`, which needs no semicolon.
  return text.endsWith(';') ? entity : text;
}
