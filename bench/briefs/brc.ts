import fs from 'node:fs';
import path from 'node:path';
import { DOMParser } from 'linkedom';
import { type Annotation, fold, type GoldThread } from './corpus.ts';

/** Of the 36 reports two have fewer. */
const ANNOTATORS = 3;

/** The Bug Report Corpus (Rastkar, Murphy and Murray 2010): its reports that three people summarized. */
export function readBrc(folder: string): readonly GoldThread[] {
  const read = (name: string) =>
    new DOMParser().parseFromString(fs.readFileSync(path.join(folder, name), 'utf8'), 'text/xml');
  const annotations = new Map<string, readonly Annotation[]>();
  for (const report of read('bug_summary.xml').querySelectorAll('BugReport'))
    annotations.set(idOf(report), [...report.querySelectorAll('Annotation')].map(annotationOf));
  const reports = [...read('bugs.xml').querySelectorAll('BugReport')].map(
    (report): GoldThread => ({
      title: unquoted(textOf(report, 'Title'), '"'),
      turns: [...report.querySelectorAll('Turn')].map(turn => ({
        from: unquoted(textOf(turn, 'From'), "'"),
        date: unquoted(textOf(turn, 'Date'), "'"),
        sentences: [...turn.querySelectorAll('Sentence')].map(sentence => ({
          id: idOf(sentence),
          text: fold(sentence.textContent ?? '').replace(/\\(["'])/g, '$1'),
        })),
      })),
      annotations: annotations.get(idOf(report)) ?? [],
    }),
  );
  return reports.filter(report => report.annotations.length === ANNOTATORS);
}

function annotationOf(element: Element): Annotation {
  const sentences = element.querySelectorAll('AbstractiveSummary Sentence');
  return {
    abstract: fold([...sentences].map(sentence => sentence.textContent).join(' ')),
    extract: new Set([...element.querySelectorAll('ExtractiveSummary Sentence')].map(idOf)),
  };
}

/** Ids have blanks behind them here and there. */
function idOf(element: Element): string {
  return (element.getAttribute('ID') ?? '').trim();
}

function textOf(element: Element, name: string): string {
  return fold(element.querySelector(name)?.textContent ?? '');
}

function unquoted(text: string, mark: string): string {
  return text.startsWith(mark) && text.endsWith(mark) && text.length > 1 ? text.slice(1, -1) : text;
}
