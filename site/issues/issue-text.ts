import { idOfMidUrl } from '../../briefs/citations.ts';
import { type NumberedLinks, numberLinks, plainText, wrap } from '../../briefs/plain-text.ts';
import { visible } from '../../mail/printable.ts';
import type { Correction, Issue, Section } from '../../publication/issues/issue.ts';
import { type IssueStatsView, postersWords, statsWords } from '../../templates/issue-stats.ts';
import { counted, number } from '../../templates/numbers.ts';
import { postPath } from '../mail-views.ts';
import { issuePath } from '../permalinks.ts';
import { issueStatsView } from '../stats/issue-stats.ts';
import type { Views } from '../views.ts';
import { extentWords } from './content.ts';
import { sectionFacts } from './facts.ts';
import { absolute } from './feed-look.ts';
import { noonOf } from './issue-day.ts';
import type { IssueSurroundings } from './issue-view.ts';
import { sourcesOf } from './sources.ts';

/** What mail programs show without wrapping it again, quoted once or twice too. */
const COLUMNS = 72;

type Lines = readonly string[];

/** An issue as it is sent by mail: plain text of 72 columns, links as numbers that stand for addresses at its end. */
export function issueText(views: Views, issue: Issue, around: IssueSurroundings): string {
  const { frame, dates } = views;
  const links = linksOf(views, issue);
  const stats = issueStatsView(views, issue, around.statistics, around.pageOf);
  const lines = [
    ...wrap(frame.siteTitle, COLUMNS),
    ...wrap(issue.title || frame.strap, COLUMNS),
    '',
    ...wrap(`No. ${issue.number}, ${dates.day(noonOf(views, issue.date))}`, COLUMNS),
    ...wrap(`Edited by ${issue.editor}`, COLUMNS),
    absolute(views, views.link(issuePath(issue.number))),
    ...part('Contents', contents(views, issue, around)),
    ...part('Introduction', [
      ...corrections(views, issue, undefined, links),
      ...plainText(issue.introduction.markdown, COLUMNS, links),
    ]),
    ...(stats ? part(`Mailing List Stats${stats.isWeek ? ' For This Week' : ''}`, statistics(stats)) : []),
    ...issue.sections.flatMap((section, at) =>
      part(`${at + 1}. ${section.title}`, story(views, issue, section, around, links)),
    ),
    ...part(
      'Links',
      links.targets.map((target, at) => `${`[${at + 1}]`.padStart(5)} ${target}`),
    ),
  ];
  return `${lines.map(visible).join('\n')}\n`;
}

/** Where the links of an issue lead: messages at their own pages, which are short and stay. */
function linksOf(views: Views, issue: Issue): NumberedLinks<string> {
  const sources = sourcesOf(views, issue, []);
  return numberLinks(url => {
    const id = idOfMidUrl(url);
    const post = id && views.site.postOf.get(id);
    if (post) return absolute(views, views.link(postPath(views, post)));
    // A page of the site's own, as the link of a section's thread is.
    const href = sources.ofLink(url)?.href ?? (url.startsWith('/') ? url : undefined);
    return href && absolute(views, href);
  });
}

/** Lines under a heading; nothing where there are none. */
function part(heading: string, lines: Lines): Lines {
  if (lines.length === 0) return [];
  const title = wrap(heading, COLUMNS);
  return ['', '', ...title, '='.repeat(Math.min(COLUMNS, title.at(-1)!.length)), '', ...lines];
}

function contents(views: Views, issue: Issue, { gists }: IssueSurroundings): Lines {
  return issue.sections.flatMap((section, at) => {
    const mark = `${at + 1}. `.padStart(4);
    const extent = extentWords(views, sectionFacts(views, issue, section, gists));
    const lines = [...wrap(section.title, COLUMNS - mark.length), ...(extent === '' ? [] : [extent])];
    return lines.map((line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line);
  });
}

function statistics(view: IssueStatsView): Lines {
  const words = statsWords(view).flatMap(paragraph => [...wrap(paragraph, COLUMNS), '']);
  if (view.posters.length === 0) return words.slice(0, -1);
  return [
    ...words,
    postersWords(view),
    '',
    ...view.posters.flatMap(({ name, posts, kilobytes }) => {
      const size = kilobytes === undefined ? '' : ` in ${number(kilobytes)}K`;
      const [first, ...others] = wrap(`${counted(posts, 'post')}${size} by ${name}`, COLUMNS - 3);
      return [` * ${first}`, ...others.map(line => `   ${line}`)];
    }),
  ];
}

function story(
  views: Views,
  issue: Issue,
  section: Section,
  { gists }: IssueSurroundings,
  links: NumberedLinks<string>,
): Lines {
  const facts = sectionFacts(views, issue, section, gists);
  const extent = extentWords(views, facts);
  const topicNames = views.topics.of(section).map(({ name }) => name);
  const archive = facts.archiveHref === undefined ? '' : ` [${links.numberOf(facts.archiveHref)}]`;
  const head = [
    extent,
    facts.subject === undefined ? '' : `Subject: "${facts.subject}"${archive}`,
    topicNames.length === 0 ? '' : `Topics: ${topicNames.join(', ')}`,
  ].filter(line => line !== '');
  return [
    ...head.flatMap(line => wrap(line, COLUMNS)),
    ...(head.length > 0 ? [''] : []),
    ...corrections(views, issue, section.id, links),
    ...plainText(section.prose.markdown, COLUMNS, links),
  ];
}

function corrections(
  views: Views,
  issue: Issue,
  section: string | undefined,
  links: NumberedLinks<string>,
): Lines {
  const words = ({ date, was, is, thanks }: Correction) =>
    `Correction, ${views.dates.dayOfYear(noonOf(views, date))}: the text says "${was}". ${is}${thanks === undefined ? '' : ` Thanks to ${thanks}.`}`;
  return issue.corrections
    .filter(one => one.section === section)
    .flatMap(one => [...plainText(words(one), COLUMNS, links), '']);
}
