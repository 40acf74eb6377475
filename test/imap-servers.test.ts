import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import type { Archive } from '../ingest/archive/archive.ts';
import { mergeCopies } from '../ingest/merge.ts';
import { verify } from '../ingest/verify.ts';
import { parseContent } from '../mail/mime.ts';
import { buildThreads } from '../mail/thread.ts';
import { startDovecot } from './servers/dovecot.ts';
import { type PublicInboxServer, startPublicInbox } from './servers/public-inbox.ts';
import { emptyArchive, importInto, rowsOf } from './support/archives.ts';
import { containersOf } from './support/containers.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { NO_DOVECOT, NO_PUBLIC_INBOX, pull } from './support/pull.ts';

const SAMPLE = path.join(import.meta.dirname, '..', 'sample', 'linux-example.mbox');
const NOTHING = { seen: 0, added: 0, duplicates: 0, rejected: [], notices: [] };

/** An archive with the mail under `source`, its parts in `keys`, and the mails as files are read. */
async function imported(context: test.TestContext, source: string) {
  const { archive } = emptyArchive(context);
  await importInto(archive, [source]);
  return { archive, mails: archive.hashes().map(hash => archive.raw(hash)!) };
}

/** The threads of an archive: a line for each message, with its place and what it says. */
async function threadsOf(archive: Archive): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { root } of buildThreads(mergeCopies(archive.messages(), {}).messages))
    for (const { container, depth } of containersOf(root)) {
      const { id, message } = container;
      const text = message && (await parseContent(archive.text(message.hash))).text;
      lines.push(
        `${' '.repeat(depth)}${id} ${message?.received} ${message?.from.address} ${text?.trimEnd()}`,
      );
    }
  return lines;
}

const KERNEL_MAIL = path.join(corporaFolder() ?? '', 'notmuch-lkml', 'notmuch-lkml.mbox');

for (const [name, source, skip] of [
  ['the invented list', SAMPLE, false],
  ['real kernel mail', KERNEL_MAIL, NO_CORPORA],
] as const) {
  test(`${name} is the same by Dovecot as from its file`, { skip: NO_DOVECOT || skip }, async context => {
    const { archive, mails } = await imported(context, source);
    const messages = mails.length;
    assert.ok(messages > 70);
    const server = await startDovecot({ mailboxes: { INBOX: mails } });
    context.after(() => server.stop());
    const pulled = emptyArchive(context).archive;
    assert.deepEqual(await pull(pulled, { port: server.port }), {
      ...NOTHING,
      seen: messages,
      added: messages,
    });
    assert.deepEqual(pulled.messages(), archive.messages());
    for (const hash of archive.hashes()) assert.deepEqual(pulled.text(hash), archive.text(hash));
    assert.deepEqual(await threadsOf(pulled), await threadsOf(archive));
    // What the file has is then known.
    const again = await importInto(pulled, [source]);
    assert.deepEqual([again.added, again.duplicates], [0, again.seen]);
    assert.deepEqual([...verify(pulled)], []);
  });
}

/** A running public-inbox-imapd with these mails, the first with this UID. */
async function publicInbox(
  context: test.TestContext,
  messages: readonly Uint8Array[],
  firstUid = 1,
): Promise<PublicInboxServer> {
  const server = await startPublicInbox({ messages, firstUid });
  context.after(() => server.stop());
  return server;
}

/** The mails of the sample, one for each id: public-inbox gives a second one an id of its own. */
async function sampleMails(context: test.TestContext) {
  const { archive } = await imported(context, SAMPLE);
  const merged = mergeCopies(archive.messages(), {}).messages;
  return {
    threads: await threadsOf(archive),
    mails: merged.map(({ hash }) => archive.raw(hash)!),
    ids: merged.map(({ id }) => id),
  };
}

test('the invented list by public-inbox has the same ids, threads and words', {
  skip: NO_PUBLIC_INBOX,
}, async context => {
  const { mails, ids, threads } = await sampleMails(context);
  const server = await publicInbox(context, mails);
  const { archive } = emptyArchive(context);
  const settings = { port: server.port, user: 'anonymous', mailboxes: [server.mailbox] };
  assert.deepEqual(await pull(archive, settings), { ...NOTHING, seen: 73, added: 73 });
  assert.deepEqual(
    mergeCopies(archive.messages(), {}).messages.map(({ id }) => id),
    ids,
  );
  assert.deepEqual(await threadsOf(archive), threads);
  assert.deepEqual(await pull(archive, settings), NOTHING);
});

test('parents that are no mailboxes are passed over, and slices are read one after the other', {
  skip: NO_PUBLIC_INBOX,
}, async context => {
  const { mails, ids } = await sampleMails(context);
  const server = await publicInbox(context, mails, 49_990);
  const { archive, file } = emptyArchive(context);
  const settings = { port: server.port, user: 'anonymous', mailboxes: ['*'] };
  assert.deepEqual(await pull(archive, settings), { ...NOTHING, seen: 73, added: 73 });
  assert.deepEqual(
    rowsOf(file)
      .cursor!.map(row => JSON.parse(row))
      .map(({ mailbox, last_uid }) => [mailbox, last_uid]),
    [
      ['org.example.test.0', 50_000],
      ['org.example.test.1', 50_062],
    ],
  );
  assert.deepEqual(
    mergeCopies(archive.messages(), {}).messages.map(({ id }) => id),
    ids,
  );
  assert.deepEqual(await pull(archive, settings), NOTHING);
  const upper = emptyArchive(context).archive;
  assert.equal((await pull(upper, { ...settings, mailboxes: ['org.example.test.1'] })).added, 62);
});

test('a message over the cap is rejected by public-inbox too, and fetched when the cap rises', {
  skip: NO_PUBLIC_INBOX,
}, async context => {
  const { mails } = await sampleMails(context);
  const longest = Math.max(...mails.map(mail => mail.length));
  const server = await publicInbox(context, mails);
  const { archive } = emptyArchive(context);
  const settings = { port: server.port, user: 'anonymous', mailboxes: [server.mailbox] };
  const small = await pull(archive, settings, { maxBytes: longest - 1 });
  assert.equal(small.seen, 73);
  assert.ok(small.rejected.length > 0 && small.rejected.every(({ reason }) => reason === 'too-big'));
  const large = await pull(archive, settings, { maxBytes: 1 << 20 });
  assert.deepEqual(
    [large.seen, large.added, large.rejected],
    [small.rejected.length, small.rejected.length, []],
  );
  assert.equal(archive.counts().messages, 73);
});
