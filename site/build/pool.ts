import { once } from 'node:events';
import v8 from 'node:v8';
import { startThread } from '../../loader/thread.ts';
import type { Views } from '../views.ts';
import type { Renderer, ThreadJob } from './render.ts';
import type { WorkerAnswer, WorkerStart } from './worker.ts';

/**
 * V8's measure of how often code must run to be worth optimizing, by default 67,584: each worker optimizes for itself
 * and lives for a minute, and with the default a quarter of its time goes into that. Other versions ignore what they do
 * not know.
 */
const OPTIMIZE_LATER = '--interrupt-budget=1000000';

/**
 * Makes threads in so many `workers` at a time, each on a processor of its own. What is made does not depend on their
 * number. The current folder must be the program's, and stay: workers cannot change theirs.
 */
export function createPool(views: Views, workers: number, staging: string): Renderer {
  v8.setFlagsFromString(OPTIMIZE_LATER);
  const { site, frame, directory } = views;
  const { settings, archiveFile } = site.publication;
  const { site: about, privacy, commits, topics } = settings;
  const workerData: WorkerStart = {
    archiveFile,
    staging,
    settings: { site: about, privacy, commits, topics },
    frame,
    lookalikes: site.links.lookalikes,
    directory,
  };
  const all = Array.from({ length: workers }, () =>
    startThread(new URL('worker.ts', import.meta.url), { workerData }),
  );
  const idle = [...all];
  return {
    atOnce: workers,
    async render(jobs: readonly ThreadJob[]) {
      const worker = idle.pop()!;
      worker.postMessage(jobs);
      // Rejects where the worker fails as a whole.
      const [answer] = (await once(worker, 'message')) as [WorkerAnswer];
      idle.push(worker);
      if ('error' in answer) throw answer.error;
      return answer.made;
    },
    async close() {
      await Promise.all(all.map(worker => worker.terminate()));
    },
  };
}
