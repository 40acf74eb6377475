import { type Frame, framed, type ListLink } from './frame.ts';
import { type Html, html } from './html.ts';
import { listLinks } from './places.ts';

/** The links of what the search page fetches; each changes with its content, so that no browser mixes two builds. */
export interface SearchLinks {
  readonly script: string;
  /** The search itself, for a Web Worker: packed, and plain. */
  readonly worker: string;
  readonly plainWorker: string;
  /** What the worker fetches when the first result is there, likewise. */
  readonly workerRest: string;
  readonly plainWorkerRest: string;
  /** The index's first file; the others lie beside it. */
  readonly root: string;
  /** Where the site's lists can be searched by a server, by name. */
  readonly archives: readonly Archive[];
  /** All lists of the site. */
  readonly lists: readonly ListLink[];
}

/** A public-inbox of a list. */
export interface Archive {
  readonly list: string;
  /** Its address, with a slash at the end. */
  readonly href: string;
}

/** The page `/search/`. The results are made in the browser, into `#results`. */
export function searchPage(frame: Frame, links: SearchLinks): Html {
  return framed(frame, {
    title: 'Search',
    href: frame.search,
    skip: 'Skip to the search',
    script: links.script,
    main: html`<div class="head">
  <h1>Search</h1>
  <search>
  <form class="find" action="${frame.search}" method="get"><label class="vh" for="q">Words to find</label><input id="q" name="q" type="search" autocomplete="off" spellcheck="false" aria-describedby="how"><button class="btn" type="submit">Find</button></form>
  </search>
  <p class="hint" id="how">Try <code>"exact words"</code>, <code>f:name</code>, <code>s:syscall</code>, <code>is:patch</code>, <code>d:2018-03..</code>, <code>+must -not</code>, <code>begin*</code>. Press <kbd>/</kbd> to come back to the box.</p>
  <details class="fold"><summary>All that can be asked</summary>
  <dl class="asked">
    <dt><code>s:</code> <code>f:</code> <code>nq:</code> <code>dfn:</code></dt><dd>in the subject, the writer’s name, the text without quotations, the names of changed files and functions</dd>
    <dt><code>"exact words"</code></dt><dd>as they stand there, one behind the other</dd>
    <dt><code>+word</code> <code>-word</code></dt><dd>must be there, must not; other words count the more the rarer they are</dd>
    <dt><code>wor*</code> <code>*_read</code> <code>word~1</code></dt><dd>any letters; a letter may be wrong</dd>
    <dt><code>d:</code></dt><dd><code>d:2018-03</code>, <code>d:2018-03-01..2018-03-15</code>, <code>d:2018-03..</code>, <code>d:last.week</code></dd>
    <dt><code>is:</code> <code>l:</code> <code>topic:</code> <code>status:</code></dt><dd><code>is:patch</code>, <code>is:cover</code>, <code>is:reply</code>, <code>is:thread</code>; a list; a topic; how its thread stands; several with commas</dd>
  </dl></details>
</div>
<noscript>${withoutScript(links)}</noscript>
<p class="vh" role="status" id="said"></p>
<div id="results" data-root="${links.root}" data-worker="${links.worker}" data-plain="${links.plainWorker}" data-rest="${links.workerRest}" data-plain-rest="${links.plainWorkerRest}" data-archives="${JSON.stringify(links.archives)}"></div>`,
  });
}

function withoutScript({ archives, lists: all }: SearchLinks): Html {
  const lists = html`browse by month: ${listLinks(all)}`;
  return html`<p class="text">The search runs in your browser and needs JavaScript. Without it, ${
    archives.length > 0 ? 'search the same mail where a server does it, or ' : ''
  }${lists}.</p>
${archives.map(
  ({ list, href }, index) =>
    html`<form class="find" action="${href}" method="get"><label class="vh" for="q${index}">Words to find on ${list}, on another site</label><input id="q${index}" name="q" type="search"><button class="btn" type="submit">Find on ${new URL(href).host}</button></form>\n`,
)}`;
}
