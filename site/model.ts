import type { Archive } from '../ingest/archive/archive.ts';
import type { KeptBlocks } from '../ingest/archive/header-blocks.ts';
import { readDoubts } from '../ingest/doubts.ts';
import type { Message } from '../ingest/merge.ts';
import { type Reading, readMail } from '../ingest/reading.ts';
import { readSeries } from '../ingest/series.ts';
import { displayName } from '../mail/address.ts';
import type { Doubt } from '../mail/doubts/doubt.ts';
import { groupBy } from '../mail/group-by.ts';
import { madeOnce } from '../mail/held.ts';
import { later } from '../mail/later.ts';
import { type Memo, NO_MEMO } from '../mail/memo.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Person } from '../mail/people.ts';
import { patchMark } from '../mail/series/patch-mark.ts';
import { parseSubject, type Subject } from '../mail/subject.ts';
import { type Thread, walk } from '../mail/thread.ts';
import type { Publication } from '../publication/folder.ts';
import { digestOf } from './build/digest.ts';
import { pageStarts } from './parts.ts';
import { type Permalinks, permalinks } from './permalinks.ts';
import { indexSeries, type SeriesIndex } from './series.ts';

/** A message as pages tell of it. */
export interface Post {
  readonly message: Message;
  readonly author: Person;
  readonly subject: Subject;
  readonly patch: boolean;
  /** The place of its thread among the site's discussions. */
  readonly thread: number;
  /** Its place on the thread's page, from 1: a label for readers, not a permalink. */
  readonly number: number;
  readonly depth: number;
  /** What it answers: a post of this thread, or the id of one that was never received. */
  readonly answers: Post | MessageId | undefined;
}

/** A thread as pages tell of it; a page stands for each. */
export interface Discussion {
  readonly root: MessageId;
  /** The list its page lies under: the first list of its root, or of its first message where the root is a ghost. */
  readonly list: string;
  readonly lists: readonly string[];
  readonly subject: Subject;
  /** In the order of the page: every reply behind what it answers. */
  readonly posts: readonly Post[];
  /** The posts by page: a long thread has several, each a run of them. */
  readonly parts: readonly (readonly Post[])[];
  readonly rootIsGhost: boolean;
  /** The digest of its mails, in the order of the page. */
  readonly mails: string;
  /** Names of who wrote, by first post. */
  readonly people: readonly string[];
  /** Seconds since 1970 UTC. */
  readonly first: number;
  readonly last: number;
}

/** Finds messages by their ids. */
export type PostIndex = Pick<ReadonlyMap<MessageId, Post>, 'get' | 'has'>;

/** Finds threads by the ids of their messages, and of what these refer to. */
export type DiscussionIndex = Pick<ReadonlyMap<MessageId, Discussion>, 'get'>;

/** Everything that pages are made from, but the bodies of messages. */
export interface Site {
  readonly publication: Publication;
  readonly links: Permalinks;
  readonly messages: readonly Message[];
  /** The same messages, in the same order. */
  readonly posts: readonly Post[];
  /** By first message. */
  readonly discussions: readonly Discussion[];
  /** The names of the lists, those with the most messages first. */
  readonly lists: readonly string[];
  readonly discussionOf: DiscussionIndex;
  readonly postOf: PostIndex;
  readonly series: SeriesIndex;
  /** The name of the person in a trailer; undefined where it names nobody. */
  readonly trailerName: Reading['trailerName'];
  /** Where messages may be in the wrong thread, by (received time, id). */
  readonly doubts: readonly Doubt<Message>[];
  /** The probable ones, by the roots of the threads that they are about. */
  readonly doubtsOf: ReadonlyMap<MessageId, readonly Doubt<Message>[]>;
  /** What an editor should know of what they wrote, one sentence each. */
  readonly remarks: readonly string[];
}

/** What of a site costs time and may be left out. */
export interface SiteParts {
  /** Whether doubts are looked for; where not, there are none. */
  readonly doubts: boolean;
  /** What is known of the texts of messages; where it is of all, none is read. Undefined where nothing is. */
  readonly memo?: Memo;
  /** Where what was read of headers is kept; nowhere where undefined. */
  readonly headers?: KeptBlocks;
}

