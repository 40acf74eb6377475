import type { Doubt } from '../mail/doubts/doubt.ts';
import { findDoubts } from '../mail/doubts.ts';
import { type Memo, NO_MEMO } from '../mail/memo.ts';
import type { Archive } from './archive/archive.ts';
import { readBlocks } from './blocks.ts';
import type { Message } from './merge.ts';
import type { Reading } from './reading.ts';

/** What may be wrong with the threads of an archive, and what an editor should know of what they settled. */
export interface DoubtsReading {
  /** By (received time, id), without those that `threads.yaml` settles. */
  readonly doubts: readonly Doubt<Message>[];
  /** The `keep` entries that do nothing, one sentence each. */
  readonly remarks: readonly string[];
}

/**
 * The doubts about what was read, by the words of the messages that are doubted and of those that they may answer.
 * No text is read for a doubt that `memo` knows of.
 */
export async function readDoubts(
  archive: Archive,
  reading: Reading,
  memo: Memo = NO_MEMO,
): Promise<DoubtsReading> {
  const { join, split, keep, placeOf } = reading.overrides;
  const placed = new Set([...join, ...split].map(({ message }) => message));
  const found = await findDoubts(reading, message => readBlocks(archive, message), placed, memo);
  const doubted = new Set(found.map(({ message }) => message.id));
  const kept = new Set(keep.map(({ message }) => message));
  return {
    doubts: found.filter(({ message }) => !kept.has(message.id)),
    remarks: keep.flatMap(({ message }, index) => {
      if (doubted.has(message)) return [];
      const why =
        reading.placeOf(message) !== undefined
          ? `there is no doubt about ${message}`
          : `the archive does not hold ${message}`;
      return [`${placeOf('keep', index)}: the keep entry does nothing: ${why}`];
    }),
  };
}
