import { headerFacts, messageHash } from '../mail/message.ts';
import type { Archive } from './archive/archive.ts';

/** Reports how much of the work is done, of how much. */
export type Progress = (done: number, total: number) => void;

/** What is wrong with the archive, one sentence each; nothing where all is well. Reads and checks every message. */
export function* verify(archive: Archive, progress: Progress = () => {}): Generator<string> {
  yield* archive.inconsistencies();
  const hashes = archive.hashes();
  for (const [index, hash] of hashes.entries()) {
    yield* verifyMessage(archive, hash);
    progress(index + 1, hashes.length);
  }
}

function* verifyMessage(archive: Archive, hash: string): Generator<string> {
  const stated = archive.stated(hash);
  let raw: Buffer;
  try {
    raw = archive.raw(hash)!;
  } catch (cause) {
    yield `message ${hash} cannot be unpacked: ${(cause as Error).message}`;
    return;
  }
  const found = messageHash(raw);
  if (found !== hash) yield `message ${hash} is not what was received: its hash is ${found}`;
  if (raw.length !== stated.size)
    yield `message ${hash} should have ${stated.size} bytes and has ${raw.length}`;
  if (stated.id === null) yield `message ${hash} is missing from the header index`;
  else if (found === hash && stated.id !== headerFacts(raw).id)
    yield `message ${hash} stands in the header index as ${stated.id}`;
}
