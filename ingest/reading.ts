import type { Address } from '../mail/address.ts';
import { held, madeOnce } from '../mail/held.ts';
import { type Join, overriddenThreads, type Split } from '../mail/overrides.ts';
import { type Person, personOf } from '../mail/people.ts';
import type { Thread } from '../mail/thread.ts';
import { trailerName } from '../mail/trailer-name.ts';
import type { Publication } from '../publication/folder.ts';
import { readPeople } from '../publication/people-mailmap.ts';
import { readThreadsYaml, type ThreadsYaml } from '../publication/threads-yaml.ts';
import type { Archive } from './archive/archive.ts';
import { type KeptBlocks, NO_BLOCKS } from './archive/header-blocks.ts';
import { type Merged, type Message, mergeCopies } from './merge.ts';

/** The mail of an archive, threaded, with what the publication's editor knows of threads and people. */
export interface Reading extends Merged {
  /** By first message. */
  readonly threads: readonly Thread<Message>[];
  /** What the editor's `threads.yaml` says. */
  readonly overrides: ThreadsYaml;
  /** Who wrote a message; where that was away, the program that answered in their name. */
  authorOf(message: Message): Person;
  /** The name of the person in a trailer; undefined where it names nobody. */
  trailerName(trailer: string): string | undefined;
  /** What an editor should know of `threads.yaml`, one sentence each: the entries that do nothing. */
  readonly remarks: readonly string[];
}

/**
 * What the archive holds, read by the publication's settings, `people.mailmap` and `threads.yaml`. `blocks` keep what
 * was read for the next time.
 *
 * @throws OperatorError where one of these says what cannot be.
 */
export function readMail(
  archive: Archive,
  { folder, settings }: Publication,
  blocks: KeptBlocks = NO_BLOCKS,
): Reading {
  const mailmap = readPeople(folder);
  const overrides = readThreadsYaml(folder);
  const merged = mergeCopies(archive.messages(blocks), settings.lists);
  const { messages, threads, idle } = overriddenThreads(merged.messages, overrides);
  const people = new Map<Address, Person>();
  const autoReplies = archive.autoReplies();
  const programs = new Map<Person, Person>();
  const writerOf = ({ from }: Message) => madeOnce(people, from, () => personOf(from, mailmap));
  const nameIn = held((trailer: string) => trailerName(trailer, mailmap) ?? '', TRAILERS);
  return {
    messages,
    placeOf: merged.placeOf,
    threads,
    overrides,
    authorOf: message => {
      const writer = writerOf(message);
      if (!autoReplies.has(message.hash)) return writer;
      return madeOnce(programs, writer, () => ({ ...writer, robot: true, autoReply: true }));
    },
    trailerName: trailer => nameIn(trailer) || undefined,
    remarks: remarksOn(overrides, idle),
  };
}

/** Few people give most trailers, to one patch after the other. */
const TRAILERS = 10_000;

function remarksOn(
  { join, split, placeOf }: ThreadsYaml,
  idle: ReadonlyMap<Join | Split, string>,
): readonly string[] {
  const remarks = (kind: 'join' | 'split', entries: readonly (Join | Split)[]) =>
    entries.flatMap((entry, index) => {
      const why = idle.get(entry);
      return why === undefined ? [] : [`${placeOf(kind, index)}: the ${kind} does nothing: ${why}`];
    });
  return [...remarks('join', join), ...remarks('split', split)];
}
