import type { Block, BlockKind } from '../../mail/body.ts';
import { unescaped, withoutMarks } from '../../mail/quote-marks.ts';
import { fold } from './folding.ts';

/**
 * What is not the sender's to be quoted for: others' words and who wrote them, and what a program puts under every
 * mail. A signature is among it, whose wisdom is mostly somebody else's. Greetings, trailers, code, patches and their
 * notes are the sender's: people argue in them, and are quoted from them.
 */
const NOT_OWN: ReadonlySet<BlockKind> = new Set(['quote', 'attribution', 'signature', 'footer', 'pgp']);
/** No quotation runs across it: what the sender wrote over somebody's words and under them is two answers. */
const BREAK = '\ufffc';
/** From behind the head of a longer message nothing is found. */
const MAX_CHARACTERS = 1 << 21;

/** What a message says in its sender's own words, folded. */
export function foldedOwnWords(blocks: readonly Block[]): string {
  const parts: string[] = [];
  for (const { kind, lines } of blocks) {
    if (!NOT_OWN.has(kind)) for (const line of lines) parts.push(unescaped(line));
    else if (parts.length > 0 && parts.at(-1) !== BREAK) parts.push(BREAK);
  }
  return foldedHead(parts);
}

/** What a message quotes, folded, its quote marks left out. */
export function foldedQuotations(blocks: readonly Block[]): string {
  const quoted = blocks.filter(({ kind }) => kind === 'quote');
  return foldedHead(quoted.flatMap(({ lines }) => [...lines.map(withoutMarks), BREAK]));
}

/** All that a message says and quotes, folded: where facts are looked for. */
export function foldedBody(blocks: readonly Block[]): string {
  return foldedHead(blocks.flatMap(({ lines }) => lines.map(withoutMarks)));
}

function foldedHead(lines: readonly string[]): string {
  // Folding makes blanks of line ends.
  return fold(lines.join(' ').slice(0, MAX_CHARACTERS));
}
