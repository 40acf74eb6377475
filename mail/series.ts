import type { MailLink } from './mail-link.ts';
import type { MessageId } from './message-id.ts';
import type { Changelog } from './series/changelog.ts';
import {
  type Confidence,
  compareVersions,
  type Evidence,
  isPart,
  type Judgement,
  judge,
  type LinkKind,
} from './series/link.ts';
import { bySent, type Mailed, type PatchSet } from './series/patch-set.ts';
import { Predecessors } from './series/predecessors.ts';

/** That a patch set is an earlier one at a later time, and what says so. */
export interface VersionLink<M extends Mailed> {
  readonly to: PatchSet<M>;
  readonly kind: LinkKind;
  readonly confidence: Confidence;
  /** What speaks for it; empty where an editor alone says it. */
  readonly evidence: readonly Evidence[];
}

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

/** A version that was not received. */
export interface AbsentVersion {
  readonly version: number;
  /** Where a later one names it. */
  readonly named: MailLink | undefined;
}

/** An editor's word on what a patch set is a later version of: a message of the earlier one, or of nothing. */
export interface SeriesEntry {
  readonly message: MessageId;
  readonly follows: MessageId | undefined;
}

/**
 * The series that `sets` are versions of, by their first version. `changelogs` has what the heads' texts say, by
 * id of the head; a set without one is linked by its subject and place alone. A weak link is kept beside, never
 * followed; an editor's `entries` go before all evidence.
 */
export function findSeries<M extends Mailed>(
  sets: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
  entries: readonly SeriesEntry[] = [],
): readonly Series<M>[] {
  const sorted = sets.toSorted(bySent);
  const links = linksOf(sorted, changelogs, entries);
  const seriesOf = new Map<PatchSet<M>, PatchSet<M>[]>();
  for (const set of sorted) {
    const link = links.get(set);
    const series = link && link.confidence !== 'possible' ? seriesOf.get(link.to)! : [];
    series.push(set);
    seriesOf.set(set, series);
  }
  return [...new Set(seriesOf.values())].map(members => ({
    versions: members.map((set, index) => ({
      set,
      ...stateOf(set, members.slice(index + 1, index + 1 + MAX_VERSION)),
      link: index === 0 ? undefined : links.get(set),
      changelog: changelogs.get(set.head.message.id),
    })),
    possible: links.get(members[0]!),
    absent: absentVersions(members, changelogs),
  }));
}

/** What each set follows, where it follows any. */
function linksOf<M extends Mailed>(
  sorted: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
  entries: readonly SeriesEntry[],
): ReadonlyMap<PatchSet<M>, VersionLink<M>> {
  const predecessors = new Predecessors(sorted);
  const told = new Map(entries.map(({ message, follows }) => [predecessors.setOf(message), follows]));
  const links = new Map<PatchSet<M>, VersionLink<M>>();
  for (const set of sorted) {
    const candidates = predecessors.of(set, changelogs.get(set.head.message.id));
    const named = told.get(set);
    const to = named === undefined ? undefined : predecessors.setOf(named);
    if (to && bySent(to, set) < 0)
      links.set(set, { to, kind: 'version', confidence: 'editor', evidence: candidates.get(to) ?? [] });
    else if (!told.has(set)) {
      const link = bestLink(set, candidates);
      if (link) links.set(set, link);
    }
    predecessors.add(set, changelogs.get(set.head.message.id));
  }
  return links;
}

const RANKS: readonly Confidence[] = ['editor', 'certain', 'probable', 'possible'];

/** The link that can be trusted most; of several, that to the highest version, the fullest set, the latest. */
function bestLink<M extends Mailed>(
  set: PatchSet<M>,
  candidates: ReadonlyMap<PatchSet<M>, readonly Evidence[]>,
): VersionLink<M> | undefined {
  const links: (Judgement & VersionLink<M>)[] = [];
  for (const [to, evidence] of candidates) {
    const judgement = judge(set, to, evidence);
    if (judgement) links.push({ to, evidence, ...judgement });
  }
  return links.sort(
    (a, b) =>
      RANKS.indexOf(a.confidence) - RANKS.indexOf(b.confidence) ||
      compareVersions(b.to, a.to) ||
      b.to.all.length - a.to.all.length ||
      bySent(b.to, a.to),
  )[0];
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

/** The numbers below the highest that no set bears. */
function absentVersions<M extends Mailed>(
  members: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
): readonly AbsentVersion[] {
  const present = new Set(members.map(({ mark }) => mark.version[0]));
  const received = new Set(members.flatMap(set => set.all.map(patch => patch.message.id)));
  const links = members.flatMap(set => changelogs.get(set.head.message.id)?.earlier ?? []);
  const absent: AbsentVersion[] = [];
  // An odd number such as v2018 must not name two thousand versions.
  for (let version = 1; version < Math.min(MAX_VERSION, Math.max(...present)); version++) {
    if (present.has(version)) continue;
    const label = new RegExp(`\\bv${version}\\b`, 'i');
    const named = links.find(
      link => !received.has(link.id) && label.test(link.line.replace(/https?:\S+/g, '')),
    );
    absent.push({ version, named });
  }
  return absent;
}

/** No honest series has more versions; a program that sends the same for ever must not be compared with all it sent. */
const MAX_VERSION = 100;
