import { BLOCK_ROWS, blockIn, blockOf, type KeptBlocks, NO_BLOCKS } from './header-blocks.ts';
import { HeaderReader } from './header-reader.ts';
import type { HeaderRow } from './header-row.ts';
import type { ArchivedMessage } from './records.ts';
import type { Sqlite } from './sqlite.ts';

/** Every message of the header index, in no order; blocks of it that were kept are not read again, and others are kept. */
export function readHeaders(db: Sqlite, blocks: KeptBlocks): ArchivedMessage[] {
  const reader = new HeaderReader(sightingLists(db));
  const { last } = db.get<{ last: number | null }>`SELECT max(rowid) AS last FROM header`!;
  for (let number = 0; number * BLOCK_ROWS <= (last ?? -1); number++) {
    const [from, to] = [number * BLOCK_ROWS, (number + 1) * BLOCK_ROWS];
    // More may come to the last one.
    const isFull = to <= last!;
    const content = isFull ? blocks.block(number) : undefined;
    const block = content && blockIn(content, hashesOf(db, from, to));
    if (block) {
      reader.addBlock(block);
      continue;
    }
    const rows = db.all<HeaderRow>`SELECT * FROM header WHERE rowid >= ${from} AND rowid < ${to} ORDER BY rowid`;
    for (const row of rows) reader.addRow(row);
    if (isFull && blocks !== NO_BLOCKS) blocks.keepBlock(number, blockOf(rows));
  }
  return reader.messages;
}

/** Asked for in pieces: the driver takes several times as long for a text of 128 KB and more. */
const ROWS_AT_ONCE = 1024;

function hashesOf(db: Sqlite, from: number, to: number): string {
  let all = '';
  for (let start = from; start < to; start += ROWS_AT_ONCE) {
    const { hashes } = db.get<{ hashes: string | null }>`SELECT group_concat(hash, '') AS hashes
      FROM (SELECT hash FROM header WHERE rowid >= ${start} AND rowid < ${start + ROWS_AT_ONCE} ORDER BY rowid)`!;
    all += hashes ?? '';
  }
  return all;
}

/** What sources said of the lists of messages, as JSON; asked of the archive where something asks for it. */
function sightingLists(db: Sqlite): (hash: string) => string | undefined {
  let known: ReadonlyMap<string, string> | undefined;
  return hash => {
    known ??= new Map(
      db.all<{ hash: string; lists: string }>`SELECT hash, json_group_array(DISTINCT list) AS lists
        FROM sighting WHERE list <> '' GROUP BY hash`.map(({ hash, lists }) => [hash, lists]),
    );
    return known.get(hash);
  };
}
