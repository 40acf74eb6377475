import { type SeriesView, seriesPage } from '../../templates/series.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('series');

export function render({ pass, item }: PageData<SeriesView>): string {
  return String(seriesPage(pass.frame, pass.dates, item.view));
}
