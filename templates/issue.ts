import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { counted, number } from './numbers.ts';
import { type NameView, personName } from './people.ts';
import { joined } from './places.ts';
import { type StatusView, statusMark } from './status.ts';

/** A number of the newsletter. */
export interface IssueView {
  readonly href: string;
  readonly number: number;
  /** May be empty. */
  readonly title: string;
  /** Its day; days are seconds since 1970 UTC, somewhere in the day. */
  readonly date: number;
  /** The day of its last correction; its own where there is none. */
  readonly updated: number;
  readonly editor: string;
  /** The first and last day that it tells of. */
  readonly period: { readonly first: number; readonly last: number } | undefined;
  readonly introduction: ProseView;
  /** Of the issue as a whole. */
  readonly corrections: readonly CorrectionView[];
  /** Of earlier issues, made since the last. */
  readonly corrected: readonly EarlierCorrectionView[];
  /** Mailing list stats; empty where nothing was counted. */
  readonly stats: Html | '';
  readonly sections: readonly SectionView[];
  readonly previous: IssueLink | undefined;
  readonly next: IssueLink | undefined;
  readonly archiveHref: string;
  /** The issue as it is sent by mail. */
  readonly textHref: string;
}

/** The way to another issue. */
export interface IssueLink {
  readonly number: number;
  readonly href: string;
}

/** What an editor wrote, and what the check says of it where the page is for the editor. */
export interface ProseView {
  /** Empty where nothing was written. */
  readonly prose: Html | '';
  /** Whether it quotes mail that is not held, so that nobody checked the words. */
  readonly unverified: boolean;
  readonly findings: readonly FindingView[];
}

/** Something that `traffic check` finds. */
export interface FindingView {
  readonly place: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly rule: string;
  readonly message: string;
}

/** One thread's story. */
export interface SectionView extends ProseView {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly facts: SectionFacts;
  readonly topics: readonly NameView[];
  readonly people: readonly NameView[];
  readonly corrections: readonly CorrectionView[];
}

/** What a section says of its thread; undefined is what is not known. */
export interface SectionFacts {
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly posts: number | undefined;
  readonly subject: string | undefined;
  readonly archiveHref: string | undefined;
  readonly status: StatusView | undefined;
}

/** An error put right. */
export interface CorrectionView {
  readonly date: number;
  /** The words that were wrong, and a sentence that tells what is right. */
  readonly was: Html;
  readonly is: Html;
  /** Who pointed it out; may be empty. */
  readonly thanks: string;
  /** All corrections. */
  readonly href: string | undefined;
}

/** An error of an earlier issue, put right. */
export interface EarlierCorrectionView extends CorrectionView {
  readonly where: { readonly href: string; readonly words: string };
}

/** The page `/issues/12/`. */
export function issuePage(frame: Frame, dates: Dates, issue: IssueView): Html {
  const name = `No. ${issue.number}`;
  const { previous, next } = issue;
  return framed(frame, {
    title: [name, issue.title, dates.day(issue.date)].filter(part => part !== '').join(', '),
    href: issue.href,
    current: issue.archiveHref,
    skip: 'Skip to this issue',
    description: issue.sections.map(({ title }) => title).join('; ') || frame.strap,
    article: { published: issue.date, updated: issue.updated },
    front: {
      number: name,
      strap: issue.title,
      dateline: [
        html`${name}, ${timeElement(issue.date, dates.day(issue.date))}`,
        ...(issue.period ? [html`${week(dates, issue.period)}`] : []),
        html`Edited by ${issue.editor}`,
      ],
    },
    previous: previous?.href,
    next: next?.href,
    footLinks: [
      ...[previous, next].flatMap(one => (one ? [html`<a href="${one.href}">No. ${one.number}</a>`] : [])),
      html`<a href="${issue.archiveHref}">All issues</a>`,
      html`<a href="${issue.textHref}">Plain text</a>`,
    ],
    main: html`${introduction(dates, issue)}
${contents(dates, issue.sections)}
${issue.stats}
${issue.sections.map(section => article(dates, section))}`,
  });
}

const DAY = 86_400;

/** `For the week of 19 to 25 March 2018`. */
function week(dates: Dates, { first, last }: { readonly first: number; readonly last: number }): string {
  const isWeek = Math.round((last - first) / DAY) === 6;
  return `For ${isWeek ? 'the week of ' : ''}${dates.span(first, last)}`;
}

