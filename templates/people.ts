import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { number } from './lists.ts';
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
  readonly messages: number;
  readonly threads: number;
  readonly first: number;
  readonly last: number;
}

/** What somebody said, as the page of the person shows it. */
export interface PersonView extends PersonRow {
  /** The latest first. */
  readonly said: readonly SaidView[];
  /** How often the person is quoted, where not all is shown. */
  readonly total: number;
  /** Others of that name. */
  readonly namesakes: readonly PersonRow[];
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
  /** The message, on its thread's page. */
  readonly href: string;
  readonly number: number;
  readonly received: number;
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
  const { said, total } = person;
  const facts = html`${extent(person)}, ${dates.span(person.first, person.last)}`;
  return framed(frame, {
    title: person.name,
    href: person.href,
    current: frame.people ?? '',
    skip: 'Skip to what was said',
    description: `What ${person.name} said: ${String(facts)}`,
    main: html`<div class="head">
  <h1>${person.name}</h1>
  <p class="meta">${facts}</p>
  <p class="hint">One sentence for each thread, chosen by a program and quoted word for word. It leads to its message.</p>
  ${namesakes(dates, person.namesakes)}
</div>
<section class="hits" aria-labelledby="said">
<h2 class="label" id="said">${said.length < total ? `The latest ${number(said.length)} of ${number(total)} quotations` : counted(total, 'quotation')}</h2>
${said.map(one => quotation(dates, one))}</section>`,
  });
}

function quotation(dates: Dates, { thread, words, href, number: at, received, stances }: SaidView): Html {
  return html`<article class="hit">
  <h3><a href="${thread.href}">${thread.tag && html`<span class="tag">${thread.tag}</span> `}${thread.title}</a></h3>
  <ul><li><p><q><a class="said" href="${href}">${words}</a></q></p>
  <p class="meta">${statusMark(thread.status)} &ensp;<a href="${href}">#${at}</a>, ${timeElement(received, dates.day(received))}${stances.length > 0 && `; ${stances.join(', ')}`}</p></li></ul>
</article>
`;
}

function namesakes(dates: Dates, others: readonly PersonRow[]): Html | '' {
  if (others.length === 0) return '';
  const link = (one: PersonRow) =>
    html`<a href="${one.href}">${extent(one)}, ${dates.span(one.first, one.last)}</a>`;
  return html`<p class="hint">Under this name from another address: ${others.map((one, index) => html`${index === 0 ? '' : '; '}${link(one)}`)}.</p>`;
}

/** The page `/people/`. */
export function peoplePage(frame: Frame, dates: Dates, { href, rows, total }: PeopleView): Html {
  const shown =
    rows.length < total ? `the ${number(rows.length)} in most threads of ${number(total)}` : number(total);
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
    <thead><tr><th scope="col">Name</th><th scope="col" class="n">Threads</th><th scope="col" class="n">Messages</th><th scope="col" class="n">Last message</th></tr></thead>
    <tbody>
${rows.map(
  row => html`    <tr><td><a href="${row.href}">${row.name}</a></td><td class="n">${number(row.threads)}<span class="unit"> ${row.threads === 1 ? 'thread' : 'threads'}</span></td><td class="n">${number(row.messages)}<span class="unit"> ${row.messages === 1 ? 'message' : 'messages'}</span></td><td class="n">${timeElement(row.last, dates.day(row.last))}</td></tr>
`,
)}    </tbody>
  </table>
</section>`,
  });
}

function extent({ messages, threads }: PersonRow): string {
  return `${counted(messages, 'message')} in ${counted(threads, 'thread')}`;
}

function counted(count: number, one: string): string {
  return `${number(count)} ${count === 1 ? one : `${one}s`}`;
}
