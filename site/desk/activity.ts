import { groupBy } from '../../mail/group-by.ts';
import { isIn, type Span } from '../../publication/calendar.ts';
import type { Discussion, Post, Site } from '../model.ts';
import type { Found } from './reasons.ts';

/** The part of people in a thread; programs do not count. */
export interface Activity {
  /** By received time. */
  readonly posts: readonly Post[];
  /** Who wrote them, one post for each person: the first. */
  readonly voices: readonly Post[];
}

/** What people did in a thread within a time. */
export function activityIn({ posts }: Discussion, span: Span): Activity {
  const own = posts
    .filter(({ message, author }) => isIn(span, message.received) && !author.robot)
    .sort((a, b) => a.message.received - b.message.received || a.number - b.number);
  const people = [...groupBy(own, ({ author }) => author.key).values()].map(([first]) => first!);
  // Somebody with two addresses is one voice, though people.mailmap may not say so yet.
  const voices = [...groupBy(people, ({ author }) => author.name).values()].map(([first]) => first!);
  return { posts: own, voices };
}

/** Whether anybody wrote to a thread in a time, programs included: they report what was merged. */
export function wasWrittenTo({ posts }: Discussion, span: Span): boolean {
  return posts.some(({ message }) => isIn(span, message.received));
}

/** The first posts of people. */
export type FirstPosts = ReadonlySet<Post>;

/** An archive that begins later than so long before somebody's first message does not know that it is the first. */
const KNOWN_SECONDS = 28 * 86_400;

/** Each person's first post, as far as the archive can tell. */
export function firstPosts({ messages, posts }: Site): FirstPosts {
  const begins = messages.find(({ received }) => received > 0)?.received ?? 0;
  const seen = new Set<string>();
  const first = new Set<Post>();
  for (const post of posts) {
    if (seen.has(post.author.key)) continue;
    seen.add(post.author.key);
    if (post.message.received >= begins + KNOWN_SECONDS) first.add(post);
  }
  return first;
}

/** What the headers alone tell for a thread. */
export function foundInHeaders({ posts, voices }: Activity, first: FirstPosts): readonly Found[] {
  const answers = posts.filter(({ patch, number }) => !patch && number > 1);
  const fresh = voices.filter(post => first.has(post));
  const lists = [...new Set(posts.flatMap(({ message }) => message.lists))].sort();
  return [
    { kind: 'people', count: voices.length },
    { kind: 'answers', count: answers.length },
    { kind: 'depth', count: answers.reduce((most, { depth }) => Math.max(most, depth), 0) },
    { kind: 'new voices', count: fresh.length, names: namesOf(fresh) },
    { kind: 'lists', count: lists.length, names: lists },
  ];
}

/** The names of who wrote these posts. */
export function namesOf(posts: readonly Post[]): readonly string[] {
  return posts.map(({ author }) => author.name);
}
