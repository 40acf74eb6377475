import { type MonthView, monthPage } from '../../templates/lists.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('months');

export function render({ pass, item }: PageData<MonthView>): string {
  return String(monthPage(pass.frame, pass.dates, item.view));
}
