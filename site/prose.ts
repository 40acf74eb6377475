import { Lexer, type Token, type Tokens } from 'marked';
import { type BlockSource, readBlockQuotation } from '../briefs/verify/block-quotation.ts';
import { decodeEntities } from '../briefs/verify/entities.ts';
import { readInline } from '../briefs/verify/quoted-text.ts';
import { visible } from '../mail/printable.ts';
import { type Html, html, type Printable, trustedHtml } from '../templates/html.ts';
import { quotationsIn, unmarked } from './quotation-links.ts';

/** How prose shows quotations and links. */
export interface ProseLook {
  /** A short quotation in a sentence: its words without their marks. */
  quotation(words: Printable, source: QuotationSource): Printable;
  /** A quotation that stands alone. */
  block(quotation: BlockView): Printable;
  link(words: Printable, url: string): Printable;
}

/** Where a short quotation comes from. */
export interface QuotationSource {
  readonly url: string;
  /** The words as plain text, with their marks. */
  readonly text: string;
  /** Whether the quotations of the same passage before and after it are from the same source. */
  readonly goesOn: { readonly before: boolean; readonly after: boolean };
}

/** A quotation that stands alone. */
export interface BlockView extends BlockSource {
  /** Its words as plain text. */
  readonly text: string;
  /** Its words without their source; `wrap` is put around each run of them. */
  words(wrap: (words: Printable) => Printable): Printable;
}

/**
 * Markdown that quotes mail, as markup. A link whose words begin with a quotation mark is a quotation, and so is a
 * block. Much of it was written by strangers: tags are shown as the text that they are, pictures as links, and
 * nothing but `look` makes links. Headings lie below `heading`, the level of the one above the prose.
 */
export function renderProse(markdown: string, look: ProseLook, heading = 2): Html {
  const tokens = new Lexer({ gfm: true }).lex(visible(markdown));
  return html`${new Renderer(look, levels(tokens, heading)).blocks(tokens)}`;
}

/** A line of Markdown, rendered the same way. */
export function renderLine(markdown: string, look: ProseLook): Html {
  return renderTokens(new Lexer({ gfm: true }).inlineTokens(visible(markdown)), look);
}

/** What stands in a line of Markdown, rendered the same way. */
export function renderTokens(tokens: readonly Token[], look: ProseLook): Html {
  return html`${new Renderer(look, new Map()).inlines(tokens)}`;
}

/** The levels of headings, by their token: without gaps, whatever the editor began with. */
function levels(tokens: readonly Token[], above: number): ReadonlyMap<Token, number> {
  const headings = tokens.filter(({ type }) => type === 'heading') as Tokens.Heading[];
  const depths = [...new Set(headings.map(({ depth }) => depth))].sort((a, b) => a - b);
  let last = above;
  return new Map(
    headings.map(token => {
      last = Math.min(above + 1 + depths.indexOf(token.depth), last + 1, 6);
      return [token, last];
    }),
  );
}

const PLAIN = (words: Printable): Printable => words;
class Renderer {
  readonly #look: ProseLook;
  readonly #levels: ReadonlyMap<Token, number>;
  /** What is put around runs of words: a link, in a quotation that stands alone. */
  readonly #wrap: (words: Printable) => Printable;
  readonly #quoted: boolean;

  constructor(look: ProseLook, headings: ReadonlyMap<Token, number>, wrap = PLAIN) {
    this.#look = look;
    this.#levels = headings;
    this.#wrap = wrap;
    this.#quoted = wrap !== PLAIN;
  }

  blocks(tokens: readonly Token[]): readonly Printable[] {
    return tokens.map(token => this.#block(token));
  }

  #block(token: Token): Printable {
    switch (token.type) {
      case 'space':
      case 'def':
        return '';
      case 'heading':
        return this.#heading(token);
      case 'code':
        return html`<pre class="code" tabindex="0" role="group" aria-label="Code"><code>${token.text}</code></pre>\n`;
      case 'blockquote':
        return this.#quotation((token as Tokens.Blockquote).tokens);
      case 'list':
        return this.#list(token as Tokens.List);
      case 'table':
        return this.#table(token as Tokens.Table);
      case 'hr':
        return html`<hr class="cut">\n`;
      case 'html':
        // A comment is the editor's own note; other tags are shown as they were typed.
        return /^\s*<!--/.test(token.raw) ? '' : html`<p>${token.raw.trim()}</p>\n`;
      case 'text':
        return this.#passage(token);
      default:
        return html`<p>${this.#passage(token)}</p>\n`;
    }
  }

