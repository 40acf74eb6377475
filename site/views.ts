import type { MessageId } from '../mail/message-id.ts';
import { printable } from '../mail/printable.ts';
import { createDates, type Dates } from '../templates/dates.ts';
import type { Frame } from '../templates/frame.ts';
import { some, type ThreadRow } from '../templates/lists.ts';
import type { MessagePageView, MessageView, NeighbourView } from '../templates/message.ts';
import type { ThreadView } from '../templates/thread.ts';
import { attachmentPath } from './attachments.ts';
import type { Body } from './bodies.ts';
import type { Discussion, Post, Site } from './model.ts';
import {
  anchor,
  beside,
  besideThread,
  fixedPath,
  href,
  listPath,
  SERIES_LIST,
  type SitePath,
} from './permalinks.ts';

/** What turns the site's data into what templates show: links made, dates formatted, addresses masked. */
export interface Views {
  readonly site: Site;
  readonly frame: Frame;
  readonly dates: Dates;
  /** A path as a link. */
  link(path: SitePath, fragment?: string): string;
}

/** The views of a site. `assets` are the links of the stylesheet and scripts. */
export function createViews(site: Site, assets: { readonly css: string; readonly icon: string }): Views {
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

/** The link of a message on its thread's page. */
export function postHref({ site, link }: Views, discussion: Discussion, post: Post): string {
  return link(discussionPath(site, discussion), anchor(post.message.id));
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

/** A thread's page. `bodies` holds the bodies of all of its messages, `beside` what is told of its place among other threads. */
export function threadView(
  views: Views,
  discussion: Discussion,
  bodies: ReadonlyMap<MessageId, Body>,
  beside: Pick<ThreadView, 'series' | 'doubts'>,
): ThreadView {
  const path = discussionPath(views.site, discussion);
  return {
    href: views.link(path),
    tag: discussion.subject.tags.join(' '),
    title: discussion.subject.title,
    lists: discussion.lists.map(name => ({ name, href: views.link(listPath(name)) })),
    people: discussion.people,
    first: discussion.first,
    last: discussion.last,
    ghost: discussion.rootIsGhost ? discussion.root : undefined,
    ...beside,
    outline: discussion.posts.map(post => ({
      anchor: anchor(post.message.id),
      depth: post.depth,
      label: post.patch && post.number > 1 ? patchLabel(post) : post.author.name,
      patch: post.patch,
      received: post.message.received,
    })),
    messages: discussion.posts.map(post =>
      messageView(views, discussion, post, bodies.get(post.message.id)!),
    ),
    mbox: isMasked(views) ? undefined : views.link(besideThread(path, 't.mbox.gz')),
    feed: views.link(besideThread(path, 't.atom')),
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
    },
    listName: list,
    listHref: link(listPath(list)),
    lists: post.message.lists,
    threadTitle: discussion.subject.title,
    threadPosts: discussion.posts.length,
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

function messageView(views: Views, discussion: Discussion, post: Post, body: Body): MessageView {
  const { site, link } = views;
  const { message } = post;
  const path = postPath(site, post);
  const masked = isMasked(views);
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
    answers:
      discussion.rootIsGhost && post.answers === discussion.root
        ? undefined
        : answersOf(post, other => `#${anchor(other.message.id)}`),
    blocks: body.blocks,
    notes: body.notes,
    attachments: body.attachments.map((attachment, index) => ({
      name: attachment.name,
      type: attachment.type,
      bytes: attachment.content.length,
      href: link(attachmentPath(path, index + 1, attachment)),
    })),
    permalink: link(path),
    threadHref: link(discussionPath(site, discussion)),
    raw: masked ? undefined : link(beside(path, 'raw.txt')),
    reply: replyView(post, body, masked),
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

/** How to answer to everybody; on a site that masks addresses, to the list. */
function replyView(post: Post, body: Body, masked: boolean): MessageView['reply'] {
  const { message } = post;
  const sender = masked ? '' : post.author.address;
  const everybody = [...new Set([sender, body.listAddress, ...body.recipients])].filter(
    address => address !== '',
  );
  const [to, ...others] = everybody;
  const query = [
    others.length === 0 ? '' : `Cc=${others.map(encodeURIComponent).join(',')}`,
    `In-Reply-To=${encodeURIComponent(`<${message.id}>`)}`,
    `Subject=${encodeURIComponent(`Re: ${message.subject.replace(/^(re:\s*)+/i, '')}`)}`,
  ];
  return {
    command: [
      'git send-email',
      `--in-reply-to=${shellQuoted(message.id)}`,
      ...everybody.map((address, index) => `${index === 0 ? '--to' : '--cc'}=${shellQuoted(address)}`),
      'reply.txt',
    ],
    mailto:
      to === undefined
        ? undefined
        : `mailto:${encodeURIComponent(to).replace('%40', '@')}?${query.filter(Boolean).join('&')}`,
  };
}

/** Text as one word for a shell: it comes from foreign mail and goes, by copy and paste, into a terminal. */
function shellQuoted(text: string): string {
  return `'${printable(text).replaceAll("'", "'\\''")}'`;
}

/** A patch in the outline by its number and words, not by its author, who wrote them all. */
function patchLabel({ subject }: Post): string {
  const numbered = /\b(\d+\/\d+)\b/.exec(subject.tags.join(' '))?.[1];
  return numbered ? `${numbered} ${subject.title}` : subject.title;
}
