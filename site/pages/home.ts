import type { HomeView } from '../../templates/home.ts';
import { homePage } from '../../templates/home.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('home');

export function render({ pass, item }: PageData<HomeView>): string {
  return String(homePage(pass.frame, pass.dates, item.view));
}
