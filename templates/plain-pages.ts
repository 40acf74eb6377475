import { type Frame, framed, type ListLink } from './frame.ts';
import { type Html, html } from './html.ts';

/** The page `/about/`: the editor's own words. */
export function aboutPage(frame: Frame, content: Html): Html {
  return framed(frame, {
    title: 'About',
    href: frame.about,
    skip: 'Skip to the text',
    main: html`<div class="text prose editor">${content}</div>`,
  });
}

/** What the page `/404.html` shows. */
export interface NotFoundView {
  readonly href: string;
  /** All lists of the site. */
  readonly lists: readonly ListLink[];
}

/** The page `/404.html`, which a static host shows for an address it does not know. */
export function notFoundPage(frame: Frame, { href, lists }: NotFoundView): Html {
  return framed(frame, {
    title: 'Not found',
    href,
    skip: 'Skip to the text',
    noindex: true,
    main: html`<div class="head">
  <h1>There is no such page</h1>
</div>
<div class="text prose">
  <p>The address may have lost its last characters on the way: a message’s page ends in its whole Message-ID and a slash.</p>
  <p>Try the <a href="${frame.search}">search</a>, or browse ${lists.map((list, index) => html`${index === 0 ? '' : ', '}<a href="${list.href}">${list.name}</a>`)}.</p>
</div>`,
  });
}

/** A page that sends its reader on; without JavaScript, and for robots too. */
export function redirectPage(language: string, href: string): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>Moved</title>
<meta http-equiv="refresh" content="0; url=${href}">
<link rel="canonical" href="${href}">
</head>
<body>
<p>This page has moved: <a href="${href}">${href}</a></p>
</body>
</html>
`;
}
