import type { IssueFrontView, IssueStoryView } from '../../templates/issue-front.ts';
import type { Covered } from '../desk/moved.ts';
import { listsOf, recentThreads } from '../front.ts';
import { fixedPath, ISSUES, issuePath } from '../permalinks.ts';
import type { Views } from '../views.ts';
import { issueRow } from './issue-row.ts';
import { type IssueSurroundings, issueView } from './issue-view.ts';
import { openingWords } from './opening.ts';
import { updateViews } from './updates.ts';

/** A front page has one lead and room for some more. */
const STORIES = 7;
const PAST_ISSUES = 6;

/** The front page made from the latest issue, with what moved in threads that earlier ones told; undefined where there is no issue. */
export function issueFront(
  views: Views,
  around: IssueSurroundings,
  updates: readonly Covered[],
): IssueFrontView | undefined {
  const { issues } = views.issues;
  const issue = issues.at(-1);
  if (!issue) return undefined;
  const shown = issueView(views, issues.length - 1, around);
  return {
    href: views.link(fixedPath('/')),
    number: issue.number,
    issueHref: shown.href,
    title: issue.title,
    date: shown.date,
    editor: issue.editor,
    stories: shown.sections.slice(0, STORIES).map(
      ({ id, number, title, facts: { first, last, posts }, people, corrections }, at): IssueStoryView => ({
        href: views.link(issuePath(issue.number), id),
        number,
        title,
        words: openingWords(views, issue.sections[at]!.prose.markdown),
        first,
        last,
        posts,
        people: people.map(({ name }) => name),
        corrected: corrections.at(-1)?.date,
      }),
    ),
    more: Math.max(0, shown.sections.length - STORIES),
    updates: updateViews(views, updates, around.gists),
    recent: recentThreads(views, around.gists),
    lists: listsOf(views),
    past: issues
      .slice(0, -1)
      .slice(-PAST_ISSUES)
      .toReversed()
      .map(one => issueRow(views, one)),
    archiveHref: views.link(ISSUES),
  };
}
