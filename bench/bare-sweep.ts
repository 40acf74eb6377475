// A program of its own: fetches the fields of a sweep from a mailbox by imapflow, and does nothing with them.
import { ImapFlow } from 'imapflow';
import { SWEPT_FIELDS } from '../ingest/mailbox.ts';

/** More at once makes it no faster. */
const AT_ONCE = 500;

const client = new ImapFlow({
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  secure: false,
  auth: { user: 'tester', pass: 'secret' },
  logger: false,
  disableAutoIdle: true,
  disableCompression: true,
});
client.on('error', error => {
  throw error;
});
await client.connect();
const { exists } = await client.mailboxOpen('INBOX', { readOnly: true });
const start = performance.now();
let messages = 0;
let bytes = 0;
for (let uid = 1; uid <= exists; uid += AT_ONCE) {
  const set = `${uid}:${uid + AT_ONCE - 1}`;
  const query = { uid: true, size: true, headers: [...SWEPT_FIELDS] };
  for await (const { headers } of client.fetch(set, query, { uid: true })) {
    messages++;
    bytes += headers?.length ?? 0;
  }
}
const seconds = (performance.now() - start) / 1000;
await client.logout();
process.stdout.write(`${JSON.stringify({ messages, bytes, seconds })}\n`);
