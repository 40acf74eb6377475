import { type ThreadView, threadPage } from '../../templates/thread.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('threads');

export function render({ pass, item }: PageData<ThreadView>): string {
  return String(threadPage(pass.frame, pass.dates, item.view));
}
