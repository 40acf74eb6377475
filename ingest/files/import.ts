import path from 'node:path';
import { abreast } from '../ahead.ts';
import type { Archive } from '../archive/archive.ts';
import type { Packed } from '../archive/packed.ts';
import { emptyTally, IMPORT, type Judged, keep, type Offer, sift, type Tally } from '../intake.ts';
import { createPacker, JOBS, packingThreads } from '../packer.ts';
import { mailBytes, readMail } from './mail-files.ts';

/** How files are imported. */
export interface ImportOptions {
  readonly maxBytes: number;
  readonly dialect: 'mboxrd' | 'mboxo';
  /** The list of messages without a List-Id, or empty. */
  readonly list: string;
  /** Paths inside this folder are noted relative to it, so that a publication can move. */
  readonly folder: string;
  /** How many threads pack what is new; as many as suit the machine where it is not said. */
  readonly threads?: number;
  /** Told after each batch; `share` is how much of all bytes it has come to, where that can be told. */
  readonly onProgress?: (tally: Tally, share: number | undefined) => void;
  /** Takes an issue of an old newsletter that lies among the mail. `where` is its file, as places are noted. */
  readonly onIssue?: (where: string, bytes: Uint8Array) => void;
}

/** What is packed at a time: small, as several such batches are in memory. */
const BATCH_MESSAGES = 500;
const BATCH_BYTES = 2 << 20;
/** A transaction so many: large enough to be fast, small enough for a run that is killed. */
const STORED_AT_ONCE = 1000;

/**
 * Reads the mail under `paths` into the archive and tells what became of it. What is new is packed in threads of its
 * own, batch by batch, and stored in the order in which it was read.
 *
 * @throws OperatorError where a path does not exist.
 */
export async function importMail(
  archive: Archive,
  paths: readonly string[],
  { threads = packingThreads(), ...options }: ImportOptions,
): Promise<Tally> {
  const tally = emptyTally();
  const all = options.onProgress && mailBytes(paths);
  const packer = createPacker(threads);
  archive.expectMany();
  const packed = async ({ offers, share }: Batch) => {
    const { judged, fresh } = sift(archive, offers);
    return { judged, packed: await packer.pack(fresh), share };
  };
  try {
    // One more than the threads take, so that none waits while a batch is stored.
    const most = threads * JOBS + 1;
    let waiting: Judged[] = [];
    let fresh = new Map<string, Packed>();
    let read: number | undefined;
    const store = () => {
      keep(archive, waiting, fresh, tally);
      options.onProgress?.(tally, read);
      waiting = [];
      fresh = new Map();
    };
    for await (const batch of abreast(batches(paths, all, options), most, packed)) {
      waiting.push(...batch.judged);
      // Two batches may hold the same message, and the first is kept.
      fresh = new Map([...batch.packed, ...fresh]);
      read = batch.share;
      if (waiting.length >= STORED_AT_ONCE) store();
    }
    if (waiting.length > 0) store();
  } finally {
    await packer.close();
  }
  return tally;
}

interface Batch {
  readonly offers: readonly Offer[];
  /** The share of all bytes that have been read with it. */
  readonly share: number | undefined;
}

async function* batches(
  paths: readonly string[],
  all: number | undefined,
  { onIssue, ...options }: Omit<ImportOptions, 'threads'>,
): AsyncGenerator<Batch> {
  let offers: Offer[] = [];
  let [bytes, read] = [0, 0];
  // A file may grow while it is read.
  const batch = (): Batch => ({ offers, share: all ? Math.min(read / all, 1) : undefined });
  const reading = {
    ...options,
    onBytes: (more: number) => {
      read += more;
    },
    ...(onIssue && {
      onIssue: (file: string, bytes: Uint8Array) => onIssue(placeName(file, options.folder), bytes),
    }),
  };
  for await (const found of readMail(paths, reading)) {
    const where = {
      source: IMPORT,
      mailbox: placeName(found.file, options.folder),
      uidValidity: 0n,
      uid: found.ordinal,
      list: options.list,
    };
    offers.push({ where, size: found.size, mail: 'raw' in found ? found.raw : { reason: found.reason } });
    bytes += 'raw' in found ? found.size : 0;
    if (offers.length < BATCH_MESSAGES && bytes < BATCH_BYTES) continue;
    yield batch();
    offers = [];
    bytes = 0;
  }
  if (offers.length > 0) yield batch();
}

function placeName(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
