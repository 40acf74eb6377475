import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { counted, number } from './numbers.ts';
import { type StatusView, statusMark } from './status.ts';

/** A name, and where there is one, the page of its person. */
export interface NameView {
  readonly name: string;
  readonly href: string | undefined;
}

/** Who wrote how much, and when. */
export interface PersonRow {
  readonly href: string;
  readonly name: string;
  /** Undefined where none of it is held. */
  readonly written:
    | { readonly messages: number; readonly threads: number; readonly first: number; readonly last: number }
    | undefined;
  /** How often issues quote them. */
  readonly quoted: number;
}

/** What somebody said, as the page of the person shows it. */
export interface PersonView extends PersonRow {
  /** The newest first; not all where there are many. */
  readonly inIssues: readonly InSectionView[];
  /** The latest first. */
  readonly said: readonly SaidView[];
  /** How many threads quote the person, where not all is shown. */
  readonly total: number;
  /** Others of that name. */
  readonly namesakes: readonly PersonRow[];
}

/** A message, on its thread's page. */
export interface MessagePlace {
  readonly href: string;
  readonly number: number;
  readonly received: number;
}

/** What a section, or the introduction, of an issue quotes somebody with. */
export interface InSectionView {
  readonly href: string;
  readonly title: string;
  readonly issue: number;
  readonly date: number;
  readonly said: readonly {
    readonly words: string;
    /** Undefined where it is not held, and nobody has checked the words. */
    readonly message: MessagePlace | undefined;
  }[];
}

/** What somebody said in a thread, word for word. */
export interface SaidView {
  readonly thread: {
    readonly href: string;
    readonly tag: string;
    readonly title: string;
    readonly status: StatusView;
  };
  readonly words: string;
  readonly message: MessagePlace;
  /** `reviewed`, `began the thread`; may be empty. */
  readonly stances: readonly string[];
}

/** Those who are quoted on a site, those in most threads first. */
export interface PeopleView {
  readonly href: string;
  readonly rows: readonly PersonRow[];
  /** How many there are, where not all are shown. */
  readonly total: number;
}

/** A name that leads to its person's page, quietly. */
export function personName({ name, href }: NameView): Html | string {
  return href === undefined ? name : html`<a class="person" href="${href}">${name}</a>`;
}

/** The page `/people/SLUG/`. */
export function personPage(frame: Frame, dates: Dates, person: PersonView): Html {
  const facts = extent(dates, person);
  return framed(frame, {
    title: person.name,
    href: person.href,
    current: frame.people ?? '',
    skip: 'Skip to what was said',
    description: `What ${person.name} said: ${String(facts)}`,
    main: html`<div class="head">
  <h1>${person.name}</h1>
  <p class="meta">${facts}</p>
  ${namesakes(dates, person.namesakes)}
</div>
${inIssues(dates, person)}${inThreads(dates, person)}`,
  });
}

function inIssues(dates: Dates, { inIssues: sections, quoted }: PersonView): Html | '' {
  if (quoted === 0) return '';
  const shown = sections.reduce((sum, { said }) => sum + said.length, 0);
  const unchecked = sections.some(({ said }) => said.some(({ message }) => !message));
  return html`<section class="hits" aria-labelledby="issues">
<h2 class="label" id="issues">In the issues: ${quotations(shown, quoted)}</h2>
${unchecked && html`<p class="hint">Quotations underlined with dots are from mail that is not kept here; nobody has checked them.</p>\n`}${sections.map(one => inSection(dates, one))}</section>
`;
}

function inSection(dates: Dates, { href, title, issue, date, said }: InSectionView): Html {
  return html`<article class="hit">
  <h3><a href="${href}">${title}</a></h3>
  <p class="meta">Issue ${issue}, ${timeElement(date, dates.day(date))}</p>
  <ul>${said.map(({ words, message }) =>
    message
      ? html`<li><p><q><a class="said" href="${message.href}">${words}</a></q></p>
  <p class="meta">${place(dates, message)}</p></li>`
      : html`<li><p><q class="unverified">${words}</q></p></li>`,
  )}</ul>
</article>
`;
}

