import type { CorrectionsView } from '../templates/corrections.ts';
import type { Dates } from '../templates/dates.ts';
import type { FeedView } from '../templates/feed.ts';
import type { Frame } from '../templates/frame.ts';
import type { HomeView } from '../templates/home.ts';
import type { Html } from '../templates/html.ts';
import type { IssueView } from '../templates/issue.ts';
import type { IssueFrontView } from '../templates/issue-front.ts';
import type { IssuesView } from '../templates/issues.ts';
import type { ListView, MonthView } from '../templates/lists.ts';
import type { MessagePageView } from '../templates/message.ts';
import type { PeopleView, PersonView } from '../templates/people.ts';
import type { NotFoundView } from '../templates/plain-pages.ts';
import type { SearchLinks } from '../templates/search.ts';
import type { SeriesView } from '../templates/series.ts';
import type { SeriesListView } from '../templates/series-list.ts';
import type { StatsView } from '../templates/stats.ts';
import type { ThreadView } from '../templates/thread.ts';
import type { TopicsView, TopicView } from '../templates/topics.ts';
import { outputFile, type SitePath } from './permalinks.ts';

/** A page to be written: its file in the output folder and what its template shows. */
export class PageItem<View> {
  readonly path: SitePath;
  readonly file: string;
  readonly view: View;

  // A class, because Eleventy copies plain objects into the data of every page.
  constructor(path: SitePath, view: View) {
    this.path = path;
    this.file = outputFile(path);
    this.view = view;
  }
}

/** A page whose view is made only where what it is made from has changed. */
export interface OfferedPage<View> {
  readonly path: SitePath;
  /** Changes with everything that `view` shows, but for what all pages show. */
  readonly from: string;
  readonly view: () => View | Promise<View>;
}

/** What Eleventy renders in one pass: a part of the site that fits in memory. Page types are arrays, empty where a pass has none. */
export class Pass {
  readonly frame: Frame;
  readonly dates: Dates;
  home: readonly PageItem<HomeView>[] = [];
  front: readonly PageItem<IssueFrontView>[] = [];
  issues: readonly PageItem<IssueView>[] = [];
  issueList: readonly PageItem<IssuesView>[] = [];
  lists: readonly PageItem<ListView>[] = [];
  months: readonly PageItem<MonthView>[] = [];
  threads: readonly PageItem<ThreadView>[] = [];
  messages: readonly PageItem<MessagePageView>[] = [];
  feeds: readonly PageItem<FeedView>[] = [];
  series: readonly PageItem<SeriesView>[] = [];
  seriesList: readonly PageItem<SeriesListView>[] = [];
  people: readonly PageItem<PersonView>[] = [];
  peopleList: readonly PageItem<PeopleView>[] = [];
  topics: readonly PageItem<TopicView>[] = [];
  topicList: readonly PageItem<TopicsView>[] = [];
  corrections: readonly PageItem<CorrectionsView>[] = [];
  stats: readonly PageItem<StatsView>[] = [];
  about: readonly PageItem<Html>[] = [];
  search: readonly PageItem<SearchLinks>[] = [];
  notFound: readonly PageItem<NotFoundView>[] = [];

  constructor(frame: Frame, dates: Dates) {
    this.frame = frame;
    this.dates = dates;
  }
}

/** The data of a page template: the pass, and the item that pagination chose. */
export interface PageData<View> {
  readonly pass: Pass;
  readonly item: PageItem<View>;
}

/** The data that makes Eleventy call a template for every item of one of the pass's arrays. */
export function pagesOf(type: Exclude<keyof Pass, 'frame' | 'dates'>): object {
  return {
    pagination: { data: `pass.${type}`, size: 1, alias: 'item', addAllPagesToCollections: false },
    eleventyExcludeFromCollections: true,
    permalink: ({ item }: PageData<unknown>) => item.file,
  };
}
