import fs from 'node:fs';
import path from 'node:path';
import type { KeptBlocks } from '../../ingest/archive/header-blocks.ts';

/**
 * Blocks of the header index in a folder, a file each. A megabyte comes sooner from a file, into memory that is there
 * already, than as a value from SQLite. They tell themselves of which mail they are, so that one which a build left that
 * came to nothing does no harm.
 */
export class HeaderFiles implements KeptBlocks {
  readonly #folder: string;
  #memory = Buffer.alloc(0);

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The bytes of a block, which stand there until the next is asked for. */
  block(number: number): Uint8Array | undefined {
    const file = this.#file(number);
    const size = fs.statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) return undefined;
    if (size > this.#memory.length) this.#memory = Buffer.alloc(2 * size);
    const open = fs.openSync(file, 'r');
    try {
      return this.#memory.subarray(0, fs.readSync(open, this.#memory, 0, size, 0));
    } finally {
      fs.closeSync(open);
    }
  }

  keepBlock(number: number, content: Uint8Array): void {
    fs.mkdirSync(this.#folder, { recursive: true });
    const begun = `${this.#file(number)}.begun`;
    // After a power failure it must be whole or not there, as only its beginning is compared.
    fs.writeFileSync(begun, content, { mode: 0o600, flush: true });
    fs.renameSync(begun, this.#file(number));
  }

  forget(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  #file(number: number): string {
    return path.join(this.#folder, String(number));
  }
}
