import { atomFeed, type FeedView } from '../../templates/feed.ts';
import { type PageData, pagesOf } from '../pass.ts';

export const data = pagesOf('feeds');

export function render({ item }: PageData<FeedView>): string {
  return atomFeed(item.view);
}
