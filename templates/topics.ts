import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { counted, number } from './numbers.ts';

/** A topic in a list. */
export interface TopicRow {
  readonly name: string;
  readonly href: string;
  readonly sections: number;
  /** The day of the last issue with a section on it; undefined where there is none. */
  readonly last: number | undefined;
}

/** All topics. */
export interface TopicsView {
  readonly href: string;
  readonly rows: readonly TopicRow[];
}

/** A topic and what was told on it. */
export interface TopicView extends TopicRow {
  /** Empty where nobody has defined it. */
  readonly definition: Html | '';
  /** Other names. */
  readonly aliases: readonly string[];
  readonly feedHref: string;
  /** The newest first. */
  readonly told: readonly FiledRow[];
}

/** A section on a topic. */
export interface FiledRow {
  readonly issue: number;
  readonly title: string;
  readonly href: string;
  readonly date: number;
}

/** The page `/topics/`. */
export function topicsPage(frame: Frame, dates: Dates, { href, rows }: TopicsView): Html {
  return framed(frame, {
    title: 'Topics',
    href,
    skip: 'Skip to the topics',
    main: html`<div class="head">
  <h1>Topics</h1>
  <p class="meta">${counted(rows.length, 'topic')} by which sections are filed</p>
</div>
<section class="threads boxed" aria-labelledby="topics">
  <h2 class="vh" id="topics">Names</h2>
  <table>
    <thead><tr><th scope="col">Topic</th><th scope="col" class="n">Sections</th><th scope="col" class="n">Last</th></tr></thead>
    <tbody>
${rows.map(
  row => html`    <tr><td><a href="${row.href}">${row.name}</a></td><td class="n">${number(row.sections)}<span class="unit"> ${row.sections === 1 ? 'section' : 'sections'}</span></td><td class="n">${row.last === undefined ? '' : timeElement(row.last, dates.day(row.last))}</td></tr>
`,
)}    </tbody>
  </table>
</section>`,
  });
}

/** The page `/topics/SLUG/`. */
export function topicPage(frame: Frame, dates: Dates, topic: TopicView): Html {
  const { name, definition, aliases, told, feedHref } = topic;
  return framed(frame, {
    title: name,
    href: topic.href,
    current: frame.topics ?? '',
    skip: 'Skip to the sections',
    description: `${name}: ${counted(topic.sections, 'section')} of ${frame.siteTitle}`,
    feeds: [{ title: `${frame.siteTitle}: ${name}`, href: feedHref }],
    main: html`<div class="head">
  <p class="meta"><a href="${frame.topics}">Topics</a></p>
  <h1>${name}</h1>
  ${aliases.length === 0 ? '' : html`<p class="meta">Also: ${aliases.join(', ')}</p>`}
</div>
${definition && html`<div class="text prose">${definition}</div>`}
<section class="past boxed" aria-labelledby="told">
  <h2 class="rubric ruled" id="told">${counted(told.length, 'section')}</h2>
  <ol class="contents">
${told.map(
  row => html`    <li><span class="num fig">No. ${row.issue}</span><a class="title" href="${row.href}">${row.title}</a><span class="fig when">${timeElement(row.date, dates.day(row.date))}</span></li>
`,
)}  </ol>
  <p class="meta more"><a href="${feedHref}">Feed of this topic</a></p>
</section>`,
  });
}
