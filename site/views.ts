import type { Frame } from '../templates/frame.ts';
import { some, type ThreadRow } from '../templates/lists.ts';
import type { Assets } from './assets.ts';
import { onSite } from './elsewhere.ts';
import { type ThreadGist, wholeSentences } from './gists.ts';
import { type CheckedIssues, NO_ISSUES } from './issues/checked.ts';
import { type QuotedIn, quotedIn, type ToldIn, toldIn } from './issues/quoted-in.ts';
import { createMailViews, discussionPath, type MailViews } from './mail-views.ts';
import type { Mentions } from './mentions.ts';
import type { Discussion, Site } from './model.ts';
import { indexPeople, type PeopleIndex } from './people.ts';
import {
  CORRECTIONS,
  fixedPath,
  href,
  ISSUES,
  ISSUES_ATOM,
  ISSUES_JSON,
  listPath,
  PEOPLE_LIST,
  SERIES_LIST,
  type SitePath,
  STATISTICS,
  TOPICS,
} from './permalinks.ts';
import { indexTopics, type TopicIndex } from './topics.ts';

/** What turns the site's data into what templates show. */
export interface Views extends MailViews {
  readonly site: Site;
  readonly people: PeopleIndex;
  readonly issues: CheckedIssues;
  /** The topics of their sections. */
  readonly topics: TopicIndex;
  /** Where messages are quoted or cited in issues. */
  readonly quotedIn: QuotedIn;
  /** Where messages are linked to from other messages. */
  readonly mentions: Mentions;
  /** Where threads are told in issues. */
  readonly toldIn: ToldIn;
}

/**
 * More lists than this would push the search off a phone's screen; the front page names them all. By name, as every page
 * would change each time one list has overtaken another.
 */
const LISTS = 4;

/** The views of a site. `assets` are the links of the stylesheet and scripts. */
export function createViews(
  site: Site,
  assets: Pick<Assets, 'css' | 'icon' | 'reading'>,
  issues: CheckedIssues = NO_ISSUES,
  mentions: Mentions = new Map(),
): Views {
  const { settings } = site.publication;
  const { title, strap, language, url, prefix } = settings.site;
  const link = (path: SitePath, fragment?: string) => href(prefix, path, fragment);
  const people = indexPeople(site, issues);
  const topics = indexTopics(issues);
  const frame: Frame = {
    siteTitle: title,
    strap:
      strap ||
      (site.lists.length === 0
        ? 'A mailing list, readable'
        : `A reading of ${some(site.lists.toSorted(), 3)}`),
    language,
    siteUrl: url ?? '',
    css: assets.css,
    icon: assets.icon,
    reading: assets.reading,
    home: link(fixedPath('/')),
    search: link(fixedPath('/search/')),
    about: link(fixedPath('/about/')),
    issues: issues.issues.length > 0 ? link(ISSUES) : undefined,
    topics: topics.all.length > 0 ? link(TOPICS) : undefined,
    corrections: issues.issues.length > 0 ? link(CORRECTIONS) : undefined,
    statistics: link(STATISTICS),
    issueFeeds: issues.issues.length > 0 ? { atom: link(ISSUES_ATOM), json: link(ISSUES_JSON) } : undefined,
    series: site.series.told.length > 0 ? link(SERIES_LIST) : undefined,
    people: people.contributors.length > 0 ? link(PEOPLE_LIST) : undefined,
    feed: link(fixedPath('/feeds/threads.atom')),
    lists: site.lists
      .slice(0, LISTS)
      .sort()
      .map(list => ({ name: list, href: link(listPath(list)) })),
  };
  return {
    ...createMailViews(settings, frame, site.links, onSite(site)),
    site,
    people,
    issues,
    topics,
    quotedIn: quotedIn(issues),
    mentions,
    toldIn: toldIn(issues, id => site.discussionOf.get(id)?.root),
  };
}

/** A row of a table has room for so much of a sentence. */
const GIST_LETTERS = 160;

/** A thread as a row of a table. */
export function threadRow(views: Views, discussion: Discussion, { status, gist }: ThreadGist): ThreadRow {
  return {
    href: views.link(discussionPath(views, discussion)),
    tag: discussion.subject.tags.join(' '),
    title: discussion.subject.title,
    status,
    gist: gist ? wholeSentences(gist.text, GIST_LETTERS) : '',
    startedBy: discussion.people[0]!,
    posts: discussion.posts.length,
    first: discussion.first,
    last: discussion.last,
  };
}
