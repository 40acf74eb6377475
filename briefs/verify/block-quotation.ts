import type { Token, Tokens } from 'marked';
import { plainBrackets } from './brackets.ts';
import { decodeEntities } from './entities.ts';
import { innerTokens, type QuotedText, readBlocks, readInline } from './quoted-text.ts';

/** A block quotation taken apart: its words, and from its last line whose they are. */
export interface BlockQuotation extends BlockSource {
  readonly text: QuotedText;
  /** The tokens of its words: without the line that tells whose they are. */
  readonly words: readonly Token[];
}

/** What the last line of a block quotation says: `— [Name](mid:ID)`, or `— Name` where the message is not known. */
export interface BlockSource {
  /** Undefined where the line has no link. */
  readonly url: string | undefined;
  /** Undefined where there is no such line. */
  readonly name: string | undefined;
}

/** `— `, `– `, `-- `, `- ` at the start of a line. */
const DASH = /(?:^|\n)[ \t]*(?:[\u2013-\u2015]|--?)[ \t]*$/;
/** A line that names who is quoted and no message; a single hyphen begins a list. */
export const NAME_LINE = /^[ \t]*(?:[\u2013-\u2015]|--)[ \t]+(?=\S).{1,200}$/;
const NAME_DASH = /^[ \t]*(?:[\u2013-\u2015]|--)[ \t]+/;

/** The block quotation that marked found `tokens` in. */
export function readBlockQuotation(tokens: readonly Token[]): BlockQuotation {
  const said = tokens.filter(({ type }) => type !== 'space');
  const last = said.at(-1);
  const found = last && sourceIn(last);
  if (!found) return { text: readBlocks(tokens), words: tokens, url: undefined, name: undefined };
  const words = [...said.slice(0, -1), ...found.rest];
  return { text: readBlocks(words), words, ...found.source };
}

function sourceIn(last: Token): Found | undefined {
  if (last.type === 'list') return inItem(last as Tokens.List);
  return last.type === 'paragraph' ? (inParagraph(last) ?? nameInParagraph(last)) : undefined;
}

interface Found {
  /** What is left of the last block. */
  readonly rest: readonly Token[];
  readonly source: BlockSource;
}

function linked({ href, tokens }: Tokens.Link): BlockSource {
  return { url: decodeEntities(href), name: plainBrackets(readInline(tokens).shown) };
}

/** A source at the end of a paragraph's lines. */
function inParagraph(paragraph: Token): Found | undefined {
  const tokens = innerTokens(paragraph) ?? [];
  const [dash, link] = tokens.slice(-2);
  if (link?.type !== 'link' || dash?.type !== 'text') return undefined;
  const before = tokens.slice(0, -2);
  const beginsLine = before.length === 0 || before.at(-1)!.type === 'br';
  if (!DASH.test(beginsLine ? dash.text : `x${dash.text}`)) return undefined;
  const words = dash.text.replace(DASH, '');
  const rest = words === '' ? before : [...before, { ...dash, raw: words, text: words } as Tokens.Text];
  return { rest: withTokens(paragraph, rest), source: linked(link as Tokens.Link) };
}

/** `— Name` as the last of a paragraph's lines. */
function nameInParagraph(paragraph: Token): Found | undefined {
  const tokens = innerTokens(paragraph) ?? [];
  const raw = paragraph.raw.trimEnd();
  if (!NAME_LINE.test(raw.slice(raw.lastIndexOf('\n') + 1))) return undefined;
  const at = tokens.findLastIndex(
    ({ type, raw: piece }, index) => piece.includes('\n') || (type === 'text' && index === 0),
  );
  const begin = tokens[at];
  const name = tokens.slice(at + 1);
  const isPlain = name.every(({ type }) => type === 'text' || type === 'escape');
  if (begin === undefined || !isPlain) return undefined;
  // Behind a break the name is a token of its own.
  if (begin.type === 'br') return named(paragraph, tokens.slice(0, at), name);
  if (begin.type !== 'text') return undefined;
  const end = begin.text.lastIndexOf('\n');
  const [words, line] = [begin.text.slice(0, Math.max(end, 0)), begin.text.slice(end + 1)];
  const piece = (text: string) => ({ type: 'text', raw: text, text, escaped: false }) as Tokens.Text;
  const rest = words === '' ? tokens.slice(0, at) : [...tokens.slice(0, at), piece(words)];
  return named(paragraph, rest, [piece(line), ...name]);
}

function named(paragraph: Token, rest: readonly Token[], line: readonly Token[]): Found {
  const name = plainBrackets(readInline(line).shown).replace(NAME_DASH, '').trim();
  return { rest: withTokens(paragraph, rest), source: { url: undefined, name } };
}

function withTokens(paragraph: Token, tokens: readonly Token[]): readonly Token[] {
  return tokens.length === 0 ? [] : [{ ...paragraph, tokens: [...tokens] } as Token];
}

/** `- [Name](mid:ID)` is the last item of a list to Markdown. */
function inItem(list: Tokens.List): Found | undefined {
  const { items } = list;
  const [text, ...more] = items.at(-1)!.tokens;
  const [link, ...others] = innerTokens(text) ?? [];
  if (
    link?.type !== 'link' ||
    !link.raw.startsWith('[') ||
    others.length + more.length > 0 ||
    !/^\s*-/.test(items.at(-1)!.raw)
  )
    return undefined;
  const rest = items.length > 1 ? [{ ...list, items: items.slice(0, -1) }] : [];
  return { rest, source: linked(link as Tokens.Link) };
}