/** The site of a publication's archive. */
export async function loadSite(
  archive: Archive,
  publication: Publication,
  { doubts: withDoubts, memo = NO_MEMO, headers }: SiteParts = { doubts: true },
): Promise<Site> {
  const reading = readMail(archive, publication, headers);
  const { messages, threads, authorOf } = reading;
  const { series, remarks } = await readSeries(archive, reading, memo);
  const { doubts, remarks: ofDoubts } = withDoubts
    ? await readDoubts(archive, reading, memo)
    : { doubts: [], remarks: [] };
  const masked = publication.settings.privacy.addresses === 'mask';
  const shown = shownAuthors(authorOf, masked);
  const discussions: Discussion[] = [];
  const all = new Array<Post>(messages.length);
  for (const thread of threads) {
    const posts = postsOf(thread, discussions.length, reading.placeOf, shown);
    for (const post of posts) all[post.message.at] = post;
    const mails = digestOf(posts.map(({ message }) => message.hash).join(''));
    const starts = await pageStarts(archive, posts, mails, memo);
    discussions.push(discussion(thread, posts, mails, starts, shown));
  }
  const postOf: PostIndex = {
    get: id => {
      const at = reading.placeOf(id);
      return at === undefined ? undefined : all[at];
    },
    has: id => reading.placeOf(id) !== undefined,
  };
  return {
    publication,
    links: permalinks([
      ...messages.map(({ id }) => id),
      ...discussions.filter(({ rootIsGhost }) => rootIsGhost).map(({ root }) => root),
    ]),
    messages,
    posts: all,
    discussions,
    lists: listsBySize(messages),
    discussionOf: indexDiscussions(discussions, messages, postOf),
    postOf,
    series: indexSeries(series, reading),
    trailerName: reading.trailerName,
    doubts,
    doubtsOf: doubtsByThread(doubts),
    remarks: [...reading.remarks, ...remarks, ...ofDoubts],
  };
}

function indexDiscussions(
  discussions: readonly Discussion[],
  messages: readonly Message[],
  postOf: Site['postOf'],
): DiscussionIndex {
  const ghosts = new Map(discussions.filter(({ rootIsGhost }) => rootIsGhost).map(one => [one.root, one]));
  const find = (id: MessageId) => {
    const post = postOf.get(id);
    return post ? discussions[post.thread] : ghosts.get(id);
  };
  // What was referred to and never came may once have been a thread's root. Few ask for it.
  const missing = later(() => {
    const referred = new Map<MessageId, Discussion>();
    for (const { id, references } of messages)
      for (const ghost of references)
        if (!find(ghost) && !referred.has(ghost)) referred.set(ghost, find(id)!);
    return referred;
  });
  return { get: id => find(id) ?? missing().get(id) };
}

function doubtsByThread(
  doubts: readonly Doubt<Message>[],
): ReadonlyMap<MessageId, readonly Doubt<Message>[]> {
  const sides = doubts
    .filter(({ certainty }) => certainty === 'probable')
    .flatMap(doubt => [...new Set([doubt.root, doubt.otherRoot])].map(root => ({ root, doubt })));
  const groups = groupBy(sides, ({ root }) => root);
  return new Map([...groups].map(([root, all]) => [root, all.map(({ doubt }) => doubt)]));
}

function listsBySize(messages: readonly Message[]): readonly string[] {
  const sizes = new Map<string, number>();
  for (const { lists } of messages) for (const list of lists) sizes.set(list, (sizes.get(list) ?? 0) + 1);
  return [...sizes].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).map(([list]) => list);
}

/** The month a time is filed under, in UTC, so that a site's time zone moves no URL: `2018-03`. */
export function monthOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 7);
}

/** Posts that stand by time by the months they are filed under. */
export function byMonth(posts: readonly Post[]): ReadonlyMap<string, readonly Post[]> {
  const months = new Map<string, Post[]>();
  let own: Post[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const post of posts) {
    const { received } = post.message;
    // Most are of the month of the one before.
    if (received >= end) {
      own = madeOnce(months, monthOf(received), () => []);
      const date = new Date(received * 1000);
      end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / 1000;
    }
    own.push(post);
  }
  return months;
}

/** Who wrote a message as pages name them, each found once. */
function shownAuthors(authorOf: Reading['authorOf'], masked: boolean): (message: Message) => Person {
  const known = new Map<Person, Person>();
  return message => {
    const author = authorOf(message);
    return madeOnce(known, author, () => shownPerson(author, masked));
  };
}

