import type { MessageId } from '../mail/message-id.ts';
import { createDates, type Dates } from '../templates/dates.ts';
import type { Frame } from '../templates/frame.ts';
import { some, type ThreadRow } from '../templates/lists.ts';
import type { MessagePageView, MessageView, NeighbourView } from '../templates/message.ts';
import type { Assets } from './assets.ts';
import { attachmentPath } from './attachments.ts';
import type { Body } from './bodies.ts';
import { type ThreadGist, wholeSentences } from './gists.ts';
import { trailersGiven } from './given-trailers.ts';
import { type CheckedIssues, NO_ISSUES } from './issues/checked.ts';
import { type QuotedIn, quotedIn } from './issues/quoted-in.ts';
import { linksOf, writersOf } from './mail-links.ts';
import { type Discussion, type Post, partOf, type Site } from './model.ts';
import { indexPeople, type PageOf, type PeopleIndex } from './people.ts';
import {
  anchor,
  beside,
  CORRECTIONS,
  fixedPath,
  href,
  ISSUES,
  ISSUES_ATOM,
  ISSUES_JSON,
  issuePath,
  listPath,
  PEOPLE_LIST,
  partPath,
  SERIES_LIST,
  type SitePath,
  STATISTICS,
  TOPICS,
} from './permalinks.ts';
import { replyView } from './reply.ts';
import { indexTopics, type TopicIndex } from './topics.ts';

/** What turns the site's data into what templates show: links made, dates formatted, addresses masked. */
export interface Views {
  readonly site: Site;
  readonly frame: Frame;
  readonly dates: Dates;
  readonly people: PeopleIndex;
  /** The names of who wrote, by the addresses that they wrote under, in lower case; none where addresses are masked. */
  readonly writers: ReadonlyMap<string, string>;
  readonly issues: CheckedIssues;
  /** The topics of their sections. */
  readonly topics: TopicIndex;
  /** Where messages are quoted in issues. */
  readonly quotedIn: QuotedIn;
  /** A path as a link. */
  link(path: SitePath, fragment?: string): string;
}

/** The views of a site. `assets` are the links of the stylesheet and scripts. */
export function createViews(
  site: Site,
  assets: Omit<Assets, 'search' | 'searchWorker' | 'plainSearchWorker'>,
  issues: CheckedIssues = NO_ISSUES,
): Views {
  const settings = site.publication.settings.site;
  const link = (path: SitePath, fragment?: string) => href(settings.prefix, path, fragment);
  const people = indexPeople(site, issues);
  const topics = indexTopics(issues);
  const frame: Frame = {
    siteTitle: settings.title,
    strap:
      settings.strap ||
      (site.lists.length === 0 ? 'A mailing list, readable' : `A reading of ${some(site.lists, 3)}`),
    language: settings.language,
    siteUrl: settings.url ?? '',
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
    lists: site.lists.map(list => ({ name: list, href: link(listPath(list)) })),
  };
  return {
    site,
    frame,
    dates: createDates(settings.language, settings.timezone),
    people,
    writers: writersOf(site),
    issues,
    topics,
    quotedIn: quotedIn(issues),
    link,
  };
}

/** The path of a thread's page. */
export function discussionPath({ links }: Site, discussion: Discussion): SitePath {
  return links.thread(discussion.list, discussion.root);
}

/** The path of a message's own page, which lies under the first of its lists. */
export function postPath({ links }: Site, { message }: Post): SitePath {
  return links.message(message.lists[0]!, message.id);
}

/** The link of a message on its thread's page, or on the one of its pages that has it. */
export function postHref({ site, link }: Views, discussion: Discussion, post: Post): string {
  const path = partPath(discussionPath(site, discussion), partOf(discussion, post));
  return link(path, anchor(post.message.id));
}

/** A row of a table has room for so much of a sentence. */
const GIST_LETTERS = 160;

