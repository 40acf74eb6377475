import type { Token, Tokens } from 'marked';
import { decodeEntities } from '../briefs/verify/entities.ts';

// Quotations in a sentence: links whose words begin with a quotation mark.

const OPENING_MARK = /^["'“„«‚‘‹]/;
const CLOSING_MARK = /["'“”’»›]$/;

/** The quotations of a passage, in order. */
export function quotationsIn(tokens: readonly Token[]): readonly Tokens.Link[] {
  return tokens.flatMap(token => {
    if (token.type === 'link') return isQuotation(token) ? [token as Tokens.Link] : [];
    return 'tokens' in token && token.tokens ? quotationsIn(token.tokens) : [];
  });
}

/** Whether a token is a link whose words begin with a quotation mark. */
function isQuotation(token: Token): boolean {
  const first = token.type === 'link' ? (token as Tokens.Link).tokens[0] : undefined;
  return first !== undefined && 'text' in first && OPENING_MARK.test(decodeEntities(first.text).trimStart());
}

/** Tokens without the marks around them: a `<q>` has its own. */
export function unmarked(tokens: readonly Token[]): readonly Token[] {
  const shown = (token: Token) =>
    token.type === 'escape' ? token.text : decodeEntities('text' in token ? token.text : '');
  const retold = (token: Token, text: string): Token =>
    token.type === 'text' || token.type === 'escape' ? { ...token, type: 'escape', text } : token;
  const [first, ...others] = tokens;
  const opened = [retold(first!, shown(first!).trimStart().replace(OPENING_MARK, '')), ...others];
  const last = opened.at(-1)!;
  return [...opened.slice(0, -1), retold(last, shown(last).trimEnd().replace(CLOSING_MARK, ''))];
}
