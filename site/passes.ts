import path from 'node:path';
import type { Archive } from '../ingest/archive/archive.ts';
import type { Memo } from '../mail/memo.ts';
import { readOptional } from '../publication/folder.ts';
import type { IssueFrontView } from '../templates/issue-front.ts';
import type { ListView } from '../templates/lists.ts';
import type { PeopleView } from '../templates/people.ts';
import type { SearchLinks } from '../templates/search.ts';
import type { SeriesListView } from '../templates/series-list.ts';
import { threadFeed, threadFeedPath } from './feeds.ts';
import { homeView } from './front.ts';
import type { Gists } from './gists.ts';
import { type MailViews, postPath } from './mail-views.ts';
import { renderMarkdown } from './markdown.ts';
import { messagePageView, type ReadThread } from './message-view.ts';
import type { Site } from './model.ts';
import { PageItem, Pass } from './pass.ts';
import { fixedPath, listPath, PEOPLE_LIST, SERIES_LIST } from './permalinks.ts';
import { threadPages } from './thread-view.ts';
import type { Views } from './views.ts';

const DEFAULT_ABOUT = `# About this site

This site shows the mail of a public mailing list, as it was sent. It is made by list-traffic
from an archive of the list; the address of every page is made from a Message-ID and does not change.
`;

/** The pages of a thread: its own, its messages' and its feed. */
export type MailPages = Pick<Pass, 'threads' | 'messages' | 'feeds'>;

/** The pages of a thread, given the views that they are made with. */
export function mailPages(views: MailViews, thread: ReadThread): MailPages {
  const { discussion, bodies } = thread;
  return {
    threads: threadPages(views, thread).map(({ path, view }) => new PageItem(path, view)),
    messages: discussion.posts.map(
      post => new PageItem(postPath(views, post), messagePageView(views, thread, post)),
    ),
    feeds: [new PageItem(threadFeedPath(views, discussion), threadFeed(views, discussion, bodies))],
  };
}

/** The pass that renders the pages of mailing lists, and the lists of series and of people, where there are any. */
export function listsPass(
  views: Views,
  lists: readonly ListView[],
  series: SeriesListView | undefined,
  people: PeopleView | undefined,
): Pass {
  const pass = new Pass(views.frame, views.dates);
  pass.lists = lists.map(list => new PageItem(listPath(list.name), list));
  if (series) pass.seriesList = [new PageItem(SERIES_LIST, series)];
  if (people) pass.peopleList = [new PageItem(PEOPLE_LIST, people)];
  return pass;
}

/** The pass that renders what is made from all threads: front pages, the search page. `front` is the latest issue's. */
export async function frontPass(
  views: Views,
  archive: Archive,
  search: Omit<SearchLinks, 'lists'>,
  gists: Gists,
  front: IssueFrontView | undefined,
  memo: Memo,
): Promise<Pass> {
  const { site } = views;
  const pass = new Pass(views.frame, views.dates);
  const notFound = fixedPath('/404.html');
  if (front) pass.front = [new PageItem(fixedPath('/'), front)];
  else pass.home = [new PageItem(fixedPath('/'), await homeView(views, archive, gists, memo))];
  pass.about = [new PageItem(fixedPath('/about/'), renderMarkdown(aboutText(site)))];
  const all = site.lists.map(name => ({ name, href: views.link(listPath(name)) }));
  pass.search = [new PageItem(fixedPath('/search/'), { ...search, lists: all })];
  pass.notFound = [new PageItem(notFound, { href: views.link(notFound), lists: all })];
  return pass;
}

function aboutText({ publication }: Site): string {
  return readOptional(path.join(publication.folder, 'about.md')) ?? DEFAULT_ABOUT;
}
