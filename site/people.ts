import { onOneLine } from '../mail/blanks.ts';
import { addTo, groupBy } from '../mail/group-by.ts';
import type { MessageId } from '../mail/message-id.ts';
import { isRobot, type Person } from '../mail/people.ts';
import { printable } from '../mail/printable.ts';
import type { CheckedIssues } from './issues/checked.ts';
import { quotationsOf, saidName } from './issues/quoted-in.ts';
import type { Discussion, Post, Site } from './model.ts';
import { personPaths, type SitePath } from './permalinks.ts';

/** Somebody who has a page once a brief or an issue quotes them. */
export interface Contributor {
  /** As they signed last, or as an issue calls them. */
  readonly name: string;
  readonly path: SitePath;
  /** Undefined of somebody whom an issue quotes from mail that is not held. */
  readonly written: Written | undefined;
}

/** What somebody wrote. */
export interface Written {
  readonly messages: number;
  readonly threads: number;
  /** Seconds since 1970 UTC of their first and last message. */
  readonly first: number;
  readonly last: number;
  readonly firstMessage: MessageId;
}

/** Who wrote on a site or is quoted in its issues; without programs, and without those who want no page. */
export interface PeopleIndex {
  /** By first message; behind them those who have none. */
  readonly contributors: readonly Contributor[];
  /** The author of a message, or whoever goes by a full name that an issue has. */
  of(who: Person | string): Contributor | undefined;
  /** The wishes to be hidden that are nobody's, one sentence each: a typing error hides nobody. */
  readonly remarks: readonly string[];
}

/** Where the name of a message's author, or one in an issue, leads; undefined where no page is known to tell of them. */
export type PageOf = (who: Person | string) => string | undefined;

/**
 * Who wrote on a site or is quoted in its issues. Each person is one contributor, but where addresses are masked, all
 * of one name are: what tells them apart is an address, and its digest in a link would give it to whoever tries
 * addresses. Whom an issue quotes from mail that is not held is the one person who writes under that full name, else
 * somebody of whom only the name is known.
 */
export function indexPeople(
  { publication, posts: all, discussions }: Site,
  issues: CheckedIssues,
): PeopleIndex {
  const { people, privacy } = publication.settings;
  const keyOf = ({ key, name }: Person) => (privacy.addresses === 'mask' ? name : key);
  const posts = all.filter(({ author }) => !author.robot);
  const written = groupBy(posts, ({ author }) => keyOf(author));
  const threads = threadsBy(discussions, keyOf);
  const said = saidNames(issues);
  // Whoever is hidden keeps the address: it must not come to be another's of that name.
  const paths = personPaths([
    ...[...written].map(([key, own]) => ({ key, name: own[0]!.author.name })),
    ...[...said].map(([called, name]) => ({ key: saidKey(called), name })),
  ]);
  const unmet = new Map(people.hide.map(wish => [inLowerCase(wish), wish]));
  const wishes = new Set(unmet.keys());
  const contributors = new Map<string, Contributor>();
  // By what they are called; undefined is somebody who is hidden.
  const writers = new Map<string, (Contributor | undefined)[]>();
  for (const [key, own] of written) {
    // Who wrote much wrote under few addresses.
    const senders = new Map(own.map(post => [post.message.from, post]));
    const names = new Set([...senders.values()].flatMap(namesOf));
    const wished = [...names].filter(name => wishes.has(name));
    for (const name of wished) unmet.delete(name);
    const contributor = wished.length > 0 ? undefined : writerOf(own, paths.get(key)!, threads.get(key)!);
    if (contributor) contributors.set(key, contributor);
    for (const name of names) addTo(writers, name, contributor);
  }
  const named = (name: string): Contributor | undefined => {
    const called = inLowerCase(name);
    const [writer, ...others] = writers.get(called) ?? [];
    // One word is anybody's name.
    return writer && others.length === 0 && called.includes(' ') ? writer : contributors.get(saidKey(called));
  };
  for (const [called, name] of said) {
    unmet.delete(called);
    const hidden = wishes.has(called) || writers.get(called)?.includes(undefined);
    if (hidden || named(name)) continue;
    contributors.set(saidKey(called), { name, path: paths.get(saidKey(called))!, written: undefined });
  }
  return {
    contributors: [...contributors.values()],
    of: who => {
      if (typeof who === 'string') return named(who);
      return who.robot ? undefined : contributors.get(keyOf(who));
    },
    remarks: [...unmet.values()].map(
      wish => `traffic.yaml: people.hide names ${wish}, and nobody in the archive writes under that`,
    ),
  };
}

/** Somebody's own messages, by time, as a contributor. */
function writerOf(own: readonly Post[], path: SitePath, threads: number): Contributor {
  const [first, last] = [own[0]!, own.at(-1)!];
  return {
    name: (own.findLast(({ message }) => message.from.name !== '') ?? last).author.name,
    path,
    written: {
      messages: own.length,
      threads,
      first: first.message.received,
      last: last.message.received,
      firstMessage: first.message.id,
    },
  };
}

/** Whom issues quote from mail that is not held, by the name in lower case. An address is no name, and may be masked. */
function saidNames(issues: CheckedIssues): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const quotation of quotationsOf(issues)) {
    const name = saidName(quotation);
    if (name === undefined || name.includes('@') || isRobot({ name, address: '' })) continue;
    const called = inLowerCase(name);
    if (!names.has(called)) names.set(called, printable(name));
  }
  return names;
}

/** The key of somebody of whom only the name is known; no header's name has a NUL. */
function saidKey(called: string): string {
  return `\0${called}`;
}

/** What a message's author can be called in a wish, or in an issue. */
function namesOf({ message: { from }, author }: Post): readonly string[] {
  return [from.address, from.name, author.key, author.name].map(inLowerCase);
}

function inLowerCase(name: string): string {
  return onOneLine(name.toLowerCase());
}

/** In how many threads each key wrote. */
function threadsBy(
  discussions: readonly Discussion[],
  keyOf: (person: Person) => string,
): ReadonlyMap<string, number> {
  const threads = new Map<string, number>();
  for (const { posts } of discussions)
    for (const key of new Set(posts.map(({ author }) => keyOf(author))))
      threads.set(key, (threads.get(key) ?? 0) + 1);
  return threads;
}
