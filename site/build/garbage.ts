import v8 from 'node:v8';
import vm from 'node:vm';

/** Memory in use that is never worth a look. */
const LEAST = 96 << 20;
/** So much may be used on top of what was left the last time. */
const ROOM = 64 << 20;

/**
 * Collects all garbage of this thread, whenever it is called and there is more in use than there was by `ROOM`: V8
 * would rather let memory grow, by as much again as is in use.
 */
export function createCollector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  let collect: (() => void) | undefined;
  const used = () => v8.getHeapStatistics().used_heap_size;
  let allowed = LEAST;
  return () => {
    if (used() <= allowed) return;
    collect ??= vm.runInNewContext('gc') as () => void;
    collect();
    allowed = Math.max(LEAST, used() + ROOM);
  };
}
