import { type IssueView, issuePage } from '../../templates/issue.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('issues');

export function render({ pass, item }: PageData<IssueView>): string {
  return String(issuePage(pass.frame, pass.dates, item.view));
}
