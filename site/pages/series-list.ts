import { type SeriesListView, seriesListPage } from '../../templates/series-list.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('seriesList');

export function render({ pass, item }: PageData<SeriesListView>): string {
  return String(seriesListPage(pass.frame, pass.dates, item.view));
}
