import { onOneLine } from '../mail/blanks.ts';
import type { MessageId } from '../mail/message-id.ts';
import { isClosed } from './sentences/noise.ts';

// How quotations and citations are written in Markdown. `verify/passages.ts` reads them.

/** Longer quotations stand alone. */
export const MAX_INLINE_WORDS = 45;

/** Marks behind which a full stop would be one too many; smiles among them. */
const ENDS_OTHERWISE = /[:;]-?[()DPp/|]?["'”’)\]]{0,3}$/;

/** `[words](mid:ID)`: words that tell of a message. */
export function citation(words: string, id: MessageId): string {
  return `[${plainWords(words)}](${midUrl(id)})`;
}

/**
 * `["words"](mid:ID)`: a short quotation of a message, in a sentence that names its sender before it. What ends the
 * sentence is the quotation's own mark, or a full stop behind it; where the narration `goesOn`, there is neither.
 */
export function inlineQuotation(text: string, id: MessageId, goesOn = false): string {
  const words = goesOn ? text.trim().replace(/(?<!\.)\.$/, '') : text.trim();
  const stop = goesOn || isClosed(words) || ENDS_OTHERWISE.test(words.slice(-8)) ? '' : '.';
  return `["${plainWords(words)}"](${midUrl(id)})${stop}`;
}

/** A quotation that stands alone, its paragraphs as `text` has them, and under it who wrote it. */
export function blockQuotation(text: string, name: string, id: MessageId): string {
  return [...quotationMarkdown(text).split('\n'), '', `— ${citation(name, id)}`]
    .map(line => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** Words of a mail as Markdown that shows them as they are, wrapped as they are; empty lines part paragraphs. */
export function quotationMarkdown(text: string): string {
  const lines = text.split(/\r\n?|\n/).map(line => escapeLineStart(plainWords(line)));
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|(?<!\n)\n+$/g, '');
}

/** The `mid:` URL of a message (RFC 2392, 2): its id, percent-encoded. */
export function midUrl(id: MessageId): string {
  return `mid:${percentEncoded(id).replace(/%40/g, '@')}`;
}

/** The id that a `mid:` URL names; undefined where it is no such URL or its percent-encoding is broken. */
export function idOfMidUrl(url: string): MessageId | undefined {
  const id = percentDecoded(/^mid:(.+)$/is.exec(url)?.[1] ?? '').replace(/^<|>$/g, '');
  return id === '' ? undefined : (id as MessageId);
}

/**
 * The `said:` URL of a name, percent-encoded: what a quotation links to where it is known who said the words and the
 * mail is not at hand. It is attributed, and never checked.
 */
export function saidUrl(name: string): string {
  return `said:${percentEncoded(name)}`;
}

/** The name that a `said:` URL has; undefined where it is no such URL, has none or its percent-encoding is broken. */
export function speakerOfSaidUrl(url: string | undefined): string | undefined {
  const name = percentDecoded(/^said:(.+)$/is.exec(url ?? '')?.[1] ?? '').trim();
  return name === '' ? undefined : name;
}

/** `text` as the part of a URL behind its scheme, without what Markdown takes for marks. */
function percentEncoded(text: string): string {
  // As UTF-8 can hold it: half a surrogate pair would be an error to encode. Browsers, which quote too, have no Buffer.
  const held = new TextDecoder().decode(new TextEncoder().encode(text));
  return encodeURIComponent(held).replace(
    /[!'()*_~]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What a part of a URL stands for; empty where its percent-encoding is broken. */
function percentDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** Words as they are, within a line of narration: a name, a title. */
export function plainWords(text: string): string {
  return escapeInline(onOneLine(text));
}

/**
 * What marked, GitHub and CommonMark (6) read as a mark becomes a character; only a cut, `[…]`, stays one. An
 * underscore between letters is no mark, and `sys_call_table` better read without backslashes. Addresses would
 * become links, and `](` makes marked see a link within the link.
 */
export function escapeInline(line: string): string {
  return line
    .replace(/(?<=^|[\s"'(])\[(?:…|\.{3})\](?=[\s"'.,;!?)]|$)|[\\`*[\]<>~|]|(?<=\])\(|&(?=[#\w])/g, mark =>
      mark.length > 1 ? mark : `\\${mark}`,
    )
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/@|:(?=\/\/)|(?<=www)\./gi, '\\$&');
}

/** What begins a heading, a list, a ruler, or the line below a heading (CommonMark, 4 and 5) or the head of a table (GFM, 4.10) begins a line of words. */
export function escapeLineStart(line: string): string {
  return line.replace(/^(?:[#+=-]|:(?=-+:?$))/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}
