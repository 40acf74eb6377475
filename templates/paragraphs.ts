import { type CitedView, withCitations } from './cited.ts';
import { type Html, html } from './html.ts';
import { linked, type MailLinks } from './mail-links.ts';

/** The text's paragraphs; what is `cited` in them is tinted. Wrapped prose flows to the reader's width; lists, code and tables keep their lines. */
export function paragraphs(
  lines: readonly string[],
  links?: MailLinks,
  cited: readonly CitedView[] = [],
): readonly Html[] {
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === '') groups.push([]);
    else groups.at(-1)!.push(line);
  }
  return groups
    .filter(group => group.length > 0)
    .map(group => (group.join() === '---' ? html`<hr class="cut">\n` : paragraph(group, links, cited)));
}

function paragraph(
  lines: readonly string[],
  links: MailLinks | undefined,
  cited: readonly CitedView[],
): Html {
  return html`<p class="${isWrappedProse(lines) ? 'flow' : 'kept'}">${withCitations(lines.join('\n'), cited, text => linked(text, links))}</p>\n`;
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
