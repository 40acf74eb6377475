import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { some, type ThreadRow, threadTable } from './lists.ts';
import { counted, number } from './numbers.ts';
import { joined, listLinks } from './places.ts';
import { type StatusView, statusMark } from './status.ts';

/** A thread told on the front page by its own first words. */
export interface StoryView {
  readonly href: string;
  readonly title: string;
  readonly status: StatusView;
  /** What it is about, word for word; may be empty. */
  readonly words: string;
  readonly speaker: string;
  readonly messageHref: string;
  readonly messageNumber: number;
  readonly posts: number;
  readonly people: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** A late word in some thread. */
export interface ReplyView {
  readonly href: string;
  readonly words: string;
  readonly author: string;
  readonly threadTitle: string;
  readonly received: number;
}

/** The front page of a site that has no issue yet: its most discussed recent threads. */
export interface HomeView {
  readonly href: string;
  readonly stories: readonly StoryView[];
  readonly replies: readonly ReplyView[];
  readonly recent: readonly ThreadRow[];
  readonly lists: readonly {
    readonly name: string;
    readonly href: string;
    readonly messages: number;
    readonly threads: number;
  }[];
  readonly first: number;
  readonly last: number;
  readonly messages: number;
}

/** More would push the news off the screen; all lists are named below the threads. */
const LISTS_IN_DATELINE = 3;

/** The page `/`. */
export function homePage(frame: Frame, dates: Dates, home: HomeView): Html {
  const [lead, ...others] = home.stories;
  return framed(frame, {
    title: '',
    href: home.href,
    skip: 'Skip to the latest threads',
    description: `${frame.siteTitle}: ${number(home.messages)} messages, ${home.messages === 0 ? 'no mail yet' : dates.span(home.first, home.last)}`,
    front: {
      dateline: [
        html`${home.messages === 0 ? 'No mail yet' : dates.day(home.last)}`,
        html`${number(home.messages)} messages`,
        listLinks(home.lists.slice(0, LISTS_IN_DATELINE)),
      ],
    },
    main: html`<div class="front">
<section aria-labelledby="latest">
  <h2 class="vh" id="latest">Most discussed of late</h2>
  ${lead ? story(dates, lead, true) : ''}
  ${others.length === 0 ? '' : html`<div class="pair">${others.map(other => story(dates, other, false))}</div>`}
</section>
${latestReplies(dates, home.replies)}
</div>
${threadTable(dates, home.recent, 'Recent threads', 'recent', allThreads(home.lists))}`,
  });
}

/** The way to all threads of each list. */
export function allThreads(lists: HomeView['lists']): Html {
  const links = lists.map(
    ({ href, name, threads }) => html`<a href="${href}">${name} (${number(threads)})</a>`,
  );
  return html`<p class="meta more">All threads of ${joined(links)}</p>`;
}

function story(dates: Dates, one: StoryView, lead: boolean): Html {
  return html`<article class="${lead ? 'story first' : 'story'}">
    <h3><a href="${one.href}">${one.title}</a></h3>
    ${one.words && html`<p><q><a class="said" href="${one.messageHref}">${one.words}</a></q></p>`}
    <p class="meta">${statusMark(one.status)} &ensp;${one.words && html`${one.speaker}, <a href="${one.messageHref}">#${one.messageNumber}</a>; `}${dates.span(one.first, one.last)}, ${counted(one.posts, 'post')}; ${some(one.people, 3)}</p>
  </article>
`;
}

function latestReplies(dates: Dates, replies: readonly ReplyView[]): Html | '' {
  if (replies.length === 0) return '';
  return html`<section class="updates" aria-labelledby="upd">
  <h2 class="rubric" id="upd">Latest replies</h2>
  <ul>
${replies.map(
  reply => html`    <li><p><q><a class="said" href="${reply.href}">${reply.words}</a></q></p><p class="meta"><span>${reply.author}, on ${reply.threadTitle}</span> ${timeElement(reply.received, dates.dayOfYear(reply.received))}</p></li>
`,
)}  </ul>
</section>`;
}
