import path from 'node:path';
import type { Archive } from '../ingest/archive/archive.ts';
import { readOptional } from '../publication/folder.ts';
import type { IssueFrontView } from '../templates/issue-front.ts';
import type { SearchLinks } from '../templates/search.ts';
import type { ThreadView } from '../templates/thread.ts';
import { threadVersions } from './biography.ts';
import { type Body, readBodies } from './bodies.ts';
import { briefView, type Told } from './briefs.ts';
import { doubtsOf } from './doubts.ts';
import { newestThreads, THREADS_FEED, threadFeed, threadFeedPath, threadsFeed } from './feeds.ts';
import { homeView, listViews } from './front.ts';
import { type Gists, gistOf } from './gists.ts';
import { renderMarkdown } from './markdown.ts';
import type { Discussion, Site } from './model.ts';
import { PageItem, Pass } from './pass.ts';
import { pagesOfQuoted } from './people-pages.ts';
import { fixedPath, listPath, monthPath } from './permalinks.ts';
import { threadPages } from './thread-view.ts';
import { isMasked, messagePageView, postPath, type Views } from './views.ts';

const DEFAULT_ABOUT = `# About this site

This site shows the mail of a public mailing list, as it was sent. It is made by list-traffic
from an archive of the list; the address of every page is made from a Message-ID and does not change.
`;

/** The pass that renders some threads: their pages, their messages' pages, their feeds. */
export function mailPass(
  views: Views,
  discussions: readonly Discussion[],
  bodies: ReadonlyMap<Discussion['root'], Body>,
  told: ReadonlyMap<Discussion['root'], Told>,
): Pass {
  const { site } = views;
  const pass = new Pass(views.frame, views.dates);
  const pageOf = new Map(discussions.map(one => [one, pagesOfQuoted(views, told.get(one.root)!)]));
  pass.threads = discussions.flatMap(one =>
    threadPages(views, one, bodies, besideOf(views, one, told.get(one.root)!), pageOf.get(one)!).map(
      ({ path, view }) => new PageItem(path, view),
    ),
  );
  pass.messages = discussions.flatMap(one =>
    one.posts.map(
      post => new PageItem(postPath(site, post), messagePageView(views, one, post, bodies, pageOf.get(one)!)),
    ),
  );
  pass.feeds = discussions.map(
    one => new PageItem(threadFeedPath(views, one), threadFeed(views, one, bodies)),
  );
  return pass;
}

/** What a thread's page tells of the thread as a whole. */
function besideOf(
  views: Views,
  discussion: Discussion,
  told: Told,
): Pick<ThreadView, 'status' | 'brief' | 'series' | 'doubts'> {
  return {
    series: threadVersions(views, discussion),
    doubts: doubtsOf(views, discussion),
    status: gistOf(told).status,
    brief: briefView(views, told),
  };
}

/** The pass that renders what is made from all threads: front pages, lists, months, the search page. `front` is the latest issue's. */
export async function frontPass(
  views: Views,
  archive: Archive,
  search: SearchLinks,
  gists: Gists,
  front: IssueFrontView | undefined,
): Promise<Pass> {
  const { site } = views;
  const pass = new Pass(views.frame, views.dates);
  const lists = site.lists.map(list => listViews(views, list, gists));
  const fed = newestThreads(site.discussions);
  const fedBodies = await readBodies(
    archive,
    fed.map(one => one.posts[0]!.message),
    isMasked(views),
  );
  const notFound = fixedPath('/404.html');
  if (front) pass.front = [new PageItem(fixedPath('/'), front)];
  else pass.home = [new PageItem(fixedPath('/'), await homeView(views, archive, gists))];
  pass.lists = lists.map(({ list }) => new PageItem(listPath(list.name), list));
  pass.months = lists.flatMap(({ months }) =>
    months.map(month => new PageItem(monthPath(month.list, month.month), month)),
  );
  pass.feeds = [new PageItem(THREADS_FEED, threadsFeed(views, fed, fedBodies))];
  pass.about = [new PageItem(fixedPath('/about/'), renderMarkdown(aboutText(site)))];
  pass.search = [new PageItem(fixedPath('/search/'), search)];
  pass.notFound = [new PageItem(notFound, { href: views.link(notFound) })];
  return pass;
}

function aboutText({ publication }: Site): string {
  return readOptional(path.join(publication.folder, 'about.md')) ?? DEFAULT_ABOUT;
}
