import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { readMail } from '../ingest/files/mail-files.ts';
import { mboxrdEntry } from '../ingest/files/mbox.ts';
import { headerFacts } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';
import { byReceived } from '../mail/thread.ts';
import { corporaFolder } from '../test/support/corpora.ts';

/** How much mail to make: so many messages, or as many as give about so many bytes. */
export type Amount = { readonly messages: number } | { readonly bytes: number };

/** Mail that can be replicated: every message is cut where its copies differ. */
export interface Originals {
  /** The first of each Message-ID, by (received time, id). */
  readonly templates: readonly Template[];
  /** What all of them take in an mbox. */
  readonly bytes: number;
}

/** A message as an mboxrd entry in pieces, which a copy is joined from. */
interface Template {
  readonly pieces: readonly Piece[];
  /** Seconds since 1970 UTC. */
  readonly received: number;
}

/** A copy of a message. */
export interface Replica {
  /** As it stands in an mboxrd. */
  readonly entry: Buffer;
  /** Seconds since 1970 UTC. */
  readonly received: number;
}
/** Bytes that every copy has; where an id gets the number of the copy; a whole field with that number; a day. */
type Piece = Buffer | 'id' | 'field' | Day;
/** A day as a header writes it, `05 Mar 2018`: in milliseconds since 1970, and how many digits it begins with. */
interface Day {
  readonly time: number;
  readonly digits: number;
}

/** A place of a message where its copies differ: `end` is behind what the piece stands for. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly piece: Piece;
}

/** The mail of the sample list. */
export const SAMPLE = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
  'sample',
  'linux-example.mbox',
);
const LISTS = ['linux-um.mbox.gz', 'linux-arch-2020-q1.mbox.gz', 'linux-api-2022-2026.mbox.gz'];
/** No message of a benchmark is too big. */
const MAX_BYTES = 1 << 30;
const WEEK_SECONDS = 7 * 86_400;
/** No copy begins before it: mail without years of four digits, and dates before 1970, are another matter. */
const EARLIEST = Date.UTC(1990) / 1000;

