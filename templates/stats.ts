import { barChart, lineChart } from './charts.ts';
import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { bar } from './lists.ts';
import { counted, number } from './numbers.ts';
import { type NameView, personName } from './people.ts';

/** What is counted of a site's mail, over all time. */
export interface StatsView {
  readonly href: string;
  readonly messages: number;
  readonly threads: number;
  readonly people: number;
  readonly lists: number;
  /** Whether the archive keeps threads of topics only. */
  readonly topicsOnly: boolean;
  /** Months with mail, the latest first. */
  readonly months: readonly StatsMonth[];
  /** The months of the charts, without gaps, the latest last. */
  readonly charted: readonly StatsMonth[];
  /** Those who posted most, the first first. */
  readonly posters: readonly (NameView & { readonly posts: number })[];
  /** The latest first. */
  readonly issues: readonly StatsIssue[];
}

/** The mail of a month, UTC. */
export interface StatsMonth {
  /** `2018-03`. */
  readonly month: string;
  readonly posts: number;
  readonly people: number;
}

/** The mail of an issue's days; undefined is what is not known. */
export interface StatsIssue {
  readonly number: number;
  readonly href: string;
  readonly date: number;
  readonly sections: number;
  readonly posts: number | undefined;
  readonly kilobytes: number | undefined;
  readonly contributors: number | undefined;
}

/** The page `/stats/`. */
export function statsPage(frame: Frame, dates: Dates, view: StatsView): Html {
  const { messages, threads, people, lists } = view;
  return framed(frame, {
    title: 'Statistics',
    href: view.href,
    skip: 'Skip to the statistics',
    main: html`<div class="head">
  <h1>Statistics</h1>
  <p class="meta">${counted(messages, 'message')} in ${counted(threads, 'thread')} on ${counted(lists, 'list')}, by ${counted(people, 'person', 'people')}</p>
  ${view.topicsOnly && html`<p class="hint">Only threads on some topics are kept here, and only they are counted; issues count the headers of all mail that was looked through for them.</p>`}
</div>
${charts(dates, view)}
${issueTable(dates, view.issues)}
${monthTable(dates, view.months)}`,
  });
}

function charts(dates: Dates, view: StatsView): Html | '' {
  const all = [monthCharts(dates, view.charted), issueChart(view.issues), topPosters(view.posters)];
  if (all.every(one => one === '')) return '';
  return html`<section class="boxed" aria-labelledby="charts">
<h2 class="vh" id="charts">Posts and people</h2>
<div class="charts">
${all}</div>
</section>`;
}

function topPosters(posters: StatsView['posters']): Html | '' {
  if (posters.length === 0) return '';
  return html`<figure class="whole">
<figcaption class="meta"><span class="label">Who wrote most</span></figcaption>
<table><thead class="vh"><tr><th scope="col">Person</th><th scope="col">Posts</th></tr></thead><tbody>
${posters.map(one => html`<tr><td>${personName(one)}</td><td class="n">${counted(one.posts, 'post')}</td></tr>\n`)}</tbody></table>
</figure>
`;
}

/** A chart has room for so many. */
const CHARTED_ISSUES = 120;

function issueChart(issues: readonly StatsIssue[]): Html | '' {
  const marks = issues
    .flatMap(({ number: issue, posts }) => (posts === undefined ? [] : [{ label: `${issue}`, value: posts }]))
    .slice(0, CHARTED_ISSUES)
    .reverse();
  if (marks.length < 3) return '';
  const [first, last] = [marks[0]!, marks.at(-1)!];
  const most = marks.reduce((best, one) => (one.value > best.value ? one : best));
  const title = `Posts by issue, numbers ${first.label} to ${last.label}; the most ${number(most.value)} in number ${most.label}, the last ${number(last.value)}. The table below has them all.`;
  return html`<figure>
<figcaption class="meta"><span class="label">Posts by issue</span> and their mean</figcaption>
${lineChart({ id: 'posts-by-issue', title }, marks)}
</figure>
`;
}

function monthCharts(dates: Dates, charted: readonly StatsMonth[]): Html | '' {
  const last = charted.at(-1);
  if (!last || charted.length < 2) return '';
  const span = `${dates.month(charted[0]!.month)} to ${dates.month(last.month)}`;
  const told = (value: (month: StatsMonth) => number) => {
    const most = charted.reduce((best, one) => (value(one) > value(best) ? one : best));
    return `${span}; the most ${number(value(most))} in ${dates.month(most.month)}, the last ${number(value(last))}. The table below has them all.`;
  };
  const marks = (value: (month: StatsMonth) => number) =>
    charted.map(one => ({ label: one.month, value: value(one) }));
  return html`<figure>
<figcaption class="meta"><span class="label">Posts by month</span>, ${span}</figcaption>
${barChart(
  { id: 'Posts', title: `Posts by month, ${told(({ posts }) => posts)}` },
  marks(({ posts }) => posts),
)}
</figure>
<figure>
<figcaption class="meta"><span class="label">People by month</span> and their mean</figcaption>
${lineChart(
  { id: 'People', title: `People by month, ${told(({ people }) => people)}` },
  marks(({ people }) => people),
)}
</figure>
`;
}

function issueTable(dates: Dates, issues: readonly StatsIssue[]): Html | '' {
  if (issues.length === 0) return '';
  const cell = (value: number | undefined, look: string, unit = '') =>
    html`<td class="${look}">${value === undefined ? '' : `${number(value)}${unit}`}</td>`;
  return html`<section class="months boxed" aria-labelledby="issues">
  <h2 class="rubric ruled" id="issues">By issue</h2>
  <table>
    <thead><tr><th scope="col">Issue</th><th scope="col" class="n">Date</th><th scope="col" class="n opt">Sections</th><th scope="col" class="n">Posts</th><th scope="col" class="n opt">Size</th><th scope="col" class="n opt">Contributors</th></tr></thead>
    <tbody>
${issues.map(
  one =>
    html`    <tr><td><a class="nb" href="${one.href}">No. ${one.number}</a></td><td class="n">${timeElement(one.date, dates.day(one.date))}</td>${cell(one.sections, 'n opt')}${cell(one.posts, 'n')}${cell(one.kilobytes, 'n opt', 'K')}${cell(one.contributors, 'n opt')}</tr>\n`,
)}    </tbody>
  </table>
</section>`;
}

function monthTable(dates: Dates, months: readonly StatsMonth[]): Html | '' {
  if (months.length === 0) return '';
  const most = months.reduce((best, { posts }) => Math.max(best, posts), 0);
  return html`<section class="months boxed" aria-labelledby="months">
  <h2 class="rubric ruled" id="months">By month</h2>
  <table>
    <thead><tr><th scope="col">Month</th><th scope="col" class="n">Posts</th><th scope="col" class="n">People</th><th scope="col" class="opt">&#160;<span class="vh">Posts as a bar</span></th></tr></thead>
    <tbody>
${months.map(
  ({ month, posts, people }) =>
    html`    <tr><td>${dates.month(month)}</td><td class="n">${number(posts)}</td><td class="n">${number(people)}</td><td class="opt bar-cell">${bar(posts, most)}</td></tr>\n`,
)}    </tbody>
  </table>
</section>`;
}
