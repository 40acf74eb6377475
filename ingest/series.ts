import type { Block } from '../mail/body.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Changelog, changelog } from '../mail/series/changelog.ts';
import { type PatchSet, patchSets } from '../mail/series/patch-set.ts';
import { findSeries, type Series, type SeriesEntry } from '../mail/series.ts';
import type { ThreadsYaml } from '../publication/threads-yaml.ts';
import type { Archive } from './archive/archive.ts';
import { readBlocks } from './blocks.ts';
import type { Message } from './merge.ts';
import type { Reading } from './reading.ts';

/** The patch series of an archive, and what an editor should know of their entries in `threads.yaml`. */
export interface SeriesReading {
  /** By first version. */
  readonly series: readonly Series<Message>[];
  /** The entries that do nothing, one sentence each. */
  readonly remarks: readonly string[];
}

/** The series in what was read, by the texts of their cover letters and first patches. */
export async function readSeries(archive: Archive, reading: Reading): Promise<SeriesReading> {
  const sets = patchSets(reading.threads, message => reading.authorOf(message));
  const changelogs = new Map<MessageId, Changelog>();
  for (const { head, mark } of sets) {
    const text = wordsOf(await readBlocks(archive, head.message));
    changelogs.set(head.message.id, changelog(text, mark.version[0]));
  }
  const entries = reading.overrides.series;
  return {
    series: findSeries(sets, changelogs, entries),
    remarks: entries.length === 0 ? [] : idleEntries(reading.overrides, sets, findSeries(sets, changelogs)),
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

/** The entries that would change nothing in the series that evidence alone gives. */
function idleEntries(
  { series: entries, placeOf }: ThreadsYaml,
  sets: readonly PatchSet<Message>[],
  series: readonly Series<Message>[],
): readonly string[] {
  const setOf = new Map<MessageId, PatchSet<Message>>();
  for (const set of sets) for (const { message } of set.all) setOf.set(message.id, set);
  const followed = new Map(
    series.flatMap(({ versions }) => versions.map(({ set, link }) => [set, link?.to] as const)),
  );
  return entries.flatMap((entry, index) => {
    const why = whyIdle(entry, setOf, followed);
    return why === undefined ? [] : [`${placeOf('series', index)}: the series entry does nothing: ${why}`];
  });
}

function whyIdle(
  { message, follows }: SeriesEntry,
  setOf: ReadonlyMap<MessageId, PatchSet<Message>>,
  followed: ReadonlyMap<PatchSet<Message>, PatchSet<Message> | undefined>,
): string | undefined {
  const set = setOf.get(message);
  if (!set) return `the archive holds no patch or cover letter ${message}`;
  if (follows === undefined) return followed.get(set) ? undefined : `${message} follows nothing anyway`;
  const to = setOf.get(follows);
  if (!to) return `the archive holds no patch or cover letter ${follows}`;
  if (to === set) return `${follows} belongs to the same posting`;
  if (to.first > set.first) return `${follows} was sent later`;
  return followed.get(set) === to ? `${message} follows ${follows} anyway` : undefined;
}
