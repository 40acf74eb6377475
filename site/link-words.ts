import type { Message } from '../ingest/merge.ts';
import type { Evidence } from '../mail/series/link.ts';
import { isSamePerson, type PatchSet } from '../mail/series/patch-set.ts';
import type { VersionLink } from '../mail/series/version-links.ts';

/** Why one patch set is taken for a later version of another, in words for a reader: `same author and title`. */
export function linkWords(link: VersionLink<Message>, set: PatchSet<Message>): string {
  const kinds = new Set(link.evidence.map(({ kind }) => kind));
  const author = isSamePerson(set.head.author, link.to.head.author) ? 'same author' : '';
  const title = kinds.has('title') ? 'same title' : '';
  const found = link.evidence.map(one => WORDS[one.kind]?.(one) ?? '');
  const words = [author, title, ...found].filter(word => word !== '');
  return link.confidence === 'editor' ? ['the editor says so', ...words].join(', ') : words.join(', ');
}

const WORDS: Partial<Record<Evidence['kind'], (evidence: Evidence) => string>> = {
  'change-id': () => 'same change-id',
  cited: () => 'it links to the earlier one',
  was: () => 'it says what it was called before',
  similar: ({ shared }) => `${shared!.count} of ${shared!.of} words of the titles are the same`,
  reply: () => 'sent in reply to it',
  patches: ({ shared }) => `${shared!.count} of ${shared!.of} patches with the same titles`,
};
