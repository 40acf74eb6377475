import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant } from '../contest.ts';
import { treeOf } from '../file-tree.ts';
import type { Mail } from '../mail.ts';
import { run } from '../process.ts';
import type { Workplace } from '../workplace.ts';

const UTF8 = path.join(path.dirname(fileURLToPath(import.meta.url)), 'utf-8.mrc');

/** `mhonarc` from an mbox into an empty folder. */
export function mhonarc(workplace: Workplace, mail: Mail): Contestant {
  const folder = workplace.at('mhonarc');
  // Threads by References alone: by subject as well, copies of one list would fall together.
  const args = ['-quiet', '-nosubjectthreads', '-rcfile', UTF8, '-outdir', folder, mail.file];
  return {
    name: 'mhonarc',
    prepare() {
      workplace.fresh('mhonarc');
    },
    run: limit => run({ program: 'mhonarc', args, folder: workplace.folder }, limit),
    made() {
      const tree = treeOf(folder);
      return { messages: tree.count(/^msg\d+\.html$/), ...tree.totals() };
    },
  };
}
