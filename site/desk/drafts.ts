import fs from 'node:fs';
import path from 'node:path';
import { continuation } from '../../briefs/summarize.ts';
import type { BriefThread } from '../../briefs/thread.ts';
import type { Archive } from '../../ingest/archive/archive.ts';
import { type Period, spanOf } from '../../publication/calendar.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import type { Issues } from '../../publication/issues/read.ts';
import { newSectionId } from '../../publication/issues/section-id.ts';
import { createFile, propose } from '../../publication/issues/write.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { readThreadBodies } from '../bodies.ts';
import { tellThread } from '../briefs.ts';
import type { Discussion, Site } from '../model.ts';
import { threadAsOf } from './as-of.ts';
import { type Coverage, coverageBy, coverageOf } from './coverage.ts';
import { namesIn, openIssue, sectionsOf, withSections } from './issue-files.ts';
import { type Covered, hasMoved, movedSince } from './moved.ts';
import { issueText, proposalText, sectionText, titleOf } from './section-text.ts';

/** An issue that is to be drafted. */
export interface Order {
  readonly number: number;
  readonly date: string;
  /** Empty where nobody knows. */
  readonly editor: string;
  /** Threads are told as they stood at its end. */
  readonly period: Period;
  /** In the order of the issue. */
  readonly threads: readonly Discussion[];
}

/** What became of a file of an issue. */
export interface Drafted {
  /** From the publication's folder. */
  readonly file: string;
  /** `told` is a section of an earlier issue to whose thread nothing was added since. */
  readonly done: 'created' | 'proposed' | 'nothing new' | 'told';
}

/**
 * Writes an issue, or adds sections to one: a file for each thread, which tells what is new where an earlier issue told
 * of it. What is there already stays as it is, and what is new for it is proposed in a file beside it.
 */
export async function draftIssue(
  archive: Archive,
  site: Site,
  issues: Issues,
  order: Order,
): Promise<readonly Drafted[]> {
  const { folder, settings } = site.publication;
  const { to } = spanOf(order.period, settings.site.timezone);
  refuseLater(order, to);
  const issue = openIssue(folder, issues, order.number);
  const earlier = coverageOf(
    site,
    issues.issues.filter(({ number }) => number < order.number),
  );
  const sections = issue ? sectionsOf(folder, issues, issue) : [];
  const taken = new Set([...namesIn(folder, order.number), ...(issue?.sections.map(({ id }) => id) ?? [])]);
  const drafted: Drafted[] = [];
  const listed: string[] = [];
  for (const discussion of order.threads) {
    const section = sections.find(({ thread }) => thread && site.discussionOf.get(thread) === discussion);
    if (issue && section) {
      drafted.push(await updateSection(archive, site, issue, section, discussion, to));
      listed.push(section.id);
      continue;
    }
    const thread = await threadOf(archive, site, discussion, to);
    const coverage = earlier.get(discussion)?.at(-1);
    const news = coverage && newsSince(site, discussion, thread, coverage, to);
    if (news && !hasMoved(news.told)) {
      drafted.push({ file: news.told.coverage.section.prose.file, done: 'told' });
      continue;
    }
    const { told, prose } = news ?? { told: undefined, prose: tellThread(thread).prose };
    const id = newSectionId(titleOf(discussion), taken);
    taken.add(id);
    listed.push(id);
    const file = `issues/${order.number}/${id}.md`;
    const isNew = createFile(path.join(folder, file), sectionText({ discussion, to, prose, told }));
    if (!isNew)
      throw new OperatorError(`${file} has just been written by somebody else; run "traffic draft" again.`);
    drafted.push({ file, done: 'created' });
  }
  return [...drafted, ...listSections(folder, issue, { ...order, sections: listed })];
}

/** A thread that begins after the days of an issue is none of its. */
function refuseLater({ threads, period }: Order, to: number): void {
  const later = threads.find(({ first }) => first >= to);
  if (later)
    throw new OperatorError(
      `the thread of ${later.root} begins after ${period.until}; name later days with --week or --until.`,
      { wrongUse: true },
    );
}

/** A thread as it stood at the time `to`. */
async function threadOf(
  archive: Archive,
  site: Site,
  discussion: Discussion,
  to: number,
): Promise<BriefThread> {
  return threadAsOf(site, discussion, await readThreadBodies(archive, [discussion], false), to);
}

/** What moved in a thread since a section told of it, and what its brief says of that. */
interface News {
  readonly told: Covered;
  readonly prose: string;
}

function newsSince(
  site: Site,
  discussion: Discussion,
  thread: BriefThread,
  coverage: Coverage,
  to: number,
): News {
  const { brief } = tellThread(thread);
  return {
    told: movedSince(site, discussion, brief, coverage, to),
    prose: continuation(thread, coverage.until),
  };
}

/** Proposes for each section of an issue what came in its thread since. */
export async function draftUpdates(
  archive: Archive,
  site: Site,
  issues: Issues,
  number: number,
): Promise<readonly Drafted[]> {
  const issue = openIssue(site.publication.folder, issues, number);
  if (!issue) throw new OperatorError(`there is no issue ${number}; "traffic draft --week" begins one.`);
  const drafted: Drafted[] = [];
  for (const section of issue.sections) {
    const discussion = section.thread && site.discussionOf.get(section.thread);
    if (discussion)
      drafted.push(await updateSection(archive, site, issue, section, discussion, Number.POSITIVE_INFINITY));
  }
  return drafted;
}

async function updateSection(
  archive: Archive,
  site: Site,
  issue: Issue,
  section: Section,
  discussion: Discussion,
  to: number,
): Promise<Drafted> {
  const { file } = section.prose;
  const coverage = coverageBy(site, discussion, issue, section);
  const thread = await threadOf(archive, site, discussion, to);
  const { told, prose } = newsSince(site, discussion, thread, coverage, to);
  if (!hasMoved(told)) return { file, done: 'nothing new' };
  return proposed(site.publication.folder, file, proposalText(path.basename(file), told, prose));
}

function proposed(folder: string, file: string, text: string): Drafted {
  const written = propose(path.join(folder, file), text);
  return { file: path.join(path.dirname(file), path.basename(written)), done: 'proposed' };
}

/** A new `issue.md`, or for the one that is there the sections that it does not list. */
function listSections(
  folder: string,
  issue: Issue | undefined,
  facts: Parameters<typeof issueText>[0],
): readonly Drafted[] {
  const file = `issues/${facts.number}/issue.md`;
  if (!issue) {
    if (facts.sections.length === 0) return [];
    if (createFile(path.join(folder, file), issueText(facts))) return [{ file, done: 'created' }];
    throw new OperatorError(`${file} has just been written by somebody else; run "traffic draft" again.`);
  }
  const known = new Set(issue.sections.map(({ id }) => id));
  const missing = facts.sections.filter(id => !known.has(id));
  if (missing.length === 0) return [];
  return [proposed(folder, file, withSections(fs.readFileSync(path.join(folder, file), 'utf8'), missing))];
}
