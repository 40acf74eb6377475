import type { IssueFinding } from '../../publication/issues/finding.ts';
import type { Correction, Issue, Prose, Section } from '../../publication/issues/issue.ts';
import type {
  CorrectionView,
  EarlierCorrectionView,
  FindingView,
  IssueLink,
  IssueView,
  ProseView,
  SectionView,
} from '../../templates/issue.ts';
import { issueStats } from '../../templates/issue-stats.ts';
import type { Gists } from '../gists.ts';
import type { PageOf } from '../people.ts';
import { CORRECTIONS, correctionAnchor, ISSUES, issuePath, issueTextPath } from '../permalinks.ts';
import { renderLine, renderProse } from '../prose.ts';
import type { StatisticsOf } from '../stats/issue-statistics.ts';
import { issueStatsView } from '../stats/issue-stats.ts';
import type { Views } from '../views.ts';
import { sectionFacts } from './facts.ts';
import { changesOf, noonOf } from './issue-day.ts';
import { type IssueLook, issueLook, lineLook, type PageNotes } from './look.ts';

/** What issues are shown with besides what they say. */
export interface IssueSurroundings {
  readonly gists: Gists;
  /** Knows whose names are links. */
  readonly pageOf: PageOf;
  /** What was counted of the issues' mail. */
  readonly statistics: StatisticsOf;
  /** Whether the pages are for the editor, with what the check finds in them. */
  readonly draft: boolean;
}

/** The page of the issue at `at` among the site's. */
export function issueView(views: Views, at: number, around: IssueSurroundings): IssueView {
  const { issues } = views.issues;
  const issue = issues[at]!;
  const notes: PageNotes = { count: 0 };
  const { number, title, date, editor, period, introduction } = issue;
  const stats = issueStatsView(views, issue, around.statistics, around.pageOf);
  return {
    href: views.link(issuePath(number)),
    number,
    title,
    date: noonOf(views, date),
    updated: changesOf(views, issue).updated,
    editor,
    period: period && { first: noonOf(views, period.since), last: noonOf(views, period.until) },
    introduction: proseView(views, issue, introduction, around, notes).view,
    corrections: correctionsOf(views, issue, undefined),
    corrected: correctedSince(views, issues[at - 1], issue),
    stats: stats ? issueStats(views.dates, stats) : '',
    sections: issue.sections.map((section, index) =>
      sectionView(views, issue, section, index + 1, around, notes),
    ),
    previous: issueLink(views, issues[at - 1]),
    next: issueLink(views, issues[at + 1]),
    archiveHref: views.link(ISSUES),
    textHref: views.link(issueTextPath(number)),
  };
}

function issueLink(views: Views, issue: Issue | undefined): IssueLink | undefined {
  return issue && { number: issue.number, href: views.link(issuePath(issue.number)) };
}

function sectionView(
  views: Views,
  issue: Issue,
  section: Section,
  number: number,
  around: IssueSurroundings,
  notes: PageNotes,
): SectionView {
  const { view, look } = proseView(views, issue, section.prose, around, notes);
  const quoted = new Set(look.quoted.map(({ name }) => name));
  const mentioned = section.mentions.filter(name => !quoted.has(name));
  return {
    ...view,
    id: section.id,
    number,
    title: section.title,
    facts: sectionFacts(views, issue, section, around.gists),
    topics: views.topics.of(section).map(({ name, path }) => ({ name, href: views.link(path) })),
    people: [...look.quoted, ...mentioned.map(name => ({ name, href: around.pageOf(name) }))],
    corrections: correctionsOf(views, issue, section.id),
  };
}

function proseView(
  views: Views,
  issue: Issue,
  prose: Prose,
  { pageOf, draft }: IssueSurroundings,
  notes: PageNotes,
): { readonly view: ProseView; readonly look: IssueLook } {
  const { markdown } = prose;
  const checked = views.issues.quotations.get(prose) ?? [];
  const look = issueLook(views, issue, checked, notes, pageOf);
  const found = draft ? views.issues.findings.filter(one => isShownAbove(one, issue, prose)) : [];
  const view = {
    prose: markdown.trim() === '' ? ('' as const) : renderProse(markdown, look),
    unverified: look.unverified,
    findings: found.map(
      ({ file, line, column, ...one }): FindingView => ({ ...one, place: `${file}:${line}:${column}` }),
    ),
  };
  return { view, look };
}

/** Whether an editor has to act on a finding, and it is about this prose, or about what of the issue has no other place. */
function isShownAbove({ file, severity }: IssueFinding, issue: Issue, prose: Prose): boolean {
  if (severity === 'note') return false;
  if (file === prose.file) return true;
  const hasOther = issue.sections.some(one => one.prose.file === file);
  return prose === issue.introduction && !hasOther && file.startsWith(`issues/${issue.number}/`);
}

/** The corrections of a section, or of an issue as a whole. */
function correctionsOf(views: Views, issue: Issue, section: string | undefined): readonly CorrectionView[] {
  return issue.corrections
    .filter(one => one.section === section)
    .map(one => correctionView(views, issue, one));
}

/** A correction as pages show it. */
export function correctionView(views: Views, issue: Issue, one: Correction): CorrectionView {
  const checked = views.issues.quotations.get(one) ?? [];
  const look = lineLook(views, issue, checked);
  return {
    date: noonOf(views, one.date),
    was: renderLine(one.was, look),
    is: renderLine(one.is, look),
    thanks: one.thanks ?? '',
    href: views.link(CORRECTIONS, correctionAnchor(issue.number, one.section, one.date, one.was)),
  };
}

/** Corrections to other issues that were made after the one before came out, up to this one's day. */
function correctedSince(
  views: Views,
  before: Issue | undefined,
  issue: Issue,
): readonly EarlierCorrectionView[] {
  const since = before?.date ?? '';
  return views.issues.issues
    .filter(one => one !== issue)
    .flatMap(one => one.corrections.map(correction => ({ one, correction })))
    .filter(({ correction: { date } }) => date > since && date <= issue.date)
    .map(({ one, correction }) => ({
      ...correctionView(views, one, correction),
      where: placeOf(views, one, correction),
    }));
}

/** The section, or the issue, that a correction is of. */
export function placeOf(
  views: Views,
  { number, sections }: Issue,
  { section }: Correction,
): EarlierCorrectionView['where'] {
  const at = sections.findIndex(({ id }) => id === section) + 1;
  return {
    href: views.link(issuePath(number), section),
    words: `issue ${number}${at > 0 ? `, section ${at}` : ''}`,
  };
}
