// A program of its own: threads copies of the headers in a JSON file, and tells how long that took beside a bare
// union-find, or, with "memory", what it added to the memory. Needs --expose-gc.
import fs from 'node:fs';
import { GCProfiler } from 'node:v8';
import { Components } from '../mail/components.ts';
import { buildThreads, type Threadable } from '../mail/thread.ts';
import { copiedHeaders } from './header-copies.ts';

/** What the program tells of time. */
export interface ThreadTimes {
  readonly threads: number;
  /** Milliseconds of each run. */
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

/** What the program tells of memory, in bytes beside the headers. */
export interface ThreadMemory {
  /** How many ids there are, those of ghosts included. */
  readonly ids: number;
  /** The most that was in use while threads were made. */
  readonly peak: number;
  /** What the threads themselves take. */
  readonly kept: number;
}

const [file, count, runs] = process.argv.slice(2);
const templates = JSON.parse(fs.readFileSync(file!, 'utf8')) as readonly Threadable[];
const told = runs === 'memory' ? memory() : times(Number(runs));
process.stdout.write(`${JSON.stringify(told)}\n`);

function times(runs: number): ThreadTimes {
  const ours: number[] = [];
  const bare: number[] = [];
  let threads = 0;
  // The first round is for the compiler and is not counted.
  for (let round = 0; round <= runs; round++) {
    ours.push(
      timed(headers => {
        threads = buildThreads(headers).length;
      }),
    );
    bare.push(timed(join));
  }
  return { threads, ours: ours.slice(1), bare: bare.slice(1) };
}

/** How long `work` takes on headers that nobody has looked at: the engine keeps the hash of a string it has seen. */
function timed(work: (headers: readonly Threadable[]) => unknown): number {
  const headers = copiedHeaders(templates, Number(count));
  globalThis.gc!();
  const start = performance.now();
  work(headers);
  return performance.now() - start;
}

function join(headers: readonly Threadable[]): Components {
  const components = new Components();
  for (const { id, references } of headers) components.join(id, references);
  return components;
}

function memory(): ThreadMemory {
  const headers = copiedHeaders(templates, Number(count));
  const before = used();
  const profiler = new GCProfiler();
  profiler.start();
  const threads = buildThreads(headers);
  // Between two collections memory only grows, so the most that was in use was so before one of them, or is at the end.
  const collections = profiler.stop().statistics.map(({ beforeGC: { heapStatistics } }) => heapStatistics);
  const { heapUsed, external } = process.memoryUsage();
  const inUse = collections.map(({ usedHeapSize, externalMemory }) => usedHeapSize + externalMemory);
  const peak = Math.max(heapUsed + external, ...inUse) - before;
  const kept = used() - before;
  if (threads.length === 0) throw new Error('there are no threads');
  const ids = new Set(headers.flatMap(({ id, references }) => [id, ...references]));
  return { ids: ids.size, peak, kept };
}

/** What is in use, the bytes of typed arrays included. */
function used(): number {
  // Twice: what the first finds unreachable may still hold bytes outside of the heap.
  for (let round = 0; round < 2; round++) globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
