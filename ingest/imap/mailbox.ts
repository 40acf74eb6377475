import type { FetchMessageObject, FetchQueryObject, ImapFlow, MailboxObject, SearchObject } from 'imapflow';
import { threadFacts } from '../../mail/message.ts';
import { ahead } from '../ahead.ts';
import { type Listed, type ListedHeader, type Mailbox, SWEPT_FIELDS } from '../mailbox.ts';
import { uidSet } from './sets.ts';

/** A giant FETCH makes some servers say BYE, and what a broken connection repeats is one of these. */
const FETCH_MESSAGES = 500;
/** What lives for a short time costs no memory: with 200 the peak of a sweep of 50,000 is a third higher, and the time the same. */
const FETCH_HEADERS = 100;

/** The mailbox that `client` has open. */
export function imapMailbox(client: ImapFlow, { path, uidValidity, exists }: MailboxObject): Mailbox {
  /** What FETCH gives for these UIDs, part by part; the next is under way while one is being worked on. */
  async function* fetch<T>(
    uids: readonly number[],
    query: FetchQueryObject,
    take: (message: FetchMessageObject) => T | undefined,
    atOnce = FETCH_MESSAGES,
  ): AsyncGenerator<readonly T[]> {
    const starts = Array.from({ length: Math.ceil(uids.length / atOnce) }, (_, at) => at * atOnce);
    for await (const [, part] of ahead(starts, at => fetchPart(uids.slice(at, at + atOnce), query, take)))
      yield part;
  }

  async function fetchPart<T>(
    uids: readonly number[],
    query: FetchQueryObject,
    take: (message: FetchMessageObject) => T | undefined,
  ): Promise<readonly T[]> {
    const wanted = new Set(uids);
    const taken = new Map<number, T>();
    // No other command may be waited for inside this loop (imapflow#159).
    for (const set of uidSet(uids))
      for await (const message of client.fetch(set, { uid: true, ...query }, { uid: true })) {
        // A server may tell at any time of flags that somebody has changed.
        const item = wanted.has(message.uid) ? take(message) : undefined;
        if (item !== undefined) taken.set(message.uid, item);
      }
    return [...taken.keys()].sort((a, b) => a - b).map(uid => taken.get(uid)!);
  }

  /** The UIDs that SEARCH finds; undefined where the server refuses. Its order of keys is that of the object's. */
  async function search(query: SearchObject): Promise<readonly number[] | undefined> {
    // false is how imapflow tells of NO and BAD.
    const found = await client.search(query, { uid: true });
    return found === false || found === undefined ? undefined : found;
  }

  /** A range beyond the end gives the last message (RFC 3501, 6.4.8), hence the filter. */
  async function above(uid: number): Promise<readonly number[]> {
    if (exists === 0) return [];
    const found = (await search({ uid: `${uid + 1}:*` })) ?? (await listed(`${uid + 1}:*`));
    return ascending(found.filter(one => one > uid));
  }

  /** For servers that refuse to search: every message says its UID. */
  async function listed(set: string): Promise<readonly number[]> {
    const uids: number[] = [];
    for await (const message of client.fetch(set, { uid: true }, { uid: true })) uids.push(message.uid);
    return uids;
  }

  return {
    name: path,
    uidValidity: BigInt(uidValidity),
    newest: async () => (exists === 0 ? 0 : Math.max(0, ...(await listed('*')))),
    above,
    async within(since, until) {
      if (exists === 0) return [];
      const found = new Set<number>();
      // Widened by a day each way: servers compare days, some of them those of the sender's clock.
      const from = since > 0 ? new Date((since - DAY) * 1000) : undefined;
      const to = until < FAR ? new Date((until + DAY) * 1000) : undefined;
      if (!from && !to) return above(0);
      // A Date that is wrong by years hides a message that arrived within the time.
      for (const query of [
        { ...(from && { sentSince: midnight(from) }), ...(to && { sentBefore: midnight(to) }) },
        { ...(from && { since: midnight(from) }), ...(to && { before: midnight(to) }) },
      ]) {
        const uids = await search(query);
        if (!uids) return undefined;
        for (const uid of uids) found.add(uid);
      }
      return ascending(found);
    },
    async withId(id) {
      if (exists === 0) return [];
      // In brackets it would find the same; some servers take these for a part of what to look for.
      return (await search({ header: { 'message-id': id } })) ?? [];
    },
    async sizes(uids) {
      const sizes: Listed[] = [];
      for await (const part of fetch(uids, { size: true }, listedOf)) sizes.push(...part);
      return sizes;
    },
    headers: uids =>
      fetch<ListedHeader>(
        uids,
        { size: true, headers: [...SWEPT_FIELDS] },
        // Made of each header as it comes, so that the bytes of a part need not live together.
        ({ uid, size, headers }) =>
          headers && size !== undefined ? { uid, size, facts: threadFacts(headers) } : undefined,
        FETCH_HEADERS,
      ),
    async mails(uids) {
      const mails = new Map<number, Uint8Array>();
      const whole = ({ uid, source }: FetchMessageObject) => (source ? { uid, source } : undefined);
      for await (const part of fetch(uids, { source: true }, whole))
        for (const { uid, source } of part) mails.set(uid, source);
      return mails;
    },
  };
}

function listedOf({ uid, size }: FetchMessageObject): Listed | undefined {
  return size === undefined ? undefined : { uid, size };
}

const DAY = 86_400;
/** Past what a mail's date can say, and what SEARCH takes. */
const FAR = Date.UTC(9999, 0) / 1000;

/** imapflow takes days, and moves an end that is not at midnight to the next. */
function midnight(date: Date): Date {
  return new Date(Math.floor(date.getTime() / (DAY * 1000)) * DAY * 1000);
}

function ascending(uids: Iterable<number>): readonly number[] {
  return [...new Set(uids)].sort((a, b) => a - b);
}
