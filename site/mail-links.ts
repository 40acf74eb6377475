import type { MessageId } from '../mail/message-id.ts';
import type { MailLinks } from '../templates/mail-links.ts';
import type { Lead } from './elsewhere.ts';
import type { MailViews } from './mail-views.ts';
import type { Post, PostIndex } from './model.ts';
import { fixedPath } from './permalinks.ts';

/**
 * Where the text of a post leads: to messages of its thread by `hrefOf`, to others by `hrefOfLead`, to commits by what
 * is set for its list, to people's mail.
 */
export function linksOf(
  { settings, link, elsewhere }: MailViews,
  { postOf }: { readonly postOf: PostIndex },
  post: Post,
  hrefOf: (post: Post) => string,
  hrefOfLead: (lead: Lead) => string,
): MailLinks {
  const commits = commitUrl(settings.commits, post);
  const find: MailLinks['source'] = id => {
    const own = postOf.get(id as MessageId);
    if (own) return { href: hrefOf(own), number: own.number, author: own.author.name };
    const lead = elsewhere.lead(id);
    return lead && { href: hrefOfLead(lead), number: lead.number, author: lead.author };
  };
  return {
    source: find,
    held: id => find(id)?.href,
    commit: id => commits?.replace('%h', id),
    person(address) {
      const name = elsewhere.writer(address.toLowerCase());
      const query = name === undefined ? '' : searchFrom(name);
      return query === '' ? undefined : `${link(fixedPath('/search/'))}?q=${encodeURIComponent(query)}`;
    },
  };
}

function commitUrl(commits: MailViews['settings']['commits'], { message }: Post): string | undefined {
  const list = message.lists.find(name => Object.hasOwn(commits, name));
  return list === undefined ? undefined : commits[list];
}

/** The query that finds what somebody wrote: every word of the name, but those with marks that mean something there. */
function searchFrom(name: string): string {
  const words = name.split(/[\s-]+/).map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  return words
    .filter(word => /^[\p{L}\p{N}.'’]+$/u.test(word))
    .map(word => `+from:${word}`)
    .join(' ');
}
