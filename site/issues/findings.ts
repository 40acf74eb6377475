import { checkCoverage } from '../../briefs/coverage.ts';
import { readProse } from '../../briefs/verify/passages.ts';
import { type CheckedQuotation, citedIds, type Finding, type Held } from '../../briefs/verify.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { IssueFinding } from '../../publication/issues/finding.ts';
import type { Issue, Prose, Section } from '../../publication/issues/issue.ts';
import { linkFault } from '../../publication/issues/links.ts';
import type { Issues } from '../../publication/issues/read.ts';
import type { FileFault } from '../../publication/operator-error.ts';
import type { TopicWords } from '../../publication/topic-words.ts';
import type { Site } from '../model.ts';
import { endOf } from './issue-day.ts';

/** Files that cannot be used, and those that nothing uses; of the issues `only` where they are given. */
export function fileFindings(
  { faults, strays }: Issues,
  only: ReadonlySet<number> | undefined,
): readonly IssueFinding[] {
  const all: readonly IssueFinding[] = [
    ...faults.map(faultFinding),
    ...strays.map(file => ({
      file,
      line: 1,
      column: 1,
      severity: 'warning' as const,
      rule: 'unlisted',
      message: 'No issue lists this section; name it under sections: in issue.md, or take the file away.',
    })),
  ];
  return all.filter(({ file }) => !only || only.has(Number(file.split('/')[1])));
}

/** A file that cannot be used. */
export function faultFinding({ place, what }: FileFault): IssueFinding {
  return { ...place, severity: 'error', rule: 'file', message: what };
}

/** What narration tells beside quotations is the editor's to answer for: a doubt, and no error. */
const OF_NARRATION: ReadonlySet<string> = new Set<Finding['rule']>([
  'name',
  'number',
  'version',
  'commit',
  'date',
]);

/** What is found in prose, where it stands in its file. */
export function inFile({ file, line }: Prose, found: Finding): IssueFinding {
  const severity = OF_NARRATION.has(found.rule) ? 'warning' : found.severity;
  return { ...found, severity, file, line: found.line + line - 1 };
}

/** Links that lead nowhere. */
export function linkFindings(
  { number }: Issue,
  { file, line, markdown }: Prose,
  issues: ReadonlyMap<number, Issue>,
): readonly IssueFinding[] {
  return readProse(markdown)
    .passages.flatMap(({ links }) => links)
    .flatMap(({ url, place }) => {
      const message = linkFault(url, number, issues);
      if (message === undefined) return [];
      return [
        { file, line: place.line + line - 1, column: place.column, severity: 'error', rule: 'link', message },
      ];
    });
}

/** What is to be said of the thread that a section tells of. */
export function threadFindings(
  site: Site,
  issue: Issue,
  { thread: id, prose }: Section,
  held: Held,
  quotations: readonly CheckedQuotation[],
  text: string,
): readonly IssueFinding[] {
  if (id === undefined) return [];
  const thread = held.threadOf(id)?.thread;
  if (!thread) {
    const message = `The archive has no message <${id}>; correct the id, or import the mail.`;
    return [{ file: prose.file, ...fieldPlace(text, 'thread'), severity: 'error', rule: 'thread', message }];
  }
  const quoted = new Set<MessageId>(quotations.flatMap(({ quotation }) => quotation.id ?? []));
  const remarks = checkCoverage({
    thread,
    quoted,
    cited: citedIds(prose.markdown),
    until: endOf(site, issue),
  });
  return remarks.map(remark => ({ file: prose.file, line: prose.line, column: 1, ...remark }));
}

/** Where a field of a file's front matter begins. */
function fieldPlace(text: string, field: string): { readonly line: number; readonly column: number } {
  const at = text.split(/\r?\n/).findIndex(line => line.startsWith(`${field}:`));
  return { line: at + 1 || 1, column: 1 };
}

/** Topics that are none of the publication's words, where it has such. */
export function topicFindings(
  { prose, topics }: Section,
  words: TopicWords,
  text: string,
): readonly IssueFinding[] {
  if (words.words.length === 0) return [];
  return topics
    .filter(name => !words.of(name))
    .map(name => ({
      file: prose.file,
      ...fieldPlace(text, 'topics'),
      severity: 'warning',
      rule: 'topic',
      message: `topics.yaml has no topic "${name}"; use one of its words, or add this one.`,
    }));
}