/** A thread as a row of a table. */
export function threadRow(views: Views, discussion: Discussion, { status, gist }: ThreadGist): ThreadRow {
  return {
    href: views.link(discussionPath(views.site, discussion)),
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

/** A message's own page. `bodies` holds those of all messages of its thread; `pageOf` knows whose names are links. */
export function messagePageView(
  views: Views,
  discussion: Discussion,
  post: Post,
  bodies: ReadonlyMap<MessageId, Body>,
  pageOf: PageOf,
): MessagePageView {
  const { site, link, dates } = views;
  const hrefOf = (other: Post) => link(postPath(site, other));
  const neighbour = (other: Post): NeighbourView => ({
    href: hrefOf(other),
    author: other.author.name,
    received: other.message.received,
    day: dates.dayOfYear(other.message.received),
  });
  const at = post.number - 1;
  const list = post.message.lists[0]!;
  const path = postPath(site, post);
  return {
    message: {
      ...messageView(views, discussion, post, bodies, pageOf),
      answers: answersOf(post, hrefOf),
      links: linksOf(views, post, hrefOf),
      given: trailersGiven(discussion, post, bodies, hrefOf),
    },
    listName: list,
    listHref: link(listPath(list)),
    lists: post.message.lists,
    day: dates.day(post.message.received),
    threadTitle: discussion.subject.title,
    threadPosts: discussion.posts.length,
    threadHref: link(discussionPath(site, discussion)),
    inThread: postHref(views, discussion, post),
    previous: discussion.posts[at - 1] && neighbour(discussion.posts[at - 1]!),
    next: discussion.posts[at + 1] && neighbour(discussion.posts[at + 1]!),
    replies: (discussion.replies.get(post) ?? []).map(neighbour),
    variants: isMasked(views)
      ? []
      : post.message.variants.map(hash => ({ hash, href: link(beside(path, `${hash}.txt`)) })),
  };
}

/** Whether the site hides senders' addresses, and with them raw mail and mbox files. */
export function isMasked({ site }: Views): boolean {
  return site.publication.settings.privacy.addresses === 'mask';
}

/** A message as its thread's page shows it. `bodies` holds those of all messages of the thread; `pageOf` knows whose names are links. */
export function messageView(
  views: Views,
  discussion: Discussion,
  post: Post,
  bodies: ReadonlyMap<MessageId, Body>,
  pageOf: PageOf,
): MessageView {
  const { site, link } = views;
  const { message } = post;
  const body = bodies.get(message.id)!;
  const path = postPath(site, post);
  const masked = isMasked(views);
  const hrefOf = (other: Post) => {
    const there = site.discussionOf.get(other.message.id)!;
    return there === discussion && partOf(there, other) === partOf(there, post)
      ? `#${anchor(other.message.id)}`
      : postHref(views, there, other);
  };
  const neighbour = (other: Post | undefined) => other && { number: other.number, href: hrefOf(other) };
  const prefix = [post.subject.reply ? 'Re:' : '', ...post.subject.tags].join(' ').trim();
  return {
    id: message.id,
    anchor: anchor(message.id),
    number: post.number,
    author: { name: post.author.name, href: pageOf(post.author) },
    address: masked ? '' : post.author.address,
    prefix,
    title: post.subject.title,
    ownSubject: post.number > 1 && post.subject.title !== discussion.subject.title && !isSameAsParent(post),
    sent: message.sent,
    received: message.received,
    // The ghost at the top of a thread is told once, above its messages.
    answers: discussion.rootIsGhost && post.answers === discussion.root ? undefined : answersOf(post, hrefOf),
    previous: neighbour(discussion.posts[post.number - 2]),
    next: neighbour(discussion.posts[post.number]),
    blocks: body.blocks,
    cited: (views.quotedIn.get(message.id) ?? []).map(({ issue, section, number, words }) => ({
      href: link(issuePath(issue), section),
      label: `Quoted in issue ${issue}${section === undefined ? '' : `, section ${number}`}`,
      words,
    })),
    links: linksOf(views, post, hrefOf),
    given: trailersGiven(discussion, post, bodies, hrefOf),
    notes: body.notes,
    attachments: body.attachments.map((attachment, index) => ({
      name: attachment.name,
      type: attachment.type,
      bytes: attachment.content.length,
      href: link(attachmentPath(path, index + 1, attachment)),
    })),
    permalink: link(path),
    raw: masked ? undefined : link(beside(path, 'raw.txt')),
    reply: replyView(views.dates, post, body, masked),
  };
}

function isSameAsParent({ subject, answers }: Post): boolean {
  return typeof answers === 'object' && answers.subject.title === subject.title;
}

/** What a post answers, linked by `hrefOf`: on the thread's page an anchor, elsewhere a page. */
function answersOf({ answers }: Post, hrefOf: (post: Post) => string): MessageView['answers'] {
  if (answers === undefined) return undefined;
  if (typeof answers !== 'object') return { missing: answers };
  return { number: answers.number, href: hrefOf(answers), author: answers.author.name };
}
