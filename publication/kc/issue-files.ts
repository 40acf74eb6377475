import { Document, isMap, visit } from 'yaml';
import type { Correction, Issue } from '../issues/issue.ts';
import { newSectionId } from '../issues/section-id.ts';
import type { KcCorrection, KcIssue, KcSection } from './issue.ts';
import { markdownLine, markdownStory } from './read-markdown.ts';
import { lineMarkdown, storyMarkdown } from './write-markdown.ts';

/** The files of an issue's folder, by name: `issue.md` and one for each section. */
export function issueFiles(issue: KcIssue): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const sections = issue.sections.map(section => {
    const id = newSectionId(section.title, taken);
    taken.add(id);
    return { id, section };
  });
  const { number, date, editor, title, period, statistics: stats } = issue;
  const facts = { number, date, editor, title, period, sections: sections.map(({ id }) => id), stats };
  const corrections = [
    ...issue.corrections.map(one => correctionFacts(one, undefined)),
    ...sections.flatMap(({ id, section }) => section.corrections.map(one => correctionFacts(one, id))),
  ];
  return new Map([
    ['issue.md', markdownFile(facts, storyMarkdown(issue.introduction))],
    ...sections.map(({ id, section }) => [`${id}.md`, sectionFile(section)] as const),
    ...(corrections.length === 0 ? [] : [['corrections.yaml', yamlText({ corrections })] as const]),
  ]);
}

/** A correction as `corrections.yaml` has it. */
function correctionFacts({ date, kind, was, is, thanks }: KcCorrection, section: string | undefined) {
  return { date, section, kind, was: lineMarkdown(was), is: lineMarkdown(is), thanks };
}

function sectionFile({ title, told, topics, mentions, story }: KcSection): string {
  return markdownFile({ title, ...told, topics, mentions }, storyMarkdown(story));
}

/** Facts and prose as a file; what is undefined or empty is left out. */
function markdownFile(facts: Readonly<Record<string, unknown>>, prose: string): string {
  const isTold = (value: unknown) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  const told = Object.entries(facts).filter(([, value]) => isTold(value));
  return `---\n${yamlText(Object.fromEntries(told))}---\n\n${prose === '' ? '' : `${prose}\n`}`;
}

function yamlText(facts: Readonly<Record<string, unknown>>): string {
  const yaml = new Document(facts, { keepUndefined: false });
  visit(yaml, {
    // A poster a line.
    Map(key, node) {
      if (typeof key === 'number' && isMap(node)) node.flow = node.has('posts');
    },
  });
  return yaml.toString({ lineWidth: 0 });
}

/** An issue of a publication as a kc file can hold it. */
export function kcIssueOf(issue: Issue): KcIssue {
  const { number, date, editor, title, period, introduction, stats, sections } = issue;
  const correctionsOf = (section: string | undefined) =>
    issue.corrections.filter(one => one.section === section).map(kcCorrectionOf);
  return {
    ...{ number, date, editor, title, period },
    introduction: markdownStory(introduction.markdown),
    statistics: stats,
    sections: sections.map(({ id, title, told, topics, mentions, prose }) => ({
      ...{ title, told, topics, mentions },
      story: markdownStory(prose.markdown),
      corrections: correctionsOf(id),
    })),
    corrections: correctionsOf(undefined),
  };
}

function kcCorrectionOf({ date, kind, was, is, thanks }: Correction): KcCorrection {
  return { date, kind, was: markdownLine(was), is: markdownLine(is), thanks };
}
