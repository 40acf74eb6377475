import v8 from 'node:v8';
import vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { Archive } from '../../ingest/archive/archive.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import type { Frame } from '../../templates/frame.ts';
import type { Directory } from '../elsewhere.ts';
import { createMailViews, type MailSettings } from '../mail-views.ts';
import { permalinksBut } from '../permalinks.ts';
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
const views = createMailViews(settings, frame, permalinksBut(lookalikes), directory);
const renderer = createRenderer(Archive.open(archiveFile), views, new Staging(staging));

/** Memory in use above which all garbage is collected: V8 would rather let it grow. */
const COLLECT_ABOVE = 256 << 20;
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

parentPort!.on('message', async (jobs: readonly ThreadJob[]) => {
  let answer: WorkerAnswer;
  try {
    answer = { made: await renderer.render(jobs) };
  } catch (error) {
    answer = { fault: asFault(error) };
  }
  parentPort!.postMessage(answer);
  if (v8.getHeapStatistics().used_heap_size > COLLECT_ABOVE) collect();
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