  #heading(token: Token): Printable {
    const words = this.#passage(token);
    const level = this.#levels.get(token);
    // In a list or a quotation it heads nothing.
    if (level === undefined) return html`<p><strong>${words}</strong></p>\n`;
    const tag = trustedHtml(`h${level}`);
    return html`<${tag}>${words}</${tag}>\n`;
  }

  #quotation(tokens: readonly Token[]): Printable {
    const { text, words, url, name } = readBlockQuotation(tokens);
    return this.#look.block({
      url,
      name,
      text: text.shown,
      words: wrap => new Renderer(this.#look, new Map(), words => wrap(words)).blocks(words),
    });
  }

  #list({ ordered, start, items }: Tokens.List): Printable {
    const entries = items.map(({ tokens }) => html`<li>${this.blocks(tokens)}</li>\n`);
    if (!ordered) return html`<ul>\n${entries}</ul>\n`;
    return html`<ol${start === 1 || start === '' ? '' : html` start="${start}"`}>\n${entries}</ol>\n`;
  }

  #table({ header, rows }: Tokens.Table): Printable {
    const cells = (all: readonly Tokens.TableCell[]) =>
      all.map(({ tokens }) => html`<td>${this.inlines(tokens)}</td>`);
    return html`<div class="wide" tabindex="0" role="group" aria-label="Table"><table>
<thead><tr>${header.map(({ tokens }) => html`<th scope="col">${this.inlines(tokens)}</th>`)}</tr></thead>
<tbody>
${rows.map(row => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table></div>
`;
  }

  /** The words of a paragraph, or of what is like one. */
  #passage(token: Token): Printable {
    const tokens = ('tokens' in token && token.tokens) || [];
    return this.#wrap(tokens.length > 0 ? this.inlines(tokens) : token.raw);
  }

  inlines(tokens: readonly Token[]): readonly Printable[] {
    const quotations = this.#quoted ? [] : quotationsIn(tokens);
    return tokens.map(token => this.#inline(token, quotations));
  }

  #inline(token: Token, quotations: readonly Tokens.Link[]): Printable {
    const inner = () =>
      (('tokens' in token && token.tokens) || []).map((one: Token) => this.#inline(one, quotations));
    switch (token.type) {
      case 'link':
        return this.#link(token as Tokens.Link, quotations);
      case 'em':
        return html`<em>${inner()}</em>`;
      case 'strong':
        return html`<strong>${inner()}</strong>`;
      case 'del':
        return html`<del>${inner()}</del>`;
      case 'codespan':
        return html`<code>${decodeEntities(token.text)}</code>`;
      case 'br':
        return html`<br>\n`;
      case 'image':
        return this.#quoted
          ? token.text
          : this.#look.link(token.text || token.href, decodeEntities(token.href));
      case 'text':
        return 'tokens' in token && token.tokens ? inner() : decodeEntities(token.text);
      case 'escape':
        return token.text;
      default:
        return /^<!--/.test(token.raw) ? '' : token.raw;
    }
  }

  #link(token: Tokens.Link, quotations: readonly Tokens.Link[]): Printable {
    const words = (tokens: readonly Token[]) => tokens.map(one => this.#inline(one, []));
    // A link within what is a link already stays words.
    if (this.#quoted) return words(token.tokens);
    const url = decodeEntities(token.href);
    const at = quotations.indexOf(token);
    if (at === -1) return this.#look.link(words(token.tokens), url);
    const isSame = (other: Tokens.Link | undefined) => other?.href === token.href;
    const goesOn = { before: isSame(quotations[at - 1]), after: isSame(quotations[at + 1]) };
    const { shown: text } = readInline(token.tokens);
    return this.#look.quotation(words(unmarked(token.tokens)), { url, text, goesOn });
  }
}
