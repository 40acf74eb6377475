import { groupBy } from '../../mail/group-by.ts';
import { type Join, joins } from './agreement-joins.ts';
import { type Kind, whyOnlyIt, whyOnlyWe } from './agreement-kinds.ts';
import { kindOf, type Side, sideOf } from './agreement-sides.ts';
import type { DistinctMail } from './distinct-mails.ts';
import { OURS, type Threader } from './threaders.ts';

/** One way in which another threader's threads are not ours. */
export interface Difference extends Join {
  /** What it does: have in one thread what we have in two, the other way round, or give a message another parent. */
  readonly what: 'joins' | 'parts' | 'has another parent';
}

/** How far another threader has the same threads of the same mail as we. */
export interface Agreement {
  readonly threads: { readonly ours: number; readonly theirs: number };
  /** Of the pairs of messages that share a thread with us, how many do with it. */
  readonly precision: number;
  /** Of the pairs of messages that share a thread with it, how many do with us. */
  readonly recall: number;
  /** Of the messages, how many have the same parent, or none, with both; undefined where it tells of no parents. */
  readonly sameParents: number | undefined;
  /** How many messages it does not have in any thread. */
  readonly lost: number;
  readonly differences: readonly Difference[];
}

/** Compares our threads of `mails` with those of another threader, and tells why each difference is one. */
export async function agreementWith(threader: Threader, mails: readonly DistinctMail[]): Promise<Agreement> {
  const ours = await sideOf(OURS, mails);
  const theirs = await sideOf(threader, mails);
  const both = pairs(ours.threadOf.map((thread, place) => `${thread} ${theirs.threadOf[place]}`));
  const parents = otherParents(mails, ours, theirs);
  return {
    threads: { ours: ours.threading.threads.length, theirs: theirs.threading.threads.length },
    precision: share(both, pairs(ours.threadOf)),
    recall: share(both, pairs(theirs.threadOf)),
    sameParents: theirs.threading.parents && share(mails.length - parents.length, mails.length),
    lost: mails.length - theirs.threading.threads.flat().length,
    differences: [
      ...joins(mails, theirs, ours).map(join => ({ what: 'joins' as const, ...join })),
      ...joins(mails, ours, theirs).map(join => ({ what: 'parts' as const, ...join })),
      ...parents,
    ],
  };
}

/** How many pairs have the same label. */
function pairs(labels: readonly (string | number)[]): number {
  const groups = [...groupBy(labels, label => label).values()];
  return groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function otherParents(mails: readonly DistinctMail[], ours: Side, theirs: Side): readonly Difference[] {
  const { parents } = theirs.threading;
  if (!parents) return [];
  return mails.flatMap((mail, place) => {
    const [own, other] = [ours.threading.parents![place], parents[place]];
    if (own === other) return [];
    const above = own === undefined ? undefined : mails[own]!.facts.id;
    const kind = whyOtherParent(mail, above, ours, theirs);
    return [{ what: 'has another parent' as const, kind, ids: [mail.facts.id, above ?? ''] as const }];
  });
}

/** Why a message's parent, which is `above` with us, is another one with them; undefined where that cannot be told. */
function whyOtherParent(
  mail: DistinctMail,
  above: string | undefined,
  ours: Side,
  theirs: Side,
): Kind | undefined {
  const { id } = mail.facts;
  const [weRead, theyRead] = [ours, theirs].map(({ named }) => named.get(id)!);
  const [own, other] = [weRead!.at(-1), theyRead!.at(-1)];
  if (other === id) return 'own-answer';
  if (other !== undefined && !weRead!.includes(other)) return whyOnlyIt(mail, other);
  if (own !== undefined && !theyRead!.includes(own)) return whyOnlyWe(mail, own, theyRead!);
  const link = ours.links.find(one => one.below === id && one.above === above);
  return link && kindOf(link, ours, theirs);
}
