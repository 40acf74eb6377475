import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { OperatorError } from '../../publication/operator-error.ts';
import { isRepository } from '../public-inbox/epochs.ts';
import { GitRefusal } from '../public-inbox/git.ts';
import { readEpoch } from '../public-inbox/read.ts';
import { isMbox, type MboxOptions, readMbox } from './mbox.ts';

/** A message found in a file, or what stood in its place. */
export type FileMail =
  | { readonly file: string; readonly ordinal: number; readonly raw: Uint8Array; readonly size: number }
  | {
      readonly file: string;
      readonly ordinal: number;
      readonly reason: FileRejection;
      readonly size: number;
    };

/** How files are read. */
export interface ReadOptions extends MboxOptions {
  /** Takes an issue of an old newsletter that lies among the mail; without it such a file is no mail like others. */
  readonly onIssue?: (file: string, bytes: Uint8Array) => void;
  /** Told how many bytes more have been read, packed where a file is. */
  readonly onBytes?: (more: number) => void;
}

/** Why something in a folder is not taken for mail. */
export type FileRejection = 'too-big' | 'not-mail' | 'unreadable' | 'git-repository';

/** What a publication folder holds besides mail, and what never holds any. */
const PASSED_OVER =
  /^(\..*|_site(\..*)?|node_modules|archive\.db.*|.*\.ya?ml|.*\.md|.*\.mailmap|issue\.lock|dovecot[.-].*|subscriptions|maildir(folder|size))$/;
const MBOX_NAME = /\.(mbox|mbx)(\.gz)?$/i;
const MESSAGE_NAME = /\.eml(\.gz)?$/i;
const FIELD = /^[!-9;-~]+[ \t]*:/;
/** One of these is in every mail, and seldom in other texts that begin with words and colons. */
const MAIL_FIELD = /^(from|sender|to|cc|message-id|mime-version|received|return-path|delivered-to)[ \t]*:/i;
const SNIFF_BYTES = 4096;
const GZIP = Buffer.from([0x1f, 0x8b]);
const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/**
 * The mail under `paths`, in the order of paths and names: mbox files, single messages, Maildirs, folders of
 * all these, gzipped or not; what a file is, its content says. `ordinal` counts a file's messages from 1.
 *
 * @throws OperatorError where a path does not exist.
 */
export async function* readMail(paths: readonly string[], options: ReadOptions): AsyncGenerator<FileMail> {
  for (const start of paths) {
    if (!fs.existsSync(start))
      throw new OperatorError(`${start}: there is no such file or folder.`, { wrongUse: true });
  }
  for (const start of paths) for (const entry of walk(path.resolve(start))) yield* readEntry(entry, options);
}

/** The bytes of the files under `paths`, packed where they are; undefined where a repository is among them. */
export function mailBytes(paths: readonly string[]): number | undefined {
  let sum = 0;
  for (const start of paths)
    for (const { size, isRepository } of walk(path.resolve(start))) {
      if (isRepository) return undefined;
      sum += size;
    }
  return sum;
}

/** A publication's own mail: the mail files and Maildirs that lie at the top of `folder`. */
export function mailInFolder(folder: string): readonly string[] {
  return fs
    .readdirSync(folder)
    .filter(name => !PASSED_OVER.test(name))
    .map(name => path.join(folder, name))
    .filter(
      place => isMaildir(place) || ((MBOX_NAME.test(place) || MESSAGE_NAME.test(place)) && isFile(place)),
    )
    .sort();
}

/** A file to be read, or what cannot be and why. */
interface Entry {
  readonly file: string;
  readonly size: number;
  /** A Maildir's files are messages, whatever they look like. */
  readonly inMaildir?: boolean;
  /** A git repository is read as an epoch of a public-inbox. */
  readonly isRepository?: boolean;
  readonly reason?: FileRejection;
}

function* walk(start: string): Generator<Entry> {
  const seen = new Set<string>();
  const stack = [{ place: start, inMaildir: false }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { place } = top;
    const stat = attempt(() => fs.statSync(place));
    if (!stat?.isDirectory()) {
      yield stat?.isFile()
        ? { file: place, size: stat.size, inMaildir: top.inMaildir }
        : { file: place, size: 0, reason: 'unreadable' };
      continue;
    }
    const identity = `${stat.dev}:${stat.ino}`;
    if (seen.has(identity)) continue; // A link that leads back.
    seen.add(identity);
    if (isRepository(place)) {
      yield { file: place, size: 0, isRepository: true };
      continue;
    }
    const names = attempt(() => fs.readdirSync(place));
    if (!names) {
      yield { file: place, size: 0, reason: 'unreadable' };
      continue;
    }
    const inMaildir = /^(cur|new)$/.test(path.basename(place));
    // A Maildir's tmp holds what is still being delivered.
    const delivering = isMaildir(place) ? 'tmp' : undefined;
    const kept = names.filter(name => name !== delivering && !isPassedOver(place, name, inMaildir));
    for (const name of kept.sort().reverse()) stack.push({ place: path.join(place, name), inMaildir });
  }
}

/** Maildir++ keeps its subfolders in folders with a leading dot; the names of a Maildir's mails end as they like. */
function isPassedOver(folder: string, name: string, inMaildir: boolean): boolean {
  if (inMaildir) return name.startsWith('.');
  return PASSED_OVER.test(name) && !isMaildir(path.join(folder, name));
}

