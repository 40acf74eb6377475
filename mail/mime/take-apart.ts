import type { Headers, StructuredHeader } from 'mailparser';
import { mailparser } from '../mailparser.ts';
import { printable } from '../printable.ts';
import { decodeTransferEncoding } from '../transfer-encoding.ts';
import { fileName } from './file-name.ts';
import type { Part } from './part.ts';
import { plainPart } from './plain-part.ts';

/** What mailparser knows of a part, which it has no types for. */
interface Node {
  readonly contentType: string | false;
  /** The transfer encoding that it undoes, or `binary`. */
  readonly encoding?: string;
  readonly headers: Headers;
  readonly headerLines: readonly { readonly key: string; readonly line: string }[];
  readonly children: readonly Node[];
}

/** The parts of mailparser's that its types leave out. */
interface Internals {
  /** The types whose text it decodes itself; none, so that each part comes as its bytes. */
  textTypes: readonly string[];
  readonly tree: Node | false;
}

/**
 * The parts of a message, each as its bytes. What is one plain text is read without mailparser, to the same end.
 * Rejects where mailparser does: headers of more than a megabyte, more than a thousand parts.
 */
export async function takeApart(raw: Buffer): Promise<Part> {
  return plainPart(raw) ?? takeApartByMailparser(raw);
}

/**
 * The parts of a message as mailparser finds them, each as its bytes: charsets, flowed lines, HTML and the choice
 * between alternatives are ours, as mailparser gives what was several parts as one text. Attached messages are left
 * whole.
 */
export async function takeApartByMailparser(raw: Buffer): Promise<Part> {
  const { MailParser } = mailparser();
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
    ignoreEmbedded: true,
    checksumAlgo: false,
  });
  const internals = parser as unknown as Internals;
  internals.textTypes = [];
  const found = new Map<Headers, { readonly type: string; readonly content: Buffer }>();
  await new Promise<void>((resolve, reject) => {
    parser.on('error', reject);
    parser.on('end', resolve);
    parser.on('data', part => {
      if (part.type !== 'attachment') return;
      const chunks: Buffer[] = [];
      part.content.on('error', reject);
      part.content.on('data', (chunk: Buffer) => chunks.push(chunk));
      part.content.on('end', () => {
        const content = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
        found.set(part.headers, { type: part.contentType, content });
        part.release?.();
      });
    });
    parser.end(raw);
  });
  if (internals.tree === false) throw new Error('there is nothing to take apart');
  return partOf(internals.tree, '', found);
}

/** mailparser ends with an error before parts are nested a thousand deep. */
function partOf(
  node: Node,
  parent: string,
  found: ReadonlyMap<Headers, { readonly type: string; readonly content: Buffer }>,
): Part {
  const { type, content } = found.get(node.headers) ?? { type: node.contentType, content: Buffer.alloc(0) };
  const header = node.headers.get('content-type') as StructuredHeader | undefined;
  const disposition = node.headers.get('content-disposition') as StructuredHeader | undefined;
  return {
    type: header === undefined && parent === 'multipart/digest' ? 'message/rfc822' : mediaType(type),
    parameters: header?.params ?? {},
    disposition: (disposition?.value ?? '').toLowerCase(),
    name: fileName(node.headerLines),
    content: node.encoding === 'binary' ? decodedAnyway(node.headers, content) : content,
    parts: node.children.map(child => partOf(child, mediaType(node.contentType), found)),
  };
}

function mediaType(type: string | false): string {
  // `text` of old Elm means plain text, and so does what is no type at all (RFC 2045, 5.2).
  const [named] = /^[^\s;/]{1,127}\/[^\s;/]{1,127}/.exec(type || '') ?? ['text/plain'];
  return printable(named).toLowerCase();
}

/** Encodings that are written otherwise than RFC 2045, 6.1 has them, which mailparser takes for none. */
function decodedAnyway(headers: Headers, content: Buffer): Buffer {
  const encoding = String(headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (/^\W*base-?64\b/.test(encoding)) return decodeTransferEncoding('base64', content);
  if (/^\W*(quoted[-_ ]?printable|qp)\b/.test(encoding))
    return decodeTransferEncoding('quoted-printable', content);
  return content;
}
