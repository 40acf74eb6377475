import { Lexer, type Token, type Tokens } from 'marked';
import { decodeEntities } from './verify/entities.ts';
import { innerTokens } from './verify/quoted-text.ts';

/** What links lead to, by the numbers that stand for them in plain text, from 1. */
export interface NumberedLinks<T> {
  readonly targets: readonly T[];
  /** The number of a link; undefined where it leads nowhere. */
  numberOf(url: string): number | undefined;
}

/** Numbers links as they come, each of what `targetOf` gives for their URLs once. */
export function numberLinks<T>(targetOf: (url: string) => T | undefined): NumberedLinks<T> {
  const numbers = new Map<T, number>();
  return {
    get targets() {
      return [...numbers.keys()];
    },
    numberOf(url) {
      const target = targetOf(url);
      if (target === undefined) return undefined;
      const number = numbers.get(target) ?? numbers.size + 1;
      numbers.set(target, number);
      return number;
    },
  };
}

/**
 * Markdown as a terminal or a mail shows it: lines of at most `columns` columns, but for words and code that are
 * longer. Quotations that stand alone are set in, and behind a link stands its number in brackets.
 */
export function plainText(
  markdown: string,
  columns: number,
  { numberOf }: NumberedLinks<unknown>,
): readonly string[] {
  return inner(new Lexer({ gfm: true }).lex(markdown), columns, numberOf);
}

type NumberOf = NumberedLinks<unknown>['numberOf'];

function withoutLastBlanks(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex(line => line !== '') + 1);
}

function blocks(tokens: readonly Token[], columns: number, numberOf: NumberOf): readonly string[] {
  return tokens.flatMap(token => block(token, columns, numberOf));
}

function block(token: Token, columns: number, numberOf: NumberOf): readonly string[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'html':
      // A comment is the editor's own note.
      return /^\s*<!--/.test(token.raw) ? [] : [...wrap(token.raw, columns), ''];
    case 'hr':
      return [`${' '.repeat(Math.max(0, (columns - 5) >> 1))}* * *`, ''];
    case 'code':
      return [...indented((token as Tokens.Code).text.split('\n'), '    '), ''];
    case 'blockquote':
      return [
        ...indented(inner((token as Tokens.Blockquote).tokens, columns - INDENT.length, numberOf), INDENT),
        '',
      ];
    case 'list':
      return list(token as Tokens.List, columns, numberOf);
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [...[header, ...rows].flatMap(row => wrap(row.map(cell).join(' | '), columns)), ''];
    }
    case 'heading': {
      const lines = wrap(textOf(innerOf(token), numberOf), columns);
      return [...lines, '-'.repeat(Math.max(0, Math.min(columns, lines.at(-1)?.length ?? 0))), ''];
    }
    default:
      return [...wrap(textOf(innerOf(token), numberOf), columns), ''];
  }

  function cell({ tokens }: Tokens.TableCell): string {
    return textOf(tokens, numberOf);
  }
}

const INDENT = '    ';

function inner(tokens: readonly Token[], columns: number, numberOf: NumberOf): readonly string[] {
  return withoutLastBlanks(blocks(tokens, columns, numberOf));
}

/** Items behind their marks; between those of more than a paragraph stand empty lines. */
function list(
  { ordered, start, items }: Tokens.List,
  columns: number,
  numberOf: NumberOf,
): readonly string[] {
  const first = typeof start === 'number' ? start : 1;
  const lines = items.flatMap((item, at) => {
    const mark = ordered ? ` ${first + at}. ` : ' * ';
    const all = inner(item.tokens, columns - mark.length, numberOf);
    const [begin = '', ...others] = item.loose ? all : all.filter(line => line !== '');
    return [mark + begin, ...indented(others, ' '.repeat(mark.length)), ...(item.loose ? [''] : [])];
  });
  return [...withoutLastBlanks(lines), ''];
}

function indented(lines: readonly string[], indent: string): readonly string[] {
  return lines.map(line => (line === '' ? '' : indent + line));
}

function innerOf(token: Token): readonly Token[] {
  return innerTokens(token) ?? [token];
}

function textOf(tokens: readonly Token[], numberOf: NumberOf): string {
  return tokens
    .map(token => {
      const inside = innerTokens(token);
      const words = inside && textOf(inside, numberOf);
      if (token.type === 'link' || token.type === 'image') {
        const number = numberOf(decodeEntities(token.href));
        const shown = words ?? token.text;
        return number === undefined ? shown : `${shown} [${number}]`;
      }
      if (token.type === 'br') return '\n';
      if (token.type === 'html') return /^<!--/.test(token.raw) ? '' : token.raw;
      if (token.type === 'escape') return token.text;
      return words ?? ('text' in token ? decodeEntities(token.text) : token.raw);
    })
    .join('');
}

/** Words filled into lines; a longer word has a line of its own. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(one => one !== '')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}
