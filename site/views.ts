import type { MessageId } from '../mail/message-id.ts';
import { createDates, type Dates } from '../templates/dates.ts';
import type { Frame } from '../templates/frame.ts';
import { some, type ThreadRow } from '../templates/lists.ts';
import type { MailLinks } from '../templates/mail-links.ts';
import type { MessagePageView, MessageView, NeighbourView } from '../templates/message.ts';
import type { Assets } from './assets.ts';
import { attachmentPath } from './attachments.ts';
import type { Body } from './bodies.ts';
import { type Discussion, type Post, partOf, type Site } from './model.ts';
import {
  anchor,
  beside,
  fixedPath,
  href,
  listPath,
  partPath,
  SERIES_LIST,
  type SitePath,
} from './permalinks.ts';
import { replyView } from './reply.ts';

/** What turns the site's data into what templates show: links made, dates formatted, addresses masked. */
export interface Views {
  readonly site: Site;
  readonly frame: Frame;
  readonly dates: Dates;
  /** A path as a link. */
  link(path: SitePath, fragment?: string): string;
}

/** The views of a site. `assets` are the links of the stylesheet and scripts. */
export function createViews(site: Site, assets: Omit<Assets, 'search'>): Views {
  const settings = site.publication.settings.site;
  const link = (path: SitePath, fragment?: string) => href(settings.prefix, path, fragment);
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
    series: site.series.told.length > 0 ? link(SERIES_LIST) : undefined,
    feed: link(fixedPath('/feeds/threads.atom')),
    lists: site.lists.map(list => ({ name: list, href: link(listPath(list)) })),
  };
  return { site, frame, dates: createDates(settings.language, settings.timezone), link };
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

/** A thread as a row of a table. */
export function threadRow(views: Views, discussion: Discussion): ThreadRow {
  return {
    href: views.link(discussionPath(views.site, discussion)),
    tag: discussion.subject.tags.join(' '),
    title: discussion.subject.title,
    startedBy: discussion.people[0]!,
    posts: discussion.posts.length,
    first: discussion.first,
    last: discussion.last,
  };
}

/** A message's own page. */
export function messagePageView(
  views: Views,
  discussion: Discussion,
  post: Post,
  body: Body,
): MessagePageView {
  const { site, link, dates } = views;
  const neighbour = (other: Post): NeighbourView => ({
    href: link(postPath(site, other)),
    author: other.author.name,
    received: other.message.received,
    day: dates.dayOfYear(other.message.received),
  });
  const at = post.number - 1;
  const list = post.message.lists[0]!;
  const path = postPath(site, post);
  return {
    message: {
      ...messageView(views, discussion, post, body),
      answers: answersOf(post, other => link(postPath(site, other))),
      links: linksOf(views, other => link(postPath(site, other))),
    },
    listName: list,
    listHref: link(listPath(list)),
    lists: post.message.lists,
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

/** A message as its thread's page shows it. */
export function messageView(views: Views, discussion: Discussion, post: Post, body: Body): MessageView {
  const { site, link } = views;
  const { message } = post;
  const path = postPath(site, post);
  const masked = isMasked(views);
  const hrefOf = (other: Post) =>
    partOf(discussion, other) === partOf(discussion, post)
      ? `#${anchor(other.message.id)}`
      : postHref(views, discussion, other);
  const neighbour = (other: Post | undefined) => other && { number: other.number, href: hrefOf(other) };
  const prefix = [post.subject.reply ? 'Re:' : '', ...post.subject.tags].join(' ').trim();
  return {
    id: message.id,
    anchor: anchor(message.id),
    number: post.number,
    author: post.author.name,
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
    links: linksOf(views, hrefOf),
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

/** Where the text of a message leads: what it quotes by `hrefOf`, other messages to their threads. */
function linksOf({ site, link }: Views, hrefOf: (post: Post) => string): MailLinks {
  return {
    source(id) {
      const post = site.postOf.get(id as MessageId);
      return post && { href: hrefOf(post), number: post.number, author: post.author.name };
    },
    held(id) {
      const post = site.postOf.get(id as MessageId);
      return post && link(postPath(site, post));
    },
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
