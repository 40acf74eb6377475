import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { distinctMails } from '../test/support/distinct-mails.ts';
import type { ThreadMemory, ThreadTimes } from './own-threads.ts';
import { run } from './process.ts';
import { counted, note, print, printTable, whole } from './report.ts';
import { compare, median } from './statistics.ts';
import type { Workplace } from './workplace.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** For a million headers, each with strings of its own; the default is too small on some machines. */
const HEAP = '--max-old-space-size=12000';

/** Measures `buildThreads` beside a bare union-find over the same ids, on copies of the headers of the mail at `place`. */
export async function threadRate(
  workplace: Workplace,
  place: string,
  sizes: readonly number[],
  runs: number,
): Promise<void> {
  const headers = (await distinctMails(place)).map(({ facts: { id, references, received } }) => ({
    id,
    references,
    received,
  }));
  const file = workplace.at('headers.json');
  fs.writeFileSync(file, JSON.stringify(headers));
  print(
    `\nThreads, from copies of the headers of ${counted(headers.length, 'message')} of ${path.basename(place)}`,
  );
  const measured: Measured[] = [];
  for (const messages of sizes) {
    note(`threading ${counted(messages, 'header')}`);
    const child = async (what: string) => {
      const program = ['--import', 'tsx', path.join(HERE, 'own-threads.ts')];
      const args = ['--expose-gc', HEAP, ...program, file, String(messages), what];
      const { stdout } = await run({ program: process.execPath, args, folder: path.join(HERE, '..') });
      return JSON.parse(stdout) as unknown;
    };
    const times = (await child(String(runs))) as ThreadTimes;
    measured.push({ messages, ...times, ...((await child('memory')) as ThreadMemory) });
  }
  printMeasured(measured);
}

interface Measured extends ThreadTimes, ThreadMemory {
  readonly messages: number;
}

function printMeasured(measured: readonly Measured[]): void {
  printTable(
    ['messages', 'ids', 'threads', 'ours, ms', 'union-find, ms', 'ratio', 'pairs', 'peak, B', 'kept, B'],
    measured.map(({ messages, ids, threads, ours, bare, peak, kept }) => {
      const { ofMedians, pairwise } = compare(ours, bare);
      return [
        whole(messages),
        whole(ids),
        whole(threads),
        whole(median(ours)),
        whole(median(bare)),
        ofMedians.toFixed(2),
        `${pairwise.min.toFixed(2)} to ${pairwise.max.toFixed(2)}`,
        whole(peak / messages),
        whole(kept / messages),
      ];
    }),
  );
  const [small, ...larger] = measured;
  for (const large of larger) {
    const times = (key: 'ours' | 'bare') => (median(large[key]) / median(small![key])).toFixed(1);
    print(
      `${whole(large.messages)} to ${whole(small!.messages)} messages: ours ${times('ours')} times as long, the union-find ${times('bare')} times.`,
    );
  }
}
