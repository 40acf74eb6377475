import fs from 'node:fs';
import path from 'node:path';
import { continuation } from '../../briefs/summarize.ts';
import { citedIds } from '../../briefs/verify.ts';
import type { Archive } from '../../ingest/archive/archive.ts';
import type { Period } from '../../publication/calendar.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import type { Issues } from '../../publication/issues/read.ts';
import { newSectionId } from '../../publication/issues/section-id.ts';
import { createFile, propose } from '../../publication/issues/write.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import { readThreadBodies } from '../bodies.ts';
import { briefThread, tell } from '../briefs.ts';
import type { Discussion, Site } from '../model.ts';
import { coverageBy } from './coverage.ts';
import { namesIn, openIssue, sectionsOf, withSections } from './issue-files.ts';
import { hasMoved, movedSince } from './moved.ts';
import { issueText, proposalText, sectionText, titleOf } from './section-text.ts';

/** An issue that is to be drafted. */
export interface Order {
  readonly number: number;
  readonly date: string;
  /** Empty where nobody knows. */
  readonly editor: string;
  readonly period: Period;
  /** In the order of the issue. */
  readonly threads: readonly Discussion[];
}

/** What became of a file of an issue. */
export interface Drafted {
  /** From the publication's folder. */
  readonly file: string;
  readonly done: 'created' | 'proposed' | 'nothing new';
}

/**
 * Writes an issue, or adds sections to one: a file for each thread. What is there already stays as it is, and what
 * is new for it is proposed in a file beside it.
 */
export async function draftIssue(
  archive: Archive,
  site: Site,
  issues: Issues,
  order: Order,
): Promise<readonly Drafted[]> {
  const { folder } = site.publication;
  const issue = openIssue(folder, issues, order.number);
  const sections = issue ? sectionsOf(folder, issues, issue) : [];
  const taken = new Set([...namesIn(folder, order.number), ...(issue?.sections.map(({ id }) => id) ?? [])]);
  const drafted: Drafted[] = [];
  const listed: string[] = [];
  for (const discussion of order.threads) {
    const section = sections.find(({ thread }) => thread && site.discussionOf.get(thread) === discussion);
    if (issue && section) {
      drafted.push(await updateSection(archive, site, issue, section, discussion));
      listed.push(section.id);
      continue;
    }
    const id = newSectionId(titleOf(discussion), taken);
    taken.add(id);
    listed.push(id);
    const { prose } = tell(site, discussion, await readThreadBodies(archive, [discussion], false));
    const file = `issues/${order.number}/${id}.md`;
    const isNew = createFile(path.join(folder, file), sectionText(discussion, prose, citedIds(prose)));
    if (!isNew)
      throw new OperatorError(`${file} has just been written by somebody else; run "traffic draft" again.`);
    drafted.push({ file, done: 'created' });
  }
  return [...drafted, ...listSections(folder, issue, { ...order, sections: listed })];
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
    if (discussion) drafted.push(await updateSection(archive, site, issue, section, discussion));
  }
  return drafted;
}

async function updateSection(
  archive: Archive,
  site: Site,
  issue: Issue,
  section: Section,
  discussion: Discussion,
): Promise<Drafted> {
  const { file } = section.prose;
  const bodies = await readThreadBodies(archive, [discussion], false);
  const coverage = coverageBy(site, discussion, issue, section);
  const { brief } = tell(site, discussion, bodies);
  const covered = movedSince(site, discussion, brief, coverage, Number.POSITIVE_INFINITY);
  if (!hasMoved(covered)) return { file, done: 'nothing new' };
  const prose = continuation(briefThread(site, discussion, bodies), coverage.until);
  return proposed(site.publication.folder, file, proposalText(path.basename(file), covered, prose));
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
    if (createFile(path.join(folder, file), issueText(facts))) return [{ file, done: 'created' }];
    throw new OperatorError(`${file} has just been written by somebody else; run "traffic draft" again.`);
  }
  const known = new Set(issue.sections.map(({ id }) => id));
  const missing = facts.sections.filter(id => !known.has(id));
  if (missing.length === 0) return [];
  return [proposed(folder, file, withSections(fs.readFileSync(path.join(folder, file), 'utf8'), missing))];
}
