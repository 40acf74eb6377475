import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { number } from './numbers.ts';
import { type StatusView, statusMark } from './status.ts';

/** A thread as a row of a table. */
export interface ThreadRow {
  readonly href: string;
  readonly tag: string;
  readonly title: string;
  readonly status: StatusView;
  /** A sentence of its own that says what it is about, cut where it is long; may be empty. */
  readonly gist: string;
  readonly startedBy: string;
  readonly posts: number;
  readonly first: number;
  readonly last: number;
}

/** A month of a list. */
export interface MonthRow {
  readonly month: string;
  readonly href: string;
  readonly messages: number;
  readonly threads: number;
}

/** A list's front page. */
export interface ListView {
  readonly name: string;
  readonly href: string;
  readonly months: readonly MonthRow[];
  readonly recent: readonly ThreadRow[];
  readonly messages: number;
  readonly threads: number;
  readonly first: number;
  readonly last: number;
}

/** One month of a list: the threads that were written to in it. */
export interface MonthView {
  readonly list: string;
  readonly listHref: string;
  readonly month: string;
  readonly href: string;
  readonly messages: number;
  readonly rows: readonly ThreadRow[];
  readonly before: MonthRow | undefined;
  readonly after: MonthRow | undefined;
}

/** The page `/LIST/`. */
export function listPage(frame: Frame, dates: Dates, list: ListView): Html {
  return framed(frame, {
    title: list.name,
    href: list.href,
    skip: 'Skip to the threads',
    main: html`<div class="head">
  <h1>${list.name}</h1>
  <p class="meta">${number(list.messages)} messages in ${number(list.threads)} threads, ${dates.span(list.first, list.last)}</p>
</div>
${threadTable(dates, list.recent, 'Recent threads', 'recent')}
${monthTable(dates, list.months)}`,
  });
}

/** The page `/LIST/YYYY-MM/`. */
export function monthPage(frame: Frame, dates: Dates, view: MonthView): Html {
  const neighbour = (row: MonthRow | undefined, words: string) =>
    row ? html`<li>${words}: <a href="${row.href}">${dates.month(row.month)}</a></li>` : '';
  return framed(frame, {
    title: `${view.list}, ${dates.month(view.month)}`,
    href: view.href,
    current: view.listHref,
    skip: 'Skip to the threads',
    main: html`<div class="head">
  <p class="meta"><a href="${view.listHref}">${view.list}</a></p>
  <h1>${dates.month(view.month)}</h1>
  <p class="meta">${number(view.messages)} messages in ${number(view.rows.length)} threads</p>
</div>
${threadTable(dates, view.rows, 'Threads', 'threads')}
<nav class="around meta" aria-label="Other months"><ul>${neighbour(view.before, 'Before')}${neighbour(view.after, 'After')}</ul></nav>`,
  });
}

/** A table of threads under a heading; on phones a line of facts under each title. */
export function threadTable(
  dates: Dates,
  rows: readonly ThreadRow[],
  heading: string,
  id: string,
  more: Html | '' = '',
): Html {
  return html`<section class="threads boxed" aria-labelledby="${id}">
  <h2 class="rubric ruled" id="${id}">${heading}</h2>
  <table>
    <thead><tr><th scope="col">Thread</th><th scope="col">Status</th><th scope="col" class="opt">Started by</th><th scope="col" class="n">Posts</th><th scope="col" class="n">Last post</th></tr></thead>
    <tbody>
${rows.map(
  row => html`    <tr><td><a href="${row.href}">${row.tag && html`<span class="tag">${row.tag}</span> `}${row.title}</a>${row.gist && html`<span class="gist">${row.gist}</span>`}</td><td>${statusMark(row.status)}</td><td class="opt">${row.startedBy}</td><td class="n">${number(row.posts)}<span class="unit"> ${row.posts === 1 ? 'post' : 'posts'}</span></td><td class="n">${timeElement(row.last, dates.day(row.last))}</td></tr>
`,
)}    </tbody>
  </table>
  ${more}
</section>`;
}

function monthTable(dates: Dates, months: readonly MonthRow[]): Html {
  const most = Math.max(...months.map(month => month.messages));
  return html`<section class="months boxed" aria-labelledby="months">
  <h2 class="rubric ruled" id="months">By month</h2>
  <table>
    <thead><tr><th scope="col">Month</th><th scope="col" class="n">Messages</th><th scope="col" class="n">Threads</th><th scope="col" class="opt">&#160;<span class="vh">Messages as a bar</span></th></tr></thead>
    <tbody>
${months.map(
  row => html`    <tr><td><a href="${row.href}">${dates.month(row.month)}</a></td><td class="n">${number(row.messages)}</td><td class="n">${number(row.threads)}</td><td class="opt bar-cell">${bar(row.messages, most)}</td></tr>
`,
)}    </tbody>
  </table>
</section>`;
}

/** A bar as long as `value` is of `most`. */
export function bar(value: number, most: number): Html {
  const width = Math.max(1, Math.round((value / most) * 100));
  return html`<svg class="hbar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" x="0" y="0" width="${width}" height="6"/></svg>`;
}

/** The first `most` of names, and how many there are besides: `Ada, Ben and 3 more`. */
export function some(names: readonly string[], most: number): string {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${number(more)} more` : '');
}
