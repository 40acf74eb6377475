import { speakerOfSaidUrl } from '../../briefs/citations.ts';
import { plainBrackets } from '../../briefs/verify/brackets.ts';
import { isoTime } from '../../mail/date.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import type { IssueStatistics } from '../../publication/issues/statistics.ts';
import { ISSUES, issuePath } from '../permalinks.ts';
import { countedPeriod } from '../stats/issue-statistics.ts';
import type { Views } from '../views.ts';
import { proseContent, sectionContent } from './content.ts';
import { sectionFacts } from './facts.ts';
import { absolute } from './feed-look.ts';
import { changesOf } from './issue-day.ts';
import type { IssueSurroundings } from './issue-view.ts';

/** An issue as `/issues/12.json` has it; docs/json.md describes it. */
export function issueRecord(views: Views, issue: Issue, around: IssueSurroundings): object {
  const { number, title, date, editor, introduction, sections, corrections, lock } = issue;
  const { published, updated } = changesOf(views, issue);
  const statistics = around.statistics.get(number);
  return {
    version: 1,
    newsletter: views.frame.siteTitle,
    number,
    title,
    date,
    editor,
    url: absolute(views, views.link(issuePath(number))),
    issues: absolute(views, views.link(ISSUES)),
    period: countedPeriod(issue),
    published: isoTime(published),
    updated: isoTime(updated),
    frozen: lock !== undefined,
    introduction: {
      markdown: introduction.markdown,
      html: String(proseContent(views, issue, introduction)),
      quotations: quotationsOf(views, introduction),
    },
    statistics: statistics ? statisticsRecord(statistics) : null,
    sections: sections.map((section, at) => sectionRecord(views, issue, section, at + 1, around)),
    corrections: corrections.map(({ date: day, section, kind, was, is, thanks }) => ({
      ...{ date: day, section: section ?? null, kind, was, is, thanks: thanks ?? null },
    })),
  };
}

function sectionRecord(
  views: Views,
  issue: Issue,
  section: Section,
  number: number,
  around: IssueSurroundings,
): object {
  const { id, title, thread, mentions, prose } = section;
  const { first, last, posts, subject, archiveHref } = sectionFacts(views, issue, section, around.gists);
  return {
    id,
    number,
    title,
    url: absolute(views, views.link(issuePath(issue.number), id)),
    thread: thread ?? null,
    archive: archiveHref === undefined ? null : absolute(views, archiveHref),
    subject: subject ?? null,
    posts: posts ?? null,
    first: first === undefined ? null : isoTime(first),
    last: last === undefined ? null : isoTime(last),
    topics: views.topics.of(section).map(({ name }) => name),
    mentions,
    quotations: quotationsOf(views, prose),
    markdown: prose.markdown,
    html: String(sectionContent(views, issue, section, around)),
  };
}

/** The quotations of some prose, in its order. */
function quotationsOf(views: Views, prose: Section['prose']): readonly object[] {
  return (views.issues.quotations.get(prose) ?? []).map(({ quotation, verdict }) => {
    const post = quotation.id && views.site.postOf.get(quotation.id);
    return {
      text: plainBrackets(quotation.text.shown),
      message: quotation.id ?? null,
      speaker: post?.author.name ?? quotation.name ?? speakerOfSaidUrl(quotation.url) ?? null,
      checked: verdict === 'ok',
    };
  });
}

/** Counts without the addresses that an old newsletter may have told. */
function statisticsRecord({ posters, ...counts }: IssueStatistics): object {
  return {
    ...counts,
    posters: posters.map(({ name, posts, kilobytes, message }) => ({ name, posts, kilobytes, message })),
  };
}
