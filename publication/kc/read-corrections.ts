import { onOneLine } from '../../mail/blanks.ts';
import type { Correction } from '../issues/issue.ts';
import { readDay } from './day.ts';
import { findAll, isKeptCorrection } from './elements.ts';
import type { KcCorrection } from './issue.ts';
import type { KnownIssues } from './known-issues.ts';
import { InlineReader } from './read-inline.ts';
import { markdownLine } from './read-markdown.ts';
import { tidy } from './tidy.ts';
import type { Warnings } from './warnings.ts';
import type { XmlElement } from './xml.ts';

/** The corrections in a section, or an introduction, that are kept apart from its text; `issueDay` is for those without a day. */
export function readKeptCorrections(
  element: XmlElement,
  issueDay: string,
  known: KnownIssues,
  warnings: Warnings,
): readonly KcCorrection[] {
  const reader = new InlineReader(known, warnings);
  return findAll(element, ['correction'])
    .filter(isKeptCorrection)
    .map(({ attributes, children, line }) => {
      const day = readDay(attributes.date ?? '');
      if (day === undefined)
        warnings.add(line, `A correction has no day; it was taken to be of ${issueDay}.`);
      return {
        date: day ?? issueDay,
        kind: kindOf(attributes.kind),
        was: markdownLine(attributes.was!),
        is: tidy(reader.read(children), ['line']),
        thanks: onOneLine(attributes.thanks ?? '') || undefined,
      };
    });
}

const KINDS: readonly Correction['kind'][] = ['fact', 'attribution', 'typo', 'link'];

function kindOf(written: string | undefined): Correction['kind'] {
  return KINDS.find(kind => kind === written) ?? 'fact';
}
