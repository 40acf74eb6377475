import type { Archive } from '../ingest/archive/archive.ts';
import { onOneLine } from '../mail/blanks.ts';
import { addTo } from '../mail/group-by.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { HomeView, ReplyView, StoryView } from '../templates/home.ts';
import type { ListView, MonthRow, MonthView, ThreadRow } from '../templates/lists.ts';
import { type Body, readBodies } from './bodies.ts';
import { type Gists, type ThreadGist, wholeSentences } from './gists.ts';
import { discussionPath, isMasked, postHref } from './mail-views.ts';
import { type Discussion, monthOf, type Post, type Site } from './model.ts';
import { listPath, monthPath } from './permalinks.ts';
import { presentOf } from './present.ts';
import { threadRow, type Views } from './views.ts';

/** A newspaper's front page has one lead, some more stories, and a column of short items. */
const STORIES = 5;
const REPLIES = 5;
const RECENT_THREADS = 25;
/** Room for words. */
const STORY_LETTERS = 320;
const REPLY_LETTERS = 160;
const WEEK_SECONDS = 7 * 86_400;

/** The front page of a site without an issue: the most discussed threads of its last week of mail, in their own words. */
export async function homeView(views: Views, archive: Archive, gists: Gists): Promise<HomeView> {
  const { site } = views;
  const recent = byLastPost(site.discussions);
  const last = presentOf(site.messages);
  const ofWeek = recent.filter(one =>
    one.posts.some(({ message: { received } }) => received <= last && received > last - WEEK_SECONDS),
  );
  const told = ofWeek
    .toSorted((a, b) => b.posts.length - a.posts.length || a.first - b.first)
    .slice(0, STORIES);
  const late = latePosts(site);
  const bodies = await readBodies(
    archive,
    late.map(post => post.message),
    isMasked(views),
  );
  return {
    href: views.frame.home,
    stories: told.map(one => story(views, one, gists.get(one.root)!)),
    replies: late
      .map(post => reply(views, post, bodies))
      .filter(one => one.words !== '')
      .slice(0, REPLIES),
    recent: recentThreads(views, gists),
    lists: listsOf(views),
    first: site.messages[0]?.received ?? 0,
    last,
    messages: site.messages.length,
  };
}

/** The threads with the latest posts. */
export function recentThreads(views: Views, gists: Gists): readonly ThreadRow[] {
  return byLastPost(views.site.discussions)
    .slice(0, RECENT_THREADS)
    .map(one => threadRow(views, one, gists.get(one.root)!));
}

/** The lists, as front pages name them. */
export function listsOf({ site, link }: Views): HomeView['lists'] {
  return site.lists.map(name => ({
    name,
    href: link(listPath(name)),
    messages: site.messages.filter(message => message.lists.includes(name)).length,
    threads: site.discussions.filter(one => one.lists.includes(name)).length,
  }));
}

/** A list's page and those of its months. */
export function listViews(
  views: Views,
  list: string,
  gists: Gists,
): { readonly list: ListView; readonly months: readonly MonthView[] } {
  const { site } = views;
  const threads = site.discussions.filter(one => one.lists.includes(list));
  const messages = site.messages.filter(message => message.lists.includes(list));
  const months = new Map<string, number>();
  for (const { received } of messages)
    months.set(monthOf(received), (months.get(monthOf(received)) ?? 0) + 1);
  const active = activeByMonth(threads, list);
  const rows = [...months.keys()].sort().map(
    (month): MonthRow => ({
      month,
      href: views.link(monthPath(list, month)),
      messages: months.get(month)!,
      threads: active.get(month)!.length,
    }),
  );
  return {
    list: {
      name: list,
      href: views.link(listPath(list)),
      months: rows.toReversed(),
      recent: byLastPost(threads)
        .slice(0, RECENT_THREADS)
        .map(one => threadRow(views, one, gists.get(one.root)!)),
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
      rows: byLastPost(active.get(row.month)!).map(one => threadRow(views, one, gists.get(one.root)!)),
      before: rows[index - 1],
      after: rows[index + 1],
    })),
  };
}

/** The threads that were written to on a list, by month. */
function activeByMonth(
  threads: readonly Discussion[],
  list: string,
): ReadonlyMap<string, readonly Discussion[]> {
  const byMonth = new Map<string, Discussion[]>();
  for (const thread of threads) {
    const here = thread.posts.filter(({ message }) => message.lists.includes(list));
    for (const month of new Set(here.map(({ message }) => monthOf(message.received))))
      addTo(byMonth, month, thread);
  }
  return byMonth;
}

function byLastPost(discussions: readonly Discussion[]): readonly Discussion[] {
  return discussions.toSorted((a, b) => b.last - a.last || (a.root < b.root ? -1 : 1));
}

/** The last posts of the site that are replies, one a thread; twice as many as are shown, as some say nothing of their own. What programs say is no reply. */
function latePosts({ discussionOf, posts }: Site): readonly Post[] {
  const seen = new Set<Discussion>();
  const late: Post[] = [];
  for (const post of posts.toReversed()) {
    const discussion = discussionOf.get(post.message.id)!;
    if (post.number === 1 || post.author.robot || seen.has(discussion)) continue;
    seen.add(discussion);
    late.push(post);
    if (late.length === 2 * REPLIES) break;
  }
  return late;
}

function story(views: Views, discussion: Discussion, { status, gist }: ThreadGist): StoryView {
  const post = (gist && views.site.postOf.get(gist.message)) ?? discussion.posts[0]!;
  return {
    href: views.link(discussionPath(views, discussion)),
    title: discussion.subject.title,
    status,
    words: gist ? wholeSentences(gist.text, STORY_LETTERS) : '',
    speaker: post.author.name,
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
    words: wholeSentences(firstParagraph(bodies.get(post.message.id)!.prose), REPLY_LETTERS),
    author: post.author.name,
    threadTitle: discussion.subject.title,
    received: post.message.received,
  };
}

/** Paragraphs that open many mails and say nothing of the thread. */
const GREETING = /^(hi|hello|hey|dear|good (morning|evening))\b.{0,30}$/i;
/** A header in the body (git's `From:`), a trailer in an odd hand, a lead to a log or a list. */
const NO_SENTENCE = /^(From|Date|Subject|To|Cc): |^[A-Z][A-Za-z-]+-[Bb]y: |:$/;

/** The first paragraph of a text that says something. */
function firstParagraph(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).map(onOneLine);
  const says = (paragraph: string) =>
    paragraph.length > 20 &&
    /[a-z]{3}/.test(paragraph) &&
    !GREETING.test(paragraph) &&
    !NO_SENTENCE.test(paragraph);
  return paragraphs.find(says) ?? '';
}
