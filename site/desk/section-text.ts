import { stringify } from 'yaml';
import { citation } from '../../briefs/citations.ts';
import { dayOf } from '../../briefs/story/wording.ts';
import { citedIds } from '../../briefs/verify.ts';
import { onOneLine } from '../../mail/blanks.ts';
import { visible } from '../../mail/printable.ts';
import { NO_SUBJECT } from '../../mail/subject.ts';
import type { Period } from '../../publication/calendar.ts';
import type { Discussion, Post } from '../model.ts';
import { postsAsOf } from './as-of.ts';
import type { Covered } from './moved.ts';
import { movedWords } from './wording.ts';

/** What `traffic draft` writes. `FIXME` marks what an editor must decide; `traffic check` finds it. */

/** What a new issue says of itself. */
export interface IssueFacts {
  readonly number: number;
  readonly date: string;
  /** Empty where nobody knows. */
  readonly editor: string;
  readonly period: Period;
  readonly sections: readonly string[];
}

/** The text of a new `issue.md`. */
export function issueText({ number, date, editor, period, sections }: IssueFacts): string {
  return [
    '---',
    `number: ${number}`,
    `date: ${date}`,
    editor === '' ? 'editor: FIXME' : `editor: ${scalar(editor)}`,
    `period: { since: ${period.since}, until: ${period.until} }`,
    sections.length === 0 ? 'sections: []' : 'sections:',
    ...sections.map(id => `  - ${id}`),
    '---',
    '',
    'FIXME: an introduction (what the week was like, thanks, news), or nothing.',
    '',
  ].join('\n');
}

/** The title that a thread gives itself. */
export function titleOf({ subject }: Discussion): string {
  return onOneLine(visible(subject.title)) || NO_SUBJECT;
}

/** What a new section is made of. */
export interface SectionFacts {
  readonly discussion: Discussion;
  /** The time up to which it tells, in seconds since 1970 UTC. */
  readonly to: number;
  /** What the thread's brief says, or what it says since `told`. */
  readonly prose: string;
  /** The section of an earlier issue that told how it began, and what moved since. */
  readonly told: Covered | undefined;
}

/** The text of a new section, made from its thread's brief. */
export function sectionText({ discussion, to, prose, told }: SectionFacts): string {
  const newest = newestOf(postsAsOf(discussion, to));
  const ends = discussion.last < to ? 'the thread ends' : 'the days of this issue end';
  const cited = citedIds(prose);
  const isTold =
    newest && (cited.has(newest.message.id) || newest.message.received <= (told?.coverage.until ?? 0));
  const paragraphs = [
    // In one paragraph: the first is what front pages show of a story.
    ...[[told ? begun(told) : '', prose.trim()].join(' ').trim()].filter(words => words !== ''),
    ...(told?.version && !cited.has(told.version.message) ? [arrived(told.version)] : []),
    // What came up to here counts as told, so that what comes later is news.
    ...(newest && !isTold
      ? [`FIXME: ${ends} with ${placeOf(newest, 'a message')}; tell of it, or end without it.`]
      : []),
  ];
  return [
    '---',
    `thread: ${scalar(discussion.root)}`,
    `title: ${scalar(titleOf(discussion))} # FIXME: a title of your own`,
    'topics: [] # FIXME: words for what it is about',
    '---',
    '',
    ...paragraphs.flatMap(words => [words, '']),
  ].join('\n');
}

/** What is proposed for a section whose thread has moved: what is new, told, and a line for each message. */
export function proposalText(file: string, covered: Covered, prose: string): string {
  const { since, coverage, version } = covered;
  return [
    `New in “${coverage.section.title}” since ${dayOf(coverage.until)}: ${movedWords(covered)}. Take what you want of`,
    `this into ${file}, and delete the proposal.`,
    '',
    ...(prose === '' ? [] : [prose, '']),
    ...(version ? [`- ${citation(version.label, version.message)} was posted`] : []),
    ...since.posts.map(post => `- ${placeOf(post, `message ${post.number}`)}`),
    '',
  ].join('\n');
}

/** Where the story of a section that goes on with one begins. */
function begun({ coverage: { issue, section } }: Covered): string {
  return `How this began was told [in issue ${issue.number}](../${issue.number}/#${section.id}).`;
}

/** That a later version of the patches came. */
function arrived({ label, message }: NonNullable<Covered['version']>): string {
  return `A new version of the patches came, ${citation(label, message)}.`;
}

/** The last message that somebody wrote; undefined where programs wrote all. */
function newestOf(posts: readonly Post[]): Post | undefined {
  return posts
    .filter(({ author }) => !author.robot)
    .reduce<Post | undefined>(
      (last, post) => (last && last.message.received > post.message.received ? last : post),
      undefined,
    );
}

/** `[a message of Ada Birch](mid:…), 31 March 2018`. */
function placeOf({ message, author }: Post, what: string): string {
  return `${citation(`${what} of ${author.name}`, message.id)}, ${dayOf(message.received)}`;
}

/** A text as a value of YAML that stands on one line. */
function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd();
}
