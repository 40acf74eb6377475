import type { FeedView } from '../../templates/feed.ts';
import { jsonFeed } from '../../templates/json-feed.ts';
import type { Output } from '../output.ts';
import { PageItem, Pass } from '../pass.ts';
import {
  CORRECTIONS,
  CORRECTIONS_FEED,
  ISSUES_ATOM,
  ISSUES_JSON,
  issueJsonPath,
  issueTextPath,
  STATISTICS,
} from '../permalinks.ts';
import { statsView } from '../stats/site-stats.ts';
import type { Views } from '../views.ts';
import { correctionsFeed, correctionsView } from './corrections.ts';
import { absolute } from './feed-look.ts';
import { issueRecord } from './issue-record.ts';
import { issueText } from './issue-text.ts';
import type { IssueSurroundings } from './issue-view.ts';

/** The pass that renders what goes with the issues as a whole: statistics, and where there are issues, corrections and feeds. */
export function publishingPass(views: Views, around: IssueSurroundings, feed: FeedView): Pass {
  const pass = new Pass(views.frame, views.dates);
  pass.stats = [new PageItem(STATISTICS, statsView(views, around.statistics, around.pageOf))];
  if (views.issues.issues.length === 0) return pass;
  pass.corrections = [new PageItem(CORRECTIONS, correctionsView(views))];
  pass.feeds = [new PageItem(ISSUES_ATOM, feed), new PageItem(CORRECTIONS_FEED, correctionsFeed(views))];
  return pass;
}

/** Writes the issues in their other forms: plain text, JSON, JSON Feed. */
export function writeIssueFiles(
  output: Output,
  views: Views,
  around: IssueSurroundings,
  feed: FeedView,
): void {
  const { issues } = views.issues;
  if (issues.length === 0) return;
  for (const issue of issues) {
    output.write(issueTextPath(issue.number), issueText(views, issue, around));
    output.write(issueJsonPath(issue.number), `${JSON.stringify(issueRecord(views, issue, around))}\n`);
  }
  const self = absolute(views, views.link(ISSUES_JSON));
  output.write(ISSUES_JSON, jsonFeed(feed, self, views.frame.language));
}