/** Names that hold an address are common, and masking hides those too. */
export function shownPerson(person: Person, masked: boolean): Person {
  if (!masked) return person;
  const name = person.name.replace(/@[^\s,;"'>]*/g, '').trim();
  return { ...person, name: displayName({ name, address: person.address }), address: '' };
}

/** The posts of a thread, every reply behind what it answers. */
function postsOf(
  { root }: Thread<Message>,
  thread: number,
  placeOf: Reading['placeOf'],
  authorOf: (message: Message) => Person,
): readonly Post[] {
  const posts: Post[] = [];
  /** The posts above the one that is made, and this itself, by depth. */
  const line: Post[] = [];
  walk(root, ({ message }, depth) => {
    if (!message) return;
    // Below a ghost at the top, the first messages are no replies to each other.
    const shownDepth = root.message ? depth : depth - 1;
    const parent = shownDepth > 0 ? line[shownDepth - 1] : undefined;
    const place = { thread, number: posts.length + 1, depth: shownDepth };
    const post = toPost(message, authorOf(message), place, parent, placeOf);
    posts.push(post);
    line[shownDepth] = post;
  });
  return posts;
}

function discussion(
  { root, messages }: Thread<Message>,
  posts: readonly Post[],
  mails: string,
  starts: readonly number[],
  authorOf: (message: Message) => Person,
): Discussion {
  const top = root.message ?? messages[0]!;
  return {
    root: root.id,
    list: top.lists[0]!,
    lists: listsOf(messages),
    subject: parseSubject(top.subject),
    posts,
    parts: starts.length === 1 ? [posts] : starts.map((start, at) => posts.slice(start, starts[at + 1])),
    rootIsGhost: root.message === undefined,
    mails,
    people: namesOf(writersOf(messages.map(authorOf))),
    first: messages[0]!.received,
    last: messages.at(-1)!.received,
  };
}

/** The lists of messages, sorted: most often all have the same, which is held once. */
function listsOf(messages: readonly Message[]): readonly string[] {
  const [{ lists }] = messages as readonly [Message];
  if (messages.every(one => one.lists === lists)) return lists;
  return [...new Set(messages.flatMap(one => one.lists))].sort();
}

/** Those who wrote, without who was away; where a program answered for everybody, all. */
function writersOf(authors: readonly Person[]): readonly Person[] {
  const writers = authors.filter(({ autoReply }) => !autoReply);
  return writers.length > 0 ? writers : authors;
}

/** The page of its thread that a post is on, from 1. */
export function partOf({ parts }: Discussion, { number }: Post): number {
  return parts.findLastIndex(part => part[0]!.number <= number) + 1;
}

/** One name a person, by first post, however many they wrote under. */
function namesOf(people: readonly Person[]): readonly string[] {
  const names = new Map<string, string>();
  for (const { key, name } of people) if (!names.has(key)) names.set(key, name);
  return [...new Set(names.values())];
}

/** The posts of a thread that answer one of them. */
export function repliesTo(discussion: Discussion, post: Post): readonly Post[] {
  const replies = madeOnce(repliesIn, discussion, () =>
    groupBy(discussion.posts, ({ answers }) => (typeof answers === 'object' ? answers : undefined)),
  );
  return replies.get(post) ?? [];
}

/** By what they answer: made for the few threads of a site of which pages are made. */
const repliesIn = new WeakMap<Discussion, ReadonlyMap<Post | undefined, readonly Post[]>>();

function toPost(
  message: Message,
  author: Person,
  { thread, number, depth }: Pick<Post, 'thread' | 'number' | 'depth'>,
  parent: Post | undefined,
  placeOf: Reading['placeOf'],
): Post {
  const subject = parseSubject(message.subject);
  // A parent that was never received is named, even where an older ancestor has taken its place in the tree.
  const named = message.references.at(-1);
  const missing =
    named !== undefined && named !== parent?.message.id && placeOf(named) === undefined ? named : undefined;
  return {
    message,
    author,
    subject,
    patch: patchMark(subject)?.kind === 'patch',
    thread,
    number,
    depth,
    answers: missing ?? parent,
  };
}
