import { type TopicsView, topicsPage } from '../../templates/topics.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('topicList');

export function render({ pass, item }: PageData<TopicsView>): string {
  return String(topicsPage(pass.frame, pass.dates, item.view));
}
