import fs from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { readOptional } from '../folder.ts';
import { splitFrontMatter } from '../front-matter.ts';
import { FileFault, type FilePlace, OperatorError } from '../operator-error.ts';
import { type Parsed, parseYaml } from '../yaml-file.ts';
import type { Correction, Issue, Prose, Section } from './issue.ts';
import { readLock } from './lock.ts';
import { correctionsSchema, issueSchema, sectionSchema } from './schemas.ts';

/** The issues of a publication, and what keeps others from being read. */
export interface Issues {
  /** By number. */
  readonly issues: readonly Issue[];
  /** One for each file that cannot be used. */
  readonly faults: readonly FileFault[];
  /** Files of sections that no issue lists, from the publication's folder. */
  readonly strays: readonly string[];
}

const REMEDY = 'docs/issues.md tells what can stand there';

/** All issues in `folder`, a publication's. A file that cannot be used is a fault, and the rest is read. */
export function readIssues(folder: string): Issues {
  const faults: FileFault[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      faults.push(error);
      return undefined;
    }
  };
  const strays: string[] = [];
  const issues = numbersIn(path.join(folder, 'issues')).flatMap(name => {
    const found = attempt(() => readIssue(folder, name, attempt));
    strays.push(...(found?.strays ?? []));
    return found ? [found.issue] : [];
  });
  return { issues: issues.sort((a, b) => a.number - b.number), faults, strays };
}

/** Whether the publication in `folder` has an issue, readable or not. */
export function hasIssues(folder: string): boolean {
  return numbersIn(path.join(folder, 'issues')).length > 0;
}

/** The folders of issues: those that are named by a number. */
function numbersIn(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter(name => /^[1-9]\d{0,5}$/.test(name));
}

type Attempt = <T>(read: () => T) => T | undefined;

function readIssue(folder: string, name: string, attempt: Attempt): { issue: Issue; strays: string[] } {
  const file = `issues/${name}/issue.md`;
  const { data, prose, placeOf } = readMarkdown(folder, file, issueSchema, { file, line: 1, column: 1 });
  if (data.number !== undefined && data.number !== Number(name))
    throw new FileFault(placeOf(['number']), `number ${data.number} stands in the folder of issue ${name}.`);
  const sections = data.sections.flatMap((id, at) => {
    const listed = placeOf(['sections', at]);
    const section = attempt(() => readSection(folder, `issues/${name}/${id}.md`, id, listed));
    return section ? [section] : [];
  });
  const corrections = attempt(() => readCorrections(folder, name, data.sections)) ?? [];
  const { date, editor, title, period, stats } = data;
  const issue = {
    number: Number(name),
    date,
    editor,
    title,
    period,
    introduction: prose,
    stats,
    sections,
    corrections,
    lock: attempt(() => readLock(folder, Number(name))),
  };
  const known = new Set(['issue', ...data.sections].map(id => `${id}.md`));
  const strays = fs
    .readdirSync(path.join(folder, 'issues', name))
    .filter(entry => entry.endsWith('.md') && !entry.endsWith('.proposed.md') && !known.has(entry))
    .sort()
    .map(entry => `issues/${name}/${entry}`);
  return { issue, strays };
}

/**
 * The section in a file; `listed` is where something says that there is one.
 *
 * @throws FileFault where the file cannot be used.
 */
export function readSection(folder: string, file: string, id: string, listed: FilePlace): Section {
  const { data, prose } = readMarkdown(folder, file, sectionSchema, listed);
  const { thread, title, topics, mentions, ...told } = data;
  return { id, thread, title, topics, mentions, told, prose };
}

/** The name of the corrections of issue `number`, from the publication's folder. */
export function correctionsFile(number: number): string {
  return `issues/${number}/corrections.yaml`;
}

function readCorrections(folder: string, name: string, sections: readonly string[]): readonly Correction[] {
  const file = correctionsFile(Number(name));
  const text = readText(folder, file);
  if (text === undefined) return [];
  const { data, placeOf, placeIn } = parseYaml(text, { file, schema: correctionsSchema, remedy: REMEDY });
  for (const [at, { section }] of data.corrections.entries())
    if (section !== undefined && !sections.includes(section))
      throw new FileFault(
        placeOf(['corrections', at, 'section']),
        `issue ${name} has no section ${section}; its sections are ${sections.join(', ') || 'none'}.`,
      );
  return data.corrections
    .map(
      (one, index): Correction => ({
        ...one,
        placeIn: (words, at) => placeIn(['corrections', index, words], at),
      }),
    )
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** A Markdown file with front matter; `wanted` is where something says that there is one. */
function readMarkdown<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
  wanted: FilePlace,
): Parsed<z.infer<Schema>> & { readonly prose: Prose } {
  const text = readText(folder, file);
  if (text === undefined) throw new FileFault(wanted, `${file} is missing, though the issue needs it.`);
  const parts = splitFrontMatter(text);
  if (!parts)
    throw new FileFault(
      { file, line: 1, column: 1 },
      'the file must begin with its facts between two lines of ---.',
    );
  const parsed = parseYaml(parts.yaml, { file, schema, remedy: REMEDY });
  return { ...parsed, prose: { file, line: parts.line, markdown: parts.markdown } };
}

function readText(folder: string, file: string): string | undefined {
  try {
    return readOptional(path.join(folder, file));
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new FileFault({ file, line: 1, column: 1 }, error.message);
  }
}
