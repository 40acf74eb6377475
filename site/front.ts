import type { Archive } from '../ingest/archive.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { HomeView, ReplyView, StoryView } from '../templates/home.ts';
import type { ListView, MonthRow, MonthView } from '../templates/lists.ts';
import { type Body, readBodies } from './bodies.ts';
import { type Discussion, monthOf, type Post, type Site } from './model.ts';
import { anchor, listPath, monthPath } from './permalinks.ts';
import { discussionPath, threadRow, type Views } from './views.ts';

/** A newspaper's front page has one lead, some more stories, and a column of short items. */
const STORIES = 5;
const REPLIES = 5;
const RECENT_THREADS = 25;
const WEEK_SECONDS = 7 * 86_400;

/** The front page of a site without an issue: the most discussed threads of its last week of mail, in their own words. */
export async function homeView(views: Views, archive: Archive): Promise<HomeView> {
  const { site } = views;
  const recent = byLastPost(site.discussions);
  const last = recent[0]?.last ?? 0;
  const ofWeek = recent.filter(one => one.last > last - WEEK_SECONDS);
  const told = ofWeek
    .toSorted((a, b) => b.posts.length - a.posts.length || a.first - b.first)
    .slice(0, STORIES);
  const late = latePosts(site);
  const bodies = await readBodies(
    archive,
    [...told.map(opening), ...late].map(post => post.message),
  );
  return {
    href: views.frame.home,
    stories: told.map(one => story(views, one, bodies)),
    replies: late
      .map(post => reply(views, post, bodies))
      .filter(one => one.words !== '')
      .slice(0, REPLIES),
    recent: recent.slice(0, RECENT_THREADS).map(one => threadRow(views, one)),
    lists: site.lists.map(name => ({
      name,
      href: views.link(listPath(name)),
      messages: site.messages.filter(message => message.lists.includes(name)).length,
      threads: site.discussions.filter(one => one.lists.includes(name)).length,
    })),
    first: site.messages[0]?.received ?? 0,
    last,
    messages: site.messages.length,
  };
}

/** A list's page and those of its months. */
export function listViews(
  views: Views,
  list: string,
): { readonly list: ListView; readonly months: readonly MonthView[] } {
  const { site } = views;
  const threads = site.discussions.filter(one => one.lists.includes(list));
  const messages = site.messages.filter(message => message.lists.includes(list));
  const months = [...new Set(messages.map(message => monthOf(message.received)))].sort();
  const rows = months.map((month): MonthRow & { readonly active: readonly Discussion[] } => {
    const active = threads.filter(one => one.posts.some(post => isIn(post, list, month)));
    return {
      month,
      href: views.link(monthPath(list, month)),
      messages: messages.filter(message => monthOf(message.received) === month).length,
      threads: active.length,
      active,
    };
  });
  return {
    list: {
      name: list,
      href: views.link(listPath(list)),
      months: rows.toReversed(),
      recent: byLastPost(threads)
        .slice(0, RECENT_THREADS)
        .map(one => threadRow(views, one)),
      messages: messages.length,
      threads: threads.length,
      first: messages[0]!.received,
      last: messages.at(-1)!.received,
    },
    months: rows.map((row, index) => ({
      list,
      listHref: views.link(listPath(list)),
      month: row.month,
      href: row.href,
      messages: row.messages,
      rows: byLastPost(row.active).map(one => threadRow(views, one)),
      before: rows[index - 1],
      after: rows[index + 1],
    })),
  };
}

function isIn({ message }: Post, list: string, month: string): boolean {
  return message.lists.includes(list) && monthOf(message.received) === month;
}

function byLastPost(discussions: readonly Discussion[]): readonly Discussion[] {
  return discussions.toSorted((a, b) => b.last - a.last || (a.root < b.root ? -1 : 1));
}

/** The post whose words open a thread: its root, or the first reply to a ghost. */
function opening(discussion: Discussion): Post {
  return discussion.posts[0]!;
}

/** The last posts of the site that are replies, one a thread; twice as many as are shown, as some say nothing of their own. */
function latePosts({ discussionOf, postOf, messages }: Site): readonly Post[] {
  const seen = new Set<Discussion>();
  const late: Post[] = [];
  for (const message of messages.toReversed()) {
    const discussion = discussionOf.get(message.id)!;
    const post = postOf.get(message.id)!;
    if (post.number === 1 || seen.has(discussion)) continue;
    seen.add(discussion);
    late.push(post);
    if (late.length === 2 * REPLIES) break;
  }
  return late;
}

function story(views: Views, discussion: Discussion, bodies: ReadonlyMap<MessageId, Body>): StoryView {
  const post = opening(discussion);
  return {
    href: views.link(discussionPath(views.site, discussion)),
    title: discussion.subject.title,
    words: firstParagraph(bodies.get(post.message.id)!.own, 320),
    speaker: post.author,
    messageHref: postHref(views, discussion, post),
    messageNumber: post.number,
    posts: discussion.posts.length,
    people: discussion.people,
    first: discussion.first,
    last: discussion.last,
  };
}

function reply(views: Views, post: Post, bodies: ReadonlyMap<MessageId, Body>): ReplyView {
  const discussion = views.site.discussionOf.get(post.message.id)!;
  return {
    href: postHref(views, discussion, post),
    words: firstParagraph(bodies.get(post.message.id)!.own, 160),
    author: post.author,
    threadTitle: discussion.subject.title,
    received: post.message.received,
  };
}

/** The link of a message on its thread's page. */
export function postHref({ site, link }: Views, discussion: Discussion, post: Post): string {
  return link(discussionPath(site, discussion), anchor(post.message.id));
}

/** Paragraphs that open many mails and say nothing of the thread. */
const GREETING = /^(hi|hello|hey|dear|good (morning|evening))\b.{0,30}$/i;
/** A header in the body (git's `From:`), a trailer in an odd hand, a lead to a log or a list. */
const NO_SENTENCE = /^(From|Date|Subject|To|Cc): |^[A-Z][A-Za-z-]+-[Bb]y: |:$/;

/** The first paragraph of a text that says something, whole sentences of it up to `most` characters, word for word. */
function firstParagraph(text: string, most: number): string {
  const paragraphs = text.split(/\n\s*\n/).map(paragraph => paragraph.replace(/\s+/g, ' ').trim());
  const says = (paragraph: string) =>
    paragraph.length > 20 &&
    /[a-z]{3}/.test(paragraph) &&
    !GREETING.test(paragraph) &&
    !NO_SENTENCE.test(paragraph);
  const first = paragraphs.find(says) ?? '';
  if (first.length <= most) return first;
  const sentences = first.slice(0, most).replace(/(?<=[.!?])\s+\S[^.!?]*$/, '');
  return sentences.length < most ? sentences : `${first.slice(0, first.lastIndexOf(' ', most))} […]`;
}
