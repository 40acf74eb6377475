import type { Issue, Prose, Section } from '../../publication/issues/issue.ts';
import { type Html, html } from '../../templates/html.ts';
import type { SectionFacts } from '../../templates/issue.ts';
import { statsWords } from '../../templates/issue-stats.ts';
import { counted } from '../../templates/numbers.ts';
import { renderLine, renderProse } from '../prose.ts';
import { issueStatsView } from '../stats/issue-stats.ts';
import type { Views } from '../views.ts';
import { sectionFacts } from './facts.ts';
import { absolute, feedLook } from './feed-look.ts';
import { noonOf } from './issue-day.ts';
import type { IssueSurroundings } from './issue-view.ts';

/** An issue in full, as feeds have it: its sections under headings, all links with their host. */
export function issueContent(views: Views, issue: Issue, around: IssueSurroundings): Html {
  const stats = issueStatsView(views, issue, around.statistics, around.pageOf);
  return html`${corrections(views, issue, undefined)}${proseContent(views, issue, issue.introduction)}${
    stats && statsWords(stats).map(words => html`<p>${words}</p>\n`)
  }${issue.sections.map(
    (section, at) => html`<h2>${at + 1}. ${section.title}</h2>
${sectionContent(views, issue, section, around)}`,
  )}`;
}

/** A section in full, as feeds have it. */
export function sectionContent(
  views: Views,
  issue: Issue,
  section: Section,
  { gists }: IssueSurroundings,
): Html {
  const facts = sectionFacts(views, issue, section, gists);
  return html`${factsLine(views, facts)}${corrections(views, issue, section.id)}${proseContent(views, issue, section.prose)}`;
}

/** `19 to 25 March 2018 (24 posts)`; empty where neither is known. */
export function extentWords({ dates }: Views, { first, last, posts }: SectionFacts): string {
  const when = first === undefined ? '' : dates.span(first, last ?? first);
  const extent = posts === undefined ? '' : `(${counted(posts, 'post')})`;
  return [when, extent].filter(words => words !== '').join(' ');
}

function factsLine(views: Views, facts: SectionFacts): Html | '' {
  const { subject, archiveHref } = facts;
  const thread = subject === undefined ? undefined : html`“${subject}”`;
  const parts = [
    extentWords(views, facts),
    archiveHref === undefined
      ? thread
      : html`<a href="${absolute(views, archiveHref)}">${thread ?? 'The thread'}</a>`,
  ].filter(part => part !== undefined && part !== '');
  if (parts.length === 0) return '';
  return html`<p><small>${parts.map((part, at) => html`${at === 0 ? '' : '; '}${part}`)}</small></p>\n`;
}

/** Prose as feeds have it; empty where there is none. */
export function proseContent(views: Views, issue: Issue, prose: Prose): Html | '' {
  if (prose.markdown.trim() === '') return '';
  return renderProse(prose.markdown, feedLook(views, issue, views.issues.quotations.get(prose) ?? []));
}

function corrections(views: Views, issue: Issue, section: string | undefined): readonly Html[] {
  return issue.corrections
    .filter(one => one.section === section)
    .map(one => {
      const { date, was, is, thanks } = one;
      const look = feedLook(views, issue, views.issues.quotations.get(one) ?? []);
      return html`<p><b>Correction, ${views.dates.dayOfYear(noonOf(views, date))}.</b> The text says “${renderLine(was, look)}”. ${renderLine(is, look)}${thanks && ` Thanks to ${thanks}.`}</p>\n`;
    });
}
