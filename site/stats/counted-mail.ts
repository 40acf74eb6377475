import type { Archive } from '../../ingest/archive/archive.ts';
import type { SweptHeader } from '../../ingest/archive/records.ts';
import { listNamesOf } from '../../ingest/merge.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { type Person, personOf } from '../../mail/people.ts';
import { parseSubject } from '../../mail/subject.ts';
import type { Span } from '../../publication/calendar.ts';
import { readPeople } from '../../publication/people-mailmap.ts';
import type { Source } from '../../publication/sources.ts';
import { type Post, type Site, shownPerson } from '../model.ts';

/** A message as statistics count it, kept or not. */
export interface CountedPost {
  /** Seconds since 1970 UTC. */
  readonly time: number;
  readonly person: Person;
  /** The subject without what stands before it: the thread's, where it is held. */
  readonly title: string;
  /** Undefined where the archive does not hold it. */
  readonly message: MessageId | undefined;
  /** Its size, line ends folded where it is held: the same from whatever source. */
  bytes(): number;
}

/** The mail of some times. */
export interface CountedMail {
  /** The posts from `from` to before `to`, by time. */
  within(span: Span): readonly CountedPost[];
}

/**
 * The mail that statistics of `spans` count: that of the archive and, where only the threads of topics are pulled,
 * that of which nothing but the header was read.
 */
export function countedMail(archive: Archive, site: Site, spans: readonly Span[]): CountedMail {
  const swept = sweptPosts(archive, site, spans);
  const held = (post: Post): CountedPost => ({
    time: post.message.received,
    person: post.author,
    title: site.discussions[post.thread]!.subject.title,
    message: post.message.id,
    bytes: () => archive.text(post.message.hash).byteLength,
  });
  return {
    within(span) {
      const own = between(site.messages, ({ received }) => received, span);
      const posts = own.map(({ id }) => held(site.postOf.get(id)!));
      return [...posts, ...between(swept, ({ time }) => time, span)].sort((a, b) => a.time - b.time);
    },
  };
}

/** The items of a span among those that stand by time. */
function between<T>(items: readonly T[], timeOf: (item: T) => number, { from, to }: Span): readonly T[] {
  const start = lowerBound(items, timeOf, from);
  return items.slice(start, Math.max(start, lowerBound(items, timeOf, to)));
}

/** The place of the first item that is not before `time`. */
function lowerBound<T>(items: readonly T[], timeOf: (item: T) => number, time: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(items[middle]!) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The messages of sweeps that are not held, by time, each once however many lists it was on. */
function sweptPosts(archive: Archive, site: Site, spans: readonly Span[]): readonly CountedPost[] {
  if (spans.length === 0) return [];
  const { publication, postOf } = site;
  const { settings, folder } = publication;
  const [from, to] = [
    spans.reduce((least, span) => Math.min(least, span.from), Number.POSITIVE_INFINITY),
    spans.reduce((most, span) => Math.max(most, span.to), 0),
  ];
  const mailmap = readPeople(folder);
  const masked = settings.privacy.addresses === 'mask';
  const seen = new Set<string>();
  const posts: CountedPost[] = [];
  for (const source of settings.sources.filter(({ topics }) => topics.length > 0))
    for (const sweep of archive.sweeps.ofSource(source.name))
      for (const header of archive.sweeps.headers(sweep)) {
        const { id, sent, size } = header;
        if (sent === undefined || sent < from || sent >= to) continue;
        if (id !== '' && (postOf.has(id) || seen.has(id))) continue;
        if (!isOfSite(header, source, site)) continue;
        seen.add(id);
        posts.push({
          time: sent,
          person: shownPerson(personOf(header.from, mailmap), masked),
          title: parseSubject(header.subject).title,
          message: undefined,
          bytes: () => size,
        });
      }
  return posts.sort((a, b) => a.time - b.time);
}

/** Whether a message was on a list of the site's: a mailbox may hold letters too, which are nobody's business. */
function isOfSite({ listIds }: SweptHeader, { list }: Source, site: Site): boolean {
  if (listIds.length === 0 && list === undefined) return false;
  const names = listNamesOf(listIds, list === undefined ? [] : [list], site.publication.settings.lists);
  return names.some(name => site.lists.includes(name));
}
