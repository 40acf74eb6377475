import { endOfHeader } from '../header.ts';
import { decodeTransferEncoding } from '../transfer-encoding.ts';
import type { Part } from './part.ts';

/** Of longer headers mailparser decides whether they are too long. */
const MAX_HEADER = 16_000;
/** The fields that say what a body is, with the lines they are folded to; and whatever may be taken for one of them. */
const MIME_FIELDS = /^(?![ \t])[^:\n]*content-(?:type|transfer-encoding|disposition).*(?:\n[ \t].*)*/gim;
const TYPE = /^content-type:\s*text\/plain((?:;\s*(?:charset|format|delsp)=(?:[\w.+-]+|"[\w.+-]+"))*)\s*$/i;
const PARAMETER = /(\w+)=("?)([\w.+-]+)\2/g;
const ENCODING = /^content-transfer-encoding:\s*(7bit|8bit|binary|quoted-printable|base64)\s*$/i;
const DISPOSITION = /^content-disposition:\s*(inline)\s*$/i;
/** What all decoders read alike; of the end of a broken text each makes something else. */
const WHOLE_BASE64 = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/;
const BROKEN_QUOTED_PRINTABLE = /=[ \t]*$/;

/**
 * A message that is one plain text and says so in the common way, as `takeApart` would give it; undefined for all
 * others. Nine in ten messages are such, and mailparser takes ten times as long, most of it for their addresses.
 */
export function plainPart(raw: Buffer): Part | undefined {
  const { headerEnd, bodyStart } = endOfHeader(raw);
  if (headerEnd > MAX_HEADER || headerEnd === bodyStart) return undefined;
  const header = raw.toString('latin1', 0, headerEnd).replaceAll('\r\n', '\n');
  // Such lines are cut and joined by rules of mailparser's own.
  if (/^\s/.test(header) || header.includes('\r')) return undefined;
  let parameters: Record<string, string> | undefined;
  let encoding: string | undefined;
  let disposition: string | undefined;
  for (const [field] of header.matchAll(MIME_FIELDS)) {
    const type = TYPE.exec(field)?.[1];
    const coded = ENCODING.exec(field)?.[1]?.toLowerCase();
    const placed = DISPOSITION.exec(field)?.[1]?.toLowerCase();
    if (type !== undefined && !parameters) parameters = parametersOf(type);
    else if (coded !== undefined && encoding === undefined) encoding = coded;
    else if (placed !== undefined && disposition === undefined) disposition = placed;
    else return undefined;
  }
  const content = decoded(encoding ?? '7bit', raw.subarray(bodyStart));
  if (!content) return undefined;
  return {
    type: 'text/plain',
    parameters: parameters ?? {},
    disposition: disposition ?? '',
    name: '',
    content,
    parts: [],
  };
}

/** Of two parameters of one name the first counts. */
function parametersOf(text: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [, name, , value] of text.matchAll(PARAMETER)) parameters[name!.toLowerCase()] ??= value!;
  return parameters;
}

/** `body` out of its transfer encoding; undefined where that is broken. */
function decoded(encoding: string, body: Buffer): Buffer | undefined {
  if (encoding === 'base64' && !isWholeBase64(body.toString('latin1'))) return undefined;
  if (encoding === 'quoted-printable' && BROKEN_QUOTED_PRINTABLE.test(body.toString('latin1')))
    return undefined;
  return decodeTransferEncoding(encoding, body);
}

function isWholeBase64(text: string): boolean {
  return WHOLE_BASE64.test(text) && text.replace(/[\r\n]+/g, '').length % 4 === 0;
}
