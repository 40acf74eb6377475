import type { Archive } from '../ingest/archive/archive.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { EntryView, FeedView } from '../templates/feed.ts';
import { mailBody } from '../templates/mail-body.ts';
import { NO_LINKS } from '../templates/mail-links.ts';
import { type Body, readBodies } from './bodies.ts';
import { discussionPath, isMasked, type MailViews, postPath } from './mail-views.ts';
import type { Discussion, Post } from './model.ts';
import type { OfferedPage } from './pass.ts';
import { besideThread, fixedPath, type SitePath } from './permalinks.ts';
import type { Views } from './views.ts';

/** How many threads the site's feed holds: enough for a reader who looks once a week. */
const FEED_THREADS = 50;
/** A thread's feed holds its newest messages; readers of feeds have seen the others. */
const FEED_MESSAGES = 100;

/** The path of the site's feed of threads. */
const THREADS_FEED = fixedPath('/feeds/threads.atom');

/** The path of a thread's feed, beside its page. */
export function threadFeedPath(views: MailViews, discussion: Discussion): SitePath {
  return besideThread(discussionPath(views, discussion), 't.atom');
}

/** The page of the feed of new threads. */
export function threadsFeedPage(views: Views, archive: Archive): OfferedPage<FeedView> {
  const newest = newestThreads(views.site.discussions);
  return {
    path: THREADS_FEED,
    // Answers are news of other feeds.
    from: JSON.stringify(
      newest.map(one => [newThread(views, one), entryHref(views, one.posts[0]!), one.posts[0]!.message.hash]),
    ),
    view: async () => {
      const firsts = newest.map(one => one.posts[0]!.message);
      return threadsFeed(views, newest, await readBodies(archive, firsts, isMasked(views)));
    },
  };
}

/** The feed of new threads, newest first, each with its first message in full. `bodies` holds those messages' bodies. */
function threadsFeed(
  views: Views,
  discussions: readonly Discussion[],
  bodies: ReadonlyMap<MessageId, Body>,
): FeedView {
  const { frame } = views;
  const entries = discussions.map(one => ({
    ...newThread(views, one),
    content: content(views, one.posts[0]!, bodies),
  }));
  return {
    id: tagUri(views, 'threads'),
    title: `${frame.siteTitle}: threads`,
    self: `${frame.siteUrl}${frame.feed}`,
    page: `${frame.siteUrl}${frame.home}`,
    updated: entries.reduce((latest, one) => Math.max(latest, one.updated), 0),
    entries,
  };
}

/** The newest threads, newest first: those of the site's feed. */
function newestThreads(discussions: readonly Discussion[]): readonly Discussion[] {
  return discussions
    .toSorted((a, b) => b.first - a.first || (a.root < b.root ? -1 : 1))
    .slice(0, FEED_THREADS);
}

/** The feed of one thread's messages, newest first. */
export function threadFeed(
  views: MailViews,
  discussion: Discussion,
  bodies: ReadonlyMap<MessageId, Body>,
): FeedView {
  const { frame } = views;
  const posts = discussion.posts
    .toSorted((a, b) => b.message.received - a.message.received || a.number - b.number)
    .slice(0, FEED_MESSAGES);
  return {
    id: tagUri(views, `thread/${discussion.root}`),
    title: discussion.subject.title,
    self: `${frame.siteUrl}${views.link(threadFeedPath(views, discussion))}`,
    page: `${frame.siteUrl}${views.link(discussionPath(views, discussion))}`,
    updated: discussion.last,
    entries: posts.map(post => ({ ...entry(views, post), content: content(views, post, bodies) })),
  };
}

/** A thread as an entry, its first message's but for the words. */
function newThread(views: MailViews, discussion: Discussion): Omit<EntryView, 'content'> {
  return {
    ...entry(views, discussion.posts[0]!),
    title: discussion.subject.title,
    href: `${views.frame.siteUrl}${views.link(discussionPath(views, discussion))}`,
  };
}

function entry(views: MailViews, post: Post): Omit<EntryView, 'content'> {
  const { message } = post;
  return {
    id: tagUri(views, message.id),
    title: post.subject.reply ? `Re: ${post.subject.title}` : post.subject.title,
    author: post.author.name,
    href: entryHref(views, post),
    published: message.received,
    updated: message.received,
  };
}

function content(views: MailViews, post: Post, bodies: ReadonlyMap<MessageId, Body>): EntryView['content'] {
  return mailBody(bodies.get(post.message.id)!.blocks, NO_LINKS, [], entryHref(views, post));
}

function entryHref(views: MailViews, post: Post): string {
  return `${views.frame.siteUrl}${views.link(postPath(views, post))}`;
}

/** RFC 4151 wants a day on which the site's name was its owner's; a constant one, or ids would move with older mail. */
const TAG_DAY = '2018-01-01';

/** A name that stays when pages move (RFC 4151). */
export function tagUri({ frame }: Pick<MailViews, 'frame'>, name: string): string {
  const host = frame.siteUrl === '' ? 'localhost' : new URL(frame.siteUrl).hostname;
  return `tag:${host},${TAG_DAY}:${encodeURIComponent(name)}`;
}
