import { type Kind, whyOnlyIt, whyOnlyWe } from './agreement-kinds.ts';
import type { DistinctMail } from './distinct-mails.ts';
import { OURS, type Threader } from './threaders.ts';
import type { Threading } from './threading.ts';

/** That a mail names one id as an ancestor of another, or of itself. */
export interface Link {
  readonly mail: DistinctMail;
  readonly above: string;
  readonly below: string;
}

/** What a threader made of the mails, and what it found in them. */
export interface Side {
  readonly threader: Threader;
  readonly threading: Threading;
  /** The number of each message's thread. */
  readonly threadOf: readonly number[];
  /** The ids that it finds in each mail. */
  readonly named: ReadonlyMap<string, readonly string[]>;
  readonly links: readonly Link[];
}

/** A threader's side of a comparison. */
export async function sideOf(threader: Threader, mails: readonly DistinctMail[]): Promise<Side> {
  const threading = await threader.threading(mails);
  // What a threader has lost is in a thread of its own there, for a reason that nobody knows.
  const threadOf = mails.map((_, place) => -1 - place);
  for (const [number, places] of threading.threads.entries())
    for (const place of places) threadOf[place] = number;
  const named = new Map(mails.map(mail => [mail.facts.id as string, threader.named(mail)]));
  const links = mails.flatMap(mail =>
    named.get(mail.facts.id)!.map(above => ({ mail, above, below: belowOf(above, mail, threader) })),
  );
  return { threader, threading, threadOf, named, links };
}

/**
 * What a mail puts under one of the ids that it names. Where all of them belong together alike, that is what we put
 * there, since it comes to the same thread: then a link that we do not follow is one that something overrules.
 */
function belowOf(above: string, mail: DistinctMail, threader: Threader): string {
  const chain = (threader.chains ? threader : OURS).named(mail);
  const place = chain.lastIndexOf(above);
  return (place === -1 ? undefined : chain[place + 1]) ?? mail.facts.id;
}

/** Whether a side finds both ids of a link in the link's mail. */
export function reads(side: Side, { mail, above, below }: Link): boolean {
  return [above, below].every(id => isNamed(side, mail, id));
}

/** Why a link that `joined` follows is none to `apart`; undefined where that cannot be told. */
export function kindOf(link: Link, joined: Side, apart: Side): Kind | undefined {
  const { mail, above, below } = link;
  const unread = [above, below].find(id => !isNamed(apart, mail, id));
  if (unread === undefined) return whyOverruled(link, apart);
  return joined.threader === OURS
    ? whyOnlyWe(mail, unread, apart.threader.named(mail))
    : whyOnlyIt(mail, unread);
}

function isNamed(side: Side, mail: DistinctMail, id: string): boolean {
  return id === mail.facts.id || side.named.get(mail.facts.id)!.includes(id);
}

/** Why a side that finds a link in a mail does not follow it: something else is said of the lower id. */
function whyOverruled({ above, below }: Link, { named, links, threader }: Side): Kind | undefined {
  const parent = named.get(below)?.at(-1);
  if (parent === below) return 'own-answer';
  if (parent !== undefined) return parent === above ? undefined : 'own-parent';
  if (named.has(below) && threader.takesParents) return 'parent-taken';
  return links.some(link => link.below === below && link.above !== above) ? 'other-parent' : undefined;
}
