import fs from 'node:fs';
import path from 'node:path';
import { mboxrdEntry } from '../../ingest/files/mbox.ts';

/** Writes `mails` as an mboxrd into `folder` and gives its path. */
export function mboxOf(folder: string, mails: readonly Uint8Array[], name = 'mails.mbox'): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, Buffer.concat(mails.map(one => mboxrdEntry(one).bytes)));
  return file;
}
