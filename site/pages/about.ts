import type { Html } from '../../templates/html.ts';
import { aboutPage } from '../../templates/plain-pages.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('about');

export function render({ pass, item }: PageData<Html>): string {
  return String(aboutPage(pass.frame, item.view));
}
