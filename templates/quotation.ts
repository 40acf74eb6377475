import type { Block } from '../mail/body.ts';
import { visible } from '../mail/printable.ts';
import { type Html, html } from './html.ts';
import type { MailLinks } from './mail-links.ts';
import { paragraphs } from './paragraphs.ts';
import { joined } from './places.ts';

/** Quotations of no more lines are not folded. */
const SHORT = 3;
/** Above an answer, the last paragraph stays in view; of a longer one the last lines. */
const LONGEST_KEPT = 8;
const KEPT = 5;

/** The quote mark that the page's bar beside the lines stands for. */
const OUTERMOST = /^ ?(?:[A-Z][A-Za-z]{0,2}(?=>))?[>|] ?/;

/** A part of a quotation: found word for word, in the messages with the ids `sources`, or not found at all. */
interface Part {
  readonly lines: string[];
  readonly proved: boolean;
  readonly sources: string[];
}

/** A part as every page shows it: lines that are folded, and lines that are not. */
interface ShownPart extends Pick<Part, 'proved' | 'sources'> {
  readonly folded: readonly string[];
  readonly shown: readonly string[];
}

/** Of quotations that stand on several pages: a message's on its own, on its thread's and in a feed. */
const known = new WeakMap<Block, { readonly answered: boolean; readonly parts: readonly ShownPart[] }>();

/**
 * A quotation. What was found in other messages of the thread folds to one line, but never what stands right above
 * an answer; what was not found is shown whole, and its bar is dotted.
 */
export function quotation(block: Block, answered: boolean, to: MailLinks): Html {
  // What is quoted all over a thread would be underlined all over it.
  const links = { ...to, commit: () => undefined };
  let quoted = known.get(block);
  if (quoted?.answered !== answered) {
    quoted = { answered, parts: shownParts(block, answered) };
    known.set(block, quoted);
  }
  return html`${quoted.parts.map(part => (part.proved ? found(part, links) : notFound(part, links)))}`;
}

function shownParts(block: Block, answered: boolean): readonly ShownPart[] {
  const parts = partsOf(block).filter(({ lines }) => lines.some(isSaid));
  return parts.map(({ lines, proved, sources }, at) => {
    const short = !proved || lines.filter(isSaid).length <= SHORT;
    const kept = short ? 0 : answered && at === parts.length - 1 ? keptFrom(lines) : lines.length;
    return { proved, sources, folded: lines.slice(0, kept), shown: lines.slice(kept) };
  });
}

function partsOf({ lines, runs }: Block): readonly Part[] {
  const parts: Part[] = [];
  for (const { start, end, source } of runs ?? [{ start: 0, end: lines.length, source: undefined }]) {
    const proved = source !== undefined;
    if (parts.at(-1)?.proved !== proved) parts.push({ lines: [], proved, sources: [] });
    const { lines: said, sources } = parts.at(-1)!;
    for (let at = start; at < end; at++) said.push(visible(lines[at]!).replace(OUTERMOST, ''));
    if (source === undefined) continue;
    // The last source is that of the last line.
    if (sources.includes(source)) sources.splice(sources.indexOf(source), 1);
    sources.push(source);
  }
  return parts;
}

function notFound({ shown }: ShownPart, links: MailLinks): Html {
  return html`<blockquote class="quoted loose">${paragraphs(shown, links)}</blockquote>\n`;
}

function found({ folded, shown, sources }: ShownPart, links: MailLinks): Html {
  return html`${folded.some(isSaid) ? fold(folded, sources, links) : ''}${
    shown.some(isSaid)
      ? html`<blockquote class="quoted">${sourceLink(sources.at(-1)!, links)}${paragraphs(shown, links)}</blockquote>\n`
      : ''
  }`;
}

/** The index of the first line that stays in view above an answer; 0 where folding the rest would save nothing. */
function keptFrom(lines: readonly string[]): number {
  const last = lines.findLastIndex(isSaid);
  let start = last;
  while (start > 0 && isSaid(lines[start - 1]!)) start--;
  if (last - start >= LONGEST_KEPT) start = last - KEPT + 1;
  return lines.slice(0, start).filter(isSaid).length <= SHORT ? 0 : start;
}

function fold(lines: readonly string[], sources: readonly string[], links: MailLinks): Html {
  const count = lines.filter(isSaid).length;
  const named = sources.flatMap(id => links.source(id) ?? []).toReversed();
  const from = named.map(({ author, number }) => `${author}, #${number}`).join('; ');
  const where = named.map(({ href, number }) => html`<a href="${href}">#${number}</a>`);
  return html`<details class="fold"><summary>quoting ${from && `${from}: `}${count} ${count === 1 ? 'line' : 'lines'}</summary>
<blockquote class="quoted">${paragraphs(lines, links)}</blockquote>
${where.length > 0 && html`<p class="meta">Found word for word in ${joined(where)}</p>\n`}</details>\n`;
}

/** Before the words, so that it floats beside their first line and needs none of its own. */
function sourceLink(id: string, links: MailLinks): Html | '' {
  const source = links.source(id);
  if (!source) return '';
  const label = `#${source.number}, quoted from ${source.author}`;
  return html`<a class="from" href="${source.href}" aria-label="${label}">#${source.number}</a>`;
}

function isSaid(line: string): boolean {
  return line.trim() !== '';
}
