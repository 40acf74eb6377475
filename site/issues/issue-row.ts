import type { Issue } from '../../publication/issues/issue.ts';
import type { IssueRow } from '../../templates/issues.ts';
import { issuePath } from '../permalinks.ts';
import type { Views } from '../views.ts';
import { noonOf } from './issue-day.ts';

/** An issue in a list of them. */
export function issueRow(views: Views, issue: Issue): IssueRow {
  return {
    number: issue.number,
    href: views.link(issuePath(issue.number)),
    title: isOwnTitle(views, issue) ? issue.title : issueName({ ...issue, title: '' }),
    date: noonOf(views, issue.date),
    sections: issue.sections.length,
  };
}

/** What a list calls an issue: its title, else the titles of its first sections; empty where it has neither. */
export function issueName({ title, sections }: Issue): string {
  const first = sections.slice(0, 2).map(section => section.title);
  return title || first.join('; ');
}

/** Whether an issue's title tells it apart: old newsletters bear their own name on every issue. */
function isOwnTitle({ issues: { issues } }: Views, { title }: Issue): boolean {
  return title !== '' && issues.filter(issue => issue.title === title).length === 1;
}