function introduction(dates: Dates, issue: IssueView): Html | '' {
  const { introduction: intro, corrections, corrected } = issue;
  if (intro.prose === '' && intro.findings.length + corrections.length + corrected.length === 0) return '';
  return html`<section class="row" aria-labelledby="Intro">
  <h2 class="rubric" id="Intro">Introduction</h2>
  <div class="text prose">
    ${corrections.map(one => correction(dates, one))}${findings(intro.findings)}${intro.prose && html`<div class="lede">${intro.prose}</div>`}
    ${corrected.map(one => html`<p>Correction to <a href="${one.where.href}">${one.where.words}</a>, which says ${said(one)}. ${one.is}${thanks(one)}</p>\n`)}
  </div>
</section>`;
}

function contents(dates: Dates, sections: readonly SectionView[]): Html | '' {
  if (sections.length === 0) return '';
  return html`<section class="row" aria-labelledby="Toc">
  <h2 class="rubric" id="Toc">Contents</h2>
  <div class="boxed"><ol class="contents">
${sections.map(({ number: place, id, title, facts: { first, last, posts: count } }) => {
  const when = first === undefined ? '' : dates.shortSpan(first, last ?? first);
  return html`    <li><span class="num fig">${place}</span><a class="title" href="#${id}">${title}</a><span class="fig when">${when}</span><span class="fig posts">${count === undefined ? '' : counted(count, 'post')}</span></li>
`;
})}  </ol></div>
</section>`;
}

function article(dates: Dates, section: SectionView): Html {
  const { id, number: place, title } = section;
  return html`<article class="row section" id="${id}" aria-labelledby="t${place}">
  <h2 id="t${place}"><a class="anchor" id="s${place}" href="#${id}"><span class="num">${place}</span></a>${title}</h2>
  ${facts(dates, section)}
  <div class="text prose">
    ${section.corrections.map(one => correction(dates, one))}${findings(section.findings)}${
      section.unverified
        ? html`<p class="hint">Quotations underlined with dots are from mail that is not kept here; nobody has checked them.</p>\n`
        : ''
    }${section.prose}
  </div>
</article>
`;
}

function facts(dates: Dates, { facts: { first, last, ...of }, topics, people }: SectionView): Html {
  const fact = (name: string, value: Html | string | undefined) =>
    value === undefined || value === '' ? '' : html`<dt>${name}</dt><dd>${value}</dd>`;
  const subject = of.subject === undefined ? undefined : html`“${of.subject}”`;
  const archive =
    of.archiveHref === undefined
      ? undefined
      : html`<a class="subject" href="${of.archiveHref}">${subject ?? 'The thread'}</a>`;
  return html`<dl class="facts meta">
    ${fact(first === last ? 'Date' : 'Dates', first === undefined ? undefined : dates.span(first, last ?? first))}${fact('Posts', of.posts === undefined ? undefined : number(of.posts))}${fact(archive ? 'Archive' : 'Subject', archive ?? subject)}${fact('Status', of.status && statusMark(of.status))}${fact('Topics', names(topics))}${fact('People', names(people))}
  </dl>`;
}

function names(all: readonly NameView[]): Html | undefined {
  return all.length === 0 ? undefined : joined(all.map(personName));
}

function correction(dates: Dates, one: CorrectionView): Html {
  return html`<div class="correction" role="note"><p><b>Correction, ${timeElement(one.date, dates.dayOfYear(one.date))}.</b> The text says ${said(one)}. ${one.is}${thanks(one)}${one.href === undefined ? '' : html` <a href="${one.href}">All corrections</a>`}</p></div>
`;
}

function said({ was }: CorrectionView): Html {
  return html`<q>${was}</q>`;
}

function thanks({ thanks: name }: CorrectionView): string {
  return name === '' ? '' : ` Thanks to ${name}.`;
}

/** What the check finds, above what it finds it in. */
function findings(all: readonly FindingView[]): Html | '' {
  if (all.length === 0) return '';
  return html`<div class="findings" role="note"><p class="label">traffic check says</p>
<ul>${all.map(({ place, severity, rule, message }) => html`<li><b class="is-${severity}">${severity} ${rule}</b> ${message} <span class="mid">${place}</span></li>\n`)}</ul></div>
`;
}
