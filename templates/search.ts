import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';

/** A message that was found, as the results show it. */
export interface HitView {
  readonly title: string;
  readonly url: string;
  readonly from: string;
  readonly date: string;
  readonly thread: string;
  readonly threadTitle: string;
  readonly marked: readonly { readonly text: string; readonly match: boolean }[];
}

/** The links of what the search page fetches; each changes with its content, so that no browser mixes two builds. */
export interface SearchLinks {
  readonly script: string;
  readonly index: string;
  readonly documents: string;
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
  <p class="hint" id="how">Try <code>subject:syscall</code>, <code>from:name</code>, <code>+must -not</code>, <code>begin*</code>. Press <kbd>/</kbd> to come back to the box.</p>
</div>
<noscript><p class="text">The search runs in your browser and needs JavaScript. Without it, browse by month: ${frame.lists.map(
      (list, index) => html`${index === 0 ? '' : ', '}<a href="${list.href}">${list.name}</a>`,
    )}.</p></noscript>
<div id="results" aria-live="polite" data-index="${links.index}" data-documents="${links.documents}"></div>`,
  });
}

/** Threads and hits of a thread that are shown at first; the rest is counted. */
const SHOWN_THREADS = 30;
const SHOWN_HITS = 3;

/** What a query found, by thread, in the order of each thread's best hit. */
export function searchResults(hits: readonly HitView[], allThreads: boolean): Html {
  const threads = new Map<string, HitView[]>();
  for (const hit of hits) threads.set(hit.thread, [...(threads.get(hit.thread) ?? []), hit]);
  const heading =
    hits.length === 0
      ? 'Nothing was found'
      : `${counted(hits.length, 'message')} in ${counted(threads.size, 'thread')}`;
  const shown = allThreads ? [...threads.values()] : [...threads.values()].slice(0, SHOWN_THREADS);
  const more = threads.size - shown.length;
  return html`<section class="hits" aria-labelledby="res">
  <h2 class="label" id="res">${heading}</h2>
  ${hits.length === 0 ? html`<p class="hint">A word is found in any of its forms, but not in part: add <code>*</code> for its other endings.</p>` : ''}
  ${shown.map(threadHits)}
  ${more > 0 ? html`<p class="meta more"><button class="btn" type="button" id="more">${counted(more, 'more thread', 'more threads')}</button></p>` : ''}
</section>`;
}

/** A sentence in place of results. */
export function searchMessage(sentence: string): Html {
  return html`<p class="hint">${sentence}</p>`;
}

function threadHits(hits: readonly HitView[]): Html {
  const best = hits[0]!;
  const rest = hits.slice(SHOWN_HITS);
  return html`<article class="hit">
    <h3><a href="${best.thread}">${best.threadTitle}</a></h3>
    <p class="meta">${counted(hits.length, 'message matches', 'messages match')}</p>
    <ul>${hits.slice(0, SHOWN_HITS).map(hitItem)}</ul>
    ${rest.length > 0 ? html`<details class="fold"><summary>${rest.length} more from this thread</summary><ul>${rest.map(hitItem)}</ul></details>` : ''}
  </article>`;
}

function hitItem(hit: HitView): Html {
  const words = hit.marked.map(piece => (piece.match ? html`<mark>${piece.text}</mark>` : piece.text));
  return html`<li><p>${words}</p><p class="meta"><a href="${hit.url}">${hit.from}, ${hit.date}</a></p></li>`;
}

function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
