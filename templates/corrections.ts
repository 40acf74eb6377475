import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import type { EarlierCorrectionView } from './issue.ts';
import { counted } from './numbers.ts';

/** A correction among all. */
export interface ListedCorrectionView extends EarlierCorrectionView {
  /** Of its own on the page. */
  readonly anchor: string;
  /** The title of the section, or of the issue where the correction is of no section. */
  readonly title: string;
  readonly kind: 'fact' | 'attribution' | 'typo' | 'link';
}

/** All corrections, the latest first. */
export interface CorrectionsView {
  readonly href: string;
  readonly feedHref: string;
  readonly corrections: readonly ListedCorrectionView[];
}

const KINDS: Readonly<Record<ListedCorrectionView['kind'], string>> = {
  fact: 'a fact',
  attribution: 'who said it',
  typo: 'a slip of the pen',
  link: 'a link',
};

/** The page `/corrections/`. */
export function correctionsPage(frame: Frame, dates: Dates, view: CorrectionsView): Html {
  const { href, feedHref, corrections } = view;
  return framed(frame, {
    title: 'Corrections',
    href,
    skip: 'Skip to the corrections',
    feeds: [{ title: `${frame.siteTitle}: corrections`, href: feedHref }],
    main: html`<div class="head">
  <h1>Corrections</h1>
  <p class="meta">${corrections.length === 0 ? 'None so far' : `${counted(corrections.length, 'correction')}, the latest first`}. <a href="${feedHref}">Feed</a></p>
  <p class="hint">What was wrong keeps standing where it stood, with its correction above it.</p>
</div>
<section class="hits" aria-labelledby="all">
<h2 class="vh" id="all">All corrections</h2>
${corrections.map(one => entry(dates, one))}</section>`,
  });
}

function entry(dates: Dates, one: ListedCorrectionView): Html {
  return html`<article class="hit" id="${one.anchor}">
  <h3><a href="${one.where.href}">${one.title}</a></h3>
  ${correctionText(one)}
  <p class="meta">${timeElement(one.date, dates.day(one.date))}, ${one.where.words}; ${KINDS[one.kind]}</p>
</article>
`;
}

/** What was, what is, and whom to thank. */
export function correctionText({ was, is, thanks }: EarlierCorrectionView): Html {
  return html`<p>Was: <q>${was}</q></p>
  <p>Is: ${is}</p>${thanks && html`\n  <p>Thanks to ${thanks}.</p>`}`;
}
