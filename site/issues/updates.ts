import type { UpdateView } from '../../templates/issue-front.ts';
import { counted } from '../../templates/numbers.ts';
import type { Coverage } from '../desk/coverage.ts';
import { type Covered, hasMoved, movedSince } from '../desk/moved.ts';
import type { Gists } from '../gists.ts';
import { discussionPath, postHref } from '../mail-views.ts';
import type { Discussion, Site } from '../model.ts';
import { issuePath } from '../permalinks.ts';
import type { ThreadRecord } from '../thread-record.ts';
import type { Views } from '../views.ts';

/** More would push what is new itself off the screen. */
const SHOWN_UPDATES = 5;

/** What moved in a thread since the last section that told of it; undefined where none did, or nothing moved. */
export function updateOf(
  site: Site,
  discussion: Discussion,
  outcome: ThreadRecord['outcome'],
  coverage: ReadonlyMap<Discussion, readonly Coverage[]>,
): Covered | undefined {
  const last = coverage.get(discussion)?.at(-1);
  const moved = last && movedSince(site, discussion, outcome, last, Number.POSITIVE_INFINITY);
  // A later version that a section of its own tells of is no news.
  const isTold = moved?.version && coverage.has(site.discussionOf.get(moved.version.message)!);
  const news = isTold ? { ...moved, version: undefined } : moved;
  return news && hasMoved(news) ? news : undefined;
}

function newPosts({ posts }: Covered['since']): string {
  const by = posts.at(-1)?.author.name;
  if (posts.length === 1) return `a new post by ${by}`;
  return `${counted(posts.length, 'new post')}${by === undefined ? '' : `, the last by ${by}`}`;
}

/** Updates as the front page shows them, the latest first. */
export function updateViews(views: Views, updates: readonly Covered[], gists: Gists): readonly UpdateView[] {
  return updates
    .map(one => updateView(views, one, gists))
    .sort((a, b) => b.time - a.time || (a.href < b.href ? -1 : 1))
    .slice(0, SHOWN_UPDATES);
}

function updateView(views: Views, { coverage, since, version }: Covered, gists: Gists): UpdateView {
  const { site, link } = views;
  const { issue, section } = coverage;
  const told = site.discussionOf.get(section.thread!)!;
  const later = version && site.postOf.get(version.message);
  const thread = later ? site.discussionOf.get(version.message)! : told;
  const post = later ?? since.posts[0];
  const newest = later ?? since.posts.at(-1);
  const words = later ? `${version.label} was posted` : newPosts(since);
  return {
    href: post ? postHref(views, thread, post) : link(discussionPath(views, told)),
    title: section.title,
    words,
    status: gists.get(thread.root)!.status,
    issue: { number: issue.number, href: link(issuePath(issue.number), section.id) },
    time: newest?.message.received ?? told.last,
  };
}
