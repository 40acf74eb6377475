import type { Issue } from '../../publication/issues/issue.ts';
import type { EntryView, FeedView } from '../../templates/feed.ts';
import { tagUri } from '../feeds.ts';
import { beside, ISSUES, ISSUES_ATOM, issuePath, type SitePath } from '../permalinks.ts';
import type { Topic } from '../topics.ts';
import type { Views } from '../views.ts';
import { issueContent, sectionContent } from './content.ts';
import { absolute } from './feed-look.ts';
import { changesOf } from './issue-day.ts';
import { issueName } from './issue-row.ts';
import type { IssueSurroundings } from './issue-view.ts';

/** Issues are long, and whoever follows them has read the older ones. */
const FEED_ISSUES = 20;
const FEED_SECTIONS = 50;

/** The feed of issues, each in full, the latest first. */
export function issuesFeed(views: Views, around: IssueSurroundings): FeedView {
  const entries = views.issues.issues
    .toReversed()
    .slice(0, FEED_ISSUES)
    .map(issue => issueEntry(views, issue, around));
  return {
    id: tagUri(views, 'issues'),
    title: views.frame.siteTitle,
    self: absolute(views, views.link(ISSUES_ATOM)),
    page: absolute(views, views.link(ISSUES)),
    updated: latest(entries),
    entries,
  };
}

/** The path of a topic's feed, beside its page. */
export function topicFeedPath({ path }: Topic): SitePath {
  return beside(path, 'feed.atom');
}

/** The feed of a topic: its sections in full, the newest first. */
export function topicFeed(views: Views, topic: Topic, around: IssueSurroundings): FeedView {
  const entries = topic.sections.slice(0, FEED_SECTIONS).map(({ issue, section }): EntryView => {
    const { published, updated } = changesOf(views, issue, section);
    return {
      id: tagUri(views, `section/${issue.number}/${section.id}`),
      title: section.title,
      author: issue.editor,
      href: absolute(views, views.link(issuePath(issue.number), section.id)),
      published,
      updated,
      content: sectionContent(views, issue, section, around),
    };
  });
  return {
    id: tagUri(views, `topic/${topic.path.split('/')[2]}`),
    title: `${views.frame.siteTitle}: ${topic.name}`,
    self: absolute(views, views.link(topicFeedPath(topic))),
    page: absolute(views, views.link(topic.path)),
    updated: latest(entries),
    entries,
  };
}

function issueEntry(views: Views, issue: Issue, around: IssueSurroundings): EntryView {
  const { number, editor } = issue;
  const name = issueName(issue);
  return {
    id: tagUri(views, `issue/${number}`),
    title: name === '' ? `No. ${number}` : `No. ${number}: ${name}`,
    author: editor,
    href: absolute(views, views.link(issuePath(number))),
    ...changesOf(views, issue),
    content: issueContent(views, issue, around),
  };
}

/** RFC 4287, 4.2.15: a feed was changed when its latest entry was. */
function latest(entries: readonly EntryView[]): number {
  return entries.reduce((most, { updated }) => Math.max(most, updated), 0);
}
