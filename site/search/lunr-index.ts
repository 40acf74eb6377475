import type { Clause } from './clauses.ts';
import { createRank, type Ranked } from './rank.ts';
import { FORMAT, type Root } from './root.ts';
import { createShardReader, type ReadFile, type ShardReader } from './shard-reader.ts';

/** An index whose files are read as queries need them. */
export interface LunrIndex extends ShardReader {
  readonly root: Root;
  /**
   * What one lunr index over all documents gives for a query of these clauses: the same documents, scores and order.
   * Only where files are missing (`missing`) it is that of the rest.
   */
  rank(clauses: readonly Clause[]): Promise<readonly Ranked[]>;
}

/** Results of so many queries are kept: who narrows them by a filter, or goes back, waits for no ranking. */
const REMEMBERED = 8;

/**
 * The index with this root.
 *
 * @throws Error where it was written in a form that this program does not know.
 */
export function openLunrIndex(root: Root, readFile: ReadFile): LunrIndex {
  if (root.format !== FORMAT) throw new Error(`the search index has format ${root.format}, not ${FORMAT}`);
  const reader = createShardReader(root, readFile);
  const rank = createRank(root);
  const recent = new Map<string, readonly Ranked[]>();
  return {
    ...reader,
    root,
    async rank(clauses) {
      const query = JSON.stringify(clauses);
      const known = recent.get(query);
      if (known) return known;
      const ranked = rank(clauses, await reader.terms(clauses));
      // What was ranked without a missing file is wrong when the file is there again.
      if (reader.missing().length > 0) return ranked;
      if (recent.size >= REMEMBERED) recent.delete(recent.keys().next().value!);
      recent.set(query, ranked);
      return ranked;
    },
  };
}