async function* readEntry(
  { file, inMaildir = false, isRepository = false, reason }: Entry,
  options: ReadOptions,
): AsyncGenerator<FileMail> {
  if (isRepository) {
    yield* readRepository(file, options);
    return;
  }
  const reject = (reason: FileRejection, size: number): FileMail => ({ file, ordinal: 1, reason, size });
  if (reason) {
    yield reject(reason, 0);
    return;
  }
  try {
    const { head, size, gzipped } = sniff(file);
    const message = inMaildir || MESSAGE_NAME.test(file) || isMessage(head);
    if (!message && isMbox(head)) yield* readMboxFile(file, gzipped, options);
    else if (!message && options.onIssue && (await looksLikeKc(head))) {
      const whole = await readMessage(file, gzipped, options);
      if ('raw' in whole) options.onIssue(file, whole.raw);
      else yield whole;
    } else if (!message && head.length > 0) yield reject('not-mail', size);
    else {
      // Read even where there is nothing: a gzip file that is torn in its first bytes says so only then.
      const whole = await readMessage(file, gzipped, options);
      if (message || !MBOX_NAME.test(file)) yield whole;
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code) throw error;
    // A damaged gzip file or a file that may not be read: the others are still there to be read.
    yield reject('unreadable', 0);
  }
}

/** Loaded only where a file is no mail: the readers of old newsletters load much. */
async function looksLikeKc(head: Buffer): Promise<boolean> {
  return (await import('../../publication/kc/read-issue.ts')).isKc(head);
}

/** The mails of a public-inbox's epoch; a repository of anything else holds none. */
async function* readRepository(file: string, { maxBytes }: MboxOptions): AsyncGenerator<FileMail> {
  let last = 0;
  try {
    for await (const { uid, mail } of readEpoch({ name: path.basename(file), repository: file })) {
      last = uid;
      const size = mail.length;
      yield size > maxBytes
        ? { file, ordinal: uid, reason: 'too-big', size }
        : { file, ordinal: uid, raw: mail, size };
    }
  } catch (error) {
    if (!(error instanceof GitRefusal)) throw error;
    if (last > 0) yield { file, ordinal: last + 1, reason: 'unreadable', size: 0 };
  }
  if (last === 0) yield { file, ordinal: 1, reason: 'git-repository', size: 0 };
}

async function* readMboxFile(file: string, gzipped: boolean, options: ReadOptions): AsyncGenerator<FileMail> {
  let ordinal = 0;
  try {
    for await (const { raw, size } of readMbox(bytesOf(file, gzipped, options), options)) {
      ordinal++;
      yield raw ? { file, ordinal, raw, size } : { file, ordinal, reason: 'too-big', size };
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code) throw error;
    yield { file, ordinal: ordinal + 1, reason: 'unreadable', size: 0 };
  }
}

async function readMessage(file: string, gzipped: boolean, options: ReadOptions): Promise<FileMail> {
  const { maxBytes } = options;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytesOf(file, gzipped, options)) {
    size += chunk.length;
    if (size <= maxBytes) parts.push(chunk);
    else parts.length = 0;
  }
  if (size > maxBytes) return { file, ordinal: 1, reason: 'too-big', size };
  return { file, ordinal: 1, raw: Buffer.concat(parts), size };
}

function bytesOf(file: string, gzipped: boolean, { onBytes }: ReadOptions): AsyncIterable<Buffer> {
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      onBytes?.(chunk.length);
      yield chunk;
    }
  };
  const bytes = fs.createReadStream(file, { highWaterMark: 1 << 20 });
  if (!gzipped) return counted(bytes);
  // In small chunks, as a damaged one is lost whole. Errors come out where the bytes do.
  return pipeline(bytes, counted, zlib.createGunzip(), () => {}) as AsyncIterable<Buffer>;
}

/** The first bytes of a file, unzipped where it is gzipped. */
function sniff(file: string): { readonly head: Buffer; readonly size: number; readonly gzipped: boolean } {
  const descriptor = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(SNIFF_BYTES);
    const head = bytes.subarray(0, fs.readSync(descriptor, bytes, 0, SNIFF_BYTES, 0));
    const { size } = fs.fstatSync(descriptor);
    if (!head.subarray(0, 2).equals(GZIP)) return { head, size, gzipped: false };
    // SYNC_FLUSH: the head of a stream is no whole stream.
    return { head: zlib.gunzipSync(head, { finishFlush: zlib.constants.Z_SYNC_FLUSH }), size, gzipped: true };
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Whether a file that begins with `head` is a single message: fields come first, and they are those of mail. */
function isMessage(head: Buffer): boolean {
  const text = head.toString('latin1');
  const lines = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text).split(/\r?\n/);
  const end = lines.indexOf('');
  const header = end === -1 ? lines : lines.slice(0, end);
  const fields = header.filter(line => FIELD.test(line));
  return FIELD.test(header[0] ?? '') && header.length > 1 && fields.some(field => MAIL_FIELD.test(field));
}

function isFile(place: string): boolean {
  return attempt(() => fs.statSync(place))?.isFile() === true;
}

function isMaildir(folder: string): boolean {
  return ['cur', 'new'].some(name => attempt(() => fs.statSync(path.join(folder, name)))?.isDirectory());
}

/** What a system call gives, or undefined where it fails: links that go in a circle, folders without permission. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
