import { isoTime } from '../mail/date.ts';
import { escapeText, type Html, html, trustedHtml } from './html.ts';

/** An Atom feed (RFC 4287). All links are absolute. */
export interface FeedView {
  readonly id: string;
  readonly title: string;
  readonly self: string;
  readonly page: string;
  readonly updated: number;
  readonly entries: readonly EntryView[];
}

/** An entry of a feed. */
export interface EntryView {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly href: string;
  readonly published: number;
  readonly updated: number;
  /** The full text, as markup. */
  readonly content: Html;
}

/** What no XML can hold, escaped or not (XML 1.0, 2.2). */
const NO_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The feed as XML. Escaping is HTML's, whose five entities and numbers XML has too. */
export function atomFeed(feed: FeedView): string {
  return String(feedMarkup(feed)).replace(NO_XML, '\ufffd');
}

function feedMarkup(feed: FeedView): Html {
  return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${feed.id}</id>
<title>${feed.title}</title>
<link rel="self" type="application/atom+xml" href="${feed.self}"/>
<link rel="alternate" type="text/html" href="${feed.page}"/>
<updated>${isoTime(feed.updated)}</updated>
${feed.entries.map(
  entry => html`<entry>
<id>${entry.id}</id>
<title>${entry.title}</title>
<author><name>${entry.author}</name></author>
<link rel="alternate" type="text/html" href="${entry.href}"/>
<published>${isoTime(entry.published)}</published>
<updated>${isoTime(entry.updated)}</updated>
<content type="html">${trustedHtml(escapeText(String(entry.content)))}</content>
</entry>
`,
)}</feed>
`;
}
