import type { Worker } from 'node:worker_threads';
import { startThread } from '../../loader/thread.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { directoryOf } from '../elsewhere.ts';
import { mailSettings } from '../mail-views.ts';
import type { Views } from '../views.ts';
import type { Renderer, ThreadJob } from './render.ts';
import type { WorkerAnswer, WorkerFault, WorkerStart } from './worker.ts';

/**
 * Makes threads in so many `workers` at a time, each on a processor of its own. What is made does not depend on their
 * number. The current folder must be the program's, and stay: workers cannot change theirs.
 */
export function createPool(views: Views, workers: number, staging: string): Renderer {
  const { site, frame } = views;
  const { settings, archiveFile } = site.publication;
  const workerData: WorkerStart = {
    archiveFile,
    staging,
    settings: mailSettings(settings),
    frame,
    lookalikes: site.links.lookalikes,
    directory: directoryOf(site),
  };
  const file = new URL('worker.ts', import.meta.url);
  const all = Array.from({ length: workers }, () => employed(startThread(file, { workerData })));
  const idle = [...all];
  return {
    atOnce: workers,
    async render(jobs) {
      const one = idle.pop()!;
      const answer = await one.answerTo(jobs);
      idle.push(one);
      if ('fault' in answer) throw asError(answer.fault);
      return answer.made;
    },
    async close() {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}

/** A worker, and what asks it: one thing at a time. */
interface Employed {
  readonly worker: Worker;
  /** Rejects where the worker ends before its time: whoever waits for an answer would wait for ever. */
  answerTo(jobs: readonly ThreadJob[]): Promise<WorkerAnswer>;
}

function employed(worker: Worker): Employed {
  let death: Error | undefined;
  // A race of each answer with one long promise of death would hold all answers in memory until that is settled.
  let waiting: { answered(answer: WorkerAnswer): void; failed(error: Error): void } | undefined;
  const die = (error: Error) => {
    death ??= error;
    waiting?.failed(death);
  };
  worker.on('message', (answer: WorkerAnswer) => waiting?.answered(answer));
  worker.once('error', die);
  worker.once('exit', code => die(new Error(`a worker thread ended with ${code}`)));
  return {
    worker,
    answerTo: jobs =>
      new Promise((answered, failed) => {
        if (death) return failed(death);
        waiting = { answered, failed };
        worker.postMessage(jobs);
      }),
  };
}

/** Errors lose their class and what is beside their message on the way between threads. */
function asError({ message, stack, code, isOperators }: WorkerFault): Error {
  if (isOperators) return new OperatorError(message);
  return Object.assign(new Error(message), { stack, ...(code === undefined ? {} : { code }) });
}
