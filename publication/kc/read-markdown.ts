import { Lexer, type Token, type Tokens } from 'marked';
import { idOfMidUrl, speakerOfSaidUrl } from '../../briefs/citations.ts';
import { readBlockQuotation } from '../../briefs/verify/block-quotation.ts';
import { decodeEntities } from '../../briefs/verify/entities.ts';
import { innerTokens } from '../../briefs/verify/quoted-text.ts';
import { ASIDE_LABEL, type Inline, type Speaker, type Story, text } from './story.ts';
import { tidy, tidyParagraphs } from './tidy.ts';

/** Markdown, an editor's or `storyMarkdown`'s, as a story. What kc XML has no place for is left out or becomes words. */
export function markdownStory(markdown: string): Story {
  return blocks(new Lexer({ gfm: true }).lex(markdown));
}

/** A line of Markdown likewise. */
export function markdownLine(markdown: string): readonly Inline[] {
  return line(new Lexer({ gfm: true }).inlineTokens(markdown));
}

function blocks(tokens: readonly Token[]): Story {
  return tokens.flatMap(block);
}

function block(token: Token): Story {
  switch (token.type) {
    case 'paragraph':
    case 'text':
      return tidyParagraphs(inlines(token.tokens ?? [token])).map(children => ({
        kind: 'paragraph',
        children,
      }));
    case 'heading': {
      const children = line(token.tokens ?? []);
      return children.length === 0 ? [] : [{ kind: 'heading', level: token.depth <= 3 ? 3 : 4, children }];
    }
    case 'code':
      return token.text.trim() === '' ? [] : [{ kind: 'code', text: token.text }];
    case 'blockquote':
      return quotation(token as Tokens.Blockquote);
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const told = items.map(item => blocks(item.tokens)).filter(item => item.length > 0);
      if (told.length === 0) return [];
      return [{ kind: 'list', start: ordered ? Number(start) : undefined, items: told }];
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const cells = (row: readonly Tokens.TableCell[]) => row.map(({ tokens }) => line(tokens));
      const head = cells(header);
      return [
        { kind: 'table', header: head.every(cell => cell.length === 0) ? [] : head, rows: rows.map(cells) },
      ];
    }
    default:
      return [];
  }
}

function quotation({ tokens }: Tokens.Blockquote): Story {
  const { words, url, name } = readBlockQuotation(tokens);
  const said = blocks(words);
  if (said.length === 0) return [];
  const message = url === undefined ? undefined : idOfMidUrl(url);
  return [{ kind: 'quotation', speaker: name === undefined ? undefined : { name, message }, blocks: said }];
}

function line(tokens: readonly Token[]): readonly Inline[] {
  return tidy(inlines(tokens), ['line']);
}

function inlines(tokens: readonly Token[]): readonly Inline[] {
  return tokens.flatMap(inline);
}

function inline(token: Token): readonly Inline[] {
  const inner = () => inlines(innerTokens(token) ?? []);
  switch (token.type) {
    case 'text':
      return innerTokens(token) ? inner() : [text(decodeEntities(token.text))];
    case 'escape':
      return [text(token.text)];
    case 'codespan':
      return [{ kind: 'code', text: token.text }];
    case 'br':
      return [{ kind: 'break' }];
    case 'strong':
      return [{ kind: 'emphasis', strong: true, children: inner() }];
    case 'em':
      return [aside(token as Tokens.Em) ?? { kind: 'emphasis', strong: false, children: inner() }];
    case 'link':
    case 'image':
      return [link(token as Tokens.Link)];
    case 'html':
      return /^<!--/.test(token.raw) ? [] : [text(token.raw)];
    default:
      return inner();
  }
}

/** `*[Editor: words]*` */
function aside({ tokens }: Tokens.Em): Inline | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const begin = first?.type === 'text' ? /^\[([^:[\]]{1,100}): /.exec(first.raw) : null;
  if (!begin || !ASIDE_LABEL.test(begin[1]!) || last?.type !== 'text' || !last.raw.endsWith(']'))
    return undefined;
  const words = tidy(inlines(tokens));
  const cut = words.map((part, at) => {
    if (part.kind !== 'text') return part;
    const from = at === 0 ? part.text.slice(begin[0].length) : part.text;
    return text(at === words.length - 1 ? from.slice(0, -1) : from);
  });
  return { kind: 'aside', label: begin[1]!, children: cut };
}

const OPENING = /^["\u201c\u201e\u00ab\u2018\u201a\u2039]/;
const CLOSING = /["\u201d\u201c\u00bb\u2019\u203a]$/;

function link({ href, tokens }: Tokens.Link): Inline {
  const url = decodeEntities(href);
  const children = tidy(inlines(tokens), ['link']);
  const speaker = speakerBehind(url);
  const [first, last] = [children[0], children.at(-1)];
  const isQuoted = first?.kind === 'text' && last?.kind === 'text' && OPENING.test(first.text);
  if (!speaker || !isQuoted) return { kind: 'link', url, children };
  const bare = children.map((part, at) => {
    if (part.kind !== 'text') return part;
    const from = at === 0 ? part.text.replace(OPENING, '') : part.text;
    return text(at === children.length - 1 ? from.replace(CLOSING, '') : from);
  });
  return { kind: 'quotation', speaker, children: bare };
}

/** Whose words a link quotes: a name that it has, or a message. */
function speakerBehind(url: string): Speaker | undefined {
  const name = speakerOfSaidUrl(url);
  if (name !== undefined) return { name };
  const message = idOfMidUrl(url);
  return message === undefined ? undefined : { message };
}
