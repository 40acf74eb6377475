import path from 'node:path';
import { type CheckedQuotation, citedIds, type Held, holdThreads, verifyProse } from '../../briefs/verify.ts';
import type { Archive } from '../../ingest/archive/archive.ts';
import { readOptional } from '../../publication/folder.ts';
import { type IssueFinding, inFileOrder } from '../../publication/issues/finding.ts';
import type { Issue, Prose, Section } from '../../publication/issues/issue.ts';
import { readIssues } from '../../publication/issues/read.ts';
import { checkText } from '../../publication/issues/text-rules.ts';
import { FileFault } from '../../publication/operator-error.ts';
import { NO_TOPIC_WORDS, readTopicWords, type TopicWords } from '../../publication/topic-words.ts';
import { readThreadBodies } from '../bodies.ts';
import { briefThread } from '../briefs.ts';
import type { Site } from '../model.ts';
import type { CheckedIssues } from './checked.ts';
import {
  faultFinding,
  fileFindings,
  inFile,
  linkFindings,
  threadFindings,
  topicFindings,
} from './findings.ts';
import { frozenFindings } from './frozen.ts';

/** Checks the publication's issues, or those of the numbers `only`; reads the threads that they cite and no others. */
export async function checkIssues(
  archive: Archive,
  site: Site,
  only?: ReadonlySet<number>,
): Promise<CheckedIssues> {
  const { folder } = site.publication;
  const read = readIssues(folder);
  const findings: IssueFinding[] = [...fileFindings(read, only)];
  const words = topicWords(folder, findings);
  const quotations = new Map<Prose, readonly CheckedQuotation[]>();
  const byNumber = new Map(read.issues.map(issue => [issue.number, issue]));
  for (const issue of read.issues) {
    if (only && !only.has(issue.number)) continue;
    findings.push(...frozenFindings(archive, site, issue));
    const held = await threadsOf(archive, site, issue);
    for (const section of [undefined, ...issue.sections]) {
      const prose = section?.prose ?? issue.introduction;
      const text = readOptional(path.join(folder, prose.file)) ?? '';
      const verified = verifyProse(prose.markdown, held, {
        known: knownIn(site, issue, section),
        ...(section?.thread && { about: section.thread }),
        unheld: (section ? [section] : issue.sections).every(({ thread }) => thread === undefined),
      });
      quotations.set(prose, verified.quotations);
      findings.push(
        ...checkText(prose.file, text),
        ...linkFindings(issue, prose, byNumber),
        ...verified.findings.map(one => inFile(prose, one)),
        ...(section ? topicFindings(section, words, text) : []),
        ...(section ? threadFindings(site, issue, section, held, verified.quotations, text) : []),
      );
    }
  }
  return { issues: read.issues, findings: inFileOrder(findings), quotations, topics: words };
}

/** The words of `topics.yaml`; where it cannot be used, that is added to the findings. */
function topicWords(folder: string, findings: IssueFinding[]): TopicWords {
  try {
    return readTopicWords(folder);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    findings.push(faultFinding(error));
    return NO_TOPIC_WORDS;
  }
}

/** The threads that an issue tells of or cites. */
async function threadsOf(archive: Archive, site: Site, issue: Issue): Promise<Held> {
  const proses = [issue.introduction, ...issue.sections.map(({ prose }) => prose)];
  const ids = [
    ...issue.sections.flatMap(({ thread }) => thread ?? []),
    ...proses.flatMap(({ markdown }) => [...citedIds(markdown)]),
  ];
  const discussions = [...new Set(ids.flatMap(id => site.discussionOf.get(id) ?? []))];
  const bodies = await readThreadBodies(archive, discussions, false);
  return holdThreads(
    discussions.map(one => briefThread(site, one, bodies)),
    id => site.postOf.has(id),
  );
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
