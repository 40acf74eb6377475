import { isoTime } from '../mail/date.ts';
import type { Dates } from './dates.ts';
import { type ThreadDoubt, threadDoubts } from './doubts.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { some } from './lists.ts';
import { type MessageView, messageArticle } from './message.ts';
import { type VersionRow, versionList } from './versions.ts';

/** A thread with all of its messages, as its page shows it. */
export interface ThreadView {
  readonly href: string;
  /** `[PATCH v3 0/6]`, or empty. */
  readonly tag: string;
  readonly title: string;
  readonly lists: readonly { readonly name: string; readonly href: string }[];
  readonly people: readonly string[];
  readonly first: number;
  readonly last: number;
  /** The id of a root that was never received, or undefined. */
  readonly ghost: string | undefined;
  /** The series that the thread is of: its page, and its versions where there are several. */
  readonly series: { readonly href: string; readonly versions: readonly VersionRow[] } | undefined;
  /** What may belong together with it, or apart from it. */
  readonly doubts: readonly ThreadDoubt[];
  readonly outline: readonly OutlineEntry[];
  readonly messages: readonly MessageView[];
  /** Undefined where the site masks addresses. */
  readonly mbox: string | undefined;
  readonly feed: string;
}

/** A line of the outline. */
export interface OutlineEntry {
  readonly anchor: string;
  readonly depth: number;
  readonly label: string;
  readonly patch: boolean;
  readonly received: number;
}

/** The page `/LIST/MID/T/`. */
export function threadPage(frame: Frame, dates: Dates, thread: ThreadView): Html {
  const heads = [
    counted(thread.messages.length, 'message', 'messages'),
    counted(thread.people.length, 'person', 'people'),
  ];
  return framed(frame, {
    title: thread.title,
    href: thread.href,
    current: thread.lists[0]!.href,
    skip: 'Skip to the discussion',
    description: `${heads[0]} by ${thread.people.slice(0, 4).join(', ')}${thread.people.length > 4 ? ' and others' : ''}, ${dates.span(thread.first, thread.last)}`,
    feeds: [{ title: `This thread: ${thread.title}`, href: thread.feed }],
    footLinks: [
      ...(thread.mbox === undefined ? [] : [html`<a href="${thread.mbox}">This thread as mbox</a>`]),
      html`<a href="${thread.feed}">Feed of this thread</a>`,
    ],
    main: html`<div class="head">
  <p class="meta">Thread on ${joined(thread.lists.map(list => html`<a href="${list.href}">${list.name}</a>`))}</p>
  <h1>${thread.tag && html`<span class="tag">${thread.tag}</span> `}${thread.title}</h1>
  <p class="meta">${heads.join(', ')}, ${dates.span(thread.first, thread.last)}</p>
  <p class="meta">${some(thread.people, SHOWN_PEOPLE)}</p>
  ${thread.series ? html`<p class="meta"><a href="${thread.series.href}">History of this series</a></p>` : ''}
  ${threadDoubts(thread.doubts)}
</div>
${thread.series && thread.series.versions.length > 0 ? versionList(dates, thread.series.versions) : ''}
<div class="talk">
${outline(dates, thread)}
<section aria-labelledby="disc">
<h2 class="vh" id="disc">Messages</h2>
${thread.ghost === undefined ? '' : html`<p class="meta ghost">The message that this thread answers is not in this archive: <span class="mid">${thread.ghost}</span></p>`}
${thread.messages.map(message => messageArticle(message))}
</section>
</div>`,
  });
}

const SHOWN_PEOPLE = 12;

function outline(dates: Dates, thread: ThreadView): Html | '' {
  if (thread.messages.length < 2) return html`<div></div>`;
  const heading = `Outline, ${thread.messages.length} messages`;
  return html`<nav class="outline" aria-labelledby="ol" tabindex="0">
  <h2 class="label" id="ol">${heading}</h2>
  <details class="unfold"><summary>${heading}</summary>
  ${timeline(dates, thread)}
  ${tree(dates, thread.outline)}
  ${thread.outline.some(entry => entry.patch) ? html`<p class="hint"><span class="p"></span>patch</p>` : ''}
  </details>
</nav>`;
}

/** Deeper replies stay at this indent: a column of 14rem has no room for more. */
const MAX_INDENT = 7;

/** The outline as nested lists, built without recursion: threads may be thousands deep. */
function tree(dates: Dates, entries: readonly OutlineEntry[]): Html {
  const parts: Html[] = [];
  let depth = -1;
  for (const entry of entries) {
    const wanted = Math.min(entry.depth, MAX_INDENT, depth + 1);
    if (wanted > depth) parts.push(depth === -1 ? html`<ol class="tree">` : html`<ol>`);
    else {
      parts.push(html`</li>`);
      for (; depth > wanted; depth--) parts.push(html`</ol></li>`);
    }
    depth = wanted;
    const mark = entry.patch ? html` class="p"` : '';
    const time = html`<time datetime="${isoTime(entry.received)}">${dates.short(entry.received)}</time>`;
    parts.push(html`<li><a href="#${entry.anchor}"><span${mark}>${entry.label}</span>${time}</a>`);
  }
  for (; depth >= 0; depth--) parts.push(html`</li></ol>`);
  return html`${parts}`;
}

const CHART = { width: 240, baseline: 24, bars: 48 };

/** When the messages came, as a row of bars; hidden where all came within an hour. */
function timeline(dates: Dates, thread: ThreadView): Html | '' {
  const { first, last } = thread;
  if (last - first < 3600) return '';
  const counts = new Array<number>(CHART.bars).fill(0);
  const patches = new Array<number>(CHART.bars).fill(0);
  for (const { received, patch } of thread.outline) {
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
  const title = `Messages over time, ${dates.span(first, last)}: ${thread.outline.length}, at most ${most} at once.`;
  return html`<svg class="mini" viewBox="0 0 240 40" role="img" aria-labelledby="mt"><title id="mt">${title}</title>
    <line class="ax" x1="0" x2="240" y1="24.5" y2="24.5"/>${bars}
    <text x="0" y="38">${dates.dayOfYear(first)}</text><text x="240" y="38" text-anchor="end">${dates.dayOfYear(last)}</text>
  </svg>`;
}

function joined(parts: readonly Html[]): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`, ${part}`))}`;
}

function counted(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
