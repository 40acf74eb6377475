import type { IssuesView } from '../../templates/issues.ts';
import { PageItem, Pass } from '../pass.ts';
import { ISSUES, issuePath } from '../permalinks.ts';
import type { Views } from '../views.ts';
import { issueRow } from './issue-row.ts';
import { type IssueSurroundings, issueView } from './issue-view.ts';

/** Issues of one pass: a page of an issue is long. */
const PASS_ISSUES = 20;

/** The passes that render the issues and their archive; none where there is no issue. */
export function* issuePasses(views: Views, around: IssueSurroundings): Generator<Pass> {
  const { issues } = views.issues;
  for (let start = 0; start < issues.length; start += PASS_ISSUES) {
    const pass = new Pass(views.frame, views.dates);
    pass.issues = issues
      .slice(start, start + PASS_ISSUES)
      .map(({ number }, at) => new PageItem(issuePath(number), issueView(views, start + at, around)));
    if (start === 0) pass.issueList = [new PageItem(ISSUES, issuesView(views))];
    yield pass;
  }
}

function issuesView(views: Views): IssuesView {
  return {
    href: views.link(ISSUES),
    rows: views.issues.issues.toReversed().map(issue => issueRow(views, issue)),
  };
}
