import type { Message } from '../ingest/merge.ts';
import { madeOnce } from '../mail/held.ts';
import type { MessageId } from '../mail/message-id.ts';
import { partOf, type Site } from './model.ts';
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

/** Where a message is. */
interface Place extends Pick<Lead, 'number' | 'author'> {
  /** The page of its thread that it is on. */
  readonly page: SitePath;
  /** The list that its own page lies under. */
  readonly list: string;
}

/** What knows where messages are, and who wrote under an address. */
export interface Whereabouts extends Pick<Elsewhere, 'writer'> {
  place(id: string): Place | undefined;
}

/** All that threads may ask of a site, as plain data that a worker can be given: small, as each has a copy of its own. */
export interface Directory {
  /** The number of each message. */
  readonly messages: ReadonlyMap<string, number>;
  /** By a message's number, `FIELDS` numbers each: those of its page and list, its own on the page, that of its writer. */
  readonly places: Uint32Array;
  /** The paths of threads' pages. */
  readonly pages: readonly SitePath[];
  /** The names of lists and of who wrote. */
  readonly names: readonly string[];
  /** The names of who wrote, by the addresses that they wrote under, in lower case; none where addresses are masked. */
  readonly writers: ReadonlyMap<string, string>;
}

/** Numbers that tell where a message is. */
const FIELDS = 4;

/** The directory of a site. */
export function directoryOf(site: Site): Directory {
  const messages = new Map<MessageId, number>();
  // Shared, so that it is not copied.
  const places = new Uint32Array(
    new SharedArrayBuffer(FIELDS * site.messages.length * Uint32Array.BYTES_PER_ELEMENT),
  );
  const pages: SitePath[] = [];
  const names = new Map<string, number>();
  const nameOf = (name: string) => madeOnce(names, name, () => names.size);
  for (const discussion of site.discussions) {
    const path = site.links.thread(discussion.list, discussion.root);
    for (const [at, posts] of discussion.parts.entries()) {
      const page = pages.push(partPath(path, at + 1)) - 1;
      for (const { message, number, author } of posts) {
        const place = [page, nameOf(message.lists[0]!), number, nameOf(author.name)];
        places.set(place, FIELDS * messages.size);
        messages.set(message.id, messages.size);
      }
    }
  }
  return { messages, places, pages, names: [...names.keys()], writers: writersOf(site) };
}

/** What a directory knows. */
export function inDirectory({ messages, places, pages, names, writers }: Directory): Whereabouts {
  return {
    place(id) {
      const message = messages.get(id);
      if (message === undefined) return undefined;
      const at = FIELDS * message;
      const [page, list, number, author] = [places[at]!, places[at + 1]!, places[at + 2]!, places[at + 3]!];
      return { page: pages[page]!, list: names[list]!, number, author: names[author]! };
    },
    writer: address => writers.get(address),
  };
}

/** What a site knows: the same as its directory, of which most need not be made for a few questions. */
export function onSite(site: Site): Whereabouts {
  const writers = writersOf(site);
  /** By thread: many are asked for again and again. */
  const paths = new Map<number, SitePath>();
  return {
    place(id) {
      const post = site.postOf.get(id as MessageId);
      if (!post) return undefined;
      const discussion = site.discussions[post.thread]!;
      const { list, root } = discussion;
      const path = madeOnce(paths, post.thread, () => site.links.thread(list, root));
      return {
        page: partPath(path, partOf(discussion, post)),
        list: post.message.lists[0]!,
        number: post.number,
        author: post.author.name,
      };
    },
    writer: address => writers.get(address),
  };
}

/** All that a lead to a message is made from, as text. */
export function leadText(
  { whereabouts, links }: { readonly whereabouts: Whereabouts; readonly links: Permalinks },
  id: MessageId,
): string {
  const found = whereabouts.place(id);
  const place = found ? [found.page, found.list, found.number, found.author].join('\0') : '';
  return links.lookalikes.has(id) ? `~${place}` : place;
}

/** Answers by what knows. */
export function elsewhereBy(
  { place, writer }: Whereabouts,
  links: Permalinks,
  link: (path: SitePath, fragment?: string) => string,
): Elsewhere {
  return {
    lead(id) {
      const found = place(id);
      if (!found) return undefined;
      const { page, list, number, author } = found;
      const own = id as MessageId;
      return { inThread: link(page, anchor(own)), page: link(links.message(list, own)), number, author };
    },
    writer,
  };
}

/** Their first full name stays, whatever they are called in later mail: pages that have it need not change with each. */
function writersOf({ posts, publication }: Site): ReadonlyMap<string, string> {
  const writers = new Map<string, string>();
  // A link from an address to a name would tell whose address it is.
  if (publication.settings.privacy.addresses === 'mask') return writers;
  const seen = new Set<Message['from']>();
  for (const { message, author } of posts) {
    const { from } = message;
    // Whoever writes again, under the same name and address, tells nothing new.
    if (seen.has(from)) continue;
    seen.add(from);
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
