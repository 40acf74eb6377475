import type { MessageId } from '../mail/message-id.ts';
import type { MailLinks } from '../templates/mail-links.ts';
import type { Post, Site } from './model.ts';
import { fixedPath } from './permalinks.ts';
import type { Views } from './views.ts';

/** Where the text of a post leads: to messages by `hrefOf`, to commits by what is set for its list, to people's mail. */
export function linksOf(
  { site, link, writers }: Views,
  post: Post,
  hrefOf: (post: Post) => string,
): MailLinks {
  const commits = commitUrl(site, post);
  return {
    source(id) {
      const source = site.postOf.get(id as MessageId);
      return source && { href: hrefOf(source), number: source.number, author: source.author.name };
    },
    held(id) {
      const held = site.postOf.get(id as MessageId);
      return held && hrefOf(held);
    },
    commit: id => commits?.replace('%h', id),
    person(address) {
      const name = writers.get(address.toLowerCase());
      const query = name === undefined ? '' : searchFrom(name);
      return query === '' ? undefined : `${link(fixedPath('/search/'))}?q=${encodeURIComponent(query)}`;
    },
  };
}

function commitUrl({ publication }: Site, { message }: Post): string | undefined {
  const { commits } = publication.settings;
  const list = message.lists.find(name => Object.hasOwn(commits, name));
  return list === undefined ? undefined : commits[list];
}

/** The names of who wrote, by the addresses that they wrote under, in lower case; none where addresses are masked. */
export function writersOf({ postOf, publication }: Site): ReadonlyMap<string, string> {
  // A link from an address to a name would tell whose address it is.
  if (publication.settings.privacy.addresses === 'mask') return new Map();
  return new Map(
    [...postOf.values()].flatMap(({ message, author }) =>
      [message.from.address, author.address].map(address => [address.toLowerCase(), author.name] as const),
    ),
  );
}

/** The query that finds what somebody wrote: every word of the name, but those with marks that mean something there. */
function searchFrom(name: string): string {
  const words = name.split(/[\s-]+/).map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  return words
    .filter(word => /^[\p{L}\p{N}.'’]+$/u.test(word))
    .map(word => `+from:${word}`)
    .join(' ');
}
