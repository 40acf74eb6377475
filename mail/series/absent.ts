import type { MailLink } from '../mail-link.ts';
import type { MessageId } from '../message-id.ts';
import type { Changelog } from './changelog.ts';
import type { Mailed, PatchSet } from './patch-set.ts';

/** A version that was not received. */
export interface AbsentVersion {
  readonly version: number;
  /** Where a later one names it. */
  readonly named: MailLink | undefined;
}

/** No honest series has more versions. */
const MAX_VERSION = 100;
/** More versions in a row than this were hardly all missed: a number such as v99 alone tells nothing of those before it. */
const MAX_GAP = 30;

/**
 * The numbers below the highest of `members` that no set bears, whether of theirs or, by `held`, of a series that they
 * may go on with. Of a long row without any, those alone that a changelog names.
 */
export function absentVersions<M extends Mailed>(
  members: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
  held: ReadonlySet<number>,
): readonly AbsentVersion[] {
  const highest = members.reduce((most, { mark }) => Math.max(most, mark.version[0]), 1);
  const named = namedVersions(members, changelogs);
  const absent: AbsentVersion[] = [];
  let gap: AbsentVersion[] = [];
  for (let version = 1; version <= Math.min(MAX_VERSION, highest); version++) {
    if (version < highest && !held.has(version)) gap.push({ version, named: named.get(version) });
    if (version === MAX_VERSION || version === highest || held.has(version)) {
      absent.push(...(gap.length > MAX_GAP ? gap.filter(one => one.named) : gap));
      gap = [];
    }
  }
  return absent;
}

/** The first link to a message that is not of `members`, by the version that its line names. */
function namedVersions<M extends Mailed>(
  members: readonly PatchSet<M>[],
  changelogs: ReadonlyMap<MessageId, Changelog>,
): ReadonlyMap<number, MailLink> {
  const received = new Set(members.flatMap(set => set.all.map(patch => patch.message.id)));
  const named = new Map<number, MailLink>();
  for (const { head } of members)
    for (const link of changelogs.get(head.message.id)?.earlier ?? []) {
      if (received.has(link.id)) continue;
      // A version in a link's own address says nothing of the line.
      for (const [, version] of link.line.replace(/https?:\S+/g, '').matchAll(/\bv(\d{1,3})\b/gi))
        if (!named.has(Number(version))) named.set(Number(version), link);
    }
  return named;
}
