import fs from 'node:fs';
import { peak } from './contest.ts';
import { run, traffic } from './process.ts';
import { writeReplicas } from './replicas.ts';
import { megabytes, note, print, printTable, whole } from './report.ts';
import type { Workplace } from './workplace.ts';

/** How much mail to measure with. */
export interface Amounts {
  /** Sizes of mbox files to import, in MB. */
  readonly megabytes: readonly number[];
  /** Numbers of messages to build. */
  readonly messages: readonly number[];
}

/** Measures the peak memory of `traffic import` and of `traffic build` as the mail grows, one run each. */
export async function memory(workplace: Workplace, amounts: Amounts): Promise<void> {
  print('\nPeak memory');
  const file = workplace.at('memory.mbox');
  const imported: string[][] = [];
  for (const size of amounts.megabytes) {
    note(`importing ${size} MB`);
    await writeReplicas(file, { bytes: size * 1e6 });
    const folder = workplace.fresh('memory');
    await run(traffic(folder, 'init', '.'));
    const result = await run(traffic(folder, 'import', '--json', file));
    const { added } = JSON.parse(result.stdout) as { added: number };
    imported.push([`${size} MB`, whole(added), result.seconds.toFixed(1), peak([result])]);
  }
  printTable(['import of', 'messages', 's', 'peak MB'], imported);
  const built: string[][] = [];
  for (const messages of amounts.messages) {
    note(`building ${messages} messages`);
    await writeReplicas(file, { messages });
    const folder = workplace.fresh('memory');
    await run(traffic(folder, 'init', '.'));
    await run(traffic(folder, 'import', file));
    const result = await run(traffic(folder, '--quiet', 'build'));
    built.push([
      `${whole(messages)} messages`,
      megabytes(fs.statSync(file).size),
      result.seconds.toFixed(1),
      peak([result]),
    ]);
  }
  printTable(['build of', 'MB of mail', 's', 'peak MB'], built);
}
