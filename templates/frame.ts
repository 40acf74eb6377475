import { type Html, html } from './html.ts';

/** What every page of a site shares. */
export interface Frame {
  readonly siteTitle: string;
  readonly strap: string;
  readonly language: string;
  /** `scheme://host`, for canonical links; empty where nobody has said where the site will be. */
  readonly siteUrl: string;
  readonly css: string;
  readonly icon: string;
  /** The script of pages that have none of their own. */
  readonly reading: string;
  readonly home: string;
  readonly search: string;
  readonly about: string;
  /** The list of patch series; undefined where there are none. */
  readonly series: string | undefined;
  readonly feed: string;
  readonly lists: readonly { readonly name: string; readonly href: string }[];
}

/** A page to be framed. */
export interface Page {
  /** What stands in the title bar before the site's name; empty on the home page. */
  readonly title: string;
  /** The page's own link, for `rel=canonical`. */
  readonly href: string;
  /** Which item of the navigation the page is under: the link of one of them, or nothing. */
  readonly current?: string;
  /** The words of the link that skips the navigation. */
  readonly skip: string;
  /** The front page has a nameplate; the others a running head. */
  readonly front?: { readonly dateline: readonly Html[] };
  readonly main: Html;
  /** Links of the footer that belong to this page. */
  readonly footLinks?: readonly Html[];
  readonly feeds?: readonly { readonly title: string; readonly href: string }[];
  readonly description?: string;
  readonly noindex?: boolean;
  /** A script in place of the one that all pages have. */
  readonly script?: string;
  /** The pages around a page of a long thread. */
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

/** A whole document. */
export function framed(frame: Frame, page: Page): Html {
  const title =
    page.title === '' ? `${frame.siteTitle}, ${frame.strap}` : `${page.title} · ${frame.siteTitle}`;
  const feeds = [{ title: `${frame.siteTitle}: threads`, href: frame.feed }, ...(page.feeds ?? [])];
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${page.description ? html`<meta name="description" content="${page.description}">\n` : ''}${page.noindex ? html`<meta name="robots" content="noindex">\n` : ''}${
  frame.siteUrl &&
  html`<link rel="canonical" href="${frame.siteUrl}${page.href}">
`
}<link rel="stylesheet" href="${frame.css}">
<link rel="icon" href="${frame.icon}" type="image/svg+xml">
${feeds.map(feed => html`<link rel="alternate" type="application/atom+xml" title="${feed.title}" href="${feed.href}">\n`)}${relation('prev', page.previous)}${relation('next', page.next)}<script type="module" src="${page.script ?? frame.reading}"></script>
</head>
<body>
<a class="skip" href="#main">${page.skip}</a>
<div class="wrap">
${page.front ? nameplate(frame, page, page.front.dateline) : runningHead(frame, page)}
<main id="main">
${page.main}
</main>
${footer(frame, page)}
</div>
</body>
</html>
`;
}

function relation(rel: string, href: string | undefined): Html | '' {
  return href === undefined ? '' : html`<link rel="${rel}" href="${href}">\n`;
}

function nameplate(frame: Frame, page: Page, dateline: readonly Html[]): Html {
  return html`<header class="mast">
  ${navigation(frame, page)}
  <h1 class="nameplate">${frame.siteTitle}</h1>
  <p class="strap">${frame.strap}</p>
  <p class="dateline">${dateline.map(part => html`<span>${part}</span> `)}</p>
</header>
`;
}

function runningHead(frame: Frame, page: Page): Html {
  return html`<header class="mast inner">
  <div class="bar">
    <p class="runhead"><a href="${frame.home}">${frame.siteTitle}</a></p>
    ${navigation(frame, page)}
  </div>
</header>
`;
}

/** More lists than this would push the search off a phone's screen; the front page names them all. */
const LISTS_IN_NAVIGATION = 4;

function navigation(frame: Frame, page: Page): Html {
  const item = (href: string, words: string, last = false) => {
    const current =
      href === page.href
        ? html` aria-current="page"`
        : href === page.current
          ? html` aria-current="true"`
          : '';
    return html`<li${last ? html` class="last"` : ''}><a href="${href}"${last ? html` rel="search"` : ''}${current}>${words}</a></li>`;
  };
  return html`<nav aria-label="Main"><ul>
    ${item(frame.home, 'Latest')}${frame.lists.slice(0, LISTS_IN_NAVIGATION).map(list => item(list.href, list.name))}${frame.series === undefined ? '' : item(frame.series, 'Series')}${item(frame.about, 'About')}${item(frame.search, 'Search', true)}
  </ul></nav>`;
}

function footer(frame: Frame, page: Page): Html {
  const links = [
    ...(page.footLinks ?? []),
    html`<a href="${frame.feed}">Feed of threads</a>`,
    html`<a href="${frame.about}">About</a>`,
  ];
  return html`<footer class="foot">
  <p>Messages are shown as they were sent. A page’s address is made from its Message-ID and will not change.</p>
  <ul>${links.map(link => html`<li>${link}</li>`)}${page.script ? '' : html`<li class="scripted"><button type="button" data-keys>Keys</button></li>`}</ul>
</footer>`;
}
