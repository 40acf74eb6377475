import { MESSAGE_END } from '../attached.ts';
import { footerStart } from '../body-hash.ts';
import { MAX_HTML_CHARACTERS } from '../html-text.ts';
import type { Attachment } from './content.ts';
import type { Part } from './part.ts';

/** A stretch of a message's text, and what it was made from. */
export interface Piece {
  readonly kind: 'plain' | 'html' | 'file' | 'message' | 'end of message';
  readonly text: string;
}

/** What has been read of a message so far. */
export interface Reading {
  /** Whether the text is wanted, or only what hangs on it. */
  readonly texts: boolean;
  readonly pieces: Piece[];
  readonly attachments: Attachment[];
  readonly notes: Set<string>;
  readonly warnings: Set<string>;
  /** How many more characters of HTML may be converted, and attached messages be opened, for the sake of time. */
  htmlLeft: number;
  messagesLeft: number;
}

/** No honest digest has more messages. */
const MAX_MESSAGES = 200;

/** A reading of nothing yet. */
export function newReading(): Reading {
  return {
    texts: true,
    pieces: [],
    attachments: [],
    notes: new Set(),
    warnings: new Set(),
    htmlLeft: MAX_HTML_CHARACTERS,
    messagesLeft: MAX_MESSAGES,
  };
}

/** Puts `part` among the attachments of `reading`. */
export function attach({ name, type, content }: Part, reading: Reading): void {
  reading.attachments.push({ name, type, content });
}

/** Text with LF line ends, and no more empty lines at its end than one. */
export function withLineEnds(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  let end = lines.length;
  while (end > 1 && lines[end - 1] === '\n' && lines[end - 2] === '\n') end--;
  return lines.slice(0, end);
}

/** Whether a text says nothing: it is empty, or nothing but what a list server added. */
export function isBlank(text: string): boolean {
  const all = withLineEnds(text).trimEnd().split('\n');
  return all.slice(0, footerStart(all)).join('').trim() === '';
}

/** The text of a reading, part after part. Where an attached message ends is said where there is more to read. */
export function textOf(pieces: readonly Piece[]): string {
  const texts: string[] = [];
  let attached = false;
  for (const [at, { kind, text }] of pieces.entries()) {
    if (kind === 'message') attached = true;
    else if (kind === 'end of message') attached = false;
    if (kind !== 'end of message') texts.push(attached ? text.replace(FORGED_END, ' $&') : text);
    else if (goesOn(pieces, at + 1)) texts.push(`\n${MESSAGE_END}\n`);
  }
  return withLineEnds(texts.map(withLineEnds).join('\n'));
}

/** Whether there is something to read at `at` that is neither another message nor what a list server added. */
function goesOn(pieces: readonly Piece[], at: number): boolean {
  const next = pieces.slice(at, at + 3).find(({ text }) => !isBlank(text));
  return next !== undefined && next.kind !== 'message';
}

/** What is sent on cannot say of itself where it ends, or it would put words into its sender's mouth. */
const FORGED_END = new RegExp(`^${MESSAGE_END}$`, 'gm');
