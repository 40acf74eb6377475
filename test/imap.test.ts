import assert from 'node:assert/strict';
import test from 'node:test';
import { ImapFlow } from 'imapflow';
import { verify } from '../ingest/verify.ts';
import { messageHash } from '../mail/message.ts';
import { type DovecotOptions, type DovecotServer, startDovecot } from './servers/dovecot.ts';
import { emptyArchive, rowsOf } from './support/archives.ts';
import { mail } from './support/mails.ts';
import { NO_DOVECOT, pull } from './support/pull.ts';

const [ONE, TWO, THREE, FOUR] = ['one', 'two', 'three', 'four'].map(id =>
  mail({ id: `${id}@example.org`, body: `${id}\n` }),
) as [Buffer, Buffer, Buffer, Buffer];
const NOTHING = { seen: 0, added: 0, duplicates: 0, rejected: [], notices: [] };

function many(count: number, words = 1): Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    mail({ id: `m${index}@example.org`, body: 'word '.repeat(words).concat(`${index}\n`) }),
  );
}

async function dovecot(
  context: test.TestContext,
  mailboxes: DovecotOptions['mailboxes'],
): Promise<DovecotServer> {
  const server = await startDovecot({ mailboxes });
  context.after(() => server.stop());
  return server;
}

/** Where a source finds a server. */
function at({ host, port }: DovecotServer) {
  return { host, port };
}

/** What `work` gives that does as it likes with the account. */
async function asUser<T>(server: DovecotServer, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const { host, port, user, pass } = server;
  const client = new ImapFlow({ host, port, secure: false, auth: { user, pass }, logger: false });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

test('a first pull brings all, a second nothing, and a third what has come since', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, { INBOX: [ONE, TWO] });
  const { archive, file } = emptyArchive(context);
  assert.deepEqual(await pull(archive, at(server)), { ...NOTHING, seen: 2, added: 2 });
  const rows = rowsOf(file);
  assert.deepEqual(await pull(archive, at(server)), NOTHING);
  assert.deepEqual(rowsOf(file), rows);
  server.deliver('INBOX', THREE);
  server.deliver('INBOX', ONE);
  assert.deepEqual(await pull(archive, at(server)), { ...NOTHING, seen: 2, added: 1, duplicates: 1 });
  assert.deepEqual(archive.hashes(), [ONE, TWO, THREE].map(messageHash));
  assert.equal(archive.cursor('work', 'INBOX')?.lastUid, 4);
});

test('a mail is kept as the server sends it, and is the same message as its file', {
  skip: NO_DOVECOT,
}, async context => {
  const odd = Buffer.concat([
    mail({ id: 'odd@example.org', body: '8 bit: \xff\xfe\n\nFrom here\n' }),
    Buffer.from([0xff, 0xfe]),
  ]);
  const server = await dovecot(context, { INBOX: [odd] });
  const { archive } = emptyArchive(context);
  await pull(archive, at(server));
  const crlf = Buffer.from(odd.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
  assert.deepEqual(archive.raw(messageHash(odd)), crlf);
});

test('no mail is marked as read or changed', { skip: NO_DOVECOT }, async context => {
  const server = await dovecot(context, { INBOX: [ONE, TWO] });
  const status = () =>
    asUser(server, client => client.status('INBOX', { unseen: true, messages: true, recent: true }));
  const before = await status();
  await pull(emptyArchive(context).archive, at(server));
  assert.deepEqual(await status(), before);
  assert.ok(before && before.unseen === 2);
});

const BOXES = {
  INBOX: [ONE],
  'Lists/larch': [TWO],
  'Lists/birch': [THREE, TWO],
  'Entwürfe & mehr': [FOUR],
  'a.b': [],
};
const CHOICES: readonly (readonly [mailboxes: readonly string[], read: readonly string[]])[] = [
  [['inbox'], ['INBOX']],
  [['Lists/*'], ['Lists/birch', 'Lists/larch']],
  [
    ['Lists/larch', 'Lists/*', 'Lists/larch'],
    ['Lists/birch', 'Lists/larch'],
  ],
  [
    ['Entwürfe & mehr', 'a.b'],
    ['Entwürfe & mehr', 'a.b'],
  ],
  [['*'], ['Entwürfe & mehr', 'INBOX', 'Lists/birch', 'Lists/larch', 'a.b']],
];

test('the mailboxes that are named, or that patterns mean, are read, each once', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, BOXES);
  for (const [mailboxes, read] of CHOICES) {
    const { archive, file } = emptyArchive(context);
    const tally = await pull(archive, { ...at(server), mailboxes });
    const cursors = rowsOf(file).cursor!.map(row => JSON.parse(row).mailbox);
    assert.deepEqual(cursors.sort(), read);
    const mails = read.flatMap(name => BOXES[name as keyof typeof BOXES]);
    const added = new Set(mails).size;
    assert.deepEqual(tally, { ...NOTHING, seen: mails.length, added, duplicates: mails.length - added });
  }
});

