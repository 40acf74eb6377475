import { isoTime } from '../mail/date.ts';
import type { FeedView } from './feed.ts';

/** A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/); `self` is the address of this form of it. */
export function jsonFeed(feed: FeedView, self: string, language: string): string {
  const items = feed.entries.map(({ id, href, title, content, published, updated, author }) => ({
    id,
    url: href,
    title,
    content_html: String(content),
    date_published: isoTime(published),
    date_modified: isoTime(updated),
    authors: [{ name: author }],
  }));
  const { title, page } = feed;
  return `${JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      ...{ title, home_page_url: page, feed_url: self, language, items },
    },
    undefined,
    1,
  )}\n`;
}
