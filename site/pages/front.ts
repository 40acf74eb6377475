import { type IssueFrontView, issueFrontPage } from '../../templates/issue-front.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('front');

export function render({ pass, item }: PageData<IssueFrontView>): string {
  return String(issueFrontPage(pass.frame, pass.dates, item.view));
}
