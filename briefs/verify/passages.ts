import { Lexer, type Token, type Tokens } from 'marked';
import type { MessageId } from '../../mail/message-id.ts';
import { idOfMidUrl } from '../citations.ts';
import { readBlockQuotation } from './block-quotation.ts';
import { decodeEntities } from './entities.ts';
import { type QuotedText, readLabel } from './quoted-text.ts';
import { linesOf, type Place, type SourceLines, Walker } from './source-lines.ts';

/** A run of the editor's own words, without the markup. */
export interface Narration {
  readonly kind: 'narration';
  /** U+FFFC stands for what is no prose: code spans, pictures. */
  readonly text: string;
  /** Where pieces of the text, none of more than a line, stand in the file, by their first character. */
  readonly places: readonly { readonly at: number; readonly place: Place }[];
}

/** Words that are put in somebody's mouth. */
export interface ReadQuotation {
  readonly kind: 'quotation';
  readonly form: 'inline' | 'block';
  /** Without its quotation marks. */
  readonly text: QuotedText;
  /** What it links to; undefined for a block that names no source. */
  readonly url: string | undefined;
  /** The message it is said to be from; undefined where the URL names none. */
  readonly id: MessageId | undefined;
  /** Under a block, whose words it is said to be. */
  readonly name: string | undefined;
  readonly place: Place;
}

/** A link to a message whose words quote nobody. */
export interface Citation {
  readonly url: string;
  readonly id: MessageId | undefined;
  readonly place: Place;
}

/** A link that leads to no message and quotes nobody. */
export interface OtherLink {
  readonly url: string;
  readonly place: Place;
}

/** A paragraph, heading, list item, cell or block quotation: what a reader takes as one. */
export interface ProsePassage {
  readonly heading: boolean;
  readonly parts: readonly (Narration | ReadQuotation)[];
  readonly citations: readonly Citation[];
  readonly links: readonly OtherLink[];
  /** Where tags quote or link, which is to be done in Markdown. */
  readonly tags: readonly Place[];
}

/** Prose taken apart. */
export interface Prose {
  readonly passages: readonly ProsePassage[];
  /** Where it is nested too deep to be read; there are no passages then. */
  readonly tooDeep: Place | undefined;
}

/** Nobody nests lists and quotations so deep; reading them costs the square of their depth. */
const TOO_DEEP = /^(?:[ \t>]|[*+-][ \t]|\d{1,9}[.)][ \t]){200}/m;

/** Markdown as passages, in order. What it says of messages is not checked yet. */
export function readProse(markdown: string): Prose {
  const text = markdown.replace(/\r\n?/g, '\n');
  const deep = TOO_DEEP.exec(text);
  if (deep) {
    const line = text.slice(0, deep.index).split('\n').length;
    return { passages: [], tooDeep: { line, column: 1 } };
  }
  let tokens: readonly Token[];
  try {
    tokens = new Lexer({ gfm: true }).lex(text);
  } catch (error) {
    // marked calls itself for whatever is nested.
    if (error instanceof RangeError) return { passages: [], tooDeep: { line: 1, column: 1 } };
    throw error;
  }
  const passages: ProsePassage[] = [];
  readBlocksInto(passages, tokens, linesOf(text));
  return { passages, tooDeep: undefined };
}

/** The messages that Markdown links to: what must be at hand to check it. */
export function citedIds(markdown: string): ReadonlySet<MessageId> {
  return new Set(readProse(markdown).passages.flatMap(idsOf));
}

/** The messages that a passage quotes or cites. */
export function idsOf({ parts, citations }: ProsePassage): readonly MessageId[] {
  const quoted = parts.map(part => (part.kind === 'quotation' ? part.id : undefined));
  return [...quoted, ...citations.map(({ id }) => id)].filter(id => id !== undefined);
}

function readBlocksInto(passages: ProsePassage[], tokens: readonly Token[], lines: SourceLines): void {
  const walker = new Walker(lines);
  for (const token of tokens) {
    switch (token.type) {
      case 'heading':
      case 'paragraph':
      case 'text': {
        const inner = walker.inner(token.raw, token.text);
        passages.push(new PassageReader(token.type === 'heading').read(token.tokens ?? [token], inner));
        break;
      }
      case 'blockquote':
        passages.push(quotationPassage(token as Tokens.Blockquote, walker.place));
        break;
      case 'list':
        readItemsInto(passages, token as Tokens.List, walker.inner(token.raw, token.raw));
        break;
      case 'table':
        for (const [row, cells] of [token.header, [], ...token.rows].entries())
          for (const cell of cells as Tokens.TableCell[]) {
            const { line, column } = walker.place;
            passages.push(new PassageReader(false).read(cell.tokens, [{ line: line + row, column }]));
          }
        break;
      case 'html':
        if (QUOTING_TAG.test(token.raw)) passages.push({ ...EMPTY, tags: [walker.place] });
        break;
    }
    walker.pass(token.raw);
  }
}