const ID_FIELDS = /^(?:message-id|in-reply-to|references):.*(?:\r?\n[ \t].*)*/gim;
const DATE_FIELDS = /^(?:(?:resent-)?date|received):.*(?:\r?\n[ \t].*)*/gim;
/** Behind these the number of the copy comes: what is before the @ of an id, and an id that has none. */
const LEFT_PARTS = /[^\s<>@]+(?=@)|<[^\s<>@]+(?=>)/g;
/** What may be an id in a body: in brackets, in a link, or alone. */
const BODY_IDS = /[^\s<>@"'`()[\]|,;:/]+@[\w.-]*\w/g;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = new RegExp(`\\b(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})\\b`, 'g');

/** The real mail that there is to measure with: three kernel lists where the corpora are, else the sample list. */
export function realMail(): readonly string[] {
  const folder = corporaFolder();
  return folder ? LISTS.map(list => path.join(folder, list)) : [SAMPLE];
}

/** Reads mbox files (also packed ones) to be replicated. */
export async function originalsIn(files: readonly string[]): Promise<Originals> {
  const mails = new Map<MessageId, { readonly raw: Uint8Array; readonly received: number }>();
  const ids = new Set<string>();
  for await (const found of readMail(files, { maxBytes: MAX_BYTES, dialect: 'mboxrd' })) {
    if (!('raw' in found)) continue;
    const { id, references, received } = headerFacts(found.raw);
    if (!mails.has(id)) mails.set(id, { raw: found.raw, received });
    for (const known of [id, ...references]) ids.add(known);
  }
  const sorted = [...mails].map(([id, mail]) => ({ id, ...mail })).sort(byReceived);
  const entries = sorted.map(({ raw, received }) => ({ entry: mboxrdEntry(raw).bytes, received }));
  return {
    templates: entries.map(({ entry, received }) => ({ pieces: cut(entry, ids), received })),
    bytes: entries.reduce((sum, { entry }) => sum + entry.length, 0),
  };
}

/**
 * So many messages, the oldest copy first. The newest copy is the mail as it is; each one before it has ids of its
 * own, wherever they stand, and lies one time span of the originals earlier, or less where so many copies would not
 * fit behind 1990. Of the oldest copy only the end may be there. The same originals always give the same bytes. Ids
 * in encoded bodies (base64, or cut by quoted-printable) stay as they are.
 */
export function* replicas({ templates }: Originals, messages: number): Generator<Replica> {
  const copies = Math.ceil(messages / templates.length);
  const first = templates[0]!.received;
  const span = Math.ceil((templates.at(-1)!.received - first) / WEEK_SECONDS);
  const step = Math.min(span, (first - EARLIEST) / WEEK_SECONDS / Math.max(1, copies - 1));
  let passedOver = copies * templates.length - messages;
  for (let copy = copies - 1; copy >= 0; copy--) {
    // Whole weeks, so that the name of the weekday before a date stays true.
    const shift = Math.floor(copy * step) * WEEK_SECONDS;
    for (const { pieces, received } of templates.slice(passedOver))
      yield { entry: joined(pieces, copy, shift), received: received - shift };
    passedOver = 0;
  }
}

/** Writes replicas of the mail in `sources`, by default of the sample list, to an mboxrd file. */
export async function writeReplicas(
  file: string,
  amount: Amount,
  sources: readonly string[] = [SAMPLE],
): Promise<void> {
  const originals = await originalsIn(sources);
  await writeEntries(file, replicas(originals, countOf(amount, originals)));
}

/** Writes replicas to an mboxrd file, as they are made, and gives how many there were. */
export async function writeEntries(file: string, made: Iterable<Replica>): Promise<number> {
  let count = 0;
  const entries = function* () {
    for (const { entry } of made) {
      count++;
      yield entry;
    }
  };
  await pipeline(Readable.from(entries()), fs.createWriteStream(file, { highWaterMark: 1 << 20 }));
  return count;
}

function countOf(amount: Amount, { templates, bytes }: Originals): number {
  return 'messages' in amount ? amount.messages : Math.round((amount.bytes / bytes) * templates.length);
}

function joined(pieces: readonly Piece[], copy: number, shift: number): Buffer {
  if (copy === 0) return Buffer.concat(pieces.map(piece => bytesOf(piece, '', '', 0)));
  return Buffer.concat(pieces.map(piece => bytesOf(piece, `.${copy}`, `X-Copy: ${copy}\n`, shift)));
}

function bytesOf(piece: Piece, id: string, field: string, shift: number): Buffer {
  if (Buffer.isBuffer(piece)) return piece;
  if (piece === 'id') return Buffer.from(id);
  if (piece === 'field') return Buffer.from(field);
  const date = new Date(piece.time - shift * 1000);
  const day = String(date.getUTCDate()).padStart(piece.digits, '0');
  return Buffer.from(`${day} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`);
}

function cut(entry: Buffer, known: ReadonlySet<string>): readonly Piece[] {
  const text = entry.toString('latin1');
  const last = /\r?\n(?=\r?\n)/.exec(text);
  const header = last ? text.slice(0, last.index + last[0].length) : text;
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start, end, piece } of [...headerMarks(header), ...bodyMarks(text, header.length, known)]) {
    pieces.push(entry.subarray(from, start), piece);
    from = end;
  }
  return [...pieces, entry.subarray(from)];
}

function headerMarks(header: string): readonly Mark[] {
  const ids = [...header.matchAll(ID_FIELDS)].flatMap(field =>
    [...field[0].slice(field[0].indexOf(':')).matchAll(LEFT_PARTS)].map(id =>
      behind(field.index + field[0].indexOf(':') + id.index + id[0].length, 'id'),
    ),
  );
  const days = [...header.matchAll(DATE_FIELDS)].flatMap(field =>
    [...field[0].matchAll(DAYS)].map(day => dayAt(field.index + day.index, day)),
  );
  // The copies of a message without an id are told apart by a field.
  const own = /^message-id:/im.test(header) ? [] : [behind(header.length, 'field')];
  return [...ids, ...days, ...own].sort((a, b) => a.start - b.start);
}

function bodyMarks(text: string, from: number, known: ReadonlySet<string>): readonly Mark[] {
  BODY_IDS.lastIndex = from;
  const marks: Mark[] = [];
  for (let id = BODY_IDS.exec(text); id; id = BODY_IDS.exec(text))
    if (known.has(id[0])) marks.push(behind(id.index + id[0].indexOf('@'), 'id'));
  return marks;
}

function behind(place: number, piece: Piece): Mark {
  return { start: place, end: place, piece };
}

function dayAt(start: number, [text, day, month, year]: RegExpMatchArray): Mark {
  const time = Date.UTC(Number(year), MONTHS.indexOf(month!), Number(day));
  return { start, end: start + text!.length, piece: { time, digits: day!.length } };
}
