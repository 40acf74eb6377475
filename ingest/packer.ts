import os from 'node:os';
import { startThread } from '../loader/thread.ts';
import type { HeaderFacts } from '../mail/message.ts';
import { type Packed, packAll } from './archive/packed.ts';

/** What goes to a thread: messages one behind the other, and where each ends. */
export interface PackJob {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
}

/** What comes back: the packed bytes one behind the other, and what else there is of each message. */
export interface PackResult {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
  readonly others: readonly {
    readonly size: number;
    readonly lineEnds: Packed['lineEnds'];
    readonly facts: HeaderFacts;
  }[];
}

/** Packs messages. What it gives does not depend on the number of its threads. */
export interface Packer {
  pack(fresh: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, Packed>>;
  /** Ends its threads, and whatever they are at. */
  close(): Promise<void>;
}

/** More threads than these the one that reads and stores could not keep busy. */
const MOST_THREADS = 2;
/** Less than this is packed before a thread has started. */
const WORTH_A_THREAD = 1 << 20;
/** What a thread has to do at most: what it is at, and what it goes on with. */
export const JOBS = 2;
/** Mail is short-lived; the heap that Node would give a thread for it is larger than all that is packed at a time. */
const YOUNG_MEGABYTES = 4;

/** The number of threads that suits this machine, beside the one that reads and stores. */
export function packingThreads(): number {
  return Math.min(os.availableParallelism() - 1, MOST_THREADS);
}

/**
 * What packs in so many threads, which are started when there is enough to do. What they are too busy for is packed in
 * this one.
 */
export function createPacker(threads: number): Packer {
  const started: PackThread[] = [];
  const idlest = () => started.reduce((best, one) => (one.jobs() < best.jobs() ? one : best));
  return {
    async pack(fresh) {
      const bytes = [...fresh.values()].reduce((sum, raw) => sum + raw.byteLength, 0);
      if (started.length < threads && bytes >= WORTH_A_THREAD) started.push(startPackThread());
      if (started.length === 0 || idlest().jobs() >= JOBS) return packAll(fresh);
      const packed = await idlest().pack(joined([...fresh.values()], bytes));
      return new Map([...fresh.keys()].map((hash, at) => [hash, packed[at]!]));
    },
    async close() {
      await Promise.all(started.map(thread => thread.close()));
    },
  };
}

interface PackThread {
  /** How much it has to do. */
  jobs(): number;
  pack(job: PackJob): Promise<readonly Packed[]>;
  close(): Promise<unknown>;
}

function startPackThread(): PackThread {
  const worker = startThread(new URL('pack-thread.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const waiting: { resolve(packed: readonly Packed[]): void; reject(error: unknown): void }[] = [];
  worker.on('message', (result: PackResult) => waiting.shift()!.resolve(partsOf(result)));
  let dead: unknown;
  const die = (error: unknown) => {
    dead ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on('error', die);
  worker.on('exit', code => die(new Error(`a thread that packs ended with ${code}`)));
  return {
    jobs: () => waiting.length,
    pack: job =>
      new Promise((resolve, reject) => {
        if (dead !== undefined) return reject(dead);
        waiting.push({ resolve, reject });
        worker.postMessage(job, [job.bytes.buffer]);
      }),
    close: () => worker.terminate(),
  };
}

function partsOf({ bytes, ends, others }: PackResult): readonly Packed[] {
  return others.map((other, at) => ({ ...other, bytes: bytes.subarray(ends[at - 1] ?? 0, ends[at]) }));
}

/** Pieces one behind the other, `size` bytes in all, in memory that can be handed to another thread. */
export function joined(pieces: readonly Uint8Array[], size: number): PackJob {
  const bytes = new Uint8Array(size);
  let end = 0;
  const ends = pieces.map(piece => {
    bytes.set(piece, end);
    end += piece.byteLength;
    return end;
  });
  return { bytes, ends };
}
