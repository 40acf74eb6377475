import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { readMbox } from '../../ingest/files/mbox.ts';
import { type HeaderFacts, headerFacts } from '../../mail/message.ts';

/** The header facts of an mbox's messages, the first of each id; a name that ends in `.gz` is unpacked. */
export async function factsInMbox(file: string | URL): Promise<readonly HeaderFacts[]> {
  return (await mailsInMbox(file)).map(headerFacts);
}

/** The messages of an mbox, the first of each id; a name that ends in `.gz` is unpacked. */
export async function mailsInMbox(file: string | URL): Promise<readonly Buffer[]> {
  const stored = fs.createReadStream(file);
  const bytes = String(file).endsWith('.gz') ? stored.pipe(zlib.createGunzip()) : stored;
  const mails = new Map<string, Buffer>();
  for await (const { raw } of readMbox(bytes, { maxBytes: 1 << 26, dialect: 'mboxrd' })) {
    if (raw && !mails.has(headerFacts(raw).id)) mails.set(headerFacts(raw).id, raw);
  }
  return [...mails.values()];
}

/** The header facts of the messages in a folder's files and in those below it, the first of each id. */
export function factsInFolder(folder: string): readonly HeaderFacts[] {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter(file => file.isFile()).map(file => path.join(file.parentPath, file.name));
  return firstOfEachId(paths.sort().map(file => headerFacts(fs.readFileSync(file))));
}

function firstOfEachId(facts: readonly HeaderFacts[]): readonly HeaderFacts[] {
  return [...new Map(facts.toReversed().map(one => [one.id, one])).values()];
}
