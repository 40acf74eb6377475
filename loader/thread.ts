import { Worker, type WorkerOptions } from 'node:worker_threads';

const REGISTER = new URL('register.js', import.meta.url).href;

/** A thread that runs a TypeScript file. */
export function startThread(file: URL, options: WorkerOptions = {}): Worker {
  return new Worker(file, { ...options, execArgv: ['--import', REGISTER] });
}
