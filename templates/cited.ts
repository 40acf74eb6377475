import type { Block } from '../mail/body.ts';
import { visible } from '../mail/printable.ts';
import { type Html, html } from './html.ts';

/** Words of a message that are quoted elsewhere. */
export interface CitedView {
  readonly href: string;
  /** `Quoted in issue 12, section 3`. */
  readonly label: string;
  /** The words as they may stand in the mail: one of these does. */
  readonly words: readonly string[];
}

/** A run of a text's characters. */
interface Passage {
  readonly start: number;
  readonly end: number;
  /** Undefined behind a cut: the first run alone leads to where it is quoted. */
  readonly cited: CitedView | undefined;
}

/** A paragraph with its cited passages tinted, each behind a link to where it is quoted; `render` renders the rest. */
export function withCitations(
  text: string,
  cited: readonly CitedView[],
  render: (text: string) => Html,
): Html {
  if (cited.length === 0) return render(text);
  const parts: Html[] = [];
  const noted = new Set<string>();
  let at = 0;
  for (const passage of passagesIn(text, cited)) {
    // Two passages of a paragraph that one section quotes share a note.
    const note = passage.cited && !noted.has(passage.cited.href) && citationNote(passage.cited);
    if (passage.cited) noted.add(passage.cited.href);
    const words = html`<span class="cited">${render(text.slice(passage.start, passage.end))}</span>`;
    parts.push(html`${render(text.slice(at, passage.start))}${note}${words}`);
    at = passage.end;
  }
  return html`${parts}${render(text.slice(at))}`;
}

/** Links to where a message is quoted by words that stand in none of its paragraphs as they were quoted: in code, over a break. */
export function unfoundCitations(blocks: readonly Block[], cited: readonly CitedView[]): Html | '' {
  if (cited.length === 0) return '';
  const texts = blocks
    .filter(({ kind }) => kind === 'text' || kind === 'greeting')
    .flatMap(({ lines }) =>
      lines
        .map(visible)
        .join('\n')
        .split(/\n[ \t]*\n/),
    );
  const found = new Set(texts.flatMap(text => passagesIn(text, cited).map(passage => passage.cited?.href)));
  const left = new Map(cited.filter(({ href }) => !found.has(href)).map(one => [one.href, one]));
  return html`${[...left.values()].map(citationNote)}`;
}

function citationNote({ href, label }: CitedView): Html {
  return html`<a class="note where" href="${href}">${label}</a>`;
}

/** The cited passages of a text in order; of two that overlap, the first. */
function passagesIn(text: string, cited: readonly CitedView[]): readonly Passage[] {
  const found = cited
    .flatMap(one =>
      one.words.flatMap(words =>
        pieces(words).flatMap((piece, at) => find(text, piece, at === 0 ? one : undefined)),
      ),
    )
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.cited ? -1 : 1));
  let end = 0;
  return found.filter(passage => {
    if (passage.start < end) return false;
    end = passage.end;
    return true;
  });
}

/** What stands between cuts, insertions and paragraphs. */
function pieces(words: string): readonly string[] {
  return words.split(/\[[^[\]]{0,600}\]|\n[ \t]*\n/).filter(piece => /\p{L}.*\p{L}/su.test(piece));
}

function find(text: string, piece: string, cited: CitedView | undefined): readonly Passage[] {
  const match = pattern(piece).exec(text);
  return match ? [{ start: match.index, end: match.index + match[0].length, cited }] : [];
}

/** Finds words however their lines are wrapped, and whichever quotation marks and dashes they have. */
function pattern(piece: string): RegExp {
  const words = piece.trim().split(/\s+/);
  const sources = words.map(word =>
    word
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/['‘’]/g, "['‘’]")
      .replace(/["“”]/g, '["“”]')
      .replace(/[-‐–—]/g, '[-‐–—]'),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])${sources.join('\\s+')}(?![\\p{L}\\p{N}])`, 'u');
}
