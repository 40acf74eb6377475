import { isUtf8 } from 'node:buffer';
import { compile } from 'html-to-text';
import { type Attachment as MimePart, parseAddressHeader, simpleParser } from 'mailparser';
import { footerStart } from './body-hash.ts';
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

/** HTML conversion holds all of it at once; past this, the tail is cut with a warning. */
const MAX_HTML_CHARACTERS = 1 << 20;
/** No honest mail nests deeper, and conversion is superlinear in depth: a megabyte of `<b>` would take half a minute. */
const MAX_OPEN_TAGS = 20_000;

const htmlToText = compile({
  wordwrap: false,
  limits: { maxDepth: 200, maxChildNodes: 5_000, ellipsis: '…' },
  selectors: [
    { selector: 'title', format: 'skip' },
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
    return undecoded(raw, cause instanceof Error ? cause.message : String(cause));
  }
}

/** The mailboxes of an address field with their encoded words decoded, groups flattened. */
export function mailboxes(
  value: string,
): readonly { readonly name: string; readonly address?: string | undefined }[] {
  return parseAddressHeader(value, { flatten: true }).value;
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
  const single = undeclaredText(bytes, mail.text ?? '');
  const plain = single ?? mail.text ?? '';
  // Mailman adds its footer to HTML as a part of plain text.
  const fromHtml = html !== '' && withoutFooter(plain).trim() === '';
  const convertible = fromHtml ? withinLimits(html) : '';
  const warnings =
    fromHtml && convertible.length < html.length ? ['only the first part of long HTML is shown'] : [];
  const texts = fromHtml ? [htmlToText(convertible), plain] : [plain];
  // The one part of a message is shown as its text; only a name makes it a file as well.
  const parts = mail.attachments.map(attachment).filter(part => single === undefined || part.name !== '');
  const patches = parts.filter(isPatchPart).map(part => decode(part.content));
  const text = [...texts, ...patches].map(lines).join('\n');
  if (text.trim() === '' && html === '' && parts.length === 0)
    return undecoded(raw, 'no part of it can be read');
  return { text, fromHtml, attachments: parts, warnings };
}

/** What there is to show of a message that cannot be taken apart: its body as it came. */
function undecoded(raw: Uint8Array, why: string): Content {
  const text = lines(decode(splitMessage(raw).body));
  const warnings = text.trim() === '' ? [] : [`shown undecoded: ${printable(why)}`];
  return { text, fromHtml: false, attachments: [], warnings };
}

/**
 * The text of a single-part message that names no charset, an unknown one, or one that its bytes break: UTF-8
 * where they are, else Windows-1252, which gives every byte a character. Undefined where the declared charset
 * should be used. A type that is none (`text` of old Elm) means plain text (RFC 2045, 5.2).
 */
function undeclaredText(bytes: Buffer, asDeclared: string): string | undefined {
  const { fields, body } = splitMessage(bytes);
  const type = fieldValue(fields, 'content-type') ?? '';
  if (/^[^\s;/]+\/[^\s;/]/.test(type) && !/^text\/plain\b/i.test(type)) return undefined;
  if (/format\s*=\s*"?flowed/i.test(type)) return undefined;
  const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1] ?? 'us-ascii';
  const unknown = asDeclared.includes('\ufffd') && !isCharset(charset);
  if (!unknown && !/^(us-ascii|ascii|utf-?8)$/i.test(charset)) return undefined;
  return decode(decodeTransferEncoding(fieldValue(fields, 'content-transfer-encoding') ?? '', body));
}

function withinLimits(html: string): string {
  const start = html.slice(0, MAX_HTML_CHARACTERS);
  let open = 0;
  // Tags that nobody closes do not nest.
  for (const tag of start.matchAll(/<(\/?)(?!(?:br|hr|img|p|li)\b)[a-z]/gi)) {
    open += tag[1] === '/' ? -1 : 1;
    if (open > MAX_OPEN_TAGS) return start.slice(0, tag.index);
  }
  return start;
}

function isCharset(name: string): boolean {
  try {
    new TextDecoder(name);
    return true;
  } catch {
    return false;
  }
}

function withoutFooter(text: string): string {
  const all = lines(text).trimEnd().split('\n');
  return all.slice(0, footerStart(all)).join('\n');
}

function decode(bytes: Buffer): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?<!\n)\n+$/, '\n');
}

function attachment(part: MimePart): Attachment {
  return {
    name: printable(part.filename ?? '').trim(),
    type: printable(part.contentType).toLowerCase(),
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
