import { createHash } from 'node:crypto';
import type { Memo } from '../mail/memo.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Changelog } from '../mail/series/changelog.ts';
import type { Evidence } from '../mail/series/link.ts';
import type { PatchSet } from '../mail/series/patch-set.ts';
import { answeredBy } from '../mail/series/predecessors.ts';
import { type EvidentLinks, evidentLinks, type VersionLink } from '../mail/series/version-links.ts';
import type { Message } from './merge.ts';

/** Sets whose links are remembered together. */
const RUN = 512;

/** Some of the sets of an archive, one after the other. */
interface Run {
  readonly start: number;
  /** Changes with anything that the links of these sets depend on: these and all before them. */
  readonly digest: string;
}

/** A link as a memo keeps it, the sets by their places. */
type KeptLink = readonly [
  set: number,
  to: number,
  kind: VersionLink<Message>['kind'],
  confidence: VersionLink<Message>['confidence'],
  evidence: readonly Evidence[],
];

/**
 * The links of `sorted`, sets by time, by the evidence for them. A set follows what came before it, so that those are
 * looked for anew which come behind the first that is new or has changed; the others `memo` knows, `run` of them at a time.
 */
export async function rememberedLinks(
  sorted: readonly PatchSet<Message>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
  memo: Memo,
  run = RUN,
): Promise<EvidentLinks<Message>> {
  const runs = runsOf(sorted, run);
  const kept = await memo.ofEach(
    runs,
    ({ digest }) => ['version links', digest],
    async unknown => {
      const links = evidentLinks(sorted, changelogs, unknown[0]!.start);
      const places = new Map(sorted.map((set, at) => [set, at]));
      return unknown.map(({ start }) =>
        sorted.slice(start, start + run).flatMap((set, at): readonly KeptLink[] => {
          const link = links.get(set);
          if (!link) return [];
          return [[start + at, places.get(link.to)!, link.kind, link.confidence, link.evidence]];
        }),
      );
    },
  );
  return new Map(
    kept
      .flat()
      .map(([set, to, kind, confidence, evidence]) => [
        sorted[set]!,
        { to: sorted[to]!, kind, confidence, evidence },
      ]),
  );
}

function runsOf(sorted: readonly PatchSet<Message>[], run: number): readonly Run[] {
  const setOf = new Map(sorted.flatMap(set => set.all.map(({ message }) => [message.id, set] as const)));
  const digest = createHash('sha256');
  const runs: Run[] = [];
  for (let start = 0; start < sorted.length; start += run) {
    const told = sorted.slice(start, start + run).map(set => toldOf(set, setOf));
    digest.update(JSON.stringify(told));
    runs.push({ start, digest: digest.copy().digest('base64url') });
  }
  return runs;
}

/** What a set is compared by: all that its mails say, which their hashes stand for, and what others make of it. */
function toldOf(
  set: PatchSet<Message>,
  setOf: ReadonlyMap<MessageId, PatchSet<Message>>,
): readonly unknown[] {
  const { all, mark, head } = set;
  // `v5.1` is a version or a kernel by what else there is; an editor's word or a mail that comes late moves a thread.
  const answered = answeredBy(set, id => setOf.get(id));
  return [
    all.map(({ message }) => message.hash),
    mark.version,
    head.author.key,
    head.author.name,
    answered?.head.message.id,
  ];
}
