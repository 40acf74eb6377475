import path from 'node:path';
import { readMail } from '../../ingest/files/mail-files.ts';

/** What is found under `places` of `folder`: file name, number, and the id of a mail or the reason for none. */
export async function mailFound(
  folder: string,
  places: readonly string[] = ['.'],
  maxBytes = 1 << 20,
): Promise<readonly string[]> {
  const paths = places.map(place => path.join(folder, place));
  const lines: string[] = [];
  for await (const one of readMail(paths, { maxBytes, dialect: 'mboxrd' }))
    lines.push(
      `${path.relative(folder, one.file)}:${one.ordinal} ${'raw' in one ? idOf(one.raw) : one.reason}`,
    );
  return lines;
}

function idOf(raw: Uint8Array): string {
  const [, id] = /^Message-ID: <(.*?)@/m.exec(Buffer.from(raw).toString()) ?? [];
  return id ?? `${raw.length} bytes`;
}
