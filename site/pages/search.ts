import { type SearchLinks, searchPage } from '../../templates/search.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('search');

export function render({ pass, item }: PageData<SearchLinks>): string {
  return String(searchPage(pass.frame, item.view));
}
