import { groupBy } from '../mail/group-by.ts';
import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { counted } from './numbers.ts';

/** An issue in a list of them. */
export interface IssueRow {
  readonly number: number;
  readonly href: string;
  /** May be empty. */
  readonly title: string;
  readonly date: number;
  readonly sections: number;
}

/** The archive of issues, the latest first. */
export interface IssuesView {
  readonly href: string;
  readonly rows: readonly IssueRow[];
}

/** The page `/issues/`. */
export function issuesPage(frame: Frame, dates: Dates, { href, rows }: IssuesView): Html {
  const sections = rows.reduce((sum, row) => sum + row.sections, 0);
  const years = groupBy(rows, row => dates.year(row.date));
  return framed(frame, {
    title: 'Issues',
    href,
    skip: 'Skip to the issues',
    main: html`<div class="head">
  <h1>Issues</h1>
  <p class="meta">${counted(rows.length, 'issue')} with ${counted(sections, 'section')}, the latest first</p>
</div>
${[...years].map(
  ([year, own]) => html`<section class="past boxed" aria-labelledby="y${year}">
  <h2 class="rubric ruled" id="y${year}">${year}</h2>
  ${issueList(dates, own)}
</section>
`,
)}`,
  });
}

/** Issues as a list: number, title, day. */
export function issueList(dates: Dates, rows: readonly IssueRow[]): Html {
  return html`<ol class="contents">
${rows.map(
  row => html`    <li><span class="num fig">No. ${row.number}</span><a class="title" href="${row.href}">${row.title || dates.day(row.date)}</a><span class="fig when">${timeElement(row.date, dates.day(row.date))}</span></li>
`,
)}  </ol>`;
}
