import { type Frame, framed, type ListLink } from './frame.ts';
import { type Html, html } from './html.ts';
import { listLinks } from './places.ts';

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
  <p>Try the <a href="${frame.search}">search</a>, or browse ${listLinks(lists)}.</p>
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

/** What stands at every address until the site is built for the first time; asked for again every so many seconds. */
export function buildingPage(language: string, siteTitle: string, seconds: number): Html {
  // There is no style sheet yet; the browser's own colours suit the reader's scheme.
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Being built · ${siteTitle}</title>
<meta http-equiv="refresh" content="${seconds}">
</head>
<body>
<main>
<h1>${siteTitle} is being built</h1>
<p>There is no page yet: the site is made from its mail for the first time. This page looks again by itself, and gives way to the one you asked for.</p>
</main>
</body>
</html>
`;
}