function readItemsInto(passages: ProsePassage[], { items }: Tokens.List, lines: SourceLines): void {
  const walker = new Walker(lines);
  for (const item of items) {
    readBlocksInto(passages, item.tokens, walker.inner(item.raw, item.text));
    walker.pass(item.raw);
  }
}

function quotationPassage(token: Tokens.Blockquote, place: Place): ProsePassage {
  const { text, url, name } = readBlockQuotation(token.tokens);
  const id = url === undefined ? undefined : idOfMidUrl(url);
  return { ...EMPTY, parts: [{ kind: 'quotation', form: 'block', text, url, id, name, place }] };
}

const EMPTY: ProsePassage = { heading: false, parts: [], citations: [], links: [], tags: [] };
const QUOTING_TAG = /<(?:a|q|blockquote)\b/i;
const OPENING = /^["'\u2018\u201a\u201c\u201e\u00ab\u2039]/;
const CLOSING = /["'\u2018\u2019\u201c\u201d\u00bb\u203a]$/;
/** In narration, for what is no prose. */
const OBJECT = '\ufffc';

/** Reads the inline tokens of one passage. */
class PassageReader {
  readonly #heading: boolean;
  readonly #parts: (Narration | ReadQuotation)[] = [];
  readonly #citations: Citation[] = [];
  readonly #links: OtherLink[] = [];
  readonly #tags: Place[] = [];
  #text = '';
  #places: { at: number; place: Place }[] = [];

  constructor(heading: boolean) {
    this.#heading = heading;
  }

  read(tokens: readonly Token[], lines: SourceLines): ProsePassage {
    this.#read(tokens, new Walker(lines));
    this.#endNarration();
    return {
      heading: this.#heading,
      parts: this.#parts,
      citations: this.#citations,
      links: this.#links,
      tags: this.#tags,
    };
  }

  #read(tokens: readonly Token[], walker: Walker): void {
    for (const token of tokens) {
      const lines = walker.inner(token.raw, token.raw);
      switch (token.type) {
        case 'link':
          this.#link(token as Tokens.Link, lines);
          break;
        case 'em':
        case 'strong':
        case 'del':
          this.#within(token.tokens ?? [], lines, (token.raw.length - token.text.length) / 2);
          break;
        case 'text':
          this.#tell(decodeEntities(token.text), lines);
          break;
        case 'escape':
          this.#tell(token.text, lines);
          break;
        case 'br':
          this.#tell('\n', lines);
          break;
        case 'html':
          if (QUOTING_TAG.test(token.raw)) this.#tags.push(lines[0]!);
          break;
        default:
          this.#tell(OBJECT, lines);
      }
      walker.pass(token.raw);
    }
  }

  /** Reads what stands in a token behind `mark` characters of markup. */
  #within(tokens: readonly Token[], lines: SourceLines, mark: number): void {
    const { line, column } = lines[0]!;
    this.#read(tokens, new Walker([{ line, column: column + mark }, ...lines.slice(1)]));
  }

  #link(link: Tokens.Link, lines: SourceLines): void {
    const { href, tokens, raw } = link;
    const url = decodeEntities(href);
    const id = idOfMidUrl(url);
    const place = lines[0]!;
    const text = readLabel(link);
    if (OPENING.test(text.shown.trimStart())) {
      this.#endNarration();
      const quoted = withoutMarks(text);
      this.#parts.push({ kind: 'quotation', form: 'inline', text: quoted, url, id, name: undefined, place });
      return;
    }
    if (/^mid:/i.test(url)) this.#citations.push({ url, id, place });
    else this.#links.push({ url, place });
    // An address that is its own words is none of the editor's.
    if (raw.startsWith('[')) this.#within(tokens, lines, 1);
    else this.#tell(OBJECT, lines);
  }

  #tell(text: string, lines: SourceLines): void {
    let at = this.#text.length;
    for (const [row, line] of text.split('\n').entries()) {
      this.#places.push({ at, place: lines[Math.min(row, lines.length - 1)]! });
      at += line.length + 1;
    }
    this.#text += text;
  }

  #endNarration(): void {
    if (this.#text !== '') this.#parts.push({ kind: 'narration', text: this.#text, places: this.#places });
    this.#text = '';
    this.#places = [];
  }
}

function withoutMarks(text: QuotedText): QuotedText {
  const bare = (words: string) => words.trim().replace(OPENING, '').replace(CLOSING, '');
  return { ...text, shown: bare(text.shown), written: bare(text.written) };
}
