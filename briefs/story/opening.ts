import { patchMark } from '../../mail/series/patch-mark.ts';
import type { Brief, SeriesPlace } from '../brief.ts';
import { citation } from '../citations.ts';
import type { Telling } from './telling.ts';
import { countOf, dayOf } from './wording.ts';

/** The first sentence of a story: who began, when, and what about. */
export function opening({ hearing, brief, cast }: Telling): string {
  const { message } = hearing.said[0]!;
  const { title } = brief;
  const subject = citation(titleWords(title), message.id);
  const who = `On ${dayOf(message.received)}, ${cast.name(message.author)}`;
  if (message.subject.reply)
    return `${who} replied on ${subject}; the message that began it is not in the archive.`;
  const told = `${who} ${began(brief, subject)}`;
  if (message.id !== brief.root) {
    const { index = 0, total } = patchMark(message.subject)?.place ?? {};
    const what = index > 0 ? `${who} posted ${subject}, one of ${countOf(total!, 'patch', 'patches')}` : told;
    return `${what}, in a thread whose beginning is not in the archive.`;
  }
  return told.endsWith(subject) && /[.?!…]$/.test(title) ? told : `${told}.`;
}

/** The words of a link to `title`: those that begin with a quotation mark would be taken for somebody's. */
export function titleWords(title: string): string {
  return /^["'\u2018\u201a\u201c\u201d\u201e\u00ab\u2039]/.test(title) ? `the subject ${title}` : title;
}

function began({ kind, series, title }: Brief, subject: string): string {
  switch (kind) {
    case 'patch':
      return series ? `posted ${versionOf(series, 'a patch, ')}${subject}` : `posted ${subject}`;
    case 'patch series':
      return series ? posted(series, subject) : `posted ${subject}`;
    case 'pull request':
      return `sent a pull request, ${subject}`;
    case 'bug report':
      return `reported ${subject}`;
    case 'question':
      return title.endsWith('?') ? `asked, ${subject}` : `asked about ${subject}`;
    case 'announcement':
      return `announced ${subject}`;
    case 'discussion':
      return `wrote about ${subject}`;
  }
}

function posted(series: SeriesPlace, subject: string): string {
  if (series.promised < 2) return `posted ${versionOf(series, 'a series, ')}${subject}`;
  const many = `a series of ${countOf(series.promised, 'patch', 'patches')}`;
  return series.version === 'v1'
    ? `posted ${many}, ${subject}`
    : `posted ${versionOf(series, '')}${subject}, ${many}`;
}

function versionOf({ version }: SeriesPlace, first: string): string {
  return version === 'v1' ? first : `${versionWords(version)} of `;
}

/** `v3` as prose says it: `version 3`; an RFC keeps its name. */
export function versionWords(label: string): string {
  const [, rfc, number] = /^(RFC )?v(\d+(?:\.\d+)?)/.exec(label) ?? [];
  if (number === undefined) return /^RFC/.test(label) ? 'an RFC' : label;
  return rfc ? `version ${number} of the RFC` : `version ${number}`;
}
