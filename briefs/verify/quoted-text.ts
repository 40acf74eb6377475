import { Lexer, type Token, type Tokens } from 'marked';
import { mailBrackets } from './brackets.ts';
import { decodeEntities } from './entities.ts';

/** The words of a quotation as Markdown has them; see `brackets.ts` for those in brackets. */
export interface QuotedText {
  /** As a page shows them. */
  readonly shown: string;
  /** With the marks of emphasis, code and lists, which may be the mail's own: `*really*`. */
  readonly written: string;
  /** Whether anything is emphasized. */
  readonly emphasis: boolean;
  /** Whether there is markup that no mail has: tags, pictures, words struck out. */
  readonly markup: boolean;
}

/** The tokens within a token, as within emphasis; undefined where it can have none. */
export function innerTokens(token: Token | undefined): readonly Token[] | undefined {
  return token && 'tokens' in token ? token.tokens : undefined;
}

/** The words of inline tokens. */
export function readInline(tokens: readonly Token[]): QuotedText {
  return joined(tokens.map(readToken), '');
}

/**
 * The words that a link shows. marked takes the backslash off `\[` and `\]` before it reads them, so that what is the
 * mail's and what an editor's could not be told apart: such words are read again, with the mail's brackets in them.
 */
export function readLabel({ raw, text, tokens }: Tokens.Link): QuotedText {
  if (!/^\[.*\\[[\]]/s.test(raw)) return readInline(tokens);
  let label = '';
  let at = 1;
  for (const character of text) {
    const isEscaped = raw[at] === '\\' && character !== '\\' && raw[at + 1] === character;
    label += isEscaped ? mailBrackets(character) : character;
    at += character.length + (isEscaped ? 1 : 0);
  }
  return readInline(Lexer.lexInline(label, { gfm: true }));
}

/** The words of block tokens. */
export function readBlocks(tokens: readonly Token[]): QuotedText {
  return joined(tokens.map(readBlock), '\n\n');
}

/** Quotations end a line: two texts, one after the other. */
export function joined(texts: readonly QuotedText[], between: string): QuotedText {
  return {
    shown: texts.map(({ shown }) => shown).join(between),
    written: texts.map(({ written }) => written).join(between),
    emphasis: texts.some(({ emphasis }) => emphasis),
    markup: texts.some(({ markup }) => markup),
  };
}

function readToken(token: Token): QuotedText {
  switch (token.type) {
    case 'em':
    case 'strong': {
      const inner = readInline(innerTokens(token) ?? []);
      const mark = token.raw.slice(0, (token.raw.length - token.text.length) / 2);
      return { ...inner, written: `${mark}${inner.written}${mark}`, emphasis: true };
    }
    case 'link':
      return readInline(innerTokens(token) ?? []);
    case 'codespan':
      return { ...plain(mailBrackets(token.text)), written: mailBrackets(token.raw) };
    case 'text':
      return token.tokens ? readInline(token.tokens) : plain(decodeEntities(token.text));
    case 'escape':
      return plain(mailBrackets(token.text));
    case 'br':
      return plain('\n');
    default:
      return { ...plain(''), markup: true };
  }
}

function readBlock(token: Token): QuotedText {
  switch (token.type) {
    case 'space':
    case 'def':
      return plain('');
    case 'paragraph':
    case 'text':
      return readInline(token.tokens ?? [token]);
    case 'code':
      return plain(mailBrackets(token.text));
    case 'blockquote':
      return readBlocks(token.tokens ?? []);
    case 'list':
      return readList(token as Tokens.List);
    case 'html':
      return { ...plain(''), markup: !/^\s*<!--/.test(token.raw) };
    // Headings, rulers and tables: lines of a mail that look like them.
    default:
      return { ...plain(decodeEntities(token.raw)), shown: readInline(innerTokens(token) ?? []).shown };
  }
}

function readList({ items }: Tokens.List): QuotedText {
  const texts = items.map(item => {
    const inner = readBlocks(item.tokens);
    const mark = /^\s*(?:[*+-]|\d{1,9}[.)])/.exec(item.raw)?.[0] ?? '';
    return { ...inner, written: `${mark} ${inner.written}` };
  });
  return joined(texts, '\n');
}

function plain(text: string): QuotedText {
  return { shown: text, written: text, emphasis: false, markup: false };
}
