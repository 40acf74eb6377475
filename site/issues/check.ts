import path from 'node:path';
import { readProse } from '../../briefs/verify/passages.ts';
import {
  type CheckedQuotation,
  citedIds,
  type Held,
  holdThreads,
  type VerifyOptions,
  verifyProse,
} from '../../briefs/verify.ts';
import type { Archive } from '../../ingest/archive/archive.ts';
import { readOptional } from '../../publication/folder.ts';
import { type IssueFinding, inFileOrder } from '../../publication/issues/finding.ts';
import type { Correction, Issue, Prose, Section } from '../../publication/issues/issue.ts';
import { linkTarget, sectionAt } from '../../publication/issues/links.ts';
import { correctionsFile, readIssues } from '../../publication/issues/read.ts';
import { checkText, checkUnfinished } from '../../publication/issues/text-rules.ts';
import { FileFault } from '../../publication/operator-error.ts';
import { NO_REMOVALS, readRemovals } from '../../publication/removals.ts';
import { NO_TOPIC_WORDS, readTopicWords, type TopicWords } from '../../publication/topic-words.ts';
import { readThreadBodies } from '../bodies.ts';
import { briefThread } from '../briefs.ts';
import type { Site } from '../model.ts';
import type { CheckedIssues } from './checked.ts';
import { citedBy } from './cited.ts';
import {
  countsInPiece,
  faultFinding,
  fileFindings,
  inFile,
  type KnownFiles,
  linkFindings,
  placesOf,
  placesOfCorrection,
  removedFindings,
  removedQuotations,
  threadFindings,
  topicFindings,
} from './findings.ts';
import { frozenFindings } from './frozen.ts';
import { type Removed, removedFrom } from './removed.ts';

/** Checks the publication's issues, or those of the numbers `only`; reads the threads that they cite and no others. */
export async function checkIssues(
  archive: Archive,
  site: Site,
  only?: ReadonlySet<number>,
): Promise<CheckedIssues> {
  const { folder } = site.publication;
  const read = readIssues(folder);
  const findings: IssueFinding[] = [...fileFindings(read, only)];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      findings.push(faultFinding(error));
      return otherwise;
    }
  };
  const words = attempt(() => readTopicWords(folder), NO_TOPIC_WORDS);
  const removed = removedFrom(
    site,
    attempt(() => readRemovals(folder), NO_REMOVALS),
  );
  const quotations = new Map<Prose | Correction, readonly CheckedQuotation[]>();
  const issues = new Map(read.issues.map(issue => [issue.number, issue]));
  const faults = new Set(read.faults.map(({ place }) => place.file));
  for (const issue of read.issues) {
    if (only && !only.has(issue.number)) continue;
    const context = {
      site,
      issue,
      issues,
      faults,
      words,
      removed,
      held: await threadsOf(archive, site, issue),
    };
    findings.push(...frozenFindings(archive, site, issue));
    for (const section of [undefined, ...issue.sections]) {
      const checked = checkProse(context, section);
      findings.push(...checked.findings);
      quotations.set(section?.prose ?? issue.introduction, checked.quotations);
    }
    for (const correction of issue.corrections) {
      const checked = checkCorrection(context, correction);
      findings.push(...checked.findings);
      quotations.set(correction, checked.quotations);
    }
    if (issue.corrections.length > 0) findings.push(...unfinished(folder, correctionsFile(issue.number)));
  }
  return { issues: read.issues, findings: inFileOrder(findings), quotations, topics: words };
}

/** What an issue is checked with. */
interface Context extends KnownFiles {
  readonly site: Site;
  readonly issue: Issue;
  readonly words: TopicWords;
  readonly removed: Removed;
  readonly held: Held;
}

interface Checked {
  readonly findings: readonly IssueFinding[];
  readonly quotations: readonly CheckedQuotation[];
}

