import { type IssuesView, issuesPage } from '../../templates/issues.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('issueList');

export function render({ pass, item }: PageData<IssuesView>): string {
  return String(issuesPage(pass.frame, pass.dates, item.view));
}
