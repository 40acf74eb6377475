import fs from 'node:fs';
import { readMbox } from '../ingest/files/mbox.ts';

/** No message of a benchmark is too big. */
const MAX_BYTES = 1 << 30;

/** The raw messages of an mboxrd file, unquoted, in the order of the file. */
export async function* messagesOf(file: string): AsyncGenerator<Buffer> {
  const chunks = fs.createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  for await (const { raw } of readMbox(chunks, { maxBytes: MAX_BYTES, dialect: 'mboxrd' }))
    if (raw) yield raw;
}
