import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { Archive } from '../ingest/archive/archive.ts';
import { emptyTally, takeIn } from '../ingest/intake.ts';
import { headerFacts, messageHash } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';
import { emptyArchive, store, storeAt } from './support/archives.ts';
import { mail } from './support/mails.ts';
import { runs } from './support/property.ts';

const ONE = mail({ id: 'one@example.org' });
const TWO = mail({ id: 'two@example.org', body: 'Other words.\n' });
const PLACE = { source: 'work', mailbox: 'INBOX', uidValidity: 1n, uid: 1, list: '' };

test('an archive and its side files are for their owner alone', context => {
  const umask = process.umask(0);
  context.after(() => process.umask(umask));
  const { archive, file } = emptyArchive(context);
  store(archive, [ONE]);
  const modes = fs
    .readdirSync(path.dirname(file))
    .map(name => [name, fs.statSync(path.join(path.dirname(file), name)).mode & 0o777]);
  assert.deepEqual(Object.fromEntries(modes), {
    'archive.db': 0o600,
    'archive.db-shm': 0o600,
    'archive.db-wal': 0o600,
  });
});

test('bytes come out as they were received, whatever they are', context => {
  const { archive } = emptyArchive(context);
  const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const mails = [
    ONE,
    Buffer.from(TWO.toString().replaceAll('\n', '\r\n')),
    Buffer.concat([Buffer.from('Subject: bytes\n\n'), every]),
    Buffer.from('Subject: a\r\n\nmixed\r\nends\r\r\n\r'),
    Buffer.from('no header'),
    Buffer.from('\n'),
  ];
  store(archive, mails);
  assert.deepEqual(archive.hashes(), mails.map(messageHash));
  for (const raw of mails) assert.deepEqual(archive.raw(messageHash(raw)), raw);
  assert.equal(archive.raw('0'.repeat(64)), undefined);
});

test('storing again is a duplicate, and a mail that is only seen elsewhere is one too', context => {
  const { archive } = emptyArchive(context);
  assert.equal(storeAt(archive, ONE, PLACE), 1);
  assert.equal(storeAt(archive, ONE, PLACE), 0);
  assert.equal(storeAt(archive, ONE, { ...PLACE, mailbox: 'Lists' }), 0);
  const { messages, sightings } = archive.counts();
  assert.deepEqual({ messages, sightings }, { messages: 1, sightings: 2 });
});

test('facts of headers are kept as the mail tells them', context => {
  const { archive } = emptyArchive(context);
  const raw = mail({
    id: 'two@example.org',
    from: '=?utf-8?q?J=C3=B6rg?= <joerg@example.org>',
    subject: '=?utf-8?q?caf=C3=A9?= \u{1f600}',
    headers: ['References: <zero@example.org> <one@example.org>', 'List-Id: <Larch.example.org>'],
  });
  store(archive, [raw, mail({ id: 'x@example.org', date: 'never' })], { list: 'larch' });
  const [undated, dated] = archive.messages();
  // The source's word on a list is for mail that does not say it itself.
  assert.deepEqual(undated?.sightingLists, ['larch']);
  const { noArchive: _, autoReply: __, ...facts } = headerFacts(raw);
  assert.deepEqual(dated, { ...facts, hash: messageHash(raw), sightingLists: [] });
  assert.deepEqual(facts.references, ['zero@example.org', 'one@example.org']);
  assert.deepEqual([undated?.sent, undated?.received], [undefined, 0]);
});

test('facts of headers that are any bytes come back as they were', context => {
  const { archive } = emptyArchive(context);
  const names = fc.constantFrom(
    'Subject: ',
    'From: ',
    'Message-ID: <',
    'References: <a@b> <',
    'List-Id: <',
    'Date: ',
  );
  const value = fc.oneof(
    fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom('=?utf-16?b?2AA=?=', '=?utf-8?q?=00=ED=A0=80?=', '\0', '\ud83d', '5 Mar 9999 10:00'),
  );
  const fields = fc.array(
    fc.tuple(names, value).map(parts => parts.join('')),
    { maxLength: 8 },
  );
  let uid = 0;
  fc.assert(
    fc.property(fields, lines => {
      const raw = Buffer.from(`${lines.join('>\n')}\n\nbody ${uid++}\n`, 'latin1');
      const { noArchive: _, autoReply: __, ...facts } = headerFacts(raw);
      storeAt(archive, raw, { ...PLACE, uid });
      const stored = archive.messages().find(message => message.hash === messageHash(raw));
      assert.deepEqual(stored, { ...facts, hash: messageHash(raw), sightingLists: [] });
    }),
    runs(100),
  );
});

test('a failing batch leaves neither its messages nor its cursor', context => {
  const { archive } = emptyArchive(context);
  const before = { mailbox: 'INBOX', uidValidity: 1n, lastUid: 1 };
  const tally = emptyTally();
  const offer = (mail: Uint8Array, uid: number) => ({ where: { ...PLACE, uid }, size: mail.length, mail });
  takeIn(archive, [offer(ONE, 1)], tally, { source: 'work', to: before });
  const impossible = { ...before, lastUid: Number.NaN };
  assert.throws(() => takeIn(archive, [offer(TWO, 2)], tally, { source: 'work', to: impossible }));
  assert.deepEqual(archive.hashes(), [messageHash(ONE)]);
  assert.deepEqual(archive.cursor('work', 'INBOX'), before);
  assert.deepEqual(tally, { seen: 1, added: 1, duplicates: 0, rejected: [] });
  takeIn(archive, [offer(TWO, 2)], tally, { source: 'work', to: { ...before, lastUid: 2 } });
  assert.deepEqual([archive.counts().messages, archive.cursor('work', 'INBOX')?.lastUid], [2, 2]);
});

test('cursors belong to a source and a mailbox, and hold the greatest UIDVALIDITY and UID', context => {
  const { archive } = emptyArchive(context);
  const cursor = { mailbox: 'INBOX', uidValidity: 4294967295n, lastUid: 4294967295 };
  archive.setCursor('work', cursor);
  archive.setCursor('home', { ...cursor, lastUid: 7 });
  assert.deepEqual(archive.cursor('work', 'INBOX'), cursor);
  assert.equal(archive.cursor('home', 'INBOX')?.lastUid, 7);
  assert.equal(archive.cursor('work', 'Lists'), undefined);
});

test('published pages are remembered once, and nothing is written where all are known', context => {
  const { archive, file } = emptyArchive(context);
  const pages = [{ path: '/larch/one@example.org/T/', id: 'one@example.org' as MessageId }];
  archive.addPublished([...pages, ...pages]);
  const wal = fs.readFileSync(`${file}-wal`);
  archive.addPublished(pages);
  assert.deepEqual(fs.readFileSync(`${file}-wal`), wal);
  assert.deepEqual(
    archive.published().map(page => ({ ...page })),
    pages,
  );
});

test('two connections that write take turns', context => {
  const { archive, file } = emptyArchive(context);
  const other = Archive.open(file);
  context.after(() => other.close());
  for (let uid = 1; uid <= 20; uid++) {
    const raw = mail({ id: `m${uid}@example.org` });
    storeAt(uid % 2 ? archive : other, raw, { ...PLACE, uid });
  }
  assert.equal(archive.counts().messages, 20);
  assert.deepEqual(other.messages(), archive.messages());
});
