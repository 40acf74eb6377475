import type { Result } from '../contest.ts';
import { ownProgram, type Run, run } from '../process.ts';
import { PAGEFIND } from '../search/sites.ts';
import type { Workplace } from '../workplace.ts';

/** All words of the mail are in the memory of the program that has them indexed. */
const HEAP = '--max-old-space-size=12000';

/** What one index took: without the reading of the mail, which both are spared. */
interface Told {
  readonly seconds: number;
  readonly bytes: number;
  readonly files: number;
}

/** Our search index beside Pagefind's, of the same words of a publication's mail, from words in memory to files. */
export async function searchBuilds(workplace: Workplace, publication: string): Promise<readonly Result[]> {
  const env = { NODE_OPTIONS: HEAP, TMPDIR: workplace.folder };
  const { stdout } = await run({ ...ownProgram('contestants/own-search.ts', publication), env });
  const { messages, ours, pagefind } = JSON.parse(stdout) as Record<'ours' | 'pagefind', Told> & {
    readonly messages: number;
  };
  const result = (name: string, { seconds, bytes, files }: Told): Result => ({
    name,
    runs: [{ seconds, usage: undefined, stdout: '' } satisfies Run],
    made: { messages, files, bytes },
  });
  return [result('search index alone', ours), result(PAGEFIND, pagefind)];
}
