import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { readOptional } from './folder.ts';
import { line } from './issues/schemas.ts';
import { FileFault } from './operator-error.ts';
import { inPlainLetters, slugWords } from './slug.ts';
import { parseYaml } from './yaml-file.ts';

/** A word by which a newsletter files its sections, as `topics.yaml` tells of it. */
export interface TopicWord {
  readonly name: string;
  /** Markdown; may be empty. */
  readonly definition: string;
  /** Other names that sections may use for it. */
  readonly aliases: readonly string[];
}

/** The words of `topics.yaml`. */
export interface TopicWords {
  /** By name. */
  readonly words: readonly TopicWord[];
  /** The word that a section's topic stands for, by its name or an alias; undefined where it is none. */
  of(name: string): TopicWord | undefined;
}

const schema = z.strictObject({
  topics: z
    .array(
      z.strictObject({ name: line, definition: z.string().default(''), aliases: z.array(line).default([]) }),
    )
    .default([]),
});

/** The words of a publication without `topics.yaml`. */
export const NO_TOPIC_WORDS: TopicWords = { words: [], of: () => undefined };

/**
 * What a publication's `topics.yaml` says.
 *
 * @throws FileFault where it cannot be used.
 */
export function readTopicWords(folder: string): TopicWords {
  const file = 'topics.yaml';
  const text = readOptional(path.join(folder, file));
  if (text === undefined) return NO_TOPIC_WORDS;
  const remedy = 'a topic has a name, a definition and aliases';
  const { data, placeOf } = parseYaml(text, { file, schema, remedy });
  const byKey = new Map<string, TopicWord>();
  for (const [at, word] of data.topics.entries())
    for (const [index, name] of [word.name, ...word.aliases].entries()) {
      const other = byKey.get(topicKey(name));
      const where = index === 0 ? ['topics', at, 'name'] : ['topics', at, 'aliases', index - 1];
      if (other && other !== word)
        throw new FileFault(placeOf(where), `${name} is a name of ${other.name} already.`);
      byKey.set(topicKey(name), word);
    }
  const words = data.topics.toSorted((a, b) => (topicKey(a.name) < topicKey(b.name) ? -1 : 1));
  return { words, of: name => byKey.get(topicKey(name)) };
}

/**
 * What names of one topic share, and its part of an address: `fs-devfs` of `FS: devfs`. Names that differ in case
 * and marks alone are one topic's.
 */
export function topicKey(name: string): string {
  const words = slugWords(inPlainLetters(name.replace(/\+/g, ' plus ').replace(/#/g, ' sharp ')));
  return words || createHash('sha1').update(name.trim().toLowerCase()).digest('hex').slice(0, 12);
}
