import { type Html, html } from './html.ts';

// Charts are drawn when the site is built: 260 units wide, values on the marks, a title that says what is seen.

/** A mark of a chart. */
export interface Mark {
  /** What stands below it: `Mon`, `No. 12`. */
  readonly label: string;
  readonly value: number;
}

/** What a chart is called on its page, and told as to those who do not see it. */
export interface ChartName {
  /** Of its own on the page. */
  readonly id: string;
  readonly title: string;
}

const WIDTH = 260;
const TOP = 21;
const AXIS = 106;
/** Below this many marks each has its value and its label. */
const ALL_LABELLED = 10;
/** Room for one label. */
const LABEL_WIDTH = 34;
const LABEL_HEIGHT = 18;

/** A bar for each mark, the highest in the accent. */
export function barChart({ id, title }: ChartName, marks: readonly Mark[]): Html {
  const most = highest(marks);
  const step = WIDTH / marks.length;
  const width = Math.min(24, step * 0.66);
  const center = (at: number) => round(step * (at + 0.5));
  const height = (value: number) => Math.round((value / Math.max(1, marks[most]!.value)) * (AXIS - TOP));
  const values = marks.length <= ALL_LABELLED ? marks.map((_, at) => at) : [most];
  const labels = marks.length <= ALL_LABELLED ? values : apart([0, marks.length - 1, most], center);
  return html`<svg viewBox="0 0 ${WIDTH} 130" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title>
  <g class="bar">${marks.map(({ value }, at) => html`<rect x="${round(center(at) - width / 2)}" y="${AXIS - height(value)}" width="${round(width)}" height="${height(value)}"${at === most ? html` class="top"` : ''}/>`)}</g>
  <line class="ax" x1="0" x2="${WIDTH}" y1="${AXIS}.5" y2="${AXIS}.5"/>
  <g>${values.map(at => label(center(at), AXIS - height(marks[at]!.value) - 5, `${marks[at]!.value}`, at === most))}${labels.map(at => label(center(at), 122, marks[at]!.label))}</g>
</svg>`;
}

/** A line through all marks with their mean; the highest and the lowest have their values, the last the accent. */
export function lineChart({ id, title }: ChartName, marks: readonly Mark[]): Html {
  const last = marks.length - 1;
  const most = highest(marks);
  const least = marks.reduce((lowest, { value }, at) => (value < marks[lowest]!.value ? at : lowest), 0);
  const [top, bottom] = [marks[most]!.value, marks[least]!.value];
  const x = (at: number) => round(6 + (at / Math.max(1, last)) * (WIDTH - 27));
  const y = (value: number) =>
    top === bottom ? 58 : round(22 + ((top - value) / (top - bottom)) * (AXIS - 34));
  const mean = marks.reduce((sum, { value }) => sum + value, 0) / marks.length;
  const isApart = (at: number) =>
    x(last) - x(at) > LABEL_WIDTH || Math.abs(y(marks[at]!.value) - y(marks[last]!.value)) > LABEL_HEIGHT;
  const named = [...new Set([most, least])].filter(at => at !== last && isApart(at));
  return html`<svg viewBox="0 0 ${WIDTH} 130" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title>
  <line class="faint" x1="0" x2="${WIDTH - 20}" y1="${y(mean)}" y2="${y(mean)}"/>
  <polyline class="ln" points="${marks.map(({ value }, at) => `${x(at)},${y(value)}`).join(' ')}"/>
  <g class="dot">${named.map(at => html`<circle cx="${x(at)}" cy="${y(marks[at]!.value)}" r="2"/>`)}</g><circle class="hot" cx="${x(last)}" cy="${y(marks[last]!.value)}" r="3.5"/>
  <g>${named.map(at => label(x(at), y(marks[at]!.value) + (at === most ? -8 : 14), `${marks[at]!.value}`))}${label(x(last), y(marks[last]!.value) - 8, `${marks[last]!.value}`, true)}${apart([0, last, ...named], x).map(at => label(x(at), 126, marks[at]!.label))}</g>
</svg>`;
}

function highest(marks: readonly Mark[]): number {
  return marks.reduce((best, { value }, at) => (value > marks[best]!.value ? at : best), 0);
}

/** Those places whose labels keep clear of the labels before them. */
function apart(places: readonly number[], x: (at: number) => number): readonly number[] {
  const kept: number[] = [];
  for (const at of places)
    if (kept.every(other => Math.abs(x(other) - x(at)) > LABEL_WIDTH * 1.3)) kept.push(at);
  return kept;
}

function label(x: number, y: number, words: string, hot = false): Html {
  const anchor = x < LABEL_WIDTH / 2 ? 'start' : x > WIDTH - LABEL_WIDTH / 2 ? 'end' : 'middle';
  const at = anchor === 'start' ? 0 : anchor === 'end' ? WIDTH : x;
  return html`<text x="${at}" y="${y}" text-anchor="${anchor}"${hot ? html` class="hot"` : ''}>${words}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
