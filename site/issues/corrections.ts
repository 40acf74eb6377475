import type { Correction, Issue } from '../../publication/issues/issue.ts';
import {
  type CorrectionsView,
  correctionText,
  type ListedCorrectionView,
} from '../../templates/corrections.ts';
import type { EntryView, FeedView } from '../../templates/feed.ts';
import { html } from '../../templates/html.ts';
import { tagUri } from '../feeds.ts';
import { CORRECTIONS, CORRECTIONS_FEED, correctionAnchor } from '../permalinks.ts';
import { renderLine } from '../prose.ts';
import type { Views } from '../views.ts';
import { absolute, feedLook } from './feed-look.ts';
import { noonOf } from './issue-day.ts';
import { correctionView, placeOf } from './issue-view.ts';

/** The page of all corrections. */
export function correctionsView(views: Views): CorrectionsView {
  return {
    href: views.link(CORRECTIONS),
    feedHref: views.link(CORRECTIONS_FEED),
    corrections: latestFirst(views).map(one => listed(views, one)),
  };
}

/** The feed of corrections, the latest first; its content is what `corrections.yaml` says. */
export function correctionsFeed(views: Views): FeedView {
  const entries = latestFirst(views)
    .slice(0, FEED_CORRECTIONS)
    .map(one => entry(views, one));
  const firstIssue = views.issues.issues[0];
  return {
    id: tagUri(views, 'corrections'),
    title: `${views.frame.siteTitle}: corrections`,
    self: absolute(views, views.link(CORRECTIONS_FEED)),
    page: absolute(views, views.link(CORRECTIONS)),
    updated: entries[0]?.updated ?? (firstIssue ? noonOf(views, firstIssue.date) : 0),
    entries,
  };
}

const FEED_CORRECTIONS = 50;

interface Corrected {
  readonly issue: Issue;
  readonly correction: Correction;
}

function latestFirst({ issues }: Views): readonly Corrected[] {
  return issues.issues
    .flatMap(issue => issue.corrections.map(correction => ({ issue, correction })))
    .reverse()
    .sort((a, b) =>
      a.correction.date < b.correction.date ? 1 : a.correction.date > b.correction.date ? -1 : 0,
    );
}

function listed(views: Views, { issue, correction }: Corrected): ListedCorrectionView {
  const { section, date, was, kind } = correction;
  return {
    ...correctionView(views, issue, correction),
    where: placeOf(views, issue, correction),
    anchor: correctionAnchor(issue.number, section, date, was),
    title: titleOf(issue, section),
    kind,
  };
}

function titleOf({ number, title, sections }: Issue, section: string | undefined): string {
  return sections.find(({ id }) => id === section)?.title ?? (title || `Issue ${number}`);
}

function entry(views: Views, one: Corrected): EntryView {
  const { issue, correction } = one;
  const { anchor, title, date, where, ...view } = listed(views, one);
  const look = feedLook(views, issue, views.issues.quotations.get(correction) ?? []);
  const said = { was: renderLine(correction.was, look), is: renderLine(correction.is, look) };
  const href = absolute(views, where.href);
  return {
    id: tagUri(views, `correction/${anchor}`),
    title: `${where.words}: ${title}`,
    author: issue.editor,
    href: absolute(views, views.link(CORRECTIONS, anchor)),
    published: date,
    updated: date,
    content: html`<p><a href="${href}">${title}</a>, ${where.words}</p>
${correctionText({ ...view, ...said, date, where })}`,
  };
}
