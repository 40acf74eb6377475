import type { MessageId } from '../mail/message-id.ts';
import type { EntryView, FeedView } from '../templates/feed.ts';
import { mailBody } from '../templates/mail-body.ts';
import { NO_LINKS } from '../templates/mail-links.ts';
import type { Body } from './bodies.ts';
import { discussionPath, type MailViews, postPath } from './mail-views.ts';
import type { Discussion, Post } from './model.ts';
import { besideThread, fixedPath, type SitePath } from './permalinks.ts';
import type { Views } from './views.ts';

/** How many threads the site's feed holds: enough for a reader who looks once a week. */
const FEED_THREADS = 50;
/** A thread's feed holds its newest messages; readers of feeds have seen the others. */
const FEED_MESSAGES = 100;

/** The path of a thread's feed, beside its page. */
export function threadFeedPath(views: MailViews, discussion: Discussion): SitePath {
  return besideThread(discussionPath(views, discussion), 't.atom');
}

/** The feed of new threads, newest first, each with its first message in full. `bodies` holds those messages' bodies. */
export function threadsFeed(
  views: Views,
  discussions: readonly Discussion[],
  bodies: ReadonlyMap<MessageId, Body>,
): FeedView {
  const { frame, site } = views;
  return {
    id: tagUri(views, 'threads'),
    title: `${frame.siteTitle}: threads`,
    self: `${frame.siteUrl}${frame.feed}`,
    page: `${frame.siteUrl}${frame.home}`,
    updated: site.messages.at(-1)?.received ?? 0,
    entries: discussions.map(one => ({
      ...entry(views, one.posts[0]!, bodies),
      title: one.subject.title,
      href: `${frame.siteUrl}${views.link(discussionPath(views, one))}`,
    })),
  };
}

/** The newest threads, newest first: those of the site's feed. */
export function newestThreads(discussions: readonly Discussion[]): readonly Discussion[] {
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
    entries: posts.map(post => entry(views, post, bodies)),
  };
}

/** The path of the site's feed of threads. */
export const THREADS_FEED = fixedPath('/feeds/threads.atom');

function entry(views: MailViews, post: Post, bodies: ReadonlyMap<MessageId, Body>): EntryView {
  const { message } = post;
  const href = `${views.frame.siteUrl}${views.link(postPath(views, post))}`;
  return {
    id: tagUri(views, message.id),
    title: post.subject.reply ? `Re: ${post.subject.title}` : post.subject.title,
    author: post.author.name,
    href,
    published: message.received,
    updated: message.received,
    content: mailBody(bodies.get(message.id)!.blocks, NO_LINKS, [], href),
  };
}

/** RFC 4151 wants a day on which the site's name was its owner's; a constant one, or ids would move with older mail. */
const TAG_DAY = '2018-01-01';

/** A name that stays when pages move (RFC 4151). */
export function tagUri({ frame }: Pick<MailViews, 'frame'>, name: string): string {
  const host = frame.siteUrl === '' ? 'localhost' : new URL(frame.siteUrl).hostname;
  return `tag:${host},${TAG_DAY}:${encodeURIComponent(name)}`;
}
