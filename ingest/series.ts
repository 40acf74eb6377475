import type { Block } from '../mail/body.ts';
import { type Memo, NO_MEMO } from '../mail/memo.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Changelog, changelog } from '../mail/series/changelog.ts';
import { isAnswerOnly, likelyAnswers, markedIn } from '../mail/series/patches.ts';
import { patchSets } from '../mail/series/postings.ts';
import { findSeries, type Series } from '../mail/series.ts';
import type { Archive } from './archive/archive.ts';
import { readBlocks } from './blocks.ts';
import type { Message } from './merge.ts';
import type { Reading } from './reading.ts';
import { rememberedLinks } from './version-links.ts';

/** The patch series of an archive, and what an editor should know of their entries in `threads.yaml`. */
export interface SeriesReading {
  /** By first version. */
  readonly series: readonly Series<Message>[];
  /** The entries that do nothing, one sentence each. */
  readonly remarks: readonly string[];
}

/**
 * The series in what was read, by the texts of their cover letters and first patches. No text is read of which `memo`
 * knows what it says.
 */
export async function readSeries(
  archive: Archive,
  reading: Reading,
  memo: Memo = NO_MEMO,
): Promise<SeriesReading> {
  const { threads, overrides } = reading;
  const answers = new Set<MessageId>();
  const marked = markedIn(threads);
  for (const message of likelyAnswers(marked)) {
    const find = async () => isAnswerOnly(await readBlocks(archive, message));
    if (await memo.of(['answer only', message.hash], find)) answers.add(message.id);
  }
  const sets = patchSets(marked, message => reading.authorOf(message), answers);
  const changelogs = new Map<MessageId, Changelog>();
  for (const { head, mark } of sets) {
    const { message } = head;
    const [version] = mark.version;
    const find = async () => changelog(wordsOf(await readBlocks(archive, message)), version);
    changelogs.set(message.id, await memo.of(['changelog', message.hash, String(version)], find));
  }
  const evident = await rememberedLinks(sets, changelogs, memo);
  const { series, idle } = findSeries(sets, changelogs, overrides.series, evident);
  return {
    series,
    remarks: idle.map(
      ({ index, why }) => `${overrides.placeOf('series', index)}: the series entry does nothing: ${why}`,
    ),
  };
}

/** What a person wrote of the patches, and what git and b4 wrote under it. */
function wordsOf(blocks: readonly Block[]): string {
  return blocks
    .filter(
      ({ kind }) => kind !== 'diff' && kind !== 'diffstat' && kind !== 'quote' && kind !== 'attribution',
    )
    .map(block => block.lines.join('\n'))
    .join('\n');
}
