import type { MessageId } from './message-id.ts';
import { type AbsentVersion, absentVersions } from './series/absent.ts';
import type { Changelog } from './series/changelog.ts';
import { compareVersions, isPart } from './series/link.ts';
import type { Mailed, PatchSet } from './series/patch-set.ts';
import {
  type EvidentLinks,
  evidentLinks,
  type IdleEntry,
  type SeriesEntry,
  type VersionLink,
  versionLinks,
} from './series/version-links.ts';

/** What became of a version. */
export type VersionState = 'last' | 'superseded' | 'partly superseded' | 'sent again';

/** One version of a series. */
export interface Version<M extends Mailed> {
  readonly set: PatchSet<M>;
  readonly state: VersionState;
  /** The version that the state tells of; undefined for the last. */
  readonly by: PatchSet<M> | undefined;
  /** What makes it a version of this series; undefined for the first. */
  readonly link: VersionLink<M> | undefined;
  readonly changelog: Changelog | undefined;
}

/** One piece of work in all its versions, though each may be a thread of its own. */
export interface Series<M extends Mailed> {
  /** By (received time of the first message, id of the head); never empty. */
  readonly versions: readonly Version<M>[];
  /** Links from its first version that are too weak to count: it may go on with another series. */
  readonly possible: VersionLink<M> | undefined;
  /** Versions that numbers or changelogs tell of and that were not received. */
  readonly absent: readonly AbsentVersion[];
}

/** The series of an archive, by their first version, and the editor's entries that changed nothing. */
export interface SeriesFound<M extends Mailed> {
  readonly series: readonly Series<M>[];
  readonly idle: readonly IdleEntry[];
}

/**
 * The series that `sorted`, sets by `bySent`, are versions of, by their first version. `changelogs` has what the heads'
 * texts say, by id of the head; a set without one is linked by its subject and place alone. A weak link is kept beside,
 * never followed; an editor's `entries` go before what is `evident`.
 */
export function findSeries<M extends Mailed>(
  sorted: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
  entries: readonly SeriesEntry[] = [],
  evident: EvidentLinks<M> = evidentLinks(sorted, changelogs),
): SeriesFound<M> {
  const { links, idle } = versionLinks(sorted, changelogs, entries, evident);
  const seriesOf = new Map<PatchSet<M>, PatchSet<M>[]>();
  for (const set of sorted) {
    const link = links.get(set);
    const series = link && link.confidence !== 'possible' ? seriesOf.get(link.to)! : [];
    series.push(set);
    seriesOf.set(set, series);
  }
  const held = new Map<readonly PatchSet<M>[], ReadonlySet<number>>();
  const series = [...new Set(seriesOf.values())].map((members): Series<M> => {
    const possible = links.get(members[0]!);
    // What it may go on with began before it, so that its numbers are known.
    const before = possible ? held.get(seriesOf.get(possible.to)!)! : [];
    held.set(members, new Set([...before, ...members.map(({ mark }) => mark.version[0])]));
    return {
      versions: members.map((set, index) => ({
        set,
        ...stateOf(set, members.slice(index + 1, index + 1 + MAX_COMPARED)),
        link: index === 0 ? undefined : links.get(set),
        changelog: changelogs.get(set.head.message.id),
      })),
      possible,
      absent: absentVersions(members, changelogs, held.get(members)!),
    };
  });
  return { series, idle };
}

function stateOf<M extends Mailed>(
  set: PatchSet<M>,
  later: readonly PatchSet<M>[],
): Pick<Version<M>, 'state' | 'by'> {
  const newer = later.filter(other => compareVersions(other, set) !== 0);
  const whole = newer.find(other => !isPart(other, set));
  if (whole) return { state: 'superseded', by: whole };
  if (newer[0]) return { state: 'partly superseded', by: newer[0] };
  return later[0] ? { state: 'sent again', by: later[0] } : { state: 'last', by: undefined };
}

/** No honest series has more versions; a program that sends the same for ever must not be compared with all it sent. */
const MAX_COMPARED = 100;
