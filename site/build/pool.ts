import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../loader/thread.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { mailSettings } from '../mail-views.ts';
import type { Views } from '../views.ts';
import type { Renderer } from './render.ts';
import type { WorkerAnswer, WorkerFault, WorkerStart } from './worker.ts';

/**
 * Makes threads in so many `workers` at a time, each on a processor of its own. What is made does not depend on their
 * number. The current folder must be the program's, and stay: workers cannot change theirs.
 */
export function createPool(views: Views, workers: number, staging: string): Renderer {
  const { site, frame, directory } = views;
  const { settings, archiveFile } = site.publication;
  const workerData: WorkerStart = {
    archiveFile,
    staging,
    settings: mailSettings(settings),
    frame,
    lookalikes: site.links.lookalikes,
    directory,
  };
  const file = new URL('worker.ts', import.meta.url);
  const all = Array.from({ length: workers }, () => employed(startThread(file, { workerData })));
  const idle = [...all];
  return {
    atOnce: workers,
    async render(jobs) {
      const one = idle.pop()!;
      one.worker.postMessage(jobs);
      const [answer] = (await Promise.race([once(one.worker, 'message'), one.death])) as [WorkerAnswer];
      idle.push(one);
      if ('fault' in answer) throw asError(answer.fault);
      return answer.made;
    },
    async close() {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}

/** A worker, and what rejects when it ends before its time: whoever waits for an answer would wait for ever. */
function employed(worker: Worker): { readonly worker: Worker; readonly death: Promise<never> } {
  const death = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`a worker thread ended with ${code}`)));
  });
  // Nobody waits for one that has nothing to do.
  death.catch(() => {});
  return { worker, death };
}

/** Errors lose their class and what is beside their message on the way between threads. */
function asError({ message, stack, code, isOperators }: WorkerFault): Error {
  if (isOperators) return new OperatorError(message);
  return Object.assign(new Error(message), { stack, ...(code === undefined ? {} : { code }) });
}
