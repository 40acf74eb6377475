import type { Archive } from '../ingest/archive/archive.ts';
import { onOneLine } from '../mail/blanks.ts';
import type { Memo } from '../mail/memo.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { HomeView, ReplyView, StoryView } from '../templates/home.ts';
import type { ListView, MonthRow, MonthView, ThreadRow } from '../templates/lists.ts';
import { readBodies } from './bodies.ts';
import { type Gists, type ThreadGist, wholeSentences } from './gists.ts';
import { discussionPath, postHref } from './mail-views.ts';
import { byMonth, type Discussion, type Post, type Site } from './model.ts';
import type { OfferedPage } from './pass.ts';
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
export async function homeView(views: Views, archive: Archive, gists: Gists, memo: Memo): Promise<HomeView> {
  const { site } = views;
  const recent = byLastPost(site.discussions);
  const last = presentOf(site.messages);
  const ofWeek = recent.filter(one =>
    one.posts.some(({ message: { received } }) => received <= last && received > last - WEEK_SECONDS),
  );
  const told = ofWeek
    .toSorted((a, b) => b.posts.length - a.posts.length || a.first - b.first)
    .slice(0, STORIES);
  const replies: ReplyView[] = [];
  for (const post of latePosts(site)) {
    const words = await memo.of(['first words', post.message.hash], () => firstWords(archive, post));
    if (words !== '') replies.push(reply(views, post, words));
  }
  return {
    href: views.frame.home,
    stories: told.map(one => story(views, one, gists.get(one.root)!)),
    replies: replies.slice(0, REPLIES),
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

/** A list's page and those of its months. `digests` has those of all that was made of threads, by root. */
export function listViews(
  views: Views,
  list: string,
  gists: Gists,
  digests: ReadonlyMap<MessageId, string>,
): { readonly list: ListView; readonly months: readonly OfferedPage<MonthView>[] } {
  const { site } = views;
  const posts = site.posts.filter(({ message }) => message.lists.includes(list));
  const threads = site.discussions.filter(one => one.lists.includes(list));
  const months = Array.from(byMonth(posts), ([month, own]) => ({
    month,
    messages: own.length,
    active: new Set(own.map(({ thread }) => thread)),
  }));
  const rows = months.map(
    ({ month, messages, active }): MonthRow => ({
      month,
      href: views.link(monthPath(list, month)),
      messages,
      threads: active.size,
    }),
  );
  const rowsOf = (some: readonly Discussion[]) =>
    some.map(one => threadRow(views, one, gists.get(one.root)!));
  const listHref = views.link(listPath(list));
  return {
    list: {
      name: list,
      href: listHref,
      months: rows.toReversed(),
      recent: rowsOf(byLastPost(threads).slice(0, RECENT_THREADS)),
      messages: posts.length,
      threads: threads.length,
      first: posts[0]!.message.received,
      last: posts.at(-1)!.message.received,
    },
    months: rows.map((row, index) => {
      const { month, href, messages } = row;
      const [before, after] = [rows[index - 1], rows[index + 1]];
      const active = byLastPost(Array.from(months[index]!.active, thread => site.discussions[thread]!));
      return {
        path: monthPath(list, month),
        from: JSON.stringify([row, before, after, active.map(({ root }) => digests.get(root))]),
        view: () => ({ list, listHref, month, href, messages, rows: rowsOf(active), before, after }),
      };
    }),
  };
}

function byLastPost(discussions: readonly Discussion[]): readonly Discussion[] {
  return discussions.toSorted((a, b) => b.last - a.last || (a.root < b.root ? -1 : 1));
}

/** The last posts of the site that are replies, one a thread; twice as many as are shown, as some say nothing of their own. What programs say is no reply. */
function latePosts({ discussions, posts }: Site): readonly Post[] {
  const seen = new Set<Discussion>();
  const late: Post[] = [];
  for (const post of posts.toReversed()) {
    const discussion = discussions[post.thread]!;
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

async function firstWords(archive: Archive, { message }: Post): Promise<string> {
  const bodies = await readBodies(archive, [message], true);
  return wholeSentences(firstParagraph(bodies.get(message.id)!.prose), REPLY_LETTERS);
}

function reply(views: Views, post: Post, words: string): ReplyView {
  const discussion = views.site.discussions[post.thread]!;
  return {
    href: postHref(views, discussion, post),
    words,
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
