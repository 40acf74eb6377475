import { idOfMidUrl, speakerOfSaidUrl } from '../../briefs/citations.ts';
import type { CheckedQuotation } from '../../briefs/verify.ts';
import type { Issue } from '../../publication/issues/issue.ts';
import { timeElement } from '../../templates/dates.ts';
import { type Html, html, type Printable } from '../../templates/html.ts';
import type { NameView } from '../../templates/people.ts';
import type { Post } from '../model.ts';
import type { PageOf } from '../people.ts';
import type { ProseLook } from '../prose.ts';
import type { Views } from '../views.ts';
import { type Source, type Sources, sourcesOf } from './sources.ts';

/** Counts the quotations of a page: notes and anchors are numbered through it. */
export interface PageNotes {
  count: number;
}

/** How an issue's prose looks, and what was met while it was rendered. */
export interface IssueLook extends ProseLook {
  /** Who is quoted, in order of first quotation. */
  readonly quoted: readonly NameView[];
  /** Whether words are quoted of mail that is not held. */
  readonly unverified: boolean;
}

/**
 * The look of a section or an introduction: each quotation leads to its message and has a note beside it that tells
 * its source; one that is not known to be true has neither. `checked` are its quotations, `pageOf` knows whose names
 * are links.
 */
export function issueLook(
  views: Views,
  issue: Issue,
  checked: readonly CheckedQuotation[],
  notes: PageNotes,
  pageOf: PageOf,
): IssueLook {
  const { dates } = views;
  const sources = sourcesOf(views, issue, checked);
  const quoted = new Map<string, NameView>();
  let unverified = false;
  const hear = ({ author }: Post) => {
    if (!quoted.has(author.key)) quoted.set(author.key, { name: author.name, href: pageOf(author) });
  };
  const doubt = (url: string | undefined, name: string | undefined) => {
    // Of mail that is held, the check knows that the words are wrong.
    if (url === undefined || idOfMidUrl(url) === undefined) unverified = true;
    if (name !== undefined && !quoted.has(name)) quoted.set(name, { name, href: pageOf(name) });
  };
  const said = ({ post: { author, message, number: place }, href }: Source) =>
    html`<b>${author.name}</b> ${timeElement(message.received, `${dates.dayOfYear(message.received)}, ${dates.clock(message.received)}`)} <a href="${href}">#${place}</a>`;
  return {
    get quoted() {
      return [...quoted.values()];
    },
    get unverified() {
      return unverified;
    },
    quotation(words, { url, text, goesOn }) {
      const source = sources.ofQuotation(url, text);
      if (!source) {
        doubt(url, speakerOfSaidUrl(url));
        return html`<q class="unverified">${words}</q>`;
      }
      hear(source.post);
      if (!goesOn.before) notes.count++;
      const at = notes.count;
      const note = html`<span class="note" id="n${at}">${said(source)} <a class="shut" href="#-">Close</a></span>`;
      const mark = html`<a class="mark" href="#n${at}" aria-label="#${source.post.number}, source of the quotation: ${source.post.author.name}">#${source.post.number}</a>`;
      return html`${goesOn.before ? '' : note}<q><a class="said" href="${source.href}">${words}</a></q>${goesOn.after ? '' : mark}`;
    },
    block({ url, name, text, words }) {
      const source = sources.ofQuotation(url, text);
      if (!source) {
        doubt(url, name);
        const caption = name && html`<figcaption class="said-by"><b>${name}</b></figcaption>\n`;
        return figure('quote unverified', caption, html`${words(one => one)}`);
      }
      hear(source.post);
      const quotation = words(one => html`<a class="said" href="${source.href}">${one}</a>`);
      return figure(
        'quote',
        html`<figcaption class="said-by">${said(source)}</figcaption>\n`,
        html`${quotation}`,
      );
    },
    link: (words, url) => linkTo(sources, words, url),
  };
}

function linkTo(sources: Sources, words: Printable, url: string): Printable {
  const target = sources.ofLink(url);
  return target
    ? html`<a href="${target.href}"${target.external ? html` rel="external"` : ''}>${words}</a>`
    : words;
}

/** The look of a line that stands outside of its issue's prose, such as a correction: without notes beside it. */
export function lineLook(views: Views, issue: Issue, checked: readonly CheckedQuotation[]): ProseLook {
  const sources = sourcesOf(views, issue, checked);
  return {
    quotation(words, { url, text }) {
      const source = sources.ofQuotation(url, text);
      return source
        ? html`<q><a class="said" href="${source.href}">${words}</a></q>`
        : html`<q class="unverified">${words}</q>`;
    },
    block: () => '',
    link: (words, url) => linkTo(sources, words, url),
  };
}

function figure(look: string, caption: Html | '' | undefined, words: Html): Html {
  return html`<figure class="${look}">
${caption}<blockquote>${words}</blockquote>
</figure>
`;
}
