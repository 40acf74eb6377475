import { utcDay } from './dates.ts';
import { type Html, html } from './html.ts';
import { counted } from './numbers.ts';

// What the search shows first, apart from all that comes behind it: a browser fetches this before anything is found.

/** A document that was found, as the results show it. */
export interface HitView {
  readonly kind: 'message' | 'thread' | 'section';
  readonly url: string;
  readonly from: string;
  /** `2018-03-09`. */
  readonly date: string;
  readonly thread: string;
  readonly threadTitle: string;
  readonly marked: readonly { readonly text: string; readonly match: boolean }[];
}

/** The hits of one thread that are shown, and how many more there are. */
export interface GroupView {
  readonly hits: readonly HitView[];
  readonly more: number;
}

/** What is shown until everything is counted. */
export function firstHits(groups: readonly GroupView[]): Html {
  // Where the filters and what is told of the thread will stand nothing is, so that the hits stay in their place.
  return html`<div class="talk"><div></div>
<section class="hits" aria-labelledby="res">
  <h2 class="label" id="res">The first of what was found</h2>
  ${groups.map(group =>
    threadHits(group, 'hit-first', group.hits[0]?.kind === 'section' ? '' : html`<p class="meta">&nbsp;</p>`),
  )}
</section>
</div>`;
}

/** A sentence in place of results. */
export function searchMessage(sentence: string): Html {
  return html`<p class="hint">${sentence}</p>`;
}

/** The hits of a thread. `look` is the class of the whole, `line` what stands below its title. */
export function threadHits({ hits, more }: GroupView, look: 'hit' | 'hit-first', line: Html | ''): Html | '' {
  const best = hits[0];
  if (!best) return '';
  return html`<article class="${look}">
    <h3><a href="${best.thread}">${best.threadTitle}</a></h3>
    ${line}
    <ul>${hits.map(hitItem)}</ul>
    ${more > 0 ? html`<p class="meta more">${counted(more, 'more of this thread matches', 'more of this thread match')}</p>` : ''}
  </article>`;
}

function hitItem({ kind, url, from, date, marked }: HitView): Html {
  const words = marked.map(piece => (piece.match ? html`<mark>${piece.text}</mark>` : piece.text));
  const day = utcDay(Date.parse(date) / 1000);
  const labels = {
    message: `${from}, ${day}`,
    thread: `The thread’s brief, until ${day}`,
    section: `In the issue of ${day}`,
  };
  return html`<li>${marked.length > 0 ? html`<p>${words}</p>` : ''}<p class="meta"><a href="${url}">${labels[kind]}</a></p></li>`;
}