/** Checks a section, or the introduction. */
function checkProse(context: Context, section: Section | undefined): Checked {
  const { site, issue, words, removed, held } = context;
  const prose = section?.prose ?? issue.introduction;
  const text = readOptional(path.join(site.publication.folder, prose.file)) ?? '';
  const { findings, quotations } = verifyProse(
    prose.markdown,
    held,
    optionsFor(context, section, prose.markdown),
  );
  const placeOf = placesOf(prose);
  return {
    quotations,
    findings: [
      ...checkText(prose.file, text),
      ...linkFindings(issue, prose.markdown, placeOf, context),
      ...removedQuotations(prose.markdown, removed, placeOf),
      ...removedFindings(issue, section, removed, text),
      ...findings.map(one => inFile(placeOf, one)),
      ...(section ? topicFindings(section, words, text) : []),
      ...(section ? threadFindings(site, context, section, held, quotations, text) : []),
    ],
  };
}

/** Checks what a correction says: `was` is a piece of a sentence, and `is` a whole one. */
function checkCorrection(context: Context, correction: Correction): Checked {
  const { issue, removed, held } = context;
  const section = issue.sections.find(({ id }) => id === correction.section);
  const parts = (['was', 'is'] as const).map((part): Checked => {
    const markdown = correction[part];
    const { findings, quotations } = verifyProse(markdown, held, optionsFor(context, section, markdown));
    const placeOf = placesOfCorrection(correction, part);
    const told = part === 'is' ? findings : findings.filter(countsInPiece);
    return {
      quotations,
      findings: [
        ...linkFindings(issue, markdown, placeOf, context),
        ...removedQuotations(markdown, removed, placeOf),
        ...told.map(one => inFile(placeOf, one)),
      ],
    };
  });
  return {
    findings: parts.flatMap(({ findings }) => findings),
    quotations: parts.flatMap(({ quotations }) => quotations),
  };
}

function unfinished(folder: string, file: string): readonly IssueFinding[] {
  return checkUnfinished(file, readOptional(path.join(folder, file)) ?? '');
}

/** The threads that an issue tells of or cites. */
async function threadsOf(archive: Archive, site: Site, issue: Issue): Promise<Held> {
  const ids = [
    ...issue.sections.flatMap(({ thread }) => thread ?? []),
    ...citedBy(issue),
    ...issue.corrections.flatMap(({ was, is }) => [...citedIds(was), ...citedIds(is)]),
  ];
  const discussions = [...new Set(ids.flatMap(id => site.discussionOf.get(id) ?? []))];
  const bodies = await readThreadBodies(archive, discussions, false);
  return holdThreads(
    discussions.map(one => briefThread(site, one, bodies)),
    id => site.postOf.has(id),
  );
}

/** How what stands in an issue, or in a section of it, is checked. */
function optionsFor(context: Context, section: Section | undefined, markdown: string): VerifyOptions {
  const { site, issue } = context;
  return {
    known: [...knownIn(site, issue, section), ...numbersOfLinks(context, markdown)],
    ...(section?.thread && { about: section.thread }),
    unheld: (section ? [section] : issue.sections).every(({ thread }) => thread === undefined),
  };
}

/** The numbers of the issues and sections that Markdown links to, which its words may tell. */
function numbersOfLinks({ issue, issues }: Context, markdown: string): readonly string[] {
  const links = readProse(markdown).passages.flatMap(passage => passage.links);
  return links.flatMap(({ url }) => {
    const target = linkTarget(url, issue.number);
    if (target?.kind !== 'issue') return [];
    const other = issues.get(target.issue);
    const section = other && target.anchor !== undefined ? sectionAt(other, target.anchor) : undefined;
    return [target.issue, section ?? []].flat().map(String);
  });
}

/** What the editor may say without a message that shows it. */
function knownIn(site: Site, issue: Issue, section: Section | undefined): readonly string[] {
  const thread = section?.thread && site.discussionOf.get(section.thread);
  return [
    ...site.lists,
    site.publication.settings.site.title,
    issue.editor,
    ...(section?.mentions ?? []),
    ...(thread ? [String(thread.posts.length), String(thread.people.length)] : []),
  ];
}
