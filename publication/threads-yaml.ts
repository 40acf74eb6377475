import path from 'node:path';
import { z } from 'zod';
import { type MessageId, ownMessageId } from '../mail/message-id.ts';
import { readOptional } from './folder.ts';
import { parseYaml } from './yaml-file.ts';

const messageId = z.string().transform((text, context): MessageId => {
  const id = ownMessageId(text);
  if (id?.includes('@')) return id;
  context.addIssue({ code: 'custom', message: 'must be a Message-ID such as 20180305@example.org' });
  return z.NEVER;
});
const reason = z.string().refine(text => text.trim() !== '', 'must say why, for those who come after you');

const schema = z
  .strictObject({
    join: z.array(z.strictObject({ message: messageId, to: messageId, reason })).default([]),
    split: z.array(z.strictObject({ message: messageId, reason })).default([]),
  })
  .superRefine(refuseSecondThoughts);

/** What `threads.yaml` says: where an editor corrects what references make of threads, and why. */
export interface ThreadsYaml extends z.infer<typeof schema> {
  /** Where an entry stands, for a report: `threads.yaml:7`. */
  placeOf(kind: 'join' | 'split', index: number): string;
}

/** The publication's `threads.yaml`; where there is none, one that says nothing. */
export function readThreadsYaml(folder: string): ThreadsYaml {
  return parseThreadsYaml(readOptional(path.join(folder, 'threads.yaml')) ?? '');
}

/**
 * What the text of a `threads.yaml` says.
 *
 * @throws OperatorError naming the line, what is wrong there and what would be right.
 */
export function parseThreadsYaml(text: string): ThreadsYaml {
  const file = 'threads.yaml';
  const remedy = 'docs/threads.md tells what can stand there';
  const { data, lineOf } = parseYaml(text, { file, schema, remedy });
  return { ...data, placeOf: (kind, index) => `${file}:${lineOf([kind, index])}` };
}

interface Entries {
  readonly join: readonly { readonly message: string; readonly to: string }[];
  readonly split: readonly { readonly message: string }[];
}

/** A message has one place; and none under itself. */
function refuseSecondThoughts({ join, split }: Entries, context: z.RefinementCtx): void {
  const seen = new Set<string>();
  const refuse = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  for (const [kind, entries] of [
    ['join', join],
    ['split', split],
  ] as const)
    for (const [index, { message }] of entries.entries()) {
      if (seen.has(message))
        refuse([kind, index, 'message'], 'has an entry already; a message has one place');
      seen.add(message);
    }
  for (const [index, { message, to }] of join.entries())
    if (message === to) refuse(['join', index, 'to'], 'must be another message');
}
