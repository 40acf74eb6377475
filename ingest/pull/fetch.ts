import { ahead } from '../ahead.ts';
import type { Cursor } from '../archive/records.ts';
import { type Offer, takeIn } from '../intake.ts';
import type { Listed, Mailbox } from '../mailbox.ts';
import type { Pull } from './context.ts';

/** What is fetched and stored at once, so that memory stays flat and a broken connection repeats little. */
const PART_MESSAGES = 200;
const PART_BYTES = 8 << 20;

/**
 * Fetches messages of a mailbox into the archive, part by part, each in a transaction of its own; what is too
 * big is noted, not fetched. With `cursor`, the mailbox's cursor moves along. Yields how many are done.
 */
export async function* fetchInto(
  { archive, source, maxBytes, tally }: Pull,
  mailbox: Mailbox,
  listed: readonly Listed[],
  cursor?: Cursor,
): AsyncGenerator<number> {
  let to = cursor;
  const fetched = (part: readonly Listed[]) =>
    mailbox.mails(part.filter(({ size }) => size <= maxBytes).map(({ uid }) => uid));
  for await (const [part, mails] of ahead(parts(listed, maxBytes), fetched)) {
    const offers = part.map(
      ({ uid, size }): Offer => ({
        where: {
          source: source.name,
          mailbox: mailbox.name,
          uidValidity: mailbox.uidValidity,
          uid,
          list: source.list ?? '',
        },
        size,
        mail: mails.get(uid) ?? { reason: size > maxBytes ? 'too-big' : 'not-sent' },
      }),
    );
    to = to && { ...to, lastUid: Math.max(to.lastUid, ...part.map(item => item.uid)) };
    takeIn(archive, offers, tally, to && { source: source.name, to });
    yield part.length;
  }
}

/** `listed` cut to parts; what is too big to fetch weighs nothing. */
export function* parts(listed: readonly Listed[], maxBytes: number): Generator<readonly Listed[]> {
  let part: Listed[] = [];
  let bytes = 0;
  for (const item of listed) {
    const weight = item.size > maxBytes ? 0 : item.size;
    if (part.length >= PART_MESSAGES || (part.length > 0 && bytes + weight > PART_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(item);
    bytes += weight;
  }
  if (part.length > 0) yield part;
}
