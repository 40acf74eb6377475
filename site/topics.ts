import type { Issue, Section } from '../publication/issues/issue.ts';
import type { CheckedIssues } from './issues/checked.ts';
import { type SitePath, topicPath } from './permalinks.ts';

/** A topic by which sections are filed. */
export interface Topic {
  readonly name: string;
  readonly path: SitePath;
  /** What `topics.yaml` says that it is, as Markdown; may be empty. */
  readonly definition: string;
  readonly aliases: readonly string[];
  /** The newest first. */
  readonly sections: readonly FiledSection[];
}

/** A section that is filed under a topic. */
export interface FiledSection {
  readonly issue: Issue;
  readonly section: Section;
}

/** The topics of a site. */
export interface TopicIndex {
  /** By name: those of `topics.yaml`, and what sections name besides. */
  readonly all: readonly Topic[];
  /** The topics of a section, each once: by the name that `topics.yaml` has, else as the section writes it. */
  of(section: Section): readonly Pick<Topic, 'name' | 'path'>[];
}

/** The topics of a publication's issues. A topic that only sections know has the name that it was first filed by. */
export function indexTopics({ issues, topics: { words, of: wordOf } }: CheckedIssues): TopicIndex {
  const found = new Map<SitePath, Topic & { readonly sections: FiledSection[] }>();
  const add = (name: string, definition: string, aliases: readonly string[]) => {
    const topic = { name, path: topicPath(name), definition, aliases, sections: [] };
    found.set(topic.path, topic);
    return topic;
  };
  const of = (section: Section) => {
    const names = section.topics.map(name => wordOf(name)?.name ?? name);
    const byPath = new Map(names.toReversed().map(name => [topicPath(name), name]));
    return [...byPath].map(([path, name]) => ({ name, path })).reverse();
  };
  for (const { name, definition, aliases } of words) add(name, definition, aliases);
  for (const issue of issues)
    for (const section of issue.sections)
      for (const { name, path } of of(section))
        (found.get(path) ?? add(name, '', [])).sections.push({ issue, section });
  for (const { sections } of found.values()) sections.sort((a, b) => b.issue.number - a.issue.number);
  return { all: [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), of };
}
