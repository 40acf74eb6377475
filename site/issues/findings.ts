import { checkCoverage } from '../../briefs/coverage.ts';
import { readProse } from '../../briefs/verify/passages.ts';
import type { Place } from '../../briefs/verify/source-lines.ts';
import { type CheckedQuotation, citedIds, type Finding, type Held } from '../../briefs/verify.ts';
import type { MessageId } from '../../mail/message-id.ts';
import type { IssueFinding } from '../../publication/issues/finding.ts';
import type { Correction, Issue, Prose, Section } from '../../publication/issues/issue.ts';
import { type LinkTarget, linkFault, linkTarget } from '../../publication/issues/links.ts';
import type { Issues } from '../../publication/issues/read.ts';
import type { FileFault, FilePlace } from '../../publication/operator-error.ts';
import type { TopicWords } from '../../publication/topic-words.ts';
import type { Site } from '../model.ts';
import { endOfDays } from './issue-day.ts';
import { REMOVED_THREAD, type Removed, removedIn, removedName } from './removed.ts';

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
const OF_NARRATION: ReadonlySet<Finding['rule']> = new Set<Finding['rule']>([
  'name',
  'number',
  'version',
  'commit',
  'date',
]);

/** Where a place in Markdown is in the editor's file. */
type InFile = (place: Place) => FilePlace;

/** Where places of prose are in its file. */
export function placesOf({ file, line: first }: Prose): InFile {
  return ({ line, column }) => ({ file, line: line + first - 1, column });
}

/** Where places of what a correction says are in `corrections.yaml`. */
export function placesOfCorrection(correction: Correction, part: 'was' | 'is'): InFile {
  const lines = correction[part].split('\n');
  return ({ line, column }) => {
    const before = lines.slice(0, line - 1).reduce((length, { length: more }) => length + more + 1, 0);
    return correction.placeIn(part, before + column - 1);
  };
}

/** What is found in Markdown, where it stands in its file. */
export function inFile(placeOf: InFile, found: Finding): IssueFinding {
  const severity = OF_NARRATION.has(found.rule) ? 'warning' : found.severity;
  return { ...found, severity, ...placeOf(found) };
}

/** What only a whole sentence can do right, and not the piece of one that a correction is about. */
const OF_SENTENCES: ReadonlySet<Finding['rule']> = new Set<Finding['rule']>([
  ...OF_NARRATION,
  'no-speaker',
  'unsourced-words',
]);

/** Whether a finding counts where the Markdown is a piece of a sentence. */
export function countsInPiece({ rule }: Finding): boolean {
  return !OF_SENTENCES.has(rule);
}

/** The issues that links may lead to. */
export interface KnownFiles {
  /** By number. */
  readonly issues: ReadonlyMap<number, Issue>;
  /** The files that cannot be used, which has been said. */
  readonly faults: ReadonlySet<string>;
}

/** Whether a link would lead somewhere if a file could be used. */
function isFaulty(target: LinkTarget, faults: ReadonlySet<string>): boolean {
  if (target?.kind !== 'issue') return false;
  return [target.anchor, 'issue'].some(name => faults.has(`issues/${target.issue}/${name}.md`));
}

/** Links of Markdown in an issue that lead nowhere. */
export function linkFindings(
  { number }: Issue,
  markdown: string,
  placeOf: InFile,
  { issues, faults }: KnownFiles,
): readonly IssueFinding[] {
  return readProse(markdown)
    .passages.flatMap(({ links }) => links)
    .flatMap(({ url, place }): readonly IssueFinding[] => {
      const message = linkFault(url, number, issues);
      if (message === undefined || isFaulty(linkTarget(url, number), faults)) return [];
      return [{ ...placeOf(place), severity: 'error', rule: 'link', message }];
    });
}

/** What is to be said of the thread that a section tells of. */
export function threadFindings(
  site: Site,
  { issue, issues }: { readonly issue: Issue; readonly issues: ReadonlyMap<number, Issue> },
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
  const cited = citedIds(prose.markdown);
  const earlier = [...issues.values()].filter(({ number }) => number < issue.number);
  const toldBefore = new Set(
    earlier
      .flatMap(({ sections }) => sections)
      .filter(one => one.thread && held.threadOf(one.thread)?.thread === thread)
      .flatMap(one => [...citedIds(one.prose.markdown)]),
  );
  const until = endOfDays(site, issue);
  const remarks = checkCoverage({ thread, quoted, cited, toldBefore, until });
  // Of an issue that is out, the story has ended where it ends.
  const open = issue.lock ? remarks.filter(({ rule }) => rule !== 'newest-untold') : remarks;
  return open.map(remark => ({ file: prose.file, line: prose.line, column: 1, ...remark }));
}

/** What the facts of a section, or of the issue itself, tell of somebody or something that was removed. */
export function removedFindings(
  { stats, introduction }: Issue,
  section: Section | undefined,
  removed: Removed,
  text: string,
): readonly IssueFinding[] {
  const { file } = section?.prose ?? introduction;
  const remark = (field: string, message: string): IssueFinding => ({
    ...{ file, ...fieldPlace(text, field), severity: 'error', rule: 'removed', message },
  });
  if (!section)
    return (stats?.posters ?? [])
      .filter(({ name, address }) => removed.name(name) || (address && removed.address(address)))
      .map(({ name }) => remark('stats', removedName(name)));
  return [
    ...(section.thread && removed.message(section.thread) ? [remark('thread', REMOVED_THREAD)] : []),
    ...section.mentions.filter(removed.name).map(name => remark('mentions', removedName(name))),
  ];
}

/** Where Markdown quotes or cites what was removed. */
export function removedQuotations(
  markdown: string,
  removed: Removed,
  placeOf: InFile,
): readonly IssueFinding[] {
  return removedIn(markdown, removed).map(({ place, message }) => ({
    ...{ ...placeOf(place), severity: 'error', rule: 'removed', message },
  }));
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
