import { type TopicView, topicPage } from '../../templates/topics.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('topics');

export function render({ pass, item }: PageData<TopicView>): string {
  return String(topicPage(pass.frame, pass.dates, item.view));
}
