import fs from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { MessageId } from '../../mail/message-id.ts';
import { readOptional } from '../folder.ts';
import { FileFault } from '../operator-error.ts';
import { parseYaml } from '../yaml-file.ts';
import { sha256 } from './schemas.ts';
import type { IssueStatistics } from './statistics.ts';
import { createFile } from './write.ts';

/** How an issue stood when it came out: `issues/12/issue.lock`. What is in it, pages show for ever. */
export interface IssueLock {
  /** The version of the program that wrote it. */
  readonly version: string;
  /** The SHA-256 of each of the issue's Markdown files by its name, line ends folded: `syscalls.md`. */
  readonly files: Readonly<Record<string, string>>;
  /** The messages that it cites, by id, and the hash of what each says. */
  readonly messages: Readonly<Record<string, string>>;
  /** Undefined where nothing was counted. */
  readonly statistics: IssueStatistics | undefined;
  /** The posts of this issue's days and of those before it, by the numbers of issues. */
  readonly posts: readonly { readonly issue: number; readonly posts: number }[];
  /** The threads that the sections tell of, by the names of sections. */
  readonly threads: Readonly<Record<string, FrozenThread>>;
}

/** What an issue says of a thread beside its story. Times are seconds since 1970 UTC. */
export interface FrozenThread {
  readonly first?: number | undefined;
  readonly last?: number | undefined;
  readonly posts?: number | undefined;
  readonly subject?: string | undefined;
  readonly status?: { readonly words: string; readonly look: Look } | undefined;
}

const LOOKS = ['merged', 'review', 'waiting', 'refused', 'quiet'] as const;
type Look = (typeof LOOKS)[number];

/** The version of the file's form; a file of another is not understood. */
const FORM = 1;

const count = z.number().int().nonnegative();
const day = z.iso.date();
const id = z.string().transform(text => text as MessageId);

const statistics = z.strictObject({
  basis: z.enum(['mail', 'headers', 'told']),
  period: z.strictObject({ since: day, until: day }),
  posts: count.optional(),
  kilobytes: count.optional(),
  contributors: count.optional(),
  multiples: count.optional(),
  lastweek: count.optional(),
  programs: count.optional(),
  posters: z.array(
    z.strictObject({
      name: z.string(),
      address: z.string().optional(),
      posts: count,
      kilobytes: count.optional(),
      message: id.optional(),
    }),
  ),
  subjects: z.array(z.strictObject({ title: z.string(), posts: count, message: id.optional() })),
  days: z.array(z.strictObject({ day, posts: count })),
});

const thread = z.strictObject({
  first: count.optional(),
  last: count.optional(),
  posts: count.optional(),
  subject: z.string().optional(),
  status: z.strictObject({ words: z.string(), look: z.enum(LOOKS) }).optional(),
});

const schema = z.strictObject({
  lock: z.literal(FORM, {
    error: `must be ${FORM}: a later version of list-traffic wrote the file, and is needed to read it`,
  }),
  version: z.string(),
  files: z.record(z.string(), sha256),
  messages: z.record(z.string(), sha256),
  statistics: statistics.optional(),
  posts: z.array(z.strictObject({ issue: count, posts: count })),
  threads: z.record(z.string(), thread),
});

/** The name of the lock of issue `number`, from the publication's folder. */
export function lockFile(number: number): string {
  return `issues/${number}/issue.lock`;
}

/**
 * The lock of issue `number`; undefined where it has none.
 *
 * @throws FileFault where there is one that cannot be used.
 */
export function readLock(folder: string, number: number): IssueLock | undefined {
  const file = lockFile(number);
  const text = readOptional(path.join(folder, file));
  if (text === undefined) return undefined;
  // An empty file says nothing, and a lock that says nothing must not pass for one.
  if (text.trim() === '') throw new FileFault({ file, line: 1, column: 1 }, 'the lock is empty.');
  const remedy = `"traffic freeze ${number} --again" writes it anew`;
  const { lock: _, ...said } = parseYaml(text, { file, schema, remedy }).data;
  return { ...said, statistics: said.statistics };
}

/** A lock as its file has it. */
function lockText(number: number, lock: IssueLock): string {
  return `# How issue ${number} stood when it came out. Written by "traffic freeze ${number}": do not edit.\n${stringify(
    { lock: FORM, ...lock },
    { lineWidth: 0 },
  )}`;
}

/** Writes the lock of issue `number`, and tells whether it did: one that is there is replaced only if `again`. */
export function writeLock(folder: string, number: number, lock: IssueLock, again: boolean): boolean {
  const file = path.join(folder, lockFile(number));
  if (again) fs.rmSync(file, { force: true });
  return createFile(file, lockText(number, lock));
}
