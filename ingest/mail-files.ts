import fs from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { OperatorError } from '../publication/operator-error.ts';
import { type MboxOptions, readMbox } from './mbox.ts';

/** A message found in a file, or what stood in its place. */
export type FileMail =
  | { readonly file: string; readonly ordinal: number; readonly raw: Uint8Array; readonly size: number }
  | {
      readonly file: string;
      readonly ordinal: number;
      readonly reason: FileRejection;
      readonly size: number;
    };

/** Why something in a folder is not taken for mail. */
export type FileRejection = 'too-big' | 'not-mail' | 'empty' | 'unreadable' | 'git-repository';

type FileType = 'mbox' | 'message' | 'other';

/** What a publication folder holds besides mail, and what never holds any. */
const PASSED_OVER =
  /^(\..*|_site.*|node_modules|archive\.db.*|.*\.ya?ml|.*\.md|.*\.mailmap|issue\.lock|dovecot[.-].*|subscriptions|maildirfolder)$/;
const SNIFF_BYTES = 4096;
const GZIP = Buffer.from([0x1f, 0x8b]);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The mail under `paths`, in the order of paths and names: mbox files, single messages, Maildirs, folders of
 * all these, gzipped or not; what a file is, its content says. `ordinal` counts a file's messages from 1.
 *
 * @throws OperatorError where a path does not exist.
 */
export async function* readMail(paths: readonly string[], options: MboxOptions): AsyncGenerator<FileMail> {
  for (const start of paths) {
    if (!fs.existsSync(start))
      throw new OperatorError(`${start}: there is no such file or folder.`, { wrongUse: true });
  }
  for (const start of paths) for (const entry of walk(path.resolve(start))) yield* readEntry(entry, options);
}

/** A publication's own mail: the mail files, Maildirs and folders of them that lie at the top of `folder`. */
export function mailInFolder(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(entry => !PASSED_OVER.test(entry.name))
    .map(entry => path.join(folder, entry.name))
    .filter(place =>
      fs.statSync(place).isDirectory() ? isMaildir(place) : /\.(mbox|eml|mbx)(\.gz)?$/i.test(place),
    )
    .sort();
}

interface Entry {
  readonly file: string;
  /** A Maildir's files are messages, whatever they look like. */
  readonly inMaildir: boolean;
  readonly git?: boolean;
}

function* walk(start: string): Generator<Entry> {
  const seen = new Set<string>();
  const stack = [{ place: start, inMaildir: false }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const stat = fs.statSync(top.place, { throwIfNoEntry: false });
    if (!stat) continue;
    if (!stat.isDirectory()) {
      if (stat.isFile()) yield { file: top.place, inMaildir: top.inMaildir };
      continue;
    }
    const identity = `${stat.dev}:${stat.ino}`;
    if (seen.has(identity)) continue; // A link that leads back.
    seen.add(identity);
    if (isGitRepository(top.place)) {
      yield { file: top.place, inMaildir: false, git: true };
      continue;
    }
    const { place } = top;
    const maildir = isMaildir(place);
    const inMaildir = /^(cur|new)$/.test(path.basename(place));
    const names = fs
      .readdirSync(place)
      .filter(name => !PASSED_OVER.test(name) || (maildir && isMaildir(path.join(place, name))));
    // A Maildir's tmp holds what is still being delivered.
    const kept = maildir ? names.filter(name => name !== 'tmp') : names;
    for (const name of kept.sort().reverse()) stack.push({ place: path.join(place, name), inMaildir });
  }
}

async function* readEntry({ file, inMaildir, git }: Entry, options: MboxOptions): AsyncGenerator<FileMail> {
  const reject = (reason: FileRejection, size: number): FileMail => ({ file, ordinal: 1, reason, size });
  if (git) {
    yield reject('git-repository', 0);
    return;
  }
  try {
    const { head, size, gzipped } = sniff(file);
    const type = inMaildir || /\.eml(\.gz)?$/i.test(file) ? 'message' : fileType(head);
    if (size === 0) yield* /\.(mbox|mbx)$/i.test(file) ? [] : [reject('empty', 0)];
    else if (type === 'other') yield reject('not-mail', size);
    else if (type === 'mbox') yield* readMboxFile(file, gzipped, options);
    else yield await readMessage(file, gzipped, options.maxBytes);
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code) throw error;
    // A damaged gzip file or a file that may not be read: the others are still there to be read.
    yield reject('unreadable', 0);
  }
}

async function* readMboxFile(file: string, gzipped: boolean, options: MboxOptions): AsyncGenerator<FileMail> {
  let ordinal = 0;
  try {
    for await (const { raw, size } of readMbox(withoutMark(bytesOf(file, gzipped)), options)) {
      ordinal++;
      yield raw ? { file, ordinal, raw, size } : { file, ordinal, reason: 'too-big', size };
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code) throw error;
    yield { file, ordinal: ordinal + 1, reason: 'unreadable', size: 0 };
  }
}

async function readMessage(file: string, gzipped: boolean, maxBytes: number): Promise<FileMail> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytesOf(file, gzipped)) {
    size += chunk.length;
    if (size <= maxBytes) parts.push(chunk);
    else parts.length = 0;
  }
  if (size > maxBytes) return { file, ordinal: 1, reason: 'too-big', size };
  return { file, ordinal: 1, raw: Buffer.concat(parts), size };
}

function bytesOf(file: string, gzipped: boolean): AsyncIterable<Buffer> {
  const bytes = fs.createReadStream(file, { highWaterMark: 1 << 20 });
  if (!gzipped) return bytes as AsyncIterable<Buffer>;
  const unzipped = zlib.createGunzip({ chunkSize: 1 << 18 });
  bytes.on('error', error => unzipped.destroy(error));
  return bytes.pipe(unzipped) as Readable as AsyncIterable<Buffer>;
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    yield first && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? chunk.subarray(3) : chunk;
    first = false;
  }
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

function fileType(head: Buffer): FileType {
  const text = (head.subarray(0, 3).equals(BYTE_ORDER_MARK) ? head.subarray(3) : head).toString('latin1');
  if (text.startsWith('From ')) return 'mbox';
  const lines = text.split(/\r?\n/).slice(0, 20);
  const fields = lines
    .slice(0, Math.max(0, lines.indexOf('')) || lines.length)
    .filter(line => /^[!-9;-~]+:|^[ \t]/.test(line));
  return /^[!-9;-~]+:/.test(text) && fields.length >= 2 ? 'message' : 'other';
}

function isMaildir(folder: string): boolean {
  return ['cur', 'new'].some(name =>
    fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory(),
  );
}

function isGitRepository(folder: string): boolean {
  return fs.existsSync(path.join(folder, 'HEAD')) && fs.existsSync(path.join(folder, 'objects'));
}
