import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Archive } from './archive/archive.ts';
import { mboxrdEntry } from './files/mbox.ts';

/**
 * Writes every stored message to `target` as an mboxrd, by (received time, id, hash). Gives how many were
 * written, and how many of them got the line end that an mbox needs behind the last line.
 */
export async function exportMboxrd(
  archive: Archive,
  target: NodeJS.WritableStream,
): Promise<{ readonly messages: number; readonly ended: number }> {
  let messages = 0;
  let ended = 0;
  function* entries(): Generator<Buffer> {
    for (const { hash } of archive.messages()) {
      const entry = mboxrdEntry(archive.raw(hash)!);
      messages++;
      if (!entry.ended) ended++;
      yield entry.bytes;
    }
  }
  // Left open, as it may be standard output, or get more behind this.
  await pipeline(entries(), target, { end: false });
  return { messages, ended };
}

/** Writes every stored message, exactly as received, to a file `HASH.eml` of `folder`. Gives their number. */
export function exportEml(archive: Archive, folder: string): number {
  fs.mkdirSync(folder, { recursive: true });
  const hashes = archive.hashes();
  for (const hash of hashes) fs.writeFileSync(path.join(folder, `${hash}.eml`), archive.raw(hash)!);
  return hashes.length;
}
