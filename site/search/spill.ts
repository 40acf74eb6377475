import fs from 'node:fs';
import path from 'node:path';
import { ByteReader, ByteWriter } from './bytes.ts';

/** How something is kept in a file. */
export interface Codec<T> {
  write(writer: ByteWriter, item: T): void;
  read(reader: ByteReader): T;
}

/** What is read of a run at a time. */
const BLOCK_BYTES = 65_536;

/**
 * Sorts more than memory should hold: runs that are sorted already go to files of `folder`, and are merged as they are
 * read, so that of each no more than a block is in memory.
 */
export class Spill<T> {
  readonly #folder: string;
  readonly #codec: Codec<T>;
  readonly #files: string[] = [];

  constructor(folder: string, codec: Codec<T>) {
    this.#folder = folder;
    this.#codec = codec;
  }

  /** Adds a run: items in order. */
  add(sorted: Iterable<T>): void {
    fs.mkdirSync(this.#folder, { recursive: true });
    const file = path.join(this.#folder, `${this.#files.length}.run`);
    this.#files.push(file);
    const descriptor = fs.openSync(file, 'w', 0o600);
    try {
      let block = new ByteWriter();
      const flush = () => {
        const head = new Uint8Array(4);
        new DataView(head.buffer).setUint32(0, block.length);
        fs.writeSync(descriptor, head);
        fs.writeSync(descriptor, block.bytes());
        block = new ByteWriter();
      };
      for (const item of sorted) {
        this.#codec.write(block, item);
        if (block.length >= BLOCK_BYTES) flush();
      }
      if (block.length > 0) flush();
    } finally {
      fs.closeSync(descriptor);
    }
  }

  /** All items of the runs and of `last`, one more run that is in memory, by their texts; those of one text together, in the order of the runs. */
  *merged(last: Iterable<T>, textOf: (item: T) => string): Generator<readonly T[]> {
    const runs = [...this.#files.map(file => this.#read(file)), last[Symbol.iterator]()];
    const heads = runs.map(run => run.next());
    for (;;) {
      let least: string | undefined;
      for (const { done, value } of heads)
        if (!done && (least === undefined || textOf(value) < least)) least = textOf(value);
      if (least === undefined) return;
      const same: T[] = [];
      for (const [at, run] of runs.entries()) {
        const head = heads[at]!;
        if (head.done || textOf(head.value) !== least) continue;
        same.push(head.value);
        heads[at] = run.next();
      }
      yield same;
    }
  }

  *#read(file: string): Generator<T, undefined> {
    const descriptor = fs.openSync(file, 'r');
    try {
      const head = new Uint8Array(4);
      while (fs.readSync(descriptor, head) === head.length) {
        const block = new Uint8Array(new DataView(head.buffer).getUint32(0));
        fs.readSync(descriptor, block);
        const reader = new ByteReader(block);
        while (!reader.done) yield this.#codec.read(reader);
      }
    } finally {
      fs.closeSync(descriptor);
    }
  }

  /** Removes the files. */
  remove(): void {
    for (const file of this.#files) fs.rmSync(file, { force: true });
    this.#files.length = 0;
  }
}
