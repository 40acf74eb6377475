import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { allThreads, type HomeView } from './home.ts';
import { type Html, html } from './html.ts';
import { type IssueRow, issueList } from './issues.ts';
import { some, type ThreadRow, threadTable } from './lists.ts';
import { counted } from './numbers.ts';
import { type StatusView, statusMark } from './status.ts';

/** The front page made from the latest issue. */
export interface IssueFrontView {
  readonly href: string;
  readonly number: number;
  readonly issueHref: string;
  /** May be empty. */
  readonly title: string;
  readonly date: number;
  readonly editor: string;
  readonly stories: readonly IssueStoryView[];
  /** How many sections are not among the stories. */
  readonly more: number;
  readonly updates: readonly UpdateView[];
  readonly recent: readonly ThreadRow[];
  readonly lists: HomeView['lists'];
  /** The earlier issues that there is room for. */
  readonly past: readonly IssueRow[];
  readonly archiveHref: string;
}

/** A section of the latest issue. */
export interface IssueStoryView {
  readonly href: string;
  readonly number: number;
  readonly title: string;
  /** How it begins, in the editor's words; may be empty. */
  readonly words: Html | '';
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly posts: number | undefined;
  readonly people: readonly string[];
  /** When it was corrected last. */
  readonly corrected: number | undefined;
}

/** What moved in a thread that some issue has told. */
export interface UpdateView {
  readonly href: string;
  /** The section's title. */
  readonly title: string;
  /** `3 new posts, the last by Ada Example`. */
  readonly words: string;
  readonly status: StatusView;
  readonly issue: { readonly number: number; readonly href: string };
  readonly time: number;
}

/** The page `/` of a site with issues. */
export function issueFrontPage(frame: Frame, dates: Dates, front: IssueFrontView): Html {
  const [lead, ...others] = front.stories;
  const issueLink = html`<a href="${front.issueHref}">No. ${front.number}</a>`;
  return framed(frame, {
    title: '',
    href: front.href,
    skip: 'Skip to the latest issue',
    description: `${frame.siteTitle}, No. ${front.number}: ${front.stories.map(({ title }) => title).join('; ')}`,
    front: {
      dateline: [issueLink, timeElement(front.date, dates.day(front.date)), html`Edited by ${front.editor}`],
    },
    footLinks: [html`<a href="${front.archiveHref}">All issues</a>`],
    main: html`<div class="front">
<section aria-labelledby="latest">
  <h2 class="vh" id="latest">In the latest issue, No. ${front.number}</h2>
  ${lead ? story(dates, lead, true) : html`<p>${issueLink}</p>`}
  ${others.length === 0 ? '' : html`<div class="pair">${others.map(one => story(dates, one, false))}</div>`}
  ${front.more > 0 && html`<p class="meta more"><a href="${front.issueHref}">${counted(front.more, 'more section')} in this issue</a></p>`}
</section>
${updates(dates, front.updates)}
</div>
${front.recent.length === 0 ? '' : threadTable(dates, front.recent, 'Recent threads', 'recent', allThreads(front.lists))}
${past(dates, front)}`,
  });
}

function story(dates: Dates, one: IssueStoryView, lead: boolean): Html {
  const when = one.first === undefined ? '' : dates.shortSpan(one.first, one.last ?? one.first);
  const extent = [when, one.posts === undefined ? '' : counted(one.posts, 'post')].filter(
    part => part !== '',
  );
  const facts = [
    `Section ${one.number}`,
    extent.join(', '),
    some(one.people, 3),
    one.corrected === undefined ? '' : `corrected ${dates.dayOfYear(one.corrected)}`,
  ];
  return html`<article class="${lead ? 'story first' : 'story'}">
    <h3><a href="${one.href}">${one.title}</a></h3>
    ${one.words && html`<p>${one.words}</p>`}
    <p class="meta">${facts.filter(part => part !== '').join('; ')}</p>
  </article>
`;
}

function updates(dates: Dates, all: readonly UpdateView[]): Html | '' {
  if (all.length === 0) return '';
  return html`<section class="updates" aria-labelledby="upd">
  <h2 class="rubric" id="upd">Updates on earlier items</h2>
  <ul>
${all.map(
  one => html`    <li><p><a href="${one.href}">${one.title}</a>: ${one.words}.</p><p class="meta">${statusMark(one.status)} <span>told in <a href="${one.issue.href}">No. ${one.issue.number}</a></span> ${timeElement(one.time, dates.dayOfYear(one.time))}</p></li>
`,
)}  </ul>
</section>`;
}

function past(dates: Dates, { past: rows, archiveHref }: IssueFrontView): Html | '' {
  if (rows.length === 0) return '';
  return html`<section class="past boxed" aria-labelledby="past">
  <h2 class="rubric ruled" id="past">Earlier issues</h2>
  ${issueList(dates, rows)}
  <p class="meta more"><a href="${archiveHref}">All issues</a></p>
</section>`;
}
