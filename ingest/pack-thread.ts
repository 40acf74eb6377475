import { parentPort } from 'node:worker_threads';
import { pack } from './archive/packed.ts';
import { joined, type PackJob, type PackResult } from './packer.ts';

// The thread that `packer.ts` starts: packs what it is sent, one job after the other.
parentPort!.on('message', ({ bytes, ends }: PackJob) => {
  const packed = ends.map((end, at) => pack(bytes.subarray(ends[at - 1] ?? 0, end)));
  const size = packed.reduce((sum, one) => sum + one.bytes.byteLength, 0);
  const result: PackResult = {
    ...joined(
      packed.map(one => one.bytes),
      size,
    ),
    others: packed.map(({ size, lineEnds, facts }) => ({ size, lineEnds, facts })),
  };
  parentPort!.postMessage(result, [result.bytes.buffer]);
});
