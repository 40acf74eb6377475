import { briefSection } from './brief.ts';
import type { Dates } from './dates.ts';
import { type ThreadDoubt, threadDoubts } from './doubts.ts';
import { type Frame, framed } from './frame.ts';
import { escapeHtml, type Html, html, trustedHtml } from './html.ts';
import { type MessageView, messageArticle } from './message.ts';
import { counted, number } from './numbers.ts';
import { type OutlineEntry, outlineTree } from './outline.ts';
import { type NameView, personName } from './people.ts';
import { type IssuePlace, joined, listLinks, toldIn } from './places.ts';
import { type StatusView, statusMark } from './status.ts';
import { type VersionRow, versionList } from './versions.ts';

/** A thread, or a page of a long one. */
export interface ThreadView {
  /** The thread's own link: its first page's. */
  readonly href: string;
  /** `[PATCH v3 0/6]`, or empty. */
  readonly tag: string;
  readonly title: string;
  readonly lists: readonly { readonly name: string; readonly href: string }[];
  readonly people: readonly NameView[];
  /** How many messages the thread has, on all pages. */
  readonly posts: number;
  readonly first: number;
  readonly last: number;
  /** The id of a root that was never received, or undefined. */
  readonly ghost: string | undefined;
  /** The sections of issues that tell of it. */
  readonly sections: readonly IssuePlace[];
  readonly status: StatusView;
  /** What is said in it, told automatically; empty where it cannot be told. */
  readonly brief: Html | '';
  /** The series that the thread is of: its page, where there are several versions those beside it, and how many in all. */
  readonly series:
    | { readonly href: string; readonly versions: readonly VersionRow[]; readonly count: number }
    | undefined;
  /** What may belong together with it, or apart from it. */
  readonly doubts: readonly ThreadDoubt[];
  /** When its messages came, those of all pages. */
  readonly moments: readonly { readonly received: number; readonly patch: boolean }[];
  /** Which page this is, from 1. */
  readonly part: number;
  /** All its pages, with the numbers of their first and last messages. */
  readonly parts: readonly { readonly href: string; readonly from: number; readonly to: number }[];
  /** Of this page. */
  readonly outline: readonly OutlineEntry[];
  /** Of this page. */
  readonly messages: readonly MessageView[];
  /** On the first page, the messages of each of the others; their anchors on it stay for ever. */
  readonly elsewhere: readonly (readonly ElsewhereEntry[])[];
  /** Undefined where the site masks addresses. */
  readonly mbox: string | undefined;
  /** Commands that apply its patches; none where it has none. */
  readonly apply: readonly string[];
  readonly feed: string;
}

/** A message on another page. */
export interface ElsewhereEntry {
  readonly anchor: string;
  readonly number: number;
  readonly author: string;
}

/** The page `/LIST/MID/T/`, and `/LIST/MID/T/2/` and on where the thread is long. */
export function threadPage(frame: Frame, dates: Dates, thread: ThreadView): Html {
  const { part, parts, people, posts } = thread;
  const heads = [counted(posts, 'message', 'messages'), counted(people.length, 'person', 'people')];
  const page = part === 1 ? '' : `, page ${part}`;
  return framed(frame, {
    title: `${thread.title}${page}`,
    href: thread.href,
    current: thread.lists[0]!.href,
    skip: 'Skip to the discussion',
    description: `${heads[0]} by ${people
      .slice(0, 4)
      .map(({ name }) => name)
      .join(', ')}${people.length > 4 ? ' and others' : ''}, ${dates.span(thread.first, thread.last)}${page}`,
    feeds: [{ title: `This thread: ${thread.title}`, href: thread.feed }],
    previous: parts[part - 2]?.href,
    next: parts[part]?.href,
    footLinks: [
      ...(thread.mbox === undefined ? [] : [html`<a href="${thread.mbox}">This thread as mbox</a>`]),
      html`<a href="${thread.feed}">Feed of this thread</a>`,
    ],
    main: html`<div class="head">
  <p class="meta">Thread on ${listLinks(thread.lists)}${toldIn(thread.sections)}</p>
  <h1>${thread.tag && html`<span class="tag">${thread.tag}</span> `}${thread.title}</h1>
  <p class="meta">${statusMark(thread.status)} &ensp;${heads.join(', ')}, ${dates.span(thread.first, thread.last)}${page}</p>
  <p class="meta">${names(people)}</p>
  ${part === 1 ? leads(thread) : ''}
</div>
${part === 1 && thread.series && thread.series.versions.length > 0 ? versionList(dates, thread.series.versions, thread.series) : ''}
${pages(thread, 'Pages of this thread')}
${part === 1 && thread.brief ? briefSection(thread.brief) : ''}
<div class="talk">
${outline(dates, thread)}
<section aria-labelledby="disc">
<h2 class="vh" id="disc">Messages</h2>
${part > 1 || thread.ghost === undefined ? '' : html`<p class="meta ghost">The message that this thread answers is not in this archive: <span class="mid">${thread.ghost}</span></p>`}
${thread.messages.map(message => messageArticle(message))}
${pages(thread, 'Pages of this thread, once more')}
</section>
</div>
${elsewhere(thread)}`,
  });
}

const SHOWN_PEOPLE = 12;

