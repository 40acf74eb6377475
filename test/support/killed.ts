import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Archive } from '../../ingest/archive/archive.ts';
import { verify } from '../../ingest/verify.ts';

const CHILD = fileURLToPath(new URL('ingest-child.ts', import.meta.url));

/**
 * Runs the child with these words again and again, killed each time at a moment that `seed` chooses, and at
 * last to its end. After every kill the archive in `file` must be whole and hold no less than before. Gives
 * how many runs were killed before they ended.
 */
export async function runKilled(
  file: string,
  words: readonly string[],
  kills: number,
  seed: number,
): Promise<number> {
  let killed = 0;
  let state = seed;
  let held = 0;
  for (let turn = 0; turn <= kills; turn++) {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, file, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    // The first dot tells that work begins, each further one that a batch is stored.
    state = (state * 48271) % 2147483647;
    const [dots, milliseconds] = [1 + (state % 4), (state >> 8) % 60];
    const worked = dotsSeen(child.stdout, turn < kills ? dots : Number.POSITIVE_INFINITY);
    await Promise.race([worked, ended]);
    if (turn < kills) {
      await sleep(milliseconds);
      child.kill('SIGKILL');
    }
    const [code, signal] = await ended;
    if (signal === 'SIGKILL') killed++;
    else assert.equal(code, 0);
    const archive = Archive.open(file);
    assert.deepEqual([...verify(archive)], []);
    const { messages } = archive.counts();
    archive.close();
    assert.ok(messages >= held, `${messages} after ${held}`);
    held = messages;
  }
  return killed;
}

/** Waits for the child to have printed so many dots, and goes on reading. */
function dotsSeen(output: Readable, count: number): Promise<void> {
  let seen = 0;
  return new Promise(resolve => {
    output.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen >= count) resolve();
    });
  });
}
