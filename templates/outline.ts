import { isoTime } from '../mail/date.ts';
import type { Dates } from './dates.ts';
import { type Html, html } from './html.ts';

/** A line of the outline: a message, or one that was answered and never received. */
export type OutlineEntry =
  | {
      readonly depth: number;
      readonly anchor: string;
      readonly label: string;
      readonly patch: boolean;
      readonly received: number;
    }
  | { readonly depth: number; readonly missing: string };

/** Deeper replies stay at this indent: a column of 16rem has no room for more. */
const MAX_INDENT = 7;
/** A subthread of more messages can be folded. */
const HANDFUL = 5;

/** The outline as nested lists, built without recursion: threads may be thousands deep. */
export function outlineTree(dates: Dates, entries: readonly OutlineEntry[]): Html {
  const depths = shownDepths(entries);
  const below = countsBelow(entries, depths);
  const folds = foldedAt(depths, below);
  const days = new Set(entries.flatMap(entry => ('missing' in entry ? [] : [dates.day(entry.received)])));
  const when = days.size > 1 ? dates.shortDay : dates.clock;
  const parts: Html[] = [];
  /** What ends each of the lists that are open. */
  const ends: Html[] = [];
  for (const [index, entry] of entries.entries()) {
    const depth = depths[index]!;
    while (ends.length > depth + 1) parts.push(html`</li>`, ends.pop()!);
    if (ends.length > depth) parts.push(html`</li>`);
    else {
      // A list opens below the entry before.
      const isFolding = depth > 0 && folds[index - 1]!;
      parts.push(
        depth === 0 ? html`<ol class="tree">` : isFolding ? foldStart(below[index - 1]!) : html`<ol>`,
      );
      ends.push(isFolding ? html`</ol></details>` : html`</ol>`);
    }
    parts.push(line(entry, when));
  }
  while (ends.length > 0) parts.push(html`</li>`, ends.pop()!);
  return html`${parts}`;
}

function foldStart(replies: number): Html {
  return html`<details open><summary>${replies} below</summary><ol>`;
}

function line(entry: OutlineEntry, when: (seconds: number) => string): Html {
  if ('missing' in entry) return html`<li><p class="gone" title="${entry.missing}">not in this archive</p>`;
  const mark = entry.patch ? html` class="p"` : '';
  const time = html`<time datetime="${isoTime(entry.received)}">${when(entry.received)}</time>`;
  return html`<li><a href="#${entry.anchor}"><span${mark}>${entry.label}</span>${time}</a>`;
}

/** The depths as they are shown: no deeper than there is room, and without steps left out. */
function shownDepths(entries: readonly OutlineEntry[]): readonly number[] {
  const top = entries.reduce((least, { depth }) => Math.min(least, depth), Number.POSITIVE_INFINITY);
  let last = -1;
  return entries.map(({ depth }) => {
    last = Math.min(depth - top, MAX_INDENT, last + 1);
    return last;
  });
}

/** How many messages stand below each entry. */
function countsBelow(entries: readonly OutlineEntry[], depths: readonly number[]): readonly number[] {
  const below = new Array<number>(entries.length).fill(0);
  const above: number[] = [];
  for (const [index, entry] of entries.entries()) {
    above.length = depths[index]!;
    // At most as many as there are indents.
    if (!('missing' in entry)) for (const ancestor of above) below[ancestor]!++;
    above.push(index);
  }
  return below;
}

/**
 * Which entries have a fold over what stands below them: those with more than a handful there. Under the only root
 * it would be the whole outline, which folds already; of a chain of answers the first alone has one.
 */
function foldedAt(depths: readonly number[], below: readonly number[]): readonly boolean[] {
  const children = new Array<number>(depths.length).fill(0);
  const parents: number[] = [];
  const above: number[] = [];
  for (const [index, depth] of depths.entries()) {
    above.length = depth;
    const parent = above.at(-1) ?? -1;
    parents.push(parent);
    if (parent !== -1) children[parent]!++;
    above.push(index);
  }
  const covered: boolean[] = [];
  return below.map((replies, index) => {
    const parent = parents[index]!;
    const isCovered = parent !== -1 && children[parent] === 1 && covered[parent]!;
    const folds = !isCovered && replies > HANDFUL && replies < below[0]!;
    covered.push(isCovered || folds);
    return folds;
  });
}
