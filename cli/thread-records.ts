import type { Message } from '../ingest/merge.ts';
import { displayName } from '../mail/address.ts';
import { isoTime } from '../mail/date.ts';
import type { Doubt } from '../mail/doubts/doubt.ts';
import { versionLabel } from '../mail/series/patch-mark.ts';
import { heldLabel } from '../mail/series/patch-set.ts';
import type { VersionLink } from '../mail/series/version-links.ts';
import type { Series, Version } from '../mail/series.ts';
import { NO_SUBJECT } from '../mail/subject.ts';
import { type Thread, walk } from '../mail/thread.ts';
import { linkWords } from '../site/link-words.ts';
import { neighbours, type SeriesIndex } from '../site/series.ts';
import { counted } from './report.ts';

/** A record of a command's JSON output. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** A thread as `threads --json` prints it (docs/json.md, threads). The order of arrival makes no difference. */
export function threadRecord(thread: Thread<Message>, series: SeriesIndex): JsonRecord {
  const { root, messages } = thread;
  const parentOf = new Map<string, string | null>();
  walk(root, ({ id, parent }) => parentOf.set(id, parent?.id ?? null));
  const ghosts = root.message ? [] : [root.id];
  const ids = messages.map(message => message.id);
  return {
    root: root.id,
    subject: (root.message ?? messages[0]!).subject,
    lists: [...new Set(messages.flatMap(message => message.lists))].sort(),
    messages: ids,
    parents: Object.fromEntries([...ids, ...ghosts].map(id => [id, parentOf.get(id) ?? null])),
    ghosts,
    first: isoTime(messages[0]!.received),
    last: isoTime(messages.at(-1)!.received),
    series: placeRecord(thread, series),
    variants: Object.fromEntries(
      messages.filter(one => one.variants.length > 0).map(one => [one.id, one.variants]),
    ),
  };
}

/** The series that a thread is of, and which of its versions; null where it is of none that has a page. */
function placeRecord({ messages }: Thread<Message>, series: SeriesIndex): JsonRecord | null {
  const place = messages.map(message => series.of(message)).find(one => one !== undefined);
  if (!place) return null;
  return {
    slug: place.told.slug,
    version: versionLabel(place.version.set.mark),
    versions: neighbours(place).map(({ set, state }) => ({
      version: versionLabel(set.mark),
      message: set.head.message.id,
      state,
    })),
  };
}

/** A series as `threads --series --json` prints it (docs/json.md). */
export function seriesRecord(
  { versions, possible, absent }: Series<Message>,
  slug: string | undefined,
): JsonRecord {
  const { head } = versions[0]!.set;
  return {
    slug: slug ?? null,
    title: versions.at(-1)!.set.head.subject.title,
    author: head.author.name,
    versions: versions.map(versionRecord),
    absent: absent.map(({ version, named }) => ({ version: `v${version}`, message: named?.id ?? null })),
    possible: possible ? linkRecord(possible) : null,
  };
}

function versionRecord({ set, state, by, link, changelog }: Version<Message>): JsonRecord {
  return {
    version: versionLabel(set.mark),
    message: set.head.message.id,
    cover: set.cover !== undefined,
    patches: set.patches.map(patch => patch.message.id),
    promised: set.total,
    received: isoTime(set.first),
    state,
    by: by?.head.message.id ?? null,
    link: link ? linkRecord(link) : null,
    changes: changelog?.changes ?? [],
  };
}

function linkRecord({ to, kind, confidence, evidence }: VersionLink<Message>): JsonRecord {
  return {
    to: to.head.message.id,
    kind,
    confidence,
    evidence: evidence.map(({ kind: what, proof, shared }) => ({ kind: what, message: proof, ...shared })),
  };
}

/** A thread on one line for people: days, messages, list, subject. */
export function threadLine({ root, messages }: Thread<Message>): string {
  const top = root.message ?? messages[0]!;
  const days = `${day(messages[0]!.received)}  ${day(messages.at(-1)!.received)}`;
  return `${days}  ${String(messages.length).padStart(4)}  ${top.lists[0]}  ${top.subject || NO_SUBJECT}`;
}

/** A series for people: a line for it and its page, and one for each version with what links it. */
export function seriesLines(
  { versions, possible, absent }: Series<Message>,
  slug: string | undefined,
): readonly string[] {
  const first = versions[0]!.set;
  const labels = absent.map(({ version }) => `v${version}`);
  return [
    `${versions.at(-1)!.set.head.subject.title}, by ${first.head.author.name}`,
    ...(slug === undefined ? [] : [`  /series/${slug}/`]),
    ...(possible
      ? [`  possibly goes on with "${possible.to.head.subject.title}": ${linkWords(possible, first)}`]
      : []),
    ...(labels.length > 0 ? [`  not in the archive: ${labels.join(', ')}`] : []),
    ...versions.map(({ set, state, link }) => {
      const held =
        heldLabel(set.patches.length, set.total) || counted(set.patches.length, 'patch', 'patches');
      const follows = link
        ? `; ${link.confidence}, after ${versionLabel(link.to.mark)}: ${linkWords(link, set)}`
        : '';
      return `  ${day(set.first)}  ${versionLabel(set.mark).padEnd(6)} ${held}, ${state}${follows}  <${set.head.message.id}>`;
    }),
  ];
}

function day(seconds: number): string {
  return isoTime(seconds).slice(0, 10);
}

/** A doubt as `threads --doubts --json` prints it (docs/json.md). */
export function doubtRecord(doubt: Doubt<Message>): JsonRecord {
  return {
    kind: doubt.kind,
    certainty: doubt.certainty,
    message: doubt.message.id,
    other: doubt.other.id,
    root: doubt.root,
    otherRoot: doubt.otherRoot,
    reason: doubt.reason,
    quoted: doubt.quoted,
    followers: doubt.followers,
  };
}

/** A doubt for people: the two messages, what speaks for it, and how to settle it. */
export function doubtLines(doubt: Doubt<Message>): readonly string[] {
  const { kind, certainty, message, other, reason, followers } = doubt;
  const along = followers === 0 ? '' : ` (with ${followers} below)`;
  const told = kind === 'split' ? 'may answer' : 'may be another discussion than';
  return [
    `${day(message.received)}  ${certainty}: ${message.subject || NO_SUBJECT}, ${displayName(message.from)}${along}`,
    `    <${message.id}>`,
    `    ${told} ${other.subject || NO_SUBJECT}, ${displayName(other.from)}, ${day(other.received)}`,
    `    <${other.id}>`,
    `    ${reason}`,
  ];
}
