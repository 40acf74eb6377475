import { type StatsView, statsPage } from '../../templates/stats.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('stats');

export function render({ pass, item }: PageData<StatsView>): string {
  return String(statsPage(pass.frame, pass.dates, item.view));
}
