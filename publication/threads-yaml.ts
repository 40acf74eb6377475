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
/** What a patch set is a later version of; "nothing" is no id. */
const follows = z.union([z.literal('nothing').transform(() => undefined), messageId], {
  error: 'must be a Message-ID or nothing',
});
const reason = z.string().refine(text => text.trim() !== '', 'must say why, for those who come after you');

const schema = z
  .strictObject({
    join: z.array(z.strictObject({ message: messageId, to: messageId, reason })).default([]),
    split: z.array(z.strictObject({ message: messageId, reason })).default([]),
    keep: z.array(z.strictObject({ message: messageId, reason })).default([]),
    series: z.array(z.strictObject({ message: messageId, follows, reason })).default([]),
  })
  .superRefine(refuseSecondThoughts);

/** The kinds of entries. */
export type EntryKind = 'join' | 'split' | 'keep' | 'series';

/** What `threads.yaml` says: where an editor corrects what references make of threads, and why. */
export interface ThreadsYaml extends z.infer<typeof schema> {
  /** Where an entry stands, for a report: `threads.yaml:7`. */
  placeOf(kind: EntryKind, index: number): string;
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
  const { data, placeOf } = parseYaml(text, { file, schema, remedy });
  return { ...data, placeOf: (kind, index) => `${file}:${placeOf([kind, index]).line}` };
}

interface Entries {
  readonly join: readonly { readonly message: string; readonly to: string }[];
  readonly split: readonly { readonly message: string }[];
  readonly keep: readonly { readonly message: string }[];
  readonly series: readonly { readonly message: string; readonly follows: string | undefined }[];
}

/** A message has one place, and one version before it; and none is itself. */
function refuseSecondThoughts({ join, split, keep, series }: Entries, context: z.RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  const placed = new Set<string>();
  const linked = new Set<string>();
  for (const [kind, entries, seen] of [
    ['join', join, placed],
    ['split', split, placed],
    ['keep', keep, placed],
    ['series', series, linked],
  ] as const)
    for (const [index, { message }] of entries.entries()) {
      if (seen.has(message))
        refuse([kind, index, 'message'], 'has an entry already; a message has one place');
      seen.add(message);
    }
  for (const [index, { message, to }] of join.entries())
    if (message === to) refuse(['join', index, 'to'], 'must be another message');
  for (const [index, { message, follows }] of series.entries())
    if (message === follows) refuse(['series', index, 'follows'], 'must be another message');
}
