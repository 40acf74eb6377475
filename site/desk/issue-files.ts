import fs from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { splitFrontMatter } from '../../publication/front-matter.ts';
import type { Issue, Section } from '../../publication/issues/issue.ts';
import { lockFile } from '../../publication/issues/lock.ts';
import { type Issues, readSection } from '../../publication/issues/read.ts';
import { FileFault, OperatorError } from '../../publication/operator-error.ts';

/** The issue of a number that may still be written to; undefined where there is none yet. */
export function openIssue(folder: string, { issues, faults }: Issues, number: number): Issue | undefined {
  if (fs.existsSync(path.join(folder, lockFile(number))))
    throw new OperatorError(`issue ${number} is frozen; what moved since is for a new issue.`, {
      wrongUse: true,
    });
  const fault = faults.find(({ place }) => place.file.startsWith(`issues/${number}/`));
  if (fault) throw new OperatorError(fault.message, { wrongUse: true });
  return issues.find(issue => issue.number === number);
}

/** The sections of an issue, and those in files that it does not list yet. */
export function sectionsOf(
  folder: string,
  { strays }: Issues,
  { number, sections }: Issue,
): readonly Section[] {
  const own = strays.filter(file => file.startsWith(`issues/${number}/`));
  const unlisted = own.flatMap(file => {
    try {
      return [readSection(folder, file, path.basename(file, '.md'), { file, line: 1, column: 1 })];
    } catch (error) {
      if (error instanceof FileFault) return [];
      throw error;
    }
  });
  return [...sections, ...unlisted];
}

/** The names that files of an issue's folder have, without `.md`. */
export function namesIn(folder: string, number: number): readonly string[] {
  const place = path.join(folder, 'issues', String(number));
  if (!fs.existsSync(place)) return [];
  return fs.readdirSync(place).map(name => name.replace(/\.md$/, ''));
}

/** The text of an `issue.md` that lists more sections. */
export function withSections(text: string, ids: readonly string[]): string {
  const { yaml, markdown } = splitFrontMatter(text)!;
  const document = parseDocument(yaml);
  if (!document.hasIn(['sections', 0])) document.set('sections', document.createNode([]));
  for (const id of ids) document.addIn(['sections'], id);
  return `---\n${document.toString({ lineWidth: 0 })}---\n\n${markdown}`;
}
