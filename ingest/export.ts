import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import type { Archive } from './archive.ts';
import { mboxrdEntry } from './mbox.ts';

/**
 * Writes every stored message to `target` as an mboxrd, by (received time, id, hash). Gives how many were
 * written, and how many of them got the line end that an mbox needs behind the last line.
 */
export async function exportMboxrd(
  archive: Archive,
  target: NodeJS.WritableStream,
): Promise<{ readonly messages: number; readonly ended: number }> {
  // A pipe that closes, or a disk that fills, must not end the process with an unheard error.
  let failure: Error | undefined;
  target.on('error', error => {
    failure = error;
  });
  let messages = 0;
  let ended = 0;
  for (const { hash } of archive.messages()) {
    const entry = mboxrdEntry(archive.raw(hash)!);
    if (!entry.ended) ended++;
    messages++;
    if (!target.write(entry.bytes)) await Promise.race([once(target, 'drain'), once(target, 'close')]);
    if (failure) throw failure;
  }
  return { messages, ended };
}

/** Writes every stored message, exactly as received, to a file `HASH.eml` of `folder`. Gives their number. */
export function exportEml(archive: Archive, folder: string): number {
  fs.mkdirSync(folder, { recursive: true });
  const hashes = archive.hashes();
  for (const hash of hashes) fs.writeFileSync(path.join(folder, `${hash}.eml`), archive.raw(hash)!);
  return hashes.length;
}
