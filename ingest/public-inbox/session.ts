import { threadFacts } from '../../mail/message.ts';
import type { MessageId } from '../../mail/message-id.ts';
import { OperatorError } from '../../publication/operator-error.ts';
import type { PublicInboxSource } from '../../publication/sources.ts';
import type { Numbering } from '../archive/records.ts';
import type { Mailbox, Session } from '../mailbox.ts';
import { type Epoch, epochsIn } from './epochs.ts';
import { gitLines, gitObjects } from './git.ts';
import { History, headOf, ordinalOf, removedIn } from './history.ts';

/** What is known of how the commits of epochs were numbered, by mailbox. */
export interface Numberings {
  known(mailbox: string): Numbering | undefined;
  keep(mailbox: string, numbering: Numbering): void;
}

/** git knows no Message-IDs: a message is looked for among so many, from the newest on, in one run. */
const LOOKED_THROUGH = 500_000;
const BATCH = 500;

/**
 * A session on a public-inbox v2 repository (public-inbox-v2-format(5)), as lore mirrors every list: each epoch
 * is a mailbox, the number of a commit its UID. UIDVALIDITY grows when a history has been rewritten.
 *
 * @throws OperatorError where there is no such repository.
 */
export function openPublicInbox(source: PublicInboxSource, numberings: Numberings): Session {
  const epochs = epochsIn(source.path);
  if (epochs.length === 0) {
    throw new OperatorError(
      `${source.name}: ${source.path} is no public-inbox: it has no git/0.git; name the folder that git clone --mirror put the epochs in.`,
    );
  }
  return {
    mailboxes: async () => epochs.map(({ name }) => name),
    async open(name) {
      const epoch = epochs.find(one => one.name === name)!;
      const head = await headOf(epoch.repository);
      return head === undefined ? undefined : openEpoch(source, epoch, head, numberings);
    },
    close: async () => {},
  };
}

async function openEpoch(
  source: PublicInboxSource,
  { name, repository }: Epoch,
  head: string,
  numberings: Numberings,
): Promise<Mailbox> {
  const known = numberings.known(name);
  const unchanged = known?.commit === head;
  const base = unchanged || !known ? known?.uid : await ordinalOf(repository, known.commit, head);
  const continued = known !== undefined && base === known.uid;
  const uidValidity = continued ? known.uidValidity : (known?.uidValidity ?? 0n) + 1n;
  const fresh = await History.read(
    repository,
    head,
    continued ? known.commit : undefined,
    continued ? known.uid + 1 : 1,
  );
  if (!continued && fresh.last > 0) await refuseVersionOne(source, repository, fresh.at(fresh.last).hash);
  const last = Math.max(fresh.last, continued ? known.uid : 0);
  numberings.keep(name, { uidValidity, uid: last, commit: head });
  return epochMailbox(repository, name, uidValidity, head, last, fresh);
}

/** Version 1 keeps all mails in one tree, where a commit does not tell which one it brought. */
async function refuseVersionOne(
  source: PublicInboxSource,
  repository: string,
  commit: string,
): Promise<void> {
  for await (const name of gitLines(repository, ['ls-tree', '--name-only', commit]))
    if (name === 'm' || name === 'd') return;
  throw new OperatorError(
    `${source.name}: ${repository} is no epoch of a public-inbox v2; public-inbox-convert makes one of a v1 repository.`,
  );
}

function epochMailbox(
  repository: string,
  name: string,
  uidValidity: bigint,
  head: string,
  last: number,
  fresh: History,
): Mailbox {
  let whole: Promise<History> | undefined;
  /** The history that has these numbers: what is new, or all of it, which is read when it is first asked for. */
  const historyOf = async (number: number): Promise<History> => {
    if (number >= fresh.first) return fresh;
    whole ??= History.read(repository, head, undefined, 1);
    return whole;
  };
  const ids = new Map<MessageId, number[]>();
  let lookedThrough = 0;

  async function above(uid: number): Promise<readonly number[]> {
    if (uid >= last) return [];
    const history = await historyOf(uid + 1);
    const removed = await removedIn(repository, history.range);
    const uids: number[] = [];
    for (let number = Math.max(uid + 1, history.first); number <= history.last; number++)
      if (!removed.has(history.at(number).hash)) uids.push(number);
    return uids;
  }

  async function* contents(uids: readonly number[]): AsyncGenerator<{ uid: number; mail: Buffer }> {
    if (uids.length === 0) return;
    const history = await historyOf(Math.min(...uids));
    const there = uids.filter(uid => history.has(uid));
    let index = 0;
    for await (const object of gitObjects(
      repository,
      there.map(uid => `${history.at(uid).hash}:m`),
    )) {
      const uid = there[index++]!;
      if (object?.type === 'blob') yield { uid, mail: object.content };
    }
  }

  async function* batches<T>(uids: readonly number[], take: (uid: number, mail: Buffer) => T) {
    let batch: T[] = [];
    for await (const { uid, mail } of contents([...uids].sort((a, b) => a - b))) {
      batch.push(take(uid, mail));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  return {
    name,
    uidValidity,
    newest: async () => last,
    above,
    async within(since, until) {
      const history = await historyOf(1);
      const inTime = (time: number) => time >= since && time < until;
      return (await above(0)).filter(uid => {
        const { sent, received } = history.at(uid);
        return inTime(sent) || inTime(received);
      });
    },
    async withId(id) {
      const history = await historyOf(1);
      for (; lookedThrough < Math.min(LOOKED_THROUGH, history.last) && !ids.has(id); lookedThrough += BATCH) {
        const from = history.last - lookedThrough;
        const uids = Array.from({ length: Math.min(BATCH, from) }, (_, index) => from - index);
        for await (const { uid, mail } of contents(uids)) {
          const own = threadFacts(headerIn(mail)).id;
          if (own) ids.set(own, [...(ids.get(own) ?? []), uid]);
        }
      }
      return [...(ids.get(id) ?? [])].sort((a, b) => a - b);
    },
    async sizes(uids) {
      const sizes = [];
      for await (const batch of batches(uids, (uid, mail) => ({ uid, size: mail.length })))
        sizes.push(...batch);
      return sizes;
    },
    headers: uids =>
      batches(uids, (uid, mail) => ({ uid, size: mail.length, facts: threadFacts(headerIn(mail)) })),
    async mails(uids) {
      const mails = new Map<number, Uint8Array>();
      for await (const { uid, mail } of contents(uids)) mails.set(uid, mail);
      return mails;
    },
  };
}

/** The header of a mail, copied so that the body behind it need not be kept. */
function headerIn(mail: Buffer): Buffer {
  const ends = [mail.indexOf('\n\n'), mail.indexOf('\n\r\n')].filter(at => at !== -1);
  return Buffer.from(ends.length > 0 ? mail.subarray(0, Math.min(...ends) + 1) : mail);
}
