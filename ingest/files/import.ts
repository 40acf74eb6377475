import path from 'node:path';
import type { Archive } from '../archive/archive.ts';
import { emptyTally, IMPORT, type Offer, type Tally, takeIn } from '../intake.ts';
import { readMail } from './mail-files.ts';

/** How files are imported. */
export interface ImportOptions {
  readonly maxBytes: number;
  readonly dialect: 'mboxrd' | 'mboxo';
  /** The list of messages without a List-Id, or empty. */
  readonly list: string;
  /** Paths inside this folder are noted relative to it, so that a publication can move. */
  readonly folder: string;
  readonly onProgress?: (tally: Tally, file: string) => void;
  /** Takes an issue of an old newsletter that lies among the mail. `where` is its file, as places are noted. */
  readonly onIssue?: (where: string, bytes: Uint8Array) => void;
}

/** A transaction a batch: large enough to be fast, small enough for memory and for a run that is killed. */
const BATCH_MESSAGES = 1000;
const BATCH_BYTES = 16 << 20;

/**
 * Reads the mail under `paths` into the archive and tells what became of it.
 *
 * @throws OperatorError where a path does not exist.
 */
export async function importMail(
  archive: Archive,
  paths: readonly string[],
  options: ImportOptions,
): Promise<Tally> {
  const tally = emptyTally();
  let batch: Offer[] = [];
  let bytes = 0;
  const flush = (file: string) => {
    takeIn(archive, batch, tally);
    batch = [];
    bytes = 0;
    options.onProgress?.(tally, file);
  };
  const { onIssue, ...others } = options;
  const reading = {
    ...others,
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
    batch.push({ where, size: found.size, mail: 'raw' in found ? found.raw : { reason: found.reason } });
    bytes += 'raw' in found ? found.size : 0;
    if (batch.length >= BATCH_MESSAGES || bytes >= BATCH_BYTES) flush(found.file);
  }
  if (batch.length > 0) flush(batch.at(-1)!.where.mailbox);
  return tally;
}

function placeName(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
