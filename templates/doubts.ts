import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';

/** What may be wrong with threads, for an editor. */
export interface DoubtsView {
  readonly href: string;
  /** The probable ones first. */
  readonly doubts: readonly DoubtView[];
}

/** One doubt. */
export interface DoubtView {
  readonly kind: 'split' | 'join';
  readonly certainty: 'probable' | 'possible';
  readonly message: DoubtedView;
  /** What it may answer, or what it stands under. */
  readonly other: DoubtedView;
  readonly reason: string;
  /** Lines that both have. */
  readonly quoted: readonly string[];
  readonly followers: number;
  /** Items for lists of `threads.yaml`, of which either settles it. */
  readonly entries: readonly { readonly list: string; readonly item: string }[];
}

/** A message that a doubt is about, on its thread's page. */
export interface DoubtedView {
  readonly href: string;
  readonly author: string;
  readonly subject: string;
  readonly received: number;
}

/** The page `/desk/doubts/`, which `traffic serve` alone shows. */
export function doubtsPage(frame: Frame, dates: Dates, { href, doubts }: DoubtsView): Html {
  const probable = doubts.filter(({ certainty }) => certainty === 'probable');
  const possible = doubts.filter(({ certainty }) => certainty === 'possible');
  return framed(frame, {
    title: 'Doubts about threads',
    href,
    skip: 'Skip to the doubts',
    noindex: true,
    main: html`<div class="head">
  <p class="meta">The editor’s desk; not part of the site</p>
  <h1>Doubts about threads</h1>
  <p class="meta">${probable.length} probable, ${possible.length} possible. An entry in threads.yaml settles a doubt either way, with your reason behind it; each of its lists stands there once. Nothing is changed without one.</p>
</div>
${part(dates, 'Probable', probable)}
${part(dates, 'Possible', possible)}
${doubts.length === 0 ? html`<p>There are none.</p>` : ''}`,
  });
}

function part(dates: Dates, heading: string, doubts: readonly DoubtView[]): Html | '' {
  if (doubts.length === 0) return '';
  const id = heading.toLowerCase();
  return html`<section class="row" aria-labelledby="${id}"><h2 class="rubric" id="${id}">${heading}</h2>
<div class="text">
${doubts.map(doubt => article(dates, doubt))}</div>
</section>`;
}

function article(dates: Dates, doubt: DoubtView): Html {
  const { message, other, kind, followers } = doubt;
  const along = followers === 0 ? '' : `, with ${followers} ${followers === 1 ? 'answer' : 'answers'}`;
  return html`<article class="doubt">
  <h3>${kind === 'split' ? 'Possibly the same discussion' : 'Possibly another discussion'}</h3>
  <p>${doubted(dates, message)}${along}</p>
  <p>${kind === 'split' ? 'may answer' : 'stands under'} ${doubted(dates, other)}</p>
  <p class="meta">${doubt.reason}</p>
  ${doubt.quoted.length > 0 ? html`<div class="quoted">${doubt.quoted.slice(0, SHOWN_LINES).map(line => html`<p>${line}</p>`)}</div>` : ''}
  ${doubt.entries.map(
    (
      { list, item },
      index,
    ) => html`<p class="label">${index === 0 ? 'In threads.yaml, either' : 'or'} under <code>${list}:</code></p>
  <pre class="entry"><code>${item}</code></pre>`,
  )}
</article>
`;
}

/** Enough to see that they are the same words. */
const SHOWN_LINES = 4;

function doubted(dates: Dates, { href, author, subject, received }: DoubtedView): Html {
  return html`<a href="${href}">${subject}</a> by ${author}, ${timeElement(received, dates.day(received))}`;
}

/** A doubt as a thread's page shows it. */
export interface ThreadDoubt {
  readonly kind: 'same' | 'goes on' | 'another';
  readonly href: string;
  /** The other thread, or the number of the message where another discussion may begin. */
  readonly words: string;
}

const LEADS: Readonly<Record<ThreadDoubt['kind'], string>> = {
  same: 'Possibly the same discussion:',
  'goes on': 'Possibly goes on in',
  another: 'Possibly another discussion begins at',
};

/** The dashed lines under a thread's title: what may belong together, and is not joined. */
export function threadDoubts(doubts: readonly ThreadDoubt[]): Html | '' {
  if (doubts.length === 0) return '';
  return html`<ul class="meta doubts">${doubts.map(({ kind, href, words }) => html`<li class="doubt">${LEADS[kind]} <a href="${href}">${words}</a></li>`)}</ul>`;
}
