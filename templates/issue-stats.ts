import { barChart, lineChart } from './charts.ts';
import type { Dates } from './dates.ts';
import { type Html, html } from './html.ts';
import { counted, number } from './numbers.ts';
import { type NameView, personName } from './people.ts';

/** Mailing list stats as an issue shows them; undefined is what is not known. Days are seconds since 1970 UTC. */
export interface IssueStatsView {
  readonly first: number;
  readonly last: number;
  /** Whether the days are a week: old words tell of nothing else. */
  readonly isWeek: boolean;
  readonly posts: number | undefined;
  readonly kilobytes: number | undefined;
  readonly contributors: number | undefined;
  readonly multiples: number | undefined;
  readonly lastweek: number | undefined;
  readonly programs: number | undefined;
  /** What was counted. */
  readonly basis: 'mail' | 'headers' | 'told';
  /** Whether the archive keeps threads of topics only. */
  readonly topicsOnly: boolean;
  readonly posters: readonly (NameView & {
    readonly posts: number;
    readonly kilobytes: number | undefined;
  })[];
  readonly subjects: readonly {
    readonly title: string;
    readonly href: string | undefined;
    readonly posts: number;
  }[];
  readonly days: readonly { readonly day: number; readonly posts: number }[];
  /** The posts of some issues up to this one. */
  readonly issues: readonly { readonly issue: number; readonly posts: number }[];
  readonly statisticsHref: string;
}

/** The part "Mailing List Stats For This Week" of an issue. */
export function issueStats(dates: Dates, view: IssueStatsView): Html {
  return html`<section class="row stats" aria-labelledby="Stats">
  <h2 class="rubric" id="Stats">Mailing List Stats${view.isWeek ? ' For This Week' : ''}</h2>
  <div class="boxed">
    <p class="text">${statsWords(view).join(' ')}</p>
    <p class="hint">${basisWords(view)} <a href="${view.statisticsHref}">All statistics</a></p>
    <div class="charts">
${dayChart(dates, view)}${issueChart(view)}${topPosters(view)}${topSubjects(view)}    </div>
  </div>
</section>`;
}

/** What was counted, in Kernel Traffic's words, by paragraph. */
export function statsWords(view: IssueStatsView): readonly string[] {
  const { posts, kilobytes, contributors, multiples, lastweek, programs } = view;
  const looked =
    posts === undefined
      ? ''
      : `We looked at ${counted(posts, 'post')}${kilobytes === undefined ? '' : ` in ${number(kilobytes)}K`}.`;
  const people = [
    contributors === undefined
      ? ''
      : `There ${contributors === 1 ? 'was' : 'were'} ${counted(contributors, 'different contributor')}.`,
    multiples === undefined ? '' : `${number(multiples)} posted more than once.`,
    lastweek === undefined
      ? ''
      : `${number(lastweek)} posted ${view.isWeek ? 'last week' : 'in as many days before'} too.`,
    programs ? `${counted(programs, 'post')} came from programs, who are no contributors.` : '',
  ].filter(sentence => sentence !== '');
  return [looked, people.join(' ')].filter(words => words !== '');
}

/** What was counted, so that nobody takes a part for the whole. */
function basisWords({ basis, topicsOnly }: IssueStatsView): string {
  if (basis === 'told') return 'As the newsletter counted them.';
  if (basis === 'headers')
    return 'Only threads on some topics are kept here; counted are the headers of all mail that was looked through for them.';
  return topicsOnly
    ? 'Only threads on some topics are kept here, and only they are counted.'
    : 'Counted is the mail of these days that is kept here.';
}

/** Who posted most, as a heading. */
export function postersWords({ isWeek }: IssueStatsView): string {
  return isWeek ? 'The top posters of the week were:' : 'The top posters were:';
}

function dayChart(dates: Dates, { days, first, last }: IssueStatsView): Html | '' {
  if (days.length < 2 || days.every(({ posts }) => posts === 0)) return '';
  const isShort = days.length <= 7;
  const told = days.map(
    ({ day, posts }) => `${isShort ? dates.weekday(day, 'long') : dates.dayOfYear(day)} ${posts}`,
  );
  const marks = days.map(({ day, posts }) => ({
    label: isShort ? dates.weekday(day, 'short') : dates.shortDay(day),
    value: posts,
  }));
  const name = { id: 'Days', title: `Posts by day: ${told.join(', ')}.` };
  return figure(
    html`<span class="label">Posts by day</span>, ${dates.span(first, last)}`,
    barChart(name, marks),
  );
}

function issueChart({ issues }: IssueStatsView): Html | '' {
  if (issues.length < 3) return '';
  const marks = issues.map(({ issue, posts }, at) => ({
    label: at === 0 ? `No. ${issue}` : `${issue}`,
    value: posts,
  }));
  const told = issues.map(({ issue, posts }) => `number ${issue} ${posts}`).join(', ');
  const chart = lineChart({ id: 'Issues', title: `Posts by issue: ${told}.` }, marks);
  return figure(html`<span class="label">Posts by issue</span> and their mean`, chart);
}

function figure(caption: Html, chart: Html): Html {
  return html`<figure>
<figcaption class="meta">${caption}</figcaption>
${chart}
</figure>
`;
}

function topPosters(view: IssueStatsView): Html | '' {
  const { posters } = view;
  if (posters.length === 0) return '';
  const sized = posters.some(({ kilobytes }) => kilobytes !== undefined);
  return html`<figure class="whole">
<figcaption class="meta">${postersWords(view)}</figcaption>
<table><thead class="vh"><tr><th scope="col">Person</th><th scope="col">Posts</th>${sized ? html`<th scope="col">Size</th>` : ''}</tr></thead><tbody>
${posters.map(
  one =>
    html`<tr><td>${personName(one)}</td><td class="n">${counted(one.posts, 'post')}</td>${sized ? html`<td class="n">${one.kilobytes === undefined ? '' : `${number(one.kilobytes)}K`}</td>` : ''}</tr>\n`,
)}</tbody></table>
</figure>
`;
}

function topSubjects({ subjects, isWeek }: IssueStatsView): Html | '' {
  if (subjects.length === 0) return '';
  return html`<figure class="whole">
<figcaption class="meta">${isWeek ? 'The top subjects of the week were:' : 'The top subjects were:'}</figcaption>
<table><thead class="vh"><tr><th scope="col">Subject</th><th scope="col">Posts</th></tr></thead><tbody>
${subjects.map(
  ({ title, href, posts }) =>
    html`<tr><td>${href === undefined ? title : html`<a href="${href}">${title}</a>`}</td><td class="n">${counted(posts, 'post')}</td></tr>\n`,
)}</tbody></table>
</figure>
`;
}
