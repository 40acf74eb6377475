import { type NotFoundView, notFoundPage } from '../../templates/plain-pages.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('notFound');

export function render({ pass, item }: PageData<NotFoundView>): string {
  return String(notFoundPage(pass.frame, item.view));
}
