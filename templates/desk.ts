import type { Dates } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { counted, number } from './numbers.ts';
import { type StatusView, statusMark } from './status.ts';

/** What lies before an editor who makes an issue. */
export interface DeskView {
  readonly href: string;
  /** The first and the last second of its days, since 1970 UTC. */
  readonly first: number;
  readonly last: number;
  readonly doubts: { readonly href: string; readonly count: number };
  /** The weeks beside it: `2018-W12`. */
  readonly before: WeekLink;
  readonly after: WeekLink;
  /** Begins an issue with the best. */
  readonly command: string;
  /** What keeps issues from being read, one sentence each. */
  readonly faults: readonly string[];
  /** How many candidates there are. */
  readonly total: number;
  /** The best first. */
  readonly candidates: readonly CandidateView[];
}

interface WeekLink {
  readonly words: string;
  readonly href: string;
}

/** A thread that an issue may tell of. */
export interface CandidateView {
  readonly score: number;
  readonly href: string;
  readonly tag: string;
  readonly title: string;
  readonly status: StatusView;
  /** In the days that are looked at. */
  readonly posts: number;
  readonly people: number;
  /** Messages of the thread. */
  readonly total: number;
  readonly first: number;
  readonly last: number;
  readonly lists: readonly string[];
  readonly gist: { readonly words: string; readonly speaker: string } | undefined;
  /** Each with its points. */
  readonly reasons: readonly string[];
  /** What issues have told of it, and what moved. */
  readonly history: readonly string[];
  /** Empty where it cannot be told. */
  readonly brief: Html | '';
  /** Drafts a section about it. */
  readonly command: string;
}

/** The page `/desk/`, which `traffic serve` alone shows. */
export function deskPage(frame: Frame, dates: Dates, desk: DeskView): Html {
  const { candidates, total, doubts, before, after } = desk;
  const shown =
    candidates.length < total ? `the first ${candidates.length} of ${number(total)}` : number(total);
  return framed(frame, {
    title: 'The editor’s desk',
    href: desk.href,
    skip: 'Skip to the candidates',
    noindex: true,
    main: html`<div class="head">
  <p class="meta">The editor’s desk; not part of the site</p>
  <h1>Candidates, ${dates.span(desk.first, desk.last)}</h1>
  <p class="meta">Threads that an issue may tell of, ${shown}; their reasons add up to the points beside the title. <a href="${doubts.href}">${counted(doubts.count, 'doubt')} about threads</a>.</p>
  <p class="meta">Week before: <a href="${before.href}">${before.words}</a>. Week after: <a href="${after.href}">${after.words}</a>.</p>
  ${desk.faults.map(fault => html`<p class="meta">${fault}</p>`)}
  ${total === 0 ? '' : html`${entry(desk.command)}`}
</div>
${candidates.map(one => article(dates, one))}
${total === 0 ? html`<p>Nobody wrote in these days.</p>` : ''}`,
  });
}

function article(dates: Dates, one: CandidateView): Html {
  const { posts, people, total, gist } = one;
  const facts = [
    `${counted(posts, 'post')} of ${counted(people, 'person', 'people')}`,
    ...(total > posts ? [`${number(total)} in all`] : []),
    dates.span(one.first, one.last),
    one.lists.join(', '),
  ];
  return html`<article class="row"><p class="rubric">${counted(one.score, 'point')}</p>
<div class="text candidate">
  <h2>${one.tag && html`<span class="tag">${one.tag}</span> `}<a href="${one.href}">${one.title}</a></h2>
  <p class="meta">${statusMark(one.status)} &ensp;${facts.join('; ')}</p>
  ${gist ? html`<p><q>${gist.words}</q> ${gist.speaker}</p>` : ''}
  <p class="meta">${one.reasons.join(', ') || 'Nothing speaks for it.'}</p>
  ${one.history.map(words => html`<p class="meta">${words}</p>\n`)}${one.brief && html`<details><summary>Brief</summary><div class="prose">${one.brief}</div></details>`}
  ${entry(one.command)}
</div>
</article>
`;
}

function entry(command: string): Html {
  return html`<pre class="entry"><code>${command}</code></pre>`;
}
