import { Worker, type WorkerOptions } from 'node:worker_threads';
import { moduleOf } from './program.js';

/** A thread that runs a TypeScript file of the program. */
export function startThread(file: URL, options: WorkerOptions = {}): Worker {
  const module = moduleOf(file);
  const before = new URL(module === file.href ? 'typescript.js' : 'runtime.js', import.meta.url);
  return new Worker(new URL(module), { ...options, execArgv: ['--import', before.href] });
}
