import type { TopicRow, TopicsView, TopicView } from '../templates/topics.ts';
import { noonOf } from './issues/issue-day.ts';
import { topicFeed, topicFeedPath } from './issues/issue-feeds.ts';
import type { IssueSurroundings } from './issues/issue-view.ts';
import { renderMarkdown } from './markdown.ts';
import type { Output } from './output.ts';
import { PageItem, Pass } from './pass.ts';
import { issuePath, TOPICS, topicPath } from './permalinks.ts';
import { redirect } from './static-files.ts';
import type { Topic } from './topics.ts';
import type { Views } from './views.ts';

/** Topics of one pass: their feeds hold sections in full. */
const PASS_TOPICS = 40;

/** The passes that render the topics, their feeds and the list of them; none where there is no topic. */
export function* topicPasses(views: Views, around: IssueSurroundings): Generator<Pass> {
  const { all } = views.topics;
  for (let start = 0; start < all.length; start += PASS_TOPICS) {
    const some = all.slice(start, start + PASS_TOPICS);
    const pass = new Pass(views.frame, views.dates);
    pass.topics = some.map(topic => new PageItem(topic.path, topicView(views, topic)));
    pass.feeds = some.map(topic => new PageItem(topicFeedPath(topic), topicFeed(views, topic, around)));
    if (start === 0) pass.topicList = [new PageItem(TOPICS, topicsView(views))];
    yield pass;
  }
}

/** Writes redirects from the other names of topics. */
export function writeTopicRedirects(output: Output, views: Views): void {
  const taken = new Set(views.topics.all.map(({ path }) => path));
  for (const { path, aliases } of views.topics.all)
    for (const alias of aliases) {
      const from = topicPath(alias);
      if (!taken.has(from)) redirect(output, views, from, path);
      taken.add(from);
    }
}

function topicsView(views: Views): TopicsView {
  return { href: views.link(TOPICS), rows: views.topics.all.map(topic => rowOf(views, topic)) };
}

function rowOf(views: Views, { name, path, sections }: Topic): TopicRow {
  const last = sections[0]?.issue;
  return {
    name,
    href: views.link(path),
    sections: sections.length,
    last: last && noonOf(views, last.date),
  };
}

function topicView(views: Views, topic: Topic): TopicView {
  const { definition, aliases, sections } = topic;
  return {
    ...rowOf(views, topic),
    definition: definition.trim() === '' ? '' : renderMarkdown(definition),
    aliases,
    feedHref: views.link(topicFeedPath(topic)),
    told: sections.map(({ issue, section }) => ({
      issue: issue.number,
      title: section.title,
      href: views.link(issuePath(issue.number), section.id),
      date: noonOf(views, issue.date),
    })),
  };
}
