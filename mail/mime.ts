import { isUtf8 } from 'node:buffer';
import { compile } from 'html-to-text';
import { type Attachment as MimePart, parseAddressHeader, simpleParser } from 'mailparser';
import { fieldValue, splitMessage } from './header.ts';
import { printable } from './printable.ts';
import { decodeTransferEncoding } from './transfer-encoding.ts';

/** A part of a message that is not its text. */
export interface Attachment {
  /** The name the sender gave it, on one line; empty where there is none. */
  readonly name: string;
  /** The media type, in lower case: `text/x-patch`. */
  readonly type: string;
  readonly content: Buffer;
}

/** What a message holds once MIME is undone (RFC 2045 to 2049). */
export interface Content {
  /** The text with LF line ends; of HTML-only mail, its text. */
  readonly text: string;
  /** Whether the message had no plain text, so that `text` was made from HTML. */
  readonly fromHtml: boolean;
  readonly attachments: readonly Attachment[];
  /** What was odd, in words for a reader. */
  readonly warnings: readonly string[];
}

/** Foreign mail may be made to be slow; what takes longer is shown undecoded. */
const PARSE_MILLISECONDS = 20_000;

/** HTML conversion is superlinear on hostile nesting; past this, the tail is cut with a warning. */
const MAX_HTML_CHARACTERS = 1 << 20;

const htmlToText = compile({
  wordwrap: false,
  limits: { maxDepth: 200, maxChildNodes: 5_000, ellipsis: '…' },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'blockquote', options: { trimEmptyLines: false } },
  ],
});

/** The content of a raw message. Never fails: what cannot be parsed is given as the text of its bytes, with a warning. */
export async function parseContent(raw: Uint8Array): Promise<Content> {
  try {
    return await timeBoxed(parse(raw));
  } catch (cause) {
    const { body } = splitMessage(raw);
    const why = cause instanceof Error ? cause.message : String(cause);
    return {
      text: lines(decode(body)),
      fromHtml: false,
      attachments: [],
      warnings: [`shown undecoded: ${printable(why)}`],
    };
  }
}

/** The first mailbox of an address field with its encoded words decoded, groups flattened; undefined where there is none. */
export function firstMailbox(
  value: string,
): { readonly name: string; readonly address?: string } | undefined {
  return parseAddressHeader(value, { flatten: true }).value[0];
}

async function parse(raw: Uint8Array): Promise<Content> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  // mailparser's own HTML conversions cost half of its time and make links of what should stay text.
  const mail = await simpleParser(bytes, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
    checksumAlgo: false,
  });
  const html = typeof mail.html === 'string' ? mail.html : '';
  const plain = undeclaredText(bytes) ?? mail.text ?? '';
  const fromHtml = plain.trim() === '' && html !== '';
  const warnings =
    fromHtml && html.length > MAX_HTML_CHARACTERS ? ['only the first part of long HTML is shown'] : [];
  const text = fromHtml ? htmlToText(html.slice(0, MAX_HTML_CHARACTERS)) : plain;
  const parts = mail.attachments.map(attachment);
  const patches = parts.filter(isPatchPart).map(part => decode(part.content));
  return {
    text: [text, ...patches].map(lines).join('\n'),
    fromHtml,
    attachments: parts,
    warnings,
  };
}

/**
 * The text of a single-part message that names no charset, or one that its bytes break: UTF-8 where they are,
 * else Windows-1252, which gives every byte a character. Undefined where the declared charset should be used.
 */
function undeclaredText(bytes: Buffer): string | undefined {
  const { fields, body } = splitMessage(bytes);
  const type = fieldValue(fields, 'content-type') ?? 'text/plain';
  if (!/^text\/plain\b/i.test(type) || /format\s*=\s*"?flowed/i.test(type)) return undefined;
  const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'us-ascii';
  if (!/^(us-ascii|ascii|utf-?8|unknown-8bit|x-unknown|n\/?a)$/.test(charset)) return undefined;
  return decode(decodeTransferEncoding(fieldValue(fields, 'content-transfer-encoding') ?? '', body));
}

function decode(bytes: Buffer): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n+$/, '\n');
}

function attachment(part: MimePart): Attachment {
  return {
    name: printable(part.filename ?? '').trim(),
    type: part.contentType.toLowerCase(),
    content: part.content,
  };
}

/** Patches sent as parts are text to be read, not files to be fetched. */
function isPatchPart(part: Attachment): boolean {
  return (
    /^text\/x-(patch|diff)$/.test(part.type) ||
    (part.type.startsWith('text/') && /\.(patch|diff)$/i.test(part.name))
  );
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
