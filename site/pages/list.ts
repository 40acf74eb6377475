import { type ListView, listPage } from '../../templates/lists.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('lists');

export function render({ pass, item }: PageData<ListView>): string {
  return String(listPage(pass.frame, pass.dates, item.view));
}
