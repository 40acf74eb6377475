import { type CitedView, withCitations } from './cited.ts';
import { type Html, html } from './html.ts';
import { hasLinks, linked, type MailLinks } from './mail-links.ts';

/** A paragraph as every page shows it. */
interface Paragraph {
  readonly text: string;
  readonly kind: 'flow' | 'kept' | 'cut';
  /** Its markup, where nothing in it can be a link; else that depends on the page. */
  readonly markup: Html | undefined;
}

/** Of lines that stand on several pages: a message's on its own, on its thread's and in a feed. */
const known = new WeakMap<readonly string[], readonly Paragraph[]>();

/** The text's paragraphs; what is `cited` in them is tinted. Wrapped prose flows to the reader's width; lists, code and tables keep their lines. */
export function paragraphs(
  lines: readonly string[],
  links?: MailLinks,
  cited: readonly CitedView[] = [],
): readonly Html[] {
  let all = known.get(lines);
  if (!all) {
    all = paragraphsOf(lines);
    known.set(lines, all);
  }
  return all.map(one => (one.markup && cited.length === 0 ? one.markup : rendered(one, links, cited)));
}

function paragraphsOf(lines: readonly string[]): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let start = 0;
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && lines[at]!.trim() !== '') continue;
    if (at > start) found.push(paragraphOf(lines.slice(start, at)));
    start = at + 1;
  }
  return found;
}

function paragraphOf(lines: readonly string[]): Paragraph {
  const text = lines.join('\n');
  const kind = text === '---' ? 'cut' : isWrappedProse(lines) ? 'flow' : 'kept';
  return { text, kind, markup: hasLinks(text) ? undefined : rendered({ text, kind }) };
}

function rendered(
  { text, kind }: Pick<Paragraph, 'text' | 'kind'>,
  links?: MailLinks,
  cited: readonly CitedView[] = [],
): Html {
  if (kind === 'cut') return html`<hr class="cut">\n`;
  return html`<p class="${kind}">${withCitations(text, cited, part => linked(part, links))}</p>\n`;
}

/** The widest line that a person's mail program wraps at. */
const WRAP_COLUMN = 88;
/** How much shorter than the longest a wrapped line may be, with the word that did not fit. */
const WRAP_SLACK = 12;

/**
 * Whether the lines were one sentence after another before a mail program wrapped them: each line but the last
 * is as full as the next word allowed, and none is indented or ruled into columns.
 */
export function isWrappedProse(lines: readonly string[]): boolean {
  if (lines.length === 1) return lines[0]!.length > WRAP_COLUMN && !/^\s|\s{3}/.test(lines[0]!);
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  if (width > WRAP_COLUMN || width < 45) return false;
  return lines.every((line, index) => {
    if (/^[\s>|+\-*#=]|\s{3}|\t/.test(line)) return false;
    const next = lines[index + 1];
    return next === undefined || line.length + 1 + next.split(' ')[0]!.length > width - WRAP_SLACK;
  });
}
