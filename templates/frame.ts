import { isoTime } from '../mail/date.ts';
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
  /** The archive of issues; undefined where there is none yet. */
  readonly issues: string | undefined;
  /** The topics by which sections are filed; undefined where there are none. */
  readonly topics: string | undefined;
  /** What was wrong in issues; undefined where there is no issue. */
  readonly corrections: string | undefined;
  readonly statistics: string;
  /** The feeds of issues; undefined where there is no issue. */
  readonly issueFeeds: { readonly atom: string; readonly json: string } | undefined;
  /** The list of patch series; undefined where there are none. */
  readonly series: string | undefined;
  /** The list of people; undefined where nobody wrote. */
  readonly people: string | undefined;
  readonly feed: string;
  /** The lists that every page leads to: a few. */
  readonly lists: readonly ListLink[];
}

/** A list and the link of its page. */
export interface ListLink {
  readonly name: string;
  readonly href: string;
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
  readonly front?: {
    readonly dateline: readonly Html[];
    /** What the page is a number of: `No. 12`; told to those who hear the page. */
    readonly number?: string;
    /** In place of the site's strap. */
    readonly strap?: string;
  };
  readonly main: Html;
  /** Links of the footer that belong to this page. */
  readonly footLinks?: readonly Html[];
  readonly feeds?: readonly { readonly title: string; readonly href: string }[];
  /** For search engines; the site's strap where a page has none of its own. */
  readonly description?: string;
  /** Of an article, for those who show a link to it as a card: when it came out and when it was last changed. */
  readonly article?: { readonly published: number; readonly updated: number };
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
  const feeds = [
    ...(frame.issueFeeds ? [{ title: `${frame.siteTitle}: issues`, href: frame.issueFeeds.atom }] : []),
    { title: `${frame.siteTitle}: threads`, href: frame.feed },
    ...(page.feeds ?? []),
  ];
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${page.description ?? frame.strap}">
${page.noindex ? html`<meta name="robots" content="noindex">\n` : ''}${
  frame.siteUrl &&
  html`<link rel="canonical" href="${frame.siteUrl}${page.href}">
`
}<link rel="stylesheet" href="${frame.css}">
<link rel="icon" href="${frame.icon}" type="image/svg+xml">
${feeds.map(feed => html`<link rel="alternate" type="application/atom+xml" title="${feed.title}" href="${feed.href}">\n`)}${
  frame.issueFeeds &&
  html`<link rel="alternate" type="application/feed+json" title="${frame.siteTitle}: issues" href="${frame.issueFeeds.json}">
`
}${relation('prev', page.previous)}${relation('next', page.next)}${page.article && openGraph(frame, page, page.article)}<script type="module" src="${page.script ?? frame.reading}"></script>
</head>
<body>
<a class="skip" href="#main">${page.skip}</a>
<div class="wrap">
${page.front ? nameplate(frame, page, page.front) : runningHead(frame, page)}
<main id="main">
${page.main}
</main>
${footer(frame, page)}
</div>
</body>
</html>
`;
}

/** What a card for a link to an article shows (https://ogp.me). */
function openGraph(frame: Frame, page: Page, { published, updated }: NonNullable<Page['article']>): Html {
  const properties = {
    'og:type': 'article',
    'og:title': page.title,
    'og:site_name': frame.siteTitle,
    'og:description': page.description ?? frame.strap,
    'article:published_time': isoTime(published),
    'article:modified_time': isoTime(updated),
    // A link to nowhere but a path is none.
    ...(frame.siteUrl && { 'og:url': `${frame.siteUrl}${page.href}` }),
  };
  return html`${Object.entries(properties).map(([name, content]) => html`<meta property="${name}" content="${content}">\n`)}`;
}

function relation(rel: string, href: string | undefined): Html | '' {
  return href === undefined ? '' : html`<link rel="${rel}" href="${href}">\n`;
}

function nameplate(frame: Frame, page: Page, { dateline, number, strap }: NonNullable<Page['front']>): Html {
  return html`<header class="mast">
  ${navigation(frame, page)}
  <h1 class="nameplate">${frame.siteTitle}${number && html`<span class="vh">, ${number}</span>`}</h1>
  <p class="strap">${strap || frame.strap}</p>
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
    ${item(frame.home, 'Latest')}${frame.issues === undefined ? '' : item(frame.issues, 'Issues')}${frame.topics === undefined ? '' : item(frame.topics, 'Topics')}${frame.lists.map(list => item(list.href, list.name))}${frame.series === undefined ? '' : item(frame.series, 'Series')}${frame.people === undefined ? '' : item(frame.people, 'People')}${item(frame.about, 'About')}${item(frame.search, 'Search', true)}
  </ul></nav>`;
}

function footer(frame: Frame, page: Page): Html {
  const links = [
    ...(page.footLinks ?? []),
    ...(frame.issueFeeds ? [html`<a href="${frame.issueFeeds.atom}">Feed of issues</a>`] : []),
    html`<a href="${frame.feed}">Feed of threads</a>`,
    ...(frame.corrections === undefined ? [] : [html`<a href="${frame.corrections}">Corrections</a>`]),
    html`<a href="${frame.statistics}">Statistics</a>`,
    html`<a href="${frame.about}">About</a>`,
  ];
  return html`<footer class="foot">
  <p>Messages are shown as they were sent. A page’s address is made from its Message-ID and will not change.</p>
  <ul>${links.map(link => html`<li>${link}</li>`)}${page.script ? '' : html`<li class="scripted"><button type="button" data-keys>Keys</button></li>`}</ul>
</footer>`;
}
