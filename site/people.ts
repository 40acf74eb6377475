import { groupBy } from '../mail/group-by.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Person } from '../mail/people.ts';
import type { Discussion, Post, Site } from './model.ts';
import { personPaths, type SitePath } from './permalinks.ts';

/** Somebody who wrote, and who has a page once a brief quotes them. */
export interface Contributor {
  /** As they signed last. */
  readonly name: string;
  readonly path: SitePath;
  readonly messages: number;
  readonly threads: number;
  /** Seconds since 1970 UTC of their first and last message. */
  readonly first: number;
  readonly last: number;
  readonly firstMessage: MessageId;
}

/** Who wrote on a site; without programs, and without those who want no page. */
export interface PeopleIndex {
  /** By first message. */
  readonly contributors: readonly Contributor[];
  of(author: Person): Contributor | undefined;
  /** The wishes to be hidden that are nobody's, one sentence each: a typing error hides nobody. */
  readonly remarks: readonly string[];
}

/** Where the name of a message's author leads; undefined where no page is known to tell of them. */
export type PageOf = (author: Person) => string | undefined;

/**
 * Who wrote on a site. Each person is one contributor, but where addresses are masked, all of one name are: what tells
 * them apart is an address, and its digest in a link would give it to whoever tries addresses.
 */
export function indexPeople({ publication, messages, postOf, discussions }: Site): PeopleIndex {
  const { people, privacy } = publication.settings;
  const keyOf = ({ key, name }: Person) => (privacy.addresses === 'mask' ? name : key);
  const posts = messages.map(({ id }) => postOf.get(id)!).filter(({ author }) => !author.robot);
  const written = groupBy(posts, ({ author }) => keyOf(author));
  const threads = threadsBy(discussions, keyOf);
  // Whoever is hidden keeps the address: it must not come to be another's of that name.
  const paths = personPaths([...written].map(([key, own]) => ({ key, name: own[0]!.author.name })));
  const unmet = new Map(people.hide.map(wish => [wish.toLowerCase(), wish]));
  const wishes = new Set(unmet.keys());
  const contributors = new Map<string, Contributor>();
  for (const [key, own] of written) {
    const wished = own.flatMap(namesOf).filter(name => wishes.has(name));
    for (const name of wished) unmet.delete(name);
    if (wished.length > 0) continue;
    const last = own.at(-1)!;
    contributors.set(key, {
      name: (own.findLast(({ message }) => message.from.name !== '') ?? last).author.name,
      path: paths.get(key)!,
      messages: own.length,
      threads: threads.get(key)!,
      first: own[0]!.message.received,
      last: last.message.received,
      firstMessage: own[0]!.message.id,
    });
  }
  return {
    contributors: [...contributors.values()],
    of: author => (author.robot ? undefined : contributors.get(keyOf(author))),
    remarks: [...unmet.values()].map(
      wish => `traffic.yaml: people.hide names ${wish}, and nobody in the archive writes under that`,
    ),
  };
}

/** What a message's author can be called in a wish, in lower case. */
function namesOf({ message: { from }, author }: Post): readonly string[] {
  return [from.address, from.name, author.key, author.name].map(one => one.toLowerCase());
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
