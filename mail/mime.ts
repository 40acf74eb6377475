import { decodeText } from './charset.ts';
import { splitMessage } from './header.ts';
import type { Content } from './mime/content.ts';
import { isMultipart, type Part } from './mime/part.ts';
import { readPart } from './mime/read-part.ts';
import { attach, isBlank, newReading, type Piece, textOf, withLineEnds } from './mime/reading.ts';
import { takeApart } from './mime/take-apart.ts';
import { printable } from './printable.ts';

export type { Attachment, Content } from './mime/content.ts';

/** Foreign mail may be made to be slow; what takes longer is shown undecoded. */
const PARSE_MILLISECONDS = 20_000;

/** The content of a raw message. Never fails: what cannot be parsed is given as the text of its bytes, with a warning. */
export async function parseContent(raw: Uint8Array): Promise<Content> {
  try {
    return await timeBoxed(parse(raw));
  } catch (cause) {
    return undecoded(raw, cause instanceof Error ? cause.message : String(cause));
  }
}

async function parse(raw: Uint8Array): Promise<Content> {
  const whole = await takeApart(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const reading = newReading();
  await readPart(isMultipart(whole) ? whole : asText(whole), reading);
  // The one part of a message is shown as its text; only a name makes it a file as well.
  const isFile = !isMultipart(whole) && whole.name !== '' && reading.pieces.length > 0;
  if (isFile && reading.attachments.length === 0) attach(whole, reading);
  const { pieces, attachments, notes, warnings } = reading;
  if (pieces.length === 0 && attachments.length === 0 && notes.size === 0)
    return undecoded(raw, 'no part of it can be read');
  return {
    text: textOf(pieces),
    fromHtml: isFromHtml(pieces),
    attachments,
    notes: [...notes],
    warnings: [...warnings],
  };
}

/** Text that is all of a message, and so no attachment whatever its header says. */
function asText(part: Part): Part {
  return part.type.startsWith('text/') ? { ...part, disposition: '' } : part;
}

function isFromHtml(pieces: readonly Piece[]): boolean {
  const ofKind = (...kinds: readonly string[]) => pieces.filter(({ kind }) => kinds.includes(kind));
  // Mailman adds its footer to HTML as a part of plain text.
  return ofKind('html').length > 0 && ofKind('plain', 'message').every(({ text }) => isBlank(text));
}

/** What there is to show of a message that cannot be taken apart: its body as it came. */
function undecoded(raw: Uint8Array, why: string): Content {
  const text = withLineEnds(decodeText(splitMessage(raw).body));
  const warnings = text.trim() === '' ? [] : [`shown undecoded: ${printable(why)}`];
  return { text, fromHtml: false, attachments: [], notes: [], warnings };
}

async function timeBoxed<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('parsing took too long')), PARSE_MILLISECONDS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
