import type { Block } from '../body.ts';
import { boundedMarks } from '../combining-marks.ts';
import { originalHeaderEnd } from '../original-heading.ts';

/** A line of a body as it is compared with others: by its words, so that wraps and marks make no difference. */
export interface SaidLine {
  /** How deep it is quoted: 0 for the sender's own words, 1 for those of the message that is answered. */
  readonly depth: number;
  /** The line without its quote marks, as a person reads it. */
  readonly text: string;
  /** Its words, with one blank between them. */
  readonly words: string;
}

/** What a message says, as it is searched. */
export interface SaidWords {
  /** The sender's own words. */
  readonly own: string;
  /** What the sender quotes, whoever said it. */
  readonly quoted: string;
}

/** Longer bodies are generated; whoever quotes one quotes its head. */
const MAX_LINES = 3000;
/** A line of fewer letters or words is written by anybody: `Hi Jane,`, `return 0;`, `Thanks a lot`. */
const MIN_LETTERS = 12;
const MIN_WORDS = 3;

const MARKS = /^ ?(?:> ?)+/;
const WORD = /[\p{L}\p{N}_]+/gu;
/** Lines that stand in many messages which have nothing to do with each other. */
const COMMONPLACE = [
  // Trailers, headers that were pasted, attributions.
  /^[A-Z][A-Za-z]*(?:-[A-Za-z]+)*(?:-by|-to|-from)?: .*[@<]/,
  /^(?:from|to|cc|sent|date|subject|message-id|fixes|link|closes|base-commit|change-id|in-reply-to|references):?\s/i,
  /^(?:on|am|le|el|il|em|op|den|dne|at|quoting) (?=.*\d).*[:：]$|\b(?:wrote|writes|said|says|schrieb|écrit|escribió|escreveu|napisał|skrev|schreef|пишет)\b.{0,60}[:：]$/iu,
  // What frames a patch, and every file's first lines.
  /^(?:diff --git|index [0-9a-f]{7}|@@ |--- |\+\+\+ |From [0-9a-f]{40}|(?:new|deleted) file mode|rename |similarity )/,
  /^\S+\s+\|\s+\d+ [+-]*$|^\d+ files? changed/,
  /spdx-license-identifier|\bgnu general public license|free software|without any warranty|\bcopyright\b|^[+-]?\s*#include\b/i,
  // What servers, mailers and companies add; a whole paragraph on one line is somebody's own.
  /^(?=.{0,90}$).*(?:mailing list|unsubscribe|list(?:s|info)?\/|list maintainer|majordomo|confidential|intended recipient|sent from my)/i,
];

/** The lines of `blocks`, own and quoted, without signatures, trailers and what servers add. */
export function saidLines(blocks: readonly Block[]): readonly SaidLine[] {
  const lines: SaidLine[] = [];
  let unmarked = false;
  for (const { kind, lines: raw } of blocks) {
    if (kind === 'signature' || kind === 'footer' || kind === 'attribution' || kind === 'trailers') continue;
    let behindHeader = 0;
    for (const [at, line] of raw.entries()) {
      if (lines.length >= MAX_LINES) return lines;
      const marks = kind === 'quote' ? (MARKS.exec(line)?.[0] ?? '') : '';
      const end = kind === 'text' ? originalHeaderEnd(raw, at) : undefined;
      if (end !== undefined) [unmarked, behindHeader] = [true, end];
      if (at < behindHeader) continue;
      const text = line.slice(marks.length).trim();
      const depth = marks.replaceAll(' ', '').length + (unmarked ? 1 : 0);
      lines.push({ depth, text, words: (boundedMarks(text).normalize('NFKC').match(WORD) ?? []).join(' ') });
    }
  }
  return lines;
}

/** `lines` as they are searched, wraps folded. */
export function saidWords(lines: readonly SaidLine[]): SaidWords {
  const joined = (some: readonly SaidLine[]) =>
    ` ${some
      .map(({ words }) => words)
      .filter(words => words !== '')
      .join(' ')} `;
  return {
    own: joined(lines.filter(({ depth }) => depth === 0)),
    quoted: joined(lines.filter(({ depth }) => depth > 0)),
  };
}

/** Those of `lines` that tell whose words they are, each once. */
export function characteristic(lines: readonly SaidLine[]): readonly SaidLine[] {
  const seen = new Set<string>();
  return lines.filter(({ text, words }) => {
    if (words.length < MIN_LETTERS || words.split(' ', MIN_WORDS).length < MIN_WORDS) return false;
    if (seen.has(words) || COMMONPLACE.some(pattern => pattern.test(text))) return false;
    seen.add(words);
    return true;
  });
}

/** How many letters `lines` have, blanks between words counted. */
export function letters(lines: readonly SaidLine[]): number {
  return lines.reduce((sum, { words }) => sum + words.length, 0);
}
