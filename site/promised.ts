import type { PublishedPage } from '../ingest/archive/records.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Discussion, Site } from './model.ts';
import type { Contributor } from './people.ts';
import type { SitePath } from './permalinks.ts';

// A page that was published once must lead somewhere for ever.

/** What a site promises, beside what it has promised before. */
export interface Promised {
  /** The pages that must not die and were not published before. */
  readonly fresh: readonly PublishedPage[];
  /** The pages that were published and where nothing lies now, by path: the ids they were made from. */
  readonly left: ReadonlyMap<string, MessageId>;
}

/** What has ever been published. */
export interface PublishedPages {
  /** All pages, or those whose path begins with `under`. */
  published(under?: string): Iterable<PublishedPage>;
  /** The id that a page was made from; undefined of a path on which none was published. */
  publishedAs(path: string): MessageId | undefined;
}

/** What changed since a build that knew everything that was ever published. */
export interface SinceLastBuild {
  /** The threads that changed. */
  readonly changed: readonly Discussion[];
  /** The paths of what lay there for threads that changed or are no more, and of what had been published and lay there no more. */
  readonly former: Iterable<string>;
}

/** What no thread's page lies under. */
const OTHERS = ['/series/', '/people/'] as const;

/**
 * What is new and what is gone since pages were published; `people` are those who have a page. Where it is known what
 * changed `since` the last build, other threads are not looked at: they promise what they promised, and no page of
 * theirs lies where one of another thread did.
 */
export function comparePromised(
  site: Site,
  people: readonly Contributor[],
  pages: PublishedPages,
  since: SinceLastBuild | undefined,
): Promised {
  const left = new Map<string, MessageId>();
  const fresh: PublishedPage[] = [];
  const leave = (published: Iterable<PublishedPage>) => {
    for (const { path, id } of published) left.set(path, id);
  };
  if (since) {
    for (const under of OTHERS) leave(pages.published(under));
    for (const path of since.former) {
      const id = OTHERS.some(under => path.startsWith(under)) ? undefined : pages.publishedAs(path);
      if (id !== undefined) left.set(path, id);
    }
  } else leave(pages.published());
  const discussions = since?.changed ?? site.discussions;
  const isKnown = (path: string) => left.delete(path) || (since && pages.publishedAs(path) !== undefined);
  for (const page of promisedPages(site, discussions, people)) if (!isKnown(page.path)) fresh.push(page);
  for (const path of besidePromised(site, discussions, people)) left.delete(path);
  return { fresh, left };
}

/**
 * The pages of a site that must not die: every message and thread of `discussions`, under each list it is on, every
 * series, and those `people` who have a page and wrote.
 */
function* promisedPages(
  { links, series }: Site,
  discussions: readonly Discussion[],
  people: readonly Contributor[],
): Generator<PublishedPage> {
  for (const { root, lists, posts } of discussions) {
    for (const list of lists) yield { path: links.thread(list, root), id: root };
    for (const { message } of posts) {
      for (const list of message.lists) yield { path: links.message(list, message.id), id: message.id };
    }
  }
  for (const { path, series: one } of series.told) yield { path, id: one.versions[0]!.set.head.message.id };
  for (const { path, written } of people) if (written) yield { path, id: written.firstMessage };
}

/** The paths on which people lie who wrote nothing, or a redirect that belongs to a thread or series. */
function* besidePromised(
  { links, series }: Site,
  discussions: readonly Discussion[],
  people: readonly Contributor[],
): Generator<SitePath> {
  for (const { path } of people) yield path;
  for (const { root, lists, rootIsGhost } of discussions)
    if (rootIsGhost) for (const list of lists) yield links.message(list, root);
  for (const { otherPaths } of series.told) yield* otherPaths;
}
