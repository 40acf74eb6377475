import { type Block, parseBody } from '../mail/body.ts';
import { parseContent } from '../mail/mime.ts';
import type { Archive } from './archive/archive.ts';
import type { Message } from './merge.ts';

/** The body of a message, understood line by line. It is parsed anew each time: ask for few. */
export async function readBlocks(archive: Archive, { hash }: Message): Promise<readonly Block[]> {
  return parseBody((await parseContent(archive.text(hash))).text);
}
