import type { Contestant } from '../contest.ts';
import { treeOf } from '../file-tree.ts';
import type { Mail } from '../mail.ts';
import { ownProgram, run, secondsTold } from '../process.ts';
import type { Workplace } from '../workplace.ts';

/** All mail of an mbox by the bare mailparser, one after the other: no more than parsing. */
export function bareParsing(mail: Mail): Contestant {
  let parsed = 0;
  return {
    name: 'floor: mailparser alone',
    prepare() {},
    async run(limit) {
      const result = await run(ownProgram('contestants/own-parsing.ts', mail.file), limit);
      parsed = (JSON.parse(result.stdout) as { messages: number }).messages;
      return secondsTold(result);
    },
    made: () => ({ messages: parsed }),
  };
}

/** The files of a built site, the same bytes under the same names, by a plain loop: no more than writing. */
export function bareWriting(workplace: Workplace, site: string): Contestant {
  const folder = workplace.at('written');
  return {
    name: 'floor: the same files written',
    prepare() {
      workplace.fresh('written');
    },
    run: async limit => secondsTold(await run(ownProgram('contestants/own-writing.ts', site, folder), limit)),
    made: () => treeOf(folder).totals(),
  };
}
