import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { headerFacts } from '../mail/message.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { messagesOf } from './mbox-file.ts';
import { writeReplicas } from './replicas.ts';
import type { Workplace } from './workplace.ts';

/** The mail of a benchmark: an mboxrd file that is not packed. */
export interface Mail {
  readonly file: string;
  /** What it is called in the results. */
  readonly name: string;
  readonly messages: number;
  /** How many Message-IDs they have: programs keep one message of each. */
  readonly ids: number;
  readonly bytes: number;
}

/** The mail of an mbox that the user names, unpacked where it is gzipped. */
export async function givenMail(workplace: Workplace, given: string): Promise<Mail> {
  if (!fs.statSync(given, { throwIfNoEntry: false })?.isFile())
    throw new OperatorError(`${given}: there is no such file.`, { wrongUse: true });
  const file = workplace.at('given.mbox');
  const unpack = given.endsWith('.gz') ? [zlib.createGunzip()] : [];
  await pipeline([fs.createReadStream(given), ...unpack, fs.createWriteStream(file)]);
  return described(file, path.basename(given));
}

/** The mail of the sample list, copied under new Message-IDs until there are `messages`. */
export async function sampleMail(workplace: Workplace, messages: number): Promise<Mail> {
  const file = workplace.at(`sample-${messages}.mbox`);
  await writeReplicas(file, { messages });
  return described(file, 'copies of the sample list');
}

/** The mail of some mbox files, replicated until there are `messages`. */
export async function replicatedMail(
  workplace: Workplace,
  sources: readonly string[],
  messages: number,
): Promise<Mail> {
  const file = workplace.at(`replicas-${messages}.mbox`);
  await writeReplicas(file, { messages }, sources);
  return described(file, sources.map(source => path.basename(source)).join(', '));
}

async function described(file: string, name: string): Promise<Mail> {
  const ids = new Set<string>();
  let messages = 0;
  for await (const raw of messagesOf(file)) {
    messages++;
    ids.add(headerFacts(raw).id);
  }
  return { file, name, messages, ids: ids.size, bytes: fs.statSync(file).size };
}
