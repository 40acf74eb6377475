import { fileLine } from '../attached.ts';
import { decodeText } from '../charset.ts';
import { unflow } from '../flowed.ts';
import { htmlText } from '../html-text.ts';
import { calendarText } from './calendar.ts';
import type { Part } from './part.ts';
import { attach, type Piece, type Reading, withLineEnds } from './reading.ts';

/** What is said of mail that is encrypted (RFC 3156, 4; RFC 8551, 3.3). */
export const ENCRYPTED = 'encrypted; only its recipients can read it';
const SIGNATURES: Readonly<Record<string, string>> = {
  'application/pgp-signature': 'signed with OpenPGP, not checked here',
  'application/pkcs7-signature': 'signed with S/MIME, not checked here',
  'application/x-pkcs7-signature': 'signed with S/MIME, not checked here',
};

/**
 * Types that are shown as the plain text they are: reports are for people too (RFC 3464, RFC 8098, RFC 5965), and
 * so is what was signed before PGP/MIME.
 */
const SHOWN =
  /^(text\/(plain|markdown|x-markdown)|message\/(delivery-status|disposition-notification|feedback-report)|application\/pgp)$/;

/** Puts what a part that is no multipart holds into `reading`: its text, a file, or a note. */
export function readLeaf(part: Part, reading: Reading): void {
  const { type, name, disposition } = part;
  // A name on the text itself is some mail program's whim; on a later part, it is a file's.
  const isFile = name !== '' && reading.pieces.length > 0;
  if (SIGNATURES[type] !== undefined) reading.notes.add(SIGNATURES[type]);
  else if (/^application\/(x-)?pkcs7-mime$/.test(type)) readPkcs7(part, reading);
  else if (type === 'application/pgp-encrypted') reading.notes.add(ENCRYPTED);
  else if (isPatch(part)) addFile(part, reading);
  else if (type === 'text/calendar') addInvitation(part, reading);
  else if (disposition !== '' && disposition !== 'inline') attach(part, reading);
  else if (type === 'text/html' && !isFile) addHtml(part, reading);
  else if (SHOWN.test(type)) (isFile ? addFile : addPlain)(part, reading);
  else attach(part, reading);
}

/** The object identifier of CMS that is signed only (RFC 5652, 5.1), which stands near its beginning. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');

/** CMS with its content inside (RFC 8551, 3.2): what kind it is need not be said, and older programs do not. */
function readPkcs7(part: Part, reading: Reading): void {
  const kind = part.parameters['smime-type'] ?? '';
  const isOpaque = kind === '' && part.content.subarray(0, 64).includes(SIGNED_DATA);
  if (!isOpaque && (kind === '' || /^(auth-?)?enveloped/i.test(kind))) {
    reading.notes.add(ENCRYPTED);
    return;
  }
  reading.notes.add('in a form of S/MIME that is not opened here');
  attach(part, reading);
}

/** Patches sent as parts are text to be read, not files to be fetched. */
function isPatch({ type, name }: Part): boolean {
  return (
    /^(text|application)\/x-(patch|diff)$/.test(type) ||
    (/^(text\/.*|application\/octet-stream)$/.test(type) && /\.(patch|diff)$/i.test(name))
  );
}

function addFile(part: Part, reading: Reading): void {
  attach(part, reading);
  // What calls itself a text and is packed or a program is not for reading.
  if (!reading.texts || (part.content.includes(0) && !part.parameters.charset)) return;
  const text = textOfPart(part);
  reading.pieces.push({ kind: 'file', text: part.name === '' ? text : `${fileLine(part.name)}\n${text}` });
}

function addPlain(part: Part, reading: Reading): void {
  if (reading.texts) reading.pieces.push({ kind: 'plain', text: textOfPart(part) });
}

function addInvitation(part: Part, reading: Reading): void {
  attach(part, reading);
  const text = calendarText(textOfPart(part));
  if (text !== '') reading.pieces.push({ kind: 'plain', text });
}

/** The text of a part that is one, its charset and its flow undone. */
function textOfPart({ type, parameters, content }: Part): string {
  const text = withLineEnds(decodeText(content, parameters.charset));
  if (type !== 'text/plain' || parameters.format?.trim().toLowerCase() !== 'flowed') return text;
  return unflow(text, { delSp: parameters.delsp?.trim().toLowerCase() === 'yes' });
}

function addHtml(part: Part, reading: Reading): void {
  if (!reading.texts || part.content.length === 0) return;
  const { content, parameters } = part;
  const start = content.subarray(0, 2048).toString('latin1');
  const inside = /<meta\s[^>]*charset\s*=\s*["']?([^\s"'>;]+)/i.exec(start)?.[1];
  const { text, cut } = htmlText(decodeText(content, parameters.charset ?? inside), reading.htmlLeft);
  reading.htmlLeft = Math.max(0, reading.htmlLeft - content.length);
  if (cut) reading.warnings.add('only the first part of long HTML is shown');
  // Gateways add to a plain text the same once more.
  if (!isSaid(text, reading.pieces)) reading.pieces.push({ kind: 'html', text: `${text}\n` });
}

/** Whether one of the last plain texts says the same words. */
export function isSaid(text: string, pieces: readonly Piece[]): boolean {
  // A mail of a thousand parts is not to be read a thousand times, nor a long part for the sake of short ones.
  const near = pieces
    .slice(-3)
    .filter(piece => piece.kind === 'plain' && piece.text.length <= 2 * text.length + 1_000);
  const words = (said: string) => said.replace(/<[^\s>]*>|[^\p{L}\p{N}]+/gu, '');
  const wanted = near.length === 0 ? '' : words(text);
  return wanted !== '' && near.some(piece => words(piece.text) === wanted);
}
