import type { MessageId } from '../mail/message-id.ts';
import type { Site } from './model.ts';
import { anchor, type Permalinks, partPath, type SitePath } from './permalinks.ts';

/** A message as pages of other threads lead to it. */
export interface Lead {
  /** Its place on its thread's page. */
  readonly inThread: string;
  /** Its own page. */
  readonly page: string;
  readonly number: number;
  readonly author: string;
}

/** What a thread's pages may ask of the rest of the site, by what stands in its mail. */
export interface Elsewhere {
  /** A message that the site has. */
  lead(id: string): Lead | undefined;
  /** The name of who wrote under an address, which is in lower case; nobody's where addresses are masked. */
  writer(address: string): string | undefined;
}

/** Where a message is: the path of its thread's page that has it, the list of its own, its number and its writer's name. */
type Place = readonly [page: SitePath, list: string, number: number, author: string];

/** All that threads may ask of a site, as plain data that a worker can be given. */
export interface Directory {
  readonly places: ReadonlyMap<string, Place>;
  /** The names of who wrote, by the addresses that they wrote under, in lower case; none where addresses are masked. */
  readonly writers: ReadonlyMap<string, string>;
}

/** The directory of a site. */
export function directoryOf(site: Site): Directory {
  const places = new Map<MessageId, Place>();
  for (const discussion of site.discussions) {
    const path = site.links.thread(discussion.list, discussion.root);
    for (const [at, posts] of discussion.parts.entries()) {
      const page = partPath(path, at + 1);
      for (const { message, number, author } of posts)
        places.set(message.id, [page, message.lists[0]!, number, author.name]);
    }
  }
  return { places, writers: writersOf(site) };
}

/** Answers by a directory. */
export function elsewhereBy(
  { places, writers }: Directory,
  links: Permalinks,
  link: (path: SitePath, fragment?: string) => string,
): Elsewhere {
  return {
    lead(id) {
      const place = places.get(id);
      if (!place) return undefined;
      const [page, list, number, author] = place;
      const own = id as MessageId;
      return { inThread: link(page, anchor(own)), page: link(links.message(list, own)), number, author };
    },
    writer: address => writers.get(address),
  };
}

/** Their first full name stays, whatever they are called in later mail: pages that have it need not change with each. */
function writersOf({ messages, postOf, publication }: Site): ReadonlyMap<string, string> {
  const writers = new Map<string, string>();
  // A link from an address to a name would tell whose address it is.
  if (publication.settings.privacy.addresses === 'mask') return writers;
  for (const { id, from } of messages) {
    const { author } = postOf.get(id)!;
    for (const address of [from.address, author.address].map(one => one.toLowerCase()))
      if (!writers.get(address)?.includes(' ')) {
        if (!writers.has(address) || author.name.includes(' ')) writers.set(address, author.name);
      }
  }
  return writers;
}

/** Remembers what is asked of the rest of a site: what else a page depends on. */
export class Asked implements Elsewhere {
  readonly leads = new Set<MessageId>();
  readonly writers = new Set<string>();
  readonly #elsewhere: Elsewhere;

  constructor(elsewhere: Elsewhere) {
    this.#elsewhere = elsewhere;
  }

  lead(id: string): Lead | undefined {
    this.leads.add(id as MessageId);
    return this.#elsewhere.lead(id);
  }

  writer(address: string): string | undefined {
    this.writers.add(address);
    return this.#elsewhere.writer(address);
  }
}