function names(people: readonly NameView[]): Html {
  const more = people.length - SHOWN_PEOPLE;
  return html`${joined(people.slice(0, SHOWN_PEOPLE).map(personName))}${more > 0 && ` and ${number(more)} more`}`;
}

/** What leads from the thread as a whole: to its series, to doubts, to a tree that its patches are for. */
function leads({ series, apply, mbox, doubts }: ThreadView): Html {
  return html`${series ? html`<p class="meta"><a href="${series.href}">History of this series</a></p>` : ''}
  ${
    apply.length > 0
      ? html`<details class="reply"><summary>Apply</summary>
    <pre tabindex="0" role="group" aria-label="Commands that apply the patches"><code>${apply.join('\n')}</code></pre>
    ${mbox === undefined ? '' : html`<p><a href="${mbox}">t.mbox.gz</a>, this thread as it came</p>`}
  </details>`
      : ''
  }
  ${threadDoubts(doubts)}`;
}

/** The way from page to page of a long thread. */
function pages({ part, parts }: ThreadView, label: string): Html | '' {
  if (parts.length === 1) return '';
  const link = (index: number, words: string | number, rel: Html | '' = '') =>
    html`<a href="${parts[index]!.href}"${rel}${index === part - 1 ? html` aria-current="page"` : ''}>${words}</a>`;
  return html`<nav class="pages meta" aria-label="${label}"><ol>
  ${part > 1 ? html`<li>${link(part - 2, 'Previous page', html` rel="prev"`)}</li>` : ''}${parts.map((_, index) => html`<li>${link(index, index + 1)}</li>`)}${part < parts.length ? html`<li>${link(part, 'Next page', html` rel="next"`)}</li>` : ''}
</ol></nav>`;
}

/** A line for each message of the other pages: a link to the thread from before it was long finds its message. */
function elsewhere({ elsewhere: others, parts }: ThreadView): Html | '' {
  if (others.length === 0) return '';
  return html`<section class="elsewhere" aria-labelledby="rest">
<h2 class="rubric ruled" id="rest">On the other pages</h2>
${others.map((entries, index) => {
  // Relative, as there may be ten thousand of them.
  const page = `${index + 2}/`;
  const { from, to } = parts[index + 1]!;
  return html`<h3 class="label"><a href="${page}">Page ${index + 2}</a>, #${from} to #${to}</h3>
<ol class="meta">
${trustedHtml(entries.map(entry => elsewhereLine(entry, page)).join(''))}</ol>
`;
})}</section>`;
}

function elsewhereLine({ anchor, number: place, author }: ElsewhereEntry, page: string): string {
  return `<li id="${anchor}"><a href="${page}#${anchor}">#${place} ${escapeHtml(author)}</a></li>\n`;
}

function outline(dates: Dates, thread: ThreadView): Html {
  const { messages, parts, part, posts } = thread;
  if (messages.length < 2) return html`<div></div>`;
  const { from, to } = parts[part - 1]!;
  const heading =
    parts.length === 1
      ? `Outline, ${posts} messages`
      : `Outline, messages ${number(from)} to ${number(to)} of ${number(posts)}`;
  return html`<nav class="outline" aria-labelledby="ol" tabindex="0">
  <h2 class="label" id="ol">${heading}</h2>
  <details class="unfold"><summary>${heading}</summary>
  ${timeline(dates, thread)}
  ${outlineTree(dates, thread.outline)}
  ${thread.outline.some(entry => 'patch' in entry && entry.patch) ? html`<p class="hint"><span class="p"></span>patch</p>` : ''}
  </details>
</nav>`;
}

const CHART = { width: 240, baseline: 24, bars: 48 };

/** When the messages came, as a row of bars; hidden where all came within an hour. */
function timeline(dates: Dates, thread: ThreadView): Html | '' {
  const { first, last } = thread;
  if (last - first < 3600) return '';
  const counts = new Array<number>(CHART.bars).fill(0);
  const patches = new Array<number>(CHART.bars).fill(0);
  for (const { received, patch } of thread.moments) {
    const slot = Math.min(CHART.bars - 1, Math.floor(((received - first) / (last - first)) * CHART.bars));
    counts[slot]!++;
    if (patch) patches[slot]!++;
  }
  const most = Math.max(...counts);
  const step = CHART.width / CHART.bars;
  const bars = counts.flatMap((number, slot) => {
    if (number === 0) return [];
    const height = Math.max(4, Math.round((number / most) * (CHART.baseline - 2)));
    const kind = patches[slot]! > 0 ? 'hot' : 'dot';
    return [
      html`<rect class="${kind}" x="${slot * step}" y="${CHART.baseline - height}" width="3" height="${height}"/>`,
    ];
  });
  const title = `Messages over time, ${dates.span(first, last)}: ${thread.moments.length}, at most ${most} at once.`;
  return html`<svg class="mini" viewBox="0 0 240 40" role="img" aria-labelledby="mt"><title id="mt">${title}</title>
    <line class="ax" x1="0" x2="240" y1="24.5" y2="24.5"/>${bars}
    <text x="0" y="38">${dates.dayOfYear(first)}</text><text x="240" y="38" text-anchor="end">${dates.dayOfYear(last)}</text>
  </svg>`;
}