test('an empty mailbox is read, and what comes later too', { skip: NO_DOVECOT }, async context => {
  const server = await dovecot(context, {});
  const { archive } = emptyArchive(context);
  assert.deepEqual(await pull(archive, at(server)), NOTHING);
  assert.equal(archive.cursor('work', 'INBOX')?.lastUid, 0);
  server.deliver('INBOX', ONE);
  assert.deepEqual(await pull(archive, at(server)), { ...NOTHING, seen: 1, added: 1 });
});

test('a renumbered mailbox is read again and said to be, and nothing is doubled or lost', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, { INBOX: [ONE, TWO, THREE], Other: [FOUR] });
  const { archive } = emptyArchive(context);
  await pull(archive, { ...at(server), mailboxes: ['*'] });
  const before = archive.cursor('work', 'INBOX')!;
  server.reset('INBOX', [TWO, FOUR]);
  const { notices, ...tally } = await pull(archive, { ...at(server), mailboxes: ['*'] });
  assert.deepEqual(tally, { seen: 2, added: 0, duplicates: 2, rejected: [] });
  assert.deepEqual(notices, [
    'work: the server has renumbered INBOX, so it is read again from the start; known messages are kept.',
  ]);
  const after = archive.cursor('work', 'INBOX')!;
  assert.notEqual(after.uidValidity, before.uidValidity);
  assert.equal(after.lastUid, 2);
  assert.equal(archive.messages().length, 4);
  assert.deepEqual([...verify(archive)], []);
  assert.deepEqual(await pull(archive, { ...at(server), mailboxes: ['*'] }), NOTHING);
});

test('a message over the cap is rejected, not tried again in vain, and fetched when the cap rises', {
  skip: NO_DOVECOT,
}, async context => {
  const big = mail({ id: 'big@example.org', body: `${'x'.repeat(70)}\n`.repeat(100) });
  const server = await dovecot(context, { INBOX: [big, ONE] });
  const { archive } = emptyArchive(context);
  const small = await pull(archive, at(server), { maxBytes: 4000 });
  assert.deepEqual(small, {
    ...NOTHING,
    seen: 2,
    added: 1,
    rejected: [{ where: 'work INBOX:1', reason: 'too-big' }],
  });
  assert.deepEqual(await pull(archive, at(server), { maxBytes: 4000 }), NOTHING);
  server.deliver('INBOX', TWO);
  assert.deepEqual(await pull(archive, at(server)), { ...NOTHING, seen: 2, added: 2 });
  assert.equal(archive.counts().rejected, 0);
  assert.equal(archive.cursor('work', 'INBOX')?.lastUid, 3);
  assert.deepEqual(await pull(archive, at(server)), NOTHING);
});

test('a mail of no bytes and one that asks not to be archived are rejected by name', {
  skip: NO_DOVECOT,
}, async context => {
  const shy = mail({ id: 'shy@example.org', headers: ['X-No-Archive: yes'] });
  const server = await dovecot(context, { INBOX: [Buffer.alloc(0), shy, ONE] });
  const { archive } = emptyArchive(context);
  const rejected = [
    { where: 'work INBOX:1', reason: 'empty' },
    { where: 'work INBOX:2', reason: 'no-archive' },
  ];
  assert.deepEqual(await pull(archive, at(server)), { ...NOTHING, seen: 3, added: 1, rejected });
  assert.deepEqual(await pull(archive, at(server)), NOTHING);
});

test('mail that is deleted on the server stays in the archive, and the gaps are no trouble', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await dovecot(context, { INBOX: many(30) });
  const { archive } = emptyArchive(context);
  await pull(archive, at(server));
  await asUser(server, async client => {
    await client.mailboxOpen('INBOX');
    await client.messageDelete('2:28,30', { uid: true });
  });
  assert.deepEqual(await pull(archive, at(server)), NOTHING);
  assert.equal((await pull(emptyArchive(context).archive, at(server))).added, 2);
  server.deliver('INBOX', ONE);
  assert.deepEqual(await pull(archive, at(server)), { ...NOTHING, seen: 1, added: 1 });
  assert.equal(archive.counts().messages, 31);
});

test('hundreds of messages come in parts, and progress tells of all', { skip: NO_DOVECOT }, async context => {
  const server = await dovecot(context, { INBOX: [...many(450), ...many(6, 400_000)] });
  const { archive } = emptyArchive(context);
  const told: string[] = [];
  const tally = await pull(archive, at(server), {
    maxBytes: 3 << 20,
    onProgress: (mailbox, done, total) => told.push(`${mailbox} ${done}/${total}`),
  });
  assert.deepEqual(tally, { ...NOTHING, seen: 456, added: 456 });
  assert.ok(told.length > 3, told.join());
  assert.equal(told.at(-1), 'fetching INBOX 456/456');
});