function inThreads(dates: Dates, { said, total }: PersonView): Html | '' {
  if (total === 0) return '';
  return html`<section class="hits" aria-labelledby="said">
<h2 class="label" id="said">In the threads: ${quotations(said.length, total)}</h2>
<p class="hint">One sentence for each thread, chosen by a program and quoted word for word. It leads to its message.</p>
${said.map(one => quotation(dates, one))}</section>`;
}

function quotations(shown: number, total: number): string {
  return shown < total
    ? `the latest ${number(shown)} of ${number(total)} quotations`
    : counted(total, 'quotation');
}

function quotation(dates: Dates, { thread, words, message, stances }: SaidView): Html {
  return html`<article class="hit">
  <h3><a href="${thread.href}">${thread.tag && html`<span class="tag">${thread.tag}</span> `}${thread.title}</a></h3>
  <ul><li><p><q><a class="said" href="${message.href}">${words}</a></q></p>
  <p class="meta">${statusMark(thread.status)} &ensp;${place(dates, message)}${stances.length > 0 && `; ${stances.join(', ')}`}</p></li></ul>
</article>
`;
}

function place(dates: Dates, { href, number: at, received }: MessagePlace): Html {
  return html`<a href="${href}">#${at}</a>, ${timeElement(received, dates.day(received))}`;
}

function namesakes(dates: Dates, others: readonly PersonRow[]): Html | '' {
  if (others.length === 0) return '';
  const link = (one: PersonRow) => html`<a href="${one.href}">${extent(dates, one)}</a>`;
  return html`<p class="hint">Also under this name: ${others.map((one, index) => html`${index === 0 ? '' : '; '}${link(one)}`)}.</p>`;
}

/** The page `/people/`. */
export function peoplePage(frame: Frame, dates: Dates, { href, rows, total }: PeopleView): Html {
  const shown =
    rows.length < total ? `the ${number(rows.length)} in most threads of ${number(total)}` : number(total);
  const issues = rows.some(({ quoted }) => quoted > 0);
  return framed(frame, {
    title: 'People',
    href,
    skip: 'Skip to the people',
    main: html`<div class="head">
  <h1>People</h1>
  <p class="meta">${shown}, each with what they said</p>
</div>
<section class="threads boxed" aria-labelledby="people">
  <h2 class="vh" id="people">Names</h2>
  <table>
    <thead><tr><th scope="col">Name</th><th scope="col" class="n">Threads</th><th scope="col" class="n">Messages</th><th scope="col" class="n">Last message</th>${issues && html`<th scope="col" class="n">In issues</th>`}</tr></thead>
    <tbody>
${rows.map(row => personRow(dates, row, issues))}    </tbody>
  </table>
</section>`,
  });
}

/** A row of the table; `issues` tells whether it has a column for them. */
function personRow(dates: Dates, { href, name, written, quoted }: PersonRow, issues: boolean): Html {
  const extentCells = written
    ? html`${countCell(written.threads, 'thread')}${countCell(written.messages, 'message')}<td class="n">${timeElement(written.last, dates.day(written.last))}</td>`
    : html`<td></td><td></td><td></td>`;
  return html`    <tr><td><a href="${href}">${name}</a></td>${extentCells}${issues && quotedCell(quoted)}</tr>
`;
}

function quotedCell(quoted: number): Html {
  return quoted === 0 ? html`<td></td>` : countCell(quoted, 'quotation');
}

function countCell(count: number, one: string): Html {
  return html`<td class="n">${number(count)}<span class="unit"> ${count === 1 ? one : `${one}s`}</span></td>`;
}

function extent(dates: Dates, { written }: PersonRow): Html | string {
  if (!written) return 'Quoted from mail that is not kept here';
  const { messages, threads, first, last } = written;
  return html`${counted(messages, 'message')} in ${counted(threads, 'thread')}, ${dates.span(first, last)}`;
}
