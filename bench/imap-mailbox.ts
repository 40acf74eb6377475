import { connect, createServer, type Server } from 'node:net';
import { ImapFlow } from 'imapflow';
import { headerFacts } from '../mail/message.ts';
import { buildThreads } from '../mail/thread.ts';
import { type DovecotServer, startDovecot } from '../test/servers/dovecot.ts';
import { messagesOf } from './mbox-file.ts';
import { writeReplicas } from './replicas.ts';
import type { Workplace } from './workplace.ts';

/** The word by which the topic of the benchmark knows its threads: one in a hundred. */
export const WANTED = 'wanted-by-bench';
const ONE_IN = 100;

/** A Dovecot whose INBOX holds copies of the sample list, or of a given mbox, warm: its own indexes are made. */
export async function startMailbox(
  workplace: Workplace,
  messages: number,
  given: string | undefined,
): Promise<DovecotServer> {
  const file = given ?? workplace.at(`mailbox-${messages}.mbox`);
  if (!given) await writeReplicas(file, { messages });
  const mails: Buffer[] = [];
  for await (const raw of messagesOf(file)) {
    if (mails.length === messages) break;
    mails.push(Buffer.from(raw));
  }
  mark(mails);
  const server = await startDovecot({ mailboxes: { INBOX: mails } });
  const { host, port, user, pass } = server;
  const client = new ImapFlow({ host, port, secure: false, auth: { user, pass }, logger: false });
  await client.connect();
  // Not only examined: what Dovecot learns of a mailbox it keeps where it may write.
  await client.mailboxOpen('INBOX');
  for await (const _ of client.fetch('1:*', { uid: true, size: true, headers: ['message-id'] })) void _;
  await client.logout();
  return server;
}

/** Puts the word into the subject of the first message of every hundredth thread. */
function mark(mails: Buffer[]): void {
  const places = new Map(mails.map((raw, index) => [headerFacts(raw).id, index]));
  const threads = buildThreads([...places].map(([, index]) => headerFacts(mails[index]!)));
  for (const [index, { messages }] of threads.entries()) {
    if (index % ONE_IN !== 0) continue;
    const place = places.get(messages[0]!.id)!;
    const marked = mails[place]!.toString('latin1').replace(/^Subject: ?/im, `Subject: ${WANTED} `);
    mails[place] = Buffer.from(marked, 'latin1');
  }
}

/** A port that leads to another and counts what comes back from it. */
export interface CountingProxy {
  readonly port: number;
  /** The bytes that have come since this was asked last. */
  taken(): number;
  close(): void;
}

/** Begins to count what comes from `port`. */
export async function countingProxy(port: number): Promise<CountingProxy> {
  let bytes = 0;
  const proxy: Server = createServer(client => {
    const server = connect(port, '127.0.0.1');
    client.on('error', () => server.destroy()).pipe(server);
    server
      .on('error', () => client.destroy())
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
    server.pipe(client);
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as { port: number }).port,
    taken() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    close: () => proxy.close(),
  };
}
