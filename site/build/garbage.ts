import v8 from 'node:v8';
import vm from 'node:vm';

/** Memory in use that is never worth a look. */
const LEAST = 96 << 20;
/** So much may be used on top of what was left the last time. */
const ROOM = 64 << 20;

/**
 * Collects all garbage of this thread, whenever it is called and there is more in use than there was by `ROOM`: V8
 * would rather let memory grow, by as much again as is in use. At first there was what was in use `before`, in bytes.
 */
export function createCollector(before = 0): () => void {
  v8.setFlagsFromString('--expose-gc');
  let collect: (() => void) | undefined;
  let allowed = allowedAfter(before);
  return () => {
    if (heapUsed() <= allowed) return;
    collect ??= vm.runInNewContext('gc') as () => void;
    collect();
    allowed = allowedAfter(heapUsed());
  };
}

/** Bytes that objects take in this thread, garbage included. */
export function heapUsed(): number {
  return v8.getHeapStatistics().used_heap_size;
}

function allowedAfter(left: number): number {
  return Math.max(LEAST, left + ROOM);
}
