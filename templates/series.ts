import { heldLabel } from '../mail/series/patch-set.ts';
import type { ReviewKind } from '../mail/series/review.ts';
import { type Dates, timeElement } from './dates.ts';
import { type Frame, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { counted } from './numbers.ts';
import { joined } from './places.ts';
import { type StatusView, statusMark } from './status.ts';
import { versionList } from './versions.ts';

/** The life of a patch series, as its page shows it. */
export interface SeriesView {
  readonly href: string;
  /** The title of the last version. */
  readonly title: string;
  readonly author: string;
  readonly first: number;
  readonly last: number;
  readonly outcome: OutcomeView;
  /** By time; never empty. */
  readonly versions: readonly VersionView[];
  /** Versions that are known of and were not received; `named` is a Message-ID. */
  readonly absent: readonly { readonly label: string; readonly named: string | undefined }[];
  /** A series that this one may go on with. */
  readonly possible: { readonly label: string; readonly href: string; readonly why: string } | undefined;
}

/** A message that shows something. */
export interface SourceView {
  readonly href: string;
  readonly number: number;
  readonly received: number;
  readonly speaker: string;
}

/** One version; its anchor is that of its cover letter or first patch. */
export interface VersionView {
  readonly id: string;
  readonly label: string;
  /** `Superseded by v3`, or empty. */
  readonly state: string;
  readonly tag: string;
  readonly title: string;
  /** Its cover letter or first patch, on the thread's page. */
  readonly href: string;
  readonly threadHref: string;
  readonly first: number;
  /** Patches that were received, and how many its tags promise. */
  readonly patches: number;
  readonly promised: number;
  readonly messages: number;
  readonly people: number;
  /** What makes it a version of this series; undefined for the first. */
  readonly link:
    | { readonly label: string; readonly href: string; readonly why: string; readonly confidence: string }
    | undefined;
  readonly changes: SourceView & { readonly items: readonly string[] };
  readonly thanks: readonly ThanksView[];
  readonly said: readonly SaidView[];
}

/** Who reviewed, acked, tested or refused by a trailer. */
export interface ThanksView {
  readonly label: string;
  readonly name: string;
  readonly sources: readonly SourceView[];
}

/** Words that speak for or against, word for word. */
export interface SaidView extends SourceView {
  readonly kind: ReviewKind;
  readonly words: string;
  readonly part: PartView | undefined;
}

/** Which patches something is said of, where not of all: `index` where it is one, `count` where it is known how many. */
export interface PartView {
  readonly index: number | undefined;
  readonly count: number | undefined;
  readonly total: number;
}

/** How it ended. */
export interface OutcomeView {
  readonly kind: ReviewKind | 'discussed' | 'no reply';
  readonly part: PartView | undefined;
  readonly said: SaidView | undefined;
  /** The label of the version that it is of. */
  readonly of: string;
}

const OUTCOMES: Readonly<Record<string, StatusView>> = {
  merged: { look: 'merged', words: 'Merged' },
  applied: { look: 'merged', words: 'Applied' },
  withdrawn: { look: 'refused', words: 'Withdrawn' },
  nacked: { look: 'refused', words: 'Nacked' },
  reviewed: { look: 'review', words: 'Reviewed, no end known' },
  discussed: { look: 'waiting', words: 'Discussed, no end known' },
  'no reply': { look: 'quiet', words: 'No reply' },
};

/** An outcome as a word with its shape: `Partly applied, 3 of 7`, `Nacked by Ada Cedar, patch 3 of 7`. */
export function outcomeStatus({ kind, part, said }: OutcomeView): Html {
  const { look, words } = OUTCOMES[kind]!;
  const refused = kind === 'nacked' && said;
  if (refused) return statusMark({ look, words: `${words} by ${said.speaker}${ofPart(part)}` });
  if (!part) return statusMark({ look, words });
  const count = part.count === undefined ? '' : `, ${part.count} of ${part.total}`;
  return statusMark({ look: 'review', words: `Partly ${words.toLowerCase()}${count}` });
}

/** `, patch 3 of 7` where something is said of that one, `, 2 of 7` where of so many. */
function ofPart(part: PartView | undefined): string {
  if (part?.index !== undefined) return `, patch ${part.index} of ${part.total}`;
  return part?.count === undefined ? '' : `, ${part.count} of ${part.total}`;
}

/** The page `/series/SLUG/`. */
export function seriesPage(frame: Frame, dates: Dates, series: SeriesView): Html {
  const count = series.versions.length;
  const versions = count === 1 ? 'one version' : `${count} versions`;
  return framed(frame, {
    title: `${series.title}, a series`,
    href: series.href,
    current: frame.series ?? '',
    skip: 'Skip to the versions',
    description: `A patch series by ${series.author} in ${versions}, ${dates.span(series.first, series.last)}`,
    main: html`<div class="head">
  <p class="meta">Patch series by ${series.author}</p>
  <h1>${series.title}</h1>
  <p class="meta">${outcomeStatus(series.outcome)} &ensp;${versions}, ${dates.span(series.first, series.last)}</p>
  <p class="hint">Put together by a program from subjects, changelogs and answers. Each line leads to the message it rests on.</p>
</div>
${
  count > 1
    ? versionList(
        dates,
        series.versions.map(one => ({ ...one, href: `#${one.id}`, current: false })),
      )
    : ''
}
${missing(series)}
${series.versions.map(version => versionSection(dates, version))}
${ending(dates, series)}`,
  });
}

function missing({ absent, possible }: SeriesView): Html | '' {
  if (absent.length === 0 && !possible) return '';
  return html`<div class="meta doubts">
${absent.length > 0 ? html`<p>Not in this archive: ${joined(absent.map(one => html`${one.label}${one.named === undefined ? '' : html` <span class="mid">${one.named}</span>`}`))}.</p>` : ''}
${possible ? html`<p class="doubt">Possibly goes on with <a href="${possible.href}">${possible.label}</a>: ${possible.why}.</p>` : ''}
</div>`;
}

function versionSection(dates: Dates, version: VersionView): Html {
  const patches =
    heldLabel(version.patches, version.promised) || counted(version.patches, 'patch', 'patches');
  return html`<section class="row version" id="${version.id}">
<h2 class="rubric">${version.label}</h2>
<div class="text">
  <p class="lead"><a href="${version.href}"><span class="tag">${version.tag}</span> ${version.title}</a></p>
  <p class="meta">${timeElement(version.first, dates.day(version.first))}; ${patches}, ${counted(version.messages, 'message')} by ${counted(version.people, 'person', 'people')}${version.state && html`; ${lowerFirst(version.state)}`}; <a href="${version.threadHref}">the thread</a></p>
  ${version.link ? html`<p class="hint${version.link.confidence === 'probable' ? ' doubt' : ''}">${follows(version.link)}</p>` : ''}
  ${changes(dates, version)}
  ${argumentsOf(dates, version.said.filter(isArgument))}
  ${thanks(version)}
  ${version.said.filter(one => !isArgument(one)).map(one => quoted(dates, one))}
</div>
</section>`;
}

function follows({ label, href, why, confidence }: NonNullable<VersionView['link']>): Html {
  const verb = confidence === 'probable' ? 'Probably follows' : 'Follows';
  return html`${verb} <a href="${href}">${label}</a>: ${why}.`;
}

function isArgument({ kind }: SaidView): boolean {
  return kind === 'objected' || kind === 'nacked';
}

/** Changelogs of whole lives are as long as lives. */
const SHOWN_CHANGES = 12;

function changes(dates: Dates, { changes: { items, ...source } }: VersionView): Html | '' {
  if (items.length === 0) return '';
  const item = (text: string) => html`<li>${text}</li>\n`;
  const more = items.slice(SHOWN_CHANGES);
  return html`<h3 class="label">What changed, by its changelog</h3>
  <figure class="quote"><figcaption class="said-by">${speaker(dates, source)}</figcaption><blockquote>
  <ul class="changes">${items.slice(0, SHOWN_CHANGES).map(item)}</ul>
  ${more.length > 0 ? html`<details><summary>${more.length} more</summary><ul class="changes">${more.map(item)}</ul></details>` : ''}
  </blockquote></figure>`;
}

/** A long quarrel is read in its thread. */
const SHOWN_ARGUMENTS = 4;

function argumentsOf(dates: Dates, all: readonly SaidView[]): Html {
  const more = all.slice(SHOWN_ARGUMENTS);
  return html`${all.slice(0, SHOWN_ARGUMENTS).map(one => quoted(dates, one))}${more.length > 0 ? html`<details><summary>${more.length} more</summary>${more.map(one => quoted(dates, one))}</details>` : ''}`;
}

const LEADS: Partial<Record<ReviewKind, string>> = {
  objected: 'An objection',
  nacked: 'A NAK',
  applied: 'Applied',
  merged: 'Merged',
  withdrawn: 'Withdrawn',
};

function quoted(dates: Dates, one: SaidView): Html {
  return html`<h3 class="label">${LEADS[one.kind]}${ofPart(one.part)}</h3>
  <figure class="quote"><figcaption class="said-by">${speaker(dates, one)}</figcaption><blockquote><p><a class="said" href="${one.href}">${one.words}</a></p></blockquote></figure>
`;
}

function speaker(dates: Dates, { speaker: name, received, href, number }: SourceView): Html {
  return html`<b>${name}</b> ${timeElement(received, dates.dayOfYear(received))} <a href="${href}">#${number}</a>`;
}

function thanks({ thanks: given }: VersionView): Html | '' {
  if (given.length === 0) return '';
  return html`<dl class="trailers given">
${given.map(
  one => html`    <dt>${one.label}</dt> <dd>${one.name} ${one.sources.map((source, index) => html`${index === 0 ? '' : ' '}<a href="${source.href}">#${source.number}</a>`)}</dd>
`,
)}  </dl>`;
}

function ending(dates: Dates, { outcome, versions }: SeriesView): Html {
  const last = versions.at(-1)!;
  const words = outcome.said
    ? html`${outcome.said.speaker}, ${timeElement(outcome.said.received, dates.day(outcome.said.received))}, of ${outcome.of}: <q><a class="said" href="${outcome.said.href}">${outcome.said.words}</a></q>`
    : html`Nothing in this archive says what became of <a href="#${last.id}">${last.label}</a>.`;
  return html`<section class="row" aria-labelledby="end"><h2 class="rubric" id="end">How it ended</h2>
<div class="text"><p>${outcomeStatus(outcome)}</p><p>${words}</p></div></section>`;
}

/** "Superseded by RFC v4" behind other words; a label keeps its capitals. */
function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
