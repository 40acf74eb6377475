import { parentPort, workerData } from 'node:worker_threads';
import { Archive } from '../../ingest/archive/archive.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import type { Frame } from '../../templates/frame.ts';
import { type Directory, inDirectory } from '../elsewhere.ts';
import { createMailViews, type MailSettings } from '../mail-views.ts';
import { permalinksBut } from '../permalinks.ts';
import { createCollector } from './garbage.ts';
import { createRenderer, type RenderedThread, type ThreadJob } from './render.ts';
import { Staging } from './staging.ts';
import { systemFault } from './system-fault.ts';

/** What a worker is begun with. */
export interface WorkerStart {
  readonly archiveFile: string;
  readonly staging: string;
  readonly settings: MailSettings;
  readonly frame: Frame;
  readonly lookalikes: ReadonlySet<MessageId>;
  readonly directory: Directory;
}

/** What a worker gives back for each list of jobs that it was sent. */
export type WorkerAnswer = { readonly made: readonly RenderedThread[] } | { readonly fault: WorkerFault };

/** An error, as plain data. */
export interface WorkerFault {
  readonly message: string;
  readonly stack: string | undefined;
  /** The system's, such as `ENOSPC`. */
  readonly code: string | undefined;
  readonly isOperators: boolean;
}

const { archiveFile, staging, settings, frame, lookalikes, directory } = workerData as WorkerStart;
const views = createMailViews(settings, frame, permalinksBut(lookalikes), inDirectory(directory));
const renderer = createRenderer(Archive.open(archiveFile), views, new Staging(staging));
const collectGarbage = createCollector();

parentPort!.on('message', async (jobs: readonly ThreadJob[]) => {
  let answer: WorkerAnswer;
  try {
    answer = { made: await renderer.render(jobs) };
  } catch (error) {
    answer = { fault: asFault(error) };
  }
  parentPort!.postMessage(answer);
  collectGarbage();
});

function asFault(error: unknown): WorkerFault {
  const fault = error instanceof Error ? error : new Error(String(error));
  return {
    message: fault.message,
    stack: fault.stack,
    code: systemFault(fault)?.code,
    isOperators: fault instanceof OperatorError,
  };
}
