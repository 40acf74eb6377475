import { citation } from '../citations.ts';
import type { LaterVersion } from '../thread.ts';
import { titleWords, versionWords } from './opening.ts';
import type { Telling } from './telling.ts';
import { dayOf } from './wording.ts';

/** That the patches were posted again later, as what and by whom; empty where that is not known. */
export function successor(telling: Telling): string {
  const { hearing, cast } = telling;
  const later = hearing.thread.supersededBy;
  if (!later) return '';
  const first = hearing.said[0]!.message;
  const day = dayOf(later.received, first.received);
  const { what, how } = asWhat(telling, later);
  return later.sameAuthor
    ? `On ${day}, ${cast.name(first.author)} posted ${what}${how}.`
    : `On ${day}, ${what} was posted${how}.`;
}

/** What was posted, and how it is called where that is news; one of the two links to it. */
function asWhat(
  { brief, hearing }: Telling,
  { label, title, message }: LaterVersion,
): { readonly what: string; readonly how: string } {
  const link = (words: string) => citation(words, message);
  const name = title === hearing.said[0]!.message.subject.title ? undefined : link(titleWords(title));
  const isRfc = (version: string) => version.startsWith('RFC');
  if (isRfc(brief.series?.version ?? '') && !isRfc(label))
    return { what: 'it', how: name ? ` as patches, ${name}` : ` ${link('as patches')}` };
  if (FIRST.test(label)) return { what: 'it', how: name ? ` anew as ${name}` : ` ${link('anew')}` };
  const version = versionWords(label);
  return name ? { what: version, how: ` as ${name}` } : { what: link(version), how: '' };
}

/** A first version has no number worth telling. */
const FIRST = /^(?:v1|RFC(?: v1)?)(?:,|$)/;
