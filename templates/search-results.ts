import { utcSpan } from './dates.ts';
import { type Html, html } from './html.ts';
import { counted, number } from './numbers.ts';
import { type IssuePlace, joined, toldIn } from './places.ts';
import type { Archive } from './search.ts';
import { type GroupView, threadHits } from './search-hits.ts';
import { type StatusView, statusMark } from './status.ts';

/** What the page shows of what a query found. */
export interface ResultsView {
  readonly query: string;
  readonly counts: {
    readonly sections: number;
    readonly messages: number;
    readonly threads: number;
    readonly facets: readonly FacetView[];
    readonly bars: readonly { readonly span: string; readonly messages: number }[];
  };
  readonly groups: readonly FoundThreadView[];
  readonly moreThreads: number;
  readonly read: number | undefined;
  readonly missing: readonly string[];
  readonly archives: readonly Archive[];
}

/** The hits of a thread that are shown, and what the thread is. */
export interface FoundThreadView extends GroupView {
  readonly thread: ThreadLineView | undefined;
}

/** What stands below a thread's title. */
export interface ThreadLineView {
  readonly status: StatusView | undefined;
  readonly found: number;
  readonly messages: number;
  readonly first: number;
  readonly last: number;
  readonly told: readonly IssuePlace[];
}

/** A filter and how much of what was found it would leave. */
export interface FacetView {
  readonly name: 'is' | 'f' | 'l' | 'topic' | 'status';
  readonly values: readonly {
    readonly value: string;
    readonly messages: number;
    readonly status?: StatusView;
  }[];
}

const LEGENDS: Readonly<Record<FacetView['name'], string>> = {
  is: 'Kind',
  f: 'Person',
  l: 'List',
  topic: 'Topic',
  status: 'Status',
};
const KINDS: Readonly<Record<string, string>> = {
  patch: 'Patches',
  cover: 'Cover letters',
  reply: 'Replies',
};

/** What a query found, by thread, in the order of each thread's best hit. */
export function searchResults(view: ResultsView): Html {
  const { counts, groups, moreThreads } = view;
  return html`<div class="talk">
${facetForm(view) || html`<div></div>`}
<section class="hits" aria-labelledby="res">
  <h2 class="label" id="res">${resultsHeading(view)}</h2>
  ${missingNote(view)}${view.read === undefined ? '' : html`<p class="hint">The phrase was looked for in the best ${counted(view.read, 'document')} that have its words; there are more.</p>`}
  ${histogram(counts.bars)}
  ${groups.length === 0 ? nothingFound(view.query) : ''}
  ${groups.map(group => threadHits(group, 'hit', threadLine(group)))}
  ${moreThreads > 0 ? html`<p class="meta more"><button class="btn" type="button" id="more">${counted(moreThreads, 'more thread', 'more threads')}</button></p>` : ''}
  ${elsewhere(view)}
</section>
</div>`;
}

/** How much was found, in words. */
export function resultsHeading({ counts, groups }: ResultsView): string {
  if (groups.length === 0) return 'Nothing was found';
  const { sections, messages, threads } = counts;
  const told = sections > 0 ? `${counted(sections, 'section')} of issues, ` : '';
  return `${told}${counted(messages, 'message')} in ${counted(threads, 'thread')}`;
}

/** `Applied  5 of 31 messages match  2 to 13 March 2018, told in issue 12`. */
function threadLine({ thread }: FoundThreadView): Html | '' {
  if (!thread) return '';
  const { status, found, messages, first, last, told } = thread;
  const parts = [
    status && statusMark(status),
    html`<span class="nb">${foundOf(found, messages)}</span>`,
    html`<span class="nb">${utcSpan(first, last)}</span>${toldIn(told)}`,
  ];
  return html`<p class="meta">${parts.filter(part => part !== undefined).map((part, at) => (at === 0 ? part : html` &ensp;${part}`))}</p>`;
}

function foundOf(found: number, messages: number): string {
  if (found === 0 || messages === 1) return counted(messages, 'message');
  return found === messages
    ? `all ${number(messages)} messages match`
    : `${number(found)} of ${number(messages)} messages match`;
}

/** What a facet's box puts into the query: `is:patch`, `f:"Ada Cedar"`. */
function facetWords(name: FacetView['name'], value: string): string {
  return name === 'f' ? `f:"${value.replaceAll('"', '')}"` : `${name}:${value}`;
}

