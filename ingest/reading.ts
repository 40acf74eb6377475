import type { Address } from '../mail/address.ts';
import { madeOnce } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Join, type Split, whyIdle, withOverrides } from '../mail/overrides.ts';
import { type Person, personOf } from '../mail/people.ts';
import { buildThreads, type Thread } from '../mail/thread.ts';
import { trailerName } from '../mail/trailer-name.ts';
import type { Publication } from '../publication/folder.ts';
import { readPeople } from '../publication/people-mailmap.ts';
import { readThreadsYaml, type ThreadsYaml } from '../publication/threads-yaml.ts';
import type { Archive } from './archive/archive.ts';
import { type Message, mergeCopies } from './merge.ts';

/** The mail of an archive, threaded, with what the publication's editor knows of threads and people. */
export interface Reading {
  /** By (received time, id). */
  readonly messages: readonly Message[];
  /** By first message. */
  readonly threads: readonly Thread<Message>[];
  /** What the editor's `threads.yaml` says. */
  readonly overrides: ThreadsYaml;
  /** Who wrote a message. */
  authorOf(message: Message): Person;
  /** The name of the person in a trailer; undefined where it names nobody. */
  trailerName(trailer: string): string | undefined;
  /** What an editor should know of `threads.yaml`, one sentence each: the entries that do nothing. */
  readonly remarks: readonly string[];
}

/**
 * What the archive holds, read by the publication's settings, `people.mailmap` and `threads.yaml`.
 *
 * @throws OperatorError where one of these says what cannot be.
 */
export function readMail(archive: Archive, { folder, settings }: Publication): Reading {
  const mailmap = readPeople(folder);
  const overrides = readThreadsYaml(folder);
  const found = mergeCopies(archive.messages(), settings.lists);
  const messages = withOverrides(found, overrides);
  const threads = buildThreads(messages);
  const people = new Map<Address, Person>();
  return {
    messages,
    threads,
    overrides,
    authorOf: ({ from }) => madeOnce(people, from, () => personOf(from, mailmap)),
    trailerName: trailer => trailerName(trailer, mailmap),
    remarks: idleEntries(overrides, found, threads),
  };
}

function idleEntries(
  overrides: ThreadsYaml,
  found: readonly Message[],
  threads: readonly Thread<Message>[],
): readonly string[] {
  const { join, split, placeOf } = overrides;
  if (join.length + split.length === 0) return [];
  const byId = new Map(found.map(message => [message.id, message]));
  const roots = new Set(threads.map(({ root }) => root.id));
  const remark = (kind: 'join' | 'split', entry: Join | Split, index: number) => {
    const why = whyIdle(entry, byId) ?? whyFailed(entry, roots);
    return why === undefined ? [] : [`${placeOf(kind, index)}: the ${kind} does nothing: ${why}`];
  };
  return [
    ...join.flatMap((entry, index) => remark('join', entry, index)),
    ...split.flatMap((entry, index) => remark('split', entry, index)),
  ];
}

/** A message that still begins a thread was not joined: its place would be among its own replies. */
function whyFailed(entry: Join | Split, roots: ReadonlySet<MessageId>): string | undefined {
  if (!('to' in entry) || !roots.has(entry.message)) return undefined;
  return `${entry.to} is itself a reply to ${entry.message}`;
}
