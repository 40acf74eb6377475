import type { MessageId } from '../message-id.ts';
import type { Changelog } from './changelog.ts';
import { type Confidence, compareVersions, type Evidence, judge, type LinkKind } from './link.ts';
import { bySent, type Mailed, type PatchSet } from './patch-set.ts';
import { Predecessors } from './predecessors.ts';

/** That a patch set is an earlier one at a later time, and what says so. */
export interface VersionLink<M extends Mailed> {
  readonly to: PatchSet<M>;
  readonly kind: LinkKind;
  readonly confidence: Confidence;
  /** What speaks for it; empty where an editor alone says it. */
  readonly evidence: readonly Evidence[];
}

/** An editor's word on what a patch set is a later version of: a message of the earlier one, or of nothing. */
export interface SeriesEntry {
  readonly message: MessageId;
  readonly follows: MessageId | undefined;
}

/** An entry that changes nothing, by its place among all, and why: a part of a sentence. */
export interface IdleEntry {
  readonly index: number;
  readonly why: string;
}

/** What each set follows, where it follows any, and the entries that make no difference to it. */
export interface VersionLinks<M extends Mailed> {
  readonly links: ReadonlyMap<PatchSet<M>, VersionLink<M>>;
  readonly idle: readonly IdleEntry[];
}

/** What each set follows by the evidence for it, where it follows any. */
export type EvidentLinks<M extends Mailed> = ReadonlyMap<PatchSet<M>, VersionLink<M>>;

/** The links of `sorted`, sets by time, to those before them, by the evidence alone; of those from place `from` on. */
export function evidentLinks<M extends Mailed>(
  sorted: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
  from = 0,
): EvidentLinks<M> {
  const predecessors = new Predecessors(sorted);
  const links = new Map<PatchSet<M>, VersionLink<M>>();
  for (const [at, set] of sorted.entries()) {
    const changelog = changelogs.get(set.head.message.id);
    const link = at < from ? undefined : bestLink(set, predecessors.of(set, changelog));
    if (link) links.set(set, link);
    predecessors.add(set, changelog);
  }
  return links;
}

/**
 * The links of `sorted`, sets by time, to those before them. An editor's `entries` go before what is `evident`; one that
 * cannot be followed leaves it as it is.
 */
export function versionLinks<M extends Mailed>(
  sorted: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
  entries: readonly SeriesEntry[],
  evident: EvidentLinks<M>,
): VersionLinks<M> {
  if (entries.length === 0) return { links: evident, idle: [] };
  const predecessors = new Predecessors(sorted);
  const told = new Map<PatchSet<M>, number>();
  const why: (string | undefined)[] = entries.map(({ message }, index) => {
    const set = predecessors.setOf(message);
    if (!set) return notHeld(message);
    const other = told.get(set);
    if (other !== undefined) return `${message} is of one posting with ${entries[other]!.message}`;
    told.set(set, index);
    return undefined;
  });
  const links = new Map(evident);
  for (const set of sorted) {
    const changelog = changelogs.get(set.head.message.id);
    const index = told.get(set);
    if (index !== undefined) {
      const entry = entries[index]!;
      const to = entry.follows === undefined ? undefined : predecessors.setOf(entry.follows);
      why[index] = whyIdle(entry, set, to, evident.get(set));
      if (why[index] === undefined) {
        const evidence = to && (predecessors.of(set, changelog).get(to) ?? []);
        if (to) links.set(set, { to, kind: 'version', confidence: 'editor', evidence: evidence! });
        else links.delete(set);
      }
    }
    predecessors.add(set, changelog);
  }
  return {
    links,
    idle: why.flatMap((reason, index) => (reason === undefined ? [] : [{ index, why: reason }])),
  };
}

function whyIdle<M extends Mailed>(
  { message, follows }: SeriesEntry,
  set: PatchSet<M>,
  to: PatchSet<M> | undefined,
  evident: VersionLink<M> | undefined,
): string | undefined {
  if (follows === undefined) return evident ? undefined : `${message} follows nothing anyway`;
  if (!to) return notHeld(follows);
  if (to === set) return `${follows} belongs to the same posting`;
  if (bySent(to, set) > 0) return `${follows} was sent later`;
  const anyway = evident?.to === to && evident.confidence !== 'possible';
  return anyway ? `${message} follows ${follows} anyway` : undefined;
}

function notHeld(id: MessageId): string {
  return `the archive holds no patch or cover letter ${id}`;
}

const RANKS: readonly Confidence[] = ['editor', 'certain', 'probable', 'possible'];

/** The link that can be trusted most of those to `candidates`. */
function bestLink<M extends Mailed>(
  set: PatchSet<M>,
  candidates: ReadonlyMap<PatchSet<M>, readonly Evidence[]>,
): VersionLink<M> | undefined {
  const links: VersionLink<M>[] = [];
  for (const [to, evidence] of candidates) {
    const judgement = judge(set, to, evidence);
    if (judgement) links.push({ to, evidence, ...judgement });
  }
  return links.sort(byStrength(set))[0];
}

/**
 * Orders candidates for what `set` follows, the best first: by confidence; the next lower number, be it an RFC's; the
 * most evidence, the fullest set, the latest. Where the numbers began anew after an RFC, its own tell nothing: what
 * was meant in earnest goes before it.
 */
function byStrength<M extends Mailed>(set: PatchSet<M>): (a: VersionLink<M>, b: VersionLink<M>) => number {
  const below = set.mark.version[0] - 1;
  const number = ({ mark: { rfc, version } }: PatchSet<M>) =>
    rfc && !set.mark.rfc ? Math.min(version[0], below) : version[0];
  return (a, b) =>
    RANKS.indexOf(a.confidence) - RANKS.indexOf(b.confidence) ||
    number(b.to) - number(a.to) ||
    compareVersions(b.to, a.to) ||
    b.evidence.length - a.evidence.length ||
    b.to.all.length - a.to.all.length ||
    bySent(b.to, a.to);
}
