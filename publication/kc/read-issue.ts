import { onOneLine } from '../../mail/blanks.ts';
import type { Period } from '../calendar.ts';
import type { ToldThread } from '../issues/issue.ts';
import { readDay } from './day.ts';
import { findAll, rawText } from './elements.ts';
import type { KcIssue, KcSection } from './issue.ts';
import type { KnownIssues } from './known-issues.ts';
import { readKeptCorrections } from './read-corrections.ts';
import { readStatistics, wholeNumber } from './read-statistics.ts';
import { readStory } from './read-story.ts';
import type { Story } from './story.ts';
import { textOf } from './text.ts';
import { cleanUrl, isWeb } from './urls.ts';
import { type KcWarning, Warnings } from './warnings.ts';
import { readXml, type XmlElement } from './xml.ts';

/** A kc file, taken apart; its prose is read when it is known which issues there are to refer to. */
export interface KcFile {
  readonly number: number;
  readonly sections: readonly { readonly told: ToldThread }[];
  read(known: KnownIssues): { readonly issue: KcIssue; readonly warnings: readonly KcWarning[] };
}

/** Why a kc file gives no issue. */
export type KcRefusal = 'not-kc' | 'too-deep' | 'too-many-sections' | 'no-number' | 'no-date';

/** Each becomes a file; no newsletter has a tenth as many. */
const MOST_SECTIONS = 1000;

/** Whether a file that begins with `head` is a kc file. */
export function isKc(head: Buffer): boolean {
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  return text.startsWith('<') && /<kc[\s>]/i.test(text);
}

/** Takes a kc file apart. `name` is the file's: `wn20020530_124.xml` tells number and date where the file does not. */
export function openKc(bytes: Buffer, name: string): KcFile | KcRefusal {
  const warnings = new Warnings();
  const root = readXml(textOf(bytes, warnings), warnings);
  if (!root) return 'too-deep';
  const kc = findAll(root, ['kc'])[0];
  if (!kc) return 'not-kc';
  const issue = findAll(kc, ['issue'])[0];
  const [, named, count] = /(\d{8})?_(\d{1,6})(?:\.[^/\\]*)?$/.exec(name) ?? [];
  const number = issueNumber(issue?.attributes.num) ?? issueNumber(count);
  if (number === undefined) return 'no-number';
  if (!issue)
    warnings.add(kc.line, `There is no <issue>; its number, ${number}, is that of the file's name.`);
  const sections = findAll(kc, ['section']);
  if (sections.length > MOST_SECTIONS) return 'too-many-sections';
  const heads = sections.map(element => ({ element, told: toldOf(element, warnings) }));
  const told = issue?.attributes.date ?? '';
  const date = readDay(told) ?? readDay(named ?? '') ?? lastDay(heads.map(head => head.told));
  if (date === undefined) return 'no-date';
  if (readDay(told) === undefined)
    warnings.add((issue ?? kc).line, `The issue's date, "${told}", is none; it was taken to be ${date}.`);
  const head = { number, date, title: textIn(kc, 'title'), editor: editorOf(kc, warnings) };
  const period = issue && periodOf(issue);
  const statistics = readStatistics(kc, warnings);
  return {
    number,
    sections: heads,
    read: known => ({
      issue: {
        ...head,
        period,
        statistics,
        introduction: introductionOf(kc, known, warnings),
        sections: heads.map(({ element, told }) => ({
          ...readSection(element, told, known, warnings),
          corrections: readKeptCorrections(element, date, known, warnings),
        })),
        corrections: findAll(kc, ['intro']).flatMap(intro =>
          readKeptCorrections(intro, date, known, warnings),
        ),
      },
      warnings: warnings.all,
    }),
  };
}

function issueNumber(written = ''): number | undefined {
  return /^\s*0*[1-9]\d{0,5}\s*$/.test(written) ? Number(written) : undefined;
}

/** The days that an issue of a publication's says it tells of; those of old newsletters do not say. */
function periodOf({ attributes }: XmlElement): Period | undefined {
  const [since, until] = [attributes.startdate, attributes.enddate].map(day => readDay(day ?? ''));
  return since !== undefined && until !== undefined && since <= until ? { since, until } : undefined;
}

function lastDay(told: readonly ToldThread[]): string | undefined {
  return told
    .flatMap(({ first, last }) => last ?? first ?? [])
    .sort()
    .at(-1);
}

function textIn(element: XmlElement, name: string): string {
  return onOneLine(findAll(element, [name]).map(rawText).join(' '));
}

function editorOf(kc: XmlElement, warnings: Warnings): string {
  const names = findAll(kc, ['author']).map(author => onOneLine(rawText(author)));
  const known = names.filter(name => name !== '');
  if (known.length === 0) warnings.add(kc.line, 'There is no <author>; the editor is "unknown".');
  return known.join(', ') || 'unknown';
}

/** What stands at the top of issues of before 2002, a quotation, stands at the top of the introduction. */
function introductionOf(kc: XmlElement, known: KnownIssues, warnings: Warnings): Story {
  return findAll(kc, ['headquote', 'intro']).flatMap(element => readStory(element, known, warnings));
}

function toldOf({ attributes, line }: XmlElement, warnings: Warnings): ToldThread {
  const day = (name: 'startdate' | 'enddate') => {
    const written = onOneLine(attributes[name] ?? '');
    const read = readDay(written);
    if (written !== '' && read === undefined)
      warnings.add(line, `A section's ${name}, "${written}", is no day; it was left out.`);
    return read;
  };
  const archive = cleanUrl(attributes.archive ?? '');
  const isArchived = archive !== undefined && isWeb(archive);
  if (!isArchived && onOneLine(attributes.archive ?? '') !== '')
    warnings.add(
      line,
      `A section's archive, "${onOneLine(attributes.archive!)}", is no web address; it was left out.`,
    );
  return {
    subject: onOneLine(attributes.subject ?? '') || undefined,
    archive: isArchived ? archive : undefined,
    // 0 stands where nobody counted.
    posts: wholeNumber(attributes.posts, "A section's posts", line, warnings) || undefined,
    first: day('startdate'),
    last: day('enddate'),
  };
}

function readSection(
  element: XmlElement,
  told: ToldThread,
  known: KnownIssues,
  warnings: Warnings,
): Omit<KcSection, 'corrections'> {
  const title = onOneLine(element.attributes.title ?? '');
  if (title === '') warnings.add(element.line, 'A section has no title.');
  const attributes = Object.entries(element.attributes);
  return {
    title: title || told.subject || 'Untitled',
    told,
    topics: distinct([
      ...findAll(element, ['topic']).map(rawText),
      ...attributes.filter(([name]) => /^topic\d*$/.test(name)).map(([, topic]) => topic),
    ]),
    mentions: distinct(findAll(element, ['mention']).map(rawText)),
    story: readStory(element, known, warnings),
  };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map(onOneLine))].filter(text => text !== '');
}
