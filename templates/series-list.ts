import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { number } from './numbers.ts';
import { type OutcomeView, outcomeStatus } from './series.ts';

/** The patch series of a site, the last to be written to first. */
export interface SeriesListView {
  readonly href: string;
  readonly rows: readonly SeriesRow[];
  /** How many there are, where not all are shown. */
  readonly total: number;
}

/** A series as a row of a table. */
export interface SeriesRow {
  readonly href: string;
  readonly title: string;
  readonly author: string;
  readonly versions: number;
  readonly outcome: OutcomeView;
  readonly last: number;
}

/** The page `/series/`. */
export function seriesListPage(frame: Frame, dates: Dates, { href, rows, total }: SeriesListView): Html {
  const shown = rows.length < total ? `the latest ${number(rows.length)} of ${number(total)}` : number(total);
  return framed(frame, {
    title: 'Patch series',
    href,
    skip: 'Skip to the series',
    main: html`<div class="head">
  <h1>Patch series</h1>
  <p class="meta">${shown}, each with its versions in one place</p>
</div>
<section class="threads boxed" aria-labelledby="series">
  <h2 class="vh" id="series">Series</h2>
  <table>
    <thead><tr><th scope="col">Series</th><th scope="col" class="opt">By</th><th scope="col">Status</th><th scope="col" class="n">Versions</th><th scope="col" class="n">Last message</th></tr></thead>
    <tbody>
${rows.map(
  row => html`    <tr><td><a href="${row.href}">${row.title}</a></td><td class="opt">${row.author}</td><td>${outcomeStatus(row.outcome)}</td><td class="n">${row.versions}<span class="unit"> ${row.versions === 1 ? 'version' : 'versions'}</span></td><td class="n">${timeElement(row.last, dates.day(row.last))}</td></tr>
`,
)}    </tbody>
  </table>
</section>`,
  });
}