function facetForm({ counts, query }: ResultsView): Html | '' {
  const facets = counts.facets.filter(({ name, values }) =>
    // One list is no choice.
    name === 'l' ? values.length > 1 : values.length > 0,
  );
  if (facets.length === 0) return '';
  const isOn = (name: FacetView['name'], value: string) => query.includes(facetWords(name, value));
  const on = facets.flatMap(({ name, values }) => values.filter(({ value }) => isOn(name, value))).length;
  return html`<form class="facets outline" aria-label="Narrow the results">
  <h2 class="label">Narrow the results</h2>
  <details class="unfold"><summary>Narrow the results${on > 0 ? `, ${counted(on, 'filter')} on` : ''}</summary>
  ${facets.map(
    ({ name, values }) =>
      html`<fieldset><legend>${LEGENDS[name]}</legend>${values.map(
        ({ value, messages, status }) =>
          html`<label><input type="checkbox" data-words="${facetWords(name, value)}"${isOn(name, value) ? html` checked` : ''}> ${status ? statusMark(status) : facetLabel(name, value)} <span class="n">${number(messages)}</span></label>`,
      )}</fieldset>`,
  )}
  </details>
</form>`;
}

function facetLabel(name: FacetView['name'], value: string): string {
  return name === 'is' ? (KINDS[value] ?? value) : value;
}

function histogram(bars: readonly { readonly span: string; readonly messages: number }[]): Html | '' {
  if (bars.length < 2) return '';
  const most = bars.reduce((high, bar) => (bar.messages > high.messages ? bar : high), bars[0]!);
  const unit = bars[0]!.span.length === 4 ? 'year' : 'month';
  return html`<figure class="span">
    <figcaption class="meta">By ${unit}, ${bars[0]!.span} to ${bars.at(-1)!.span}; most in ${most.span}, ${number(most.messages)}</figcaption>
    <ol class="hist">${bars.map(({ span, messages }) => {
      const height = Math.round((50 * messages) / most.messages);
      return html`<li><a href="#" data-span="d:${span}"><svg viewBox="0 0 30 54" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" x="4" y="${54 - height}" width="22" height="${height}"/></svg>${span.length === 4 ? span : MONTHS[Number(span.slice(5)) - 1]}<span class="vh"> ${span}, ${counted(messages, 'message')}</span></a></li>`;
    })}</ol>
  </figure>`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function missingNote({ missing }: ResultsView): Html | '' {
  if (missing.length === 0) return '';
  return html`<p class="hint" role="alert">Not everything could be searched: ${counted(missing.length, 'file')} of the index ${missing.length === 1 ? 'is' : 'are'} missing or damaged (<code>${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}</code>). What follows was found in the rest.</p>`;
}

function nothingFound(query: string): Html {
  const last = /(?:^|\s)([\p{L}\p{N}_]{3,})$/u.exec(query.trim())?.[1];
  const begun =
    last &&
    html` <a href="?q=${encodeURIComponent(`${query.trim()}*`)}">Words that begin with “${last}”</a>?`;
  return html`<p class="hint">A word is found in any of its forms, but not in part: add <code>*</code> for its other endings.${begun}</p>`;
}

/** A query as a public-inbox understands it: without the filters that only we have, months and years as spans. */
export function archiveQuery(query: string): string {
  return query
    .replace(/(^|\s)[+-]?(?:is|l|topic|status):(?:"[^"]*"?|\S+)/gi, '$1')
    .replace(/(?<=(?:^|\s)-?d:)(\d{4})(?:-(\d\d))?(?=\s|$)/gi, (_, year: string, month?: string) => {
      const end = month === undefined ? Date.UTC(Number(year) + 1, 0) : Date.UTC(Number(year), Number(month));
      return `${year}-${month ?? '01'}-01..${new Date(end).toISOString().slice(0, 10)}`;
    })
    .replace(/\s+/g, ' ')
    .trim();
}

function elsewhere({ query, archives }: ResultsView): Html | '' {
  if (archives.length === 0) return '';
  const links = archives.map(
    ({ list, href }) =>
      html`<a href="${href}?q=${encodeURIComponent(archiveQuery(query))}">${new URL(href).host}${archives.length > 1 ? ` (${list})` : ''}</a>`,
  );
  return html`<p class="meta more">The same on ${joined(links)}</p>`;
}
