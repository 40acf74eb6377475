import { Document, isMap, visit } from 'yaml';
import type { Issue } from '../issues/issue.ts';
import { newSectionId } from '../issues/section-id.ts';
import type { KcIssue, KcSection } from './issue.ts';
import { markdownStory } from './read-markdown.ts';
import { storyMarkdown } from './write-markdown.ts';

/** The files of an issue's folder, by name: `issue.md` and one for each section. */
export function issueFiles(issue: KcIssue): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const sections = issue.sections.map(section => {
    const id = newSectionId(section.title, taken);
    taken.add(id);
    return { id, section };
  });
  const { number, date, editor, title, statistics: stats } = issue;
  const facts = { number, date, editor, title, sections: sections.map(({ id }) => id), stats };
  return new Map([
    ['issue.md', markdownFile(facts, storyMarkdown(issue.introduction))],
    ...sections.map(({ id, section }) => [`${id}.md`, sectionFile(section)] as const),
  ]);
}

function sectionFile({ title, told, topics, mentions, story }: KcSection): string {
  return markdownFile({ title, ...told, topics, mentions }, storyMarkdown(story));
}

/** Facts and prose as a file; what is undefined or empty is left out. */
function markdownFile(facts: Readonly<Record<string, unknown>>, prose: string): string {
  const isTold = (value: unknown) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  const told = Object.entries(facts).filter(([, value]) => isTold(value));
  const yaml = new Document(Object.fromEntries(told), { keepUndefined: false });
  visit(yaml, {
    // A poster a line.
    Map(key, node) {
      if (typeof key === 'number' && isMap(node)) node.flow = true;
    },
  });
  return `---\n${yaml.toString({ lineWidth: 0 })}---\n\n${prose === '' ? '' : `${prose}\n`}`;
}

/** An issue of a publication as a kc file can hold it. */
export function kcIssueOf({ number, date, editor, title, introduction, stats, sections }: Issue): KcIssue {
  return {
    ...{ number, date, editor, title },
    introduction: markdownStory(introduction.markdown),
    statistics: stats,
    sections: sections.map(({ title, told, topics, mentions, prose }) => ({
      ...{ title, told, topics, mentions },
      story: markdownStory(prose.markdown),
    })),
  };
}
