import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import type { Tally } from '../ingest/intake.ts';
import { verify } from '../ingest/verify.ts';
import { messageHash } from '../mail/message.ts';
import { emptyArchive, importInto, rowsOf } from './support/archives.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';

const SAMPLE = path.join(import.meta.dirname, '..', 'sample', 'linux-example.mbox');
const ONE = mail({ id: 'one@example.org' });
const TWO = mail({ id: 'two@example.org', body: 'Other words.\n' });

function crlf(raw: Buffer): Buffer {
  return Buffer.from(raw.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

function addsUp({ seen, added, duplicates, rejected }: Tally): boolean {
  return seen === added + duplicates + rejected.length;
}

test('everything that files offer is added, a duplicate, or rejected by name with a reason', async context => {
  const folder = temporaryFolder(context);
  const { archive } = emptyArchive(context);
  mboxOf(folder, [ONE, TWO, ONE, mail({ id: 'big@example.org', body: 'x'.repeat(5000) })], 'a.mbox');
  fs.appendFileSync(path.join(folder, 'a.mbox'), 'From ada@example.org Mon Mar  5 09:12:44 2018\n\n');
  writeFiles(folder, {
    'b.eml': TWO,
    'c/private.eml': mail({ id: 'shy@example.org', headers: ['X-No-Archive: Yes'] }),
    'c/private2.eml': mail({ id: 'shy2@example.org', headers: ['Archive: no'] }),
    'd.eml': '',
    'e.bin': 'no mail',
  });
  const tally = await importInto(archive, [path.join(folder, 'a.mbox'), folder], { maxBytes: 2000 });
  const rejected = [
    { where: 'a.mbox:4', reason: 'too-big' },
    { where: 'a.mbox:5', reason: 'empty' },
    { where: 'c/private.eml:1', reason: 'no-archive' },
    { where: 'c/private2.eml:1', reason: 'no-archive' },
    { where: 'd.eml:1', reason: 'empty' },
    { where: 'e.bin:1', reason: 'not-mail' },
  ];
  // The mbox is named twice: by itself, and in its folder.
  assert.deepEqual(tally, {
    seen: 15,
    added: 2,
    duplicates: 5,
    rejected: [...rejected.slice(0, 2), ...rejected],
  });
  assert.ok(addsUp(tally));
  const { messages, sightings, rejected: kept } = archive.counts();
  assert.deepEqual({ messages, sightings, kept }, { messages: 2, sightings: 4, kept: 6 });
});

test('importing the same mail again adds nothing and changes nothing', async context => {
  const { archive, file } = emptyArchive(context);
  const first = await importInto(archive, [SAMPLE]);
  assert.deepEqual(first, { seen: 74, added: 74, duplicates: 0, rejected: [] });
  const rows = rowsOf(file);
  assert.equal(rows.sighting!.length, 74);
  assert.deepEqual(await importInto(archive, [SAMPLE]), { seen: 74, added: 0, duplicates: 74, rejected: [] });
  assert.deepEqual(rowsOf(file), rows);
});

test('a mail with LF and the same with CRLF are one message, kept as it came first', async context => {
  const folder = temporaryFolder(context);
  const { archive } = emptyArchive(context);
  writeFiles(folder, { 'a.eml': crlf(ONE), 'b.eml': ONE, 'c.eml': TWO, 'd.eml': crlf(TWO) });
  const tally = await importInto(archive, [folder]);
  assert.deepEqual(tally, { seen: 4, added: 2, duplicates: 2, rejected: [] });
  assert.deepEqual(archive.raw(messageHash(ONE)), crlf(ONE));
  assert.deepEqual(archive.raw(messageHash(TWO)), TWO);
  assert.deepEqual(Buffer.from(archive.text(messageHash(ONE))), ONE);
});

test('a message that was too big is taken when the cap rises, and is then no longer rejected', async context => {
  const folder = temporaryFolder(context);
  const { archive } = emptyArchive(context);
  const mbox = mboxOf(folder, [ONE, mail({ id: 'big@example.org', body: 'x'.repeat(5000) })]);
  const small = await importInto(archive, [mbox], { maxBytes: 2000 });
  assert.deepEqual(small.rejected, [{ where: 'mails.mbox:2', reason: 'too-big' }]);
  const large = await importInto(archive, [mbox], { maxBytes: 20_000 });
  assert.deepEqual(large, { seen: 2, added: 1, duplicates: 1, rejected: [] });
  assert.equal(archive.counts().rejected, 0);
});

test('a list that is named only at a second import holds, and a third without one does not undo it', async context => {
  const { archive } = emptyArchive(context);
  const mbox = mboxOf(temporaryFolder(context), [ONE]);
  const lists = () => archive.messages().map(message => message.sightingLists);
  await importInto(archive, [mbox]);
  assert.deepEqual(lists(), [[]]);
  await importInto(archive, [mbox], { list: 'larch' });
  await importInto(archive, [mbox]);
  assert.deepEqual(lists(), [['larch']]);
});

test('places inside the folder are noted relative to it, and others as they are', async context => {
  const folder = temporaryFolder(context);
  const outside = temporaryFolder(context);
  const { archive, file } = emptyArchive(context);
  writeFiles(folder, { 'mail/a.eml': ONE });
  const [other] = writeFiles(outside, { 'b.eml': TWO });
  await importInto(archive, [folder, outside], { folder });
  const boxes = rowsOf(file).sighting!.map(row => JSON.parse(row).mailbox);
  assert.deepEqual(boxes.sort(), [other, 'mail/a.eml'].sort());
});

test('a mailbox of thousands of messages is stored whole, and progress only grows', async context => {
  const { archive } = emptyArchive(context);
  const mails = Array.from({ length: 2345 }, (_, index) =>
    mail({ id: `m${index}@example.org`, body: `${index}\n` }),
  );
  const seen: number[] = [];
  const tally = await importInto(archive, [mboxOf(temporaryFolder(context), mails)], {
    onProgress: now => seen.push(now.seen),
  });
  assert.equal(tally.added, 2345);
  assert.ok(seen.length > 2);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.equal(seen.at(-1), 2345);
  assert.equal(archive.counts().messages, 2345);
});

test('however many threads pack the mail, the archive, the counts and the order are the same', async context => {
  const folder = temporaryFolder(context);
  // Enough for several batches, with duplicates in one and across them, and rejections among them.
  const mails = Array.from({ length: 2345 }, (_, index) => {
    const number = index % 2000;
    return mail({
      id: `m${number}@example.org`,
      body: `${number}\n${'words of a body that is long enough\n'.repeat(number % 3 === 0 ? 400 : 20)}`,
      headers: number % 300 === 7 ? ['X-No-Archive: yes'] : [],
    });
  });
  const mbox = mboxOf(folder, mails);
  const outcomes = [];
  for (const threads of [0, 1, 2, 3]) {
    const { archive, file } = emptyArchive(context);
    const tally = await importInto(archive, [mbox, SAMPLE], { threads });
    assert.ok(addsUp(tally));
    assert.deepEqual([...verify(archive)], []);
    const bytes = archive.hashes().map(hash => archive.raw(hash)?.toString('latin1'));
    outcomes.push({ tally, bytes, rows: rowsOf(file) });
  }
  const { added, duplicates, rejected } = outcomes[0]!.tally;
  assert.deepEqual([added, duplicates, rejected.length], [2067, 343, 9]);
  for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
});

test('progress tells how much of all bytes has been read, packed or not', async context => {
  const { archive } = emptyArchive(context);
  const folder = temporaryFolder(context);
  const mails = Array.from({ length: 1100 }, (_, index) => mail({ id: `m${index}@example.org` }));
  const mbox = mboxOf(folder, mails);
  writeFiles(folder, { 'more.mbox.gz': zlib.gzipSync(fs.readFileSync(mbox)) });
  const shares: (number | undefined)[] = [];
  await importInto(archive, [folder], { onProgress: (_, share) => shares.push(share) });
  assert.ok(shares.length > 2);
  assert.ok(shares.every((share, at) => share! > 0 && share! <= 1 && share! >= (shares[at - 1] ?? 0)));
  assert.equal(shares.at(-1), 1);
});

test('every file of the collected odd mail is accounted for, and its bytes are kept', {
  skip: NO_CORPORA,
}, async context => {
  const { archive } = emptyArchive(context);
  const folder = path.join(corporaFolder()!, 'nasty');
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(folder, name))
    .filter(name => fs.statSync(name).isFile());
  const tally = await importInto(archive, [folder]);
  assert.equal(tally.seen, 468);
  assert.ok(addsUp(tally));
  assert.deepEqual(tally.rejected, []);
  assert.deepEqual(
    [...archive.hashes()].sort(),
    [...new Set(files.map(file => messageHash(fs.readFileSync(file))))].sort(),
  );
  assert.deepEqual([...verify(archive)], []);
});

const LISTS = [
  ['linux-um.mbox.gz', 2380, 2375],
  ['linux-arch-2020-q1.mbox.gz', 2123, 2120],
] as const;

for (const [name, messages, ids] of LISTS) {
  test(`the real list in ${name} has all its messages and ids`, { skip: NO_CORPORA }, async context => {
    const { archive } = emptyArchive(context);
    const tally = await importInto(archive, [path.join(corporaFolder()!, name)]);
    assert.deepEqual([tally.seen, tally.rejected.length, addsUp(tally)], [messages, 0, true]);
    assert.equal(archive.counts().sightings, messages);
    assert.equal(archive.counts().ids, ids);
  });
}
