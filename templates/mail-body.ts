import { type Block, isAnswer } from '../mail/body.ts';
import { isVisible, visible } from '../mail/printable.ts';
import type { CitedView } from './cited.ts';
import { diff, isLongDiff } from './diff.ts';
import { type Html, html } from './html.ts';
import { linked, type MailLinks, NO_LINKS } from './mail-links.ts';
import { paragraphs } from './paragraphs.ts';
import { quotation } from './quotation.ts';
import { trailers } from './trailers.ts';

/**
 * A message's body as it was sent: prose wraps, quotations whose sources are proved fold, diffs are coloured, what
 * is for reviewers is set apart. `links` leads to other messages; what is `cited` elsewhere is tinted and leads there.
 * Among others a message does not show the files of a long diff, which lead to its `own` page.
 */
export function mailBody(
  blocks: readonly Block[],
  links: MailLinks = NO_LINKS,
  cited: readonly CitedView[] = [],
  own?: string,
): Html {
  return html`<div class="mail">
${blocks.map((_, at) => renderBlock(blocks, at, links, cited, own))}</div>`;
}

/** The diff that a diffstat sums up: the next one, before any other diffstat. */
function diffBehind(blocks: readonly Block[], at: number): Block | undefined {
  const next = blocks.slice(at + 1).find(({ kind }) => kind === 'diff' || kind === 'diffstat');
  return next?.kind === 'diff' ? next : undefined;
}

/** What looks the same on a message's page, on its thread's and in a feed, and is long: patches above all. */
const alike = new WeakMap<Block, Html>();

function renderBlock(
  blocks: readonly Block[],
  at: number,
  links: MailLinks,
  cited: readonly CitedView[],
  own: string | undefined,
): Html {
  const block = blocks[at]!;
  switch (block.kind) {
    case 'quote':
      return quotation(block, isAnswer(blocks, at + 1), links);
    case 'diffstat':
      return diffstat(block, diffBehind(blocks, at));
    case 'text':
    case 'greeting':
      return html`${paragraphs(visibleLines(block), links, cited)}`;
    case 'attribution':
      return html`<p class="attribution">${linked(visibleLines(block).join('\n').trim(), links)}</p>\n`;
    case 'trailers':
      return trailers(visibleLines(block), links);
    case 'notes':
      return setApart('Notes to reviewers', visibleLines(block), links);
    case 'changelog':
      return setApart('Changes', visibleLines(block), links);
    case 'footer':
      return html``; // The list server's words, under every message the same; the raw mail has them.
    default: {
      if (own !== undefined && block.kind === 'diff' && isLongDiff(block.lines))
        return diff(visibleLines(block), own);
      const known = alike.get(block);
      if (known) return known;
      const made = renderAlike(block.kind, visibleLines(block));
      alike.set(block, made);
      return made;
    }
  }
}

function renderAlike(kind: 'code' | 'diff' | 'pgp' | 'signature', lines: readonly string[]): Html {
  switch (kind) {
    case 'code':
      return code(lines);
    case 'diff':
      return diff(lines);
    case 'pgp':
      return pgp(lines);
    case 'signature':
      return html`<pre class="sig">${lines.join('\n').trimEnd()}</pre>\n`;
  }
}

/** The block's own lines where nothing of them need be made visible, so that what is known of them is found. */
function visibleLines({ lines }: Block): readonly string[] {
  return isVisible(lines.join('\n')) ? lines : lines.map(visible);
}

function code(lines: readonly string[]): Html {
  return html`<pre class="code" tabindex="0" role="group" aria-label="Code or log"><code>${lines.join('\n')}</code></pre>\n`;
}

function setApart(label: string, lines: readonly string[], links: MailLinks): Html {
  return html`<div class="apart"><p class="label">${label}</p>
${paragraphs(lines, links)}</div>\n`;
}

function pgp(lines: readonly string[]): Html {
  const what = /^-----BEGIN PGP (.*)-----/.exec(lines[0]!)?.[1]?.toLowerCase() ?? 'armour';
  const summary = what === 'signed message' ? 'PGP, signed text follows' : `PGP ${what}`;
  return html`<details class="fold"><summary>${summary}; not checked here</summary><pre class="sig">${lines.join('\n').trimEnd()}</pre></details>\n`;
}

/** Folded to its sum, but where parts of the diff are folded: then it shows what there is. */
function diffstat(stat: Block, of: Block | undefined): Html {
  const lines = visibleLines(stat);
  const summary =
    lines.find(line => /files? changed/.test(line))?.trim() ?? `${lines.length} lines of diffstat`;
  const open = of !== undefined && isLongDiff(of.lines);
  return html`<details class="fold"${open && html` open`}><summary>${summary}</summary><pre class="stat" tabindex="0" role="group" aria-label="Diffstat">${lines.join('\n')}</pre></details>\n`;
}
