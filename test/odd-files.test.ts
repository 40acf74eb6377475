import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import { readMail } from '../ingest/files/mail-files.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { mailFound } from './support/mail-found.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';

const ONE = mail({ id: 'one@example.org' });
const TWO = mail({ id: 'two@example.org', body: 'Other words.\n' });

test('of a damaged gzip file what was read before the damage is kept, and the rest is rejected', async context => {
  const folder = temporaryFolder(context);
  // Bodies that do not pack, so that the first messages are out before the damage comes.
  const mails = Array.from({ length: 40 }, (_, index) =>
    mail({ id: `m${index}@example.org`, body: `${randomBytes(3000).toString('base64')}\n` }),
  );
  const whole = zlib.gzipSync(fs.readFileSync(mboxOf(temporaryFolder(context), mails)));
  const torn = whole.subarray(0, Math.floor(whole.length * 0.75));
  const flipped = Buffer.from(whole);
  flipped.fill(0xff, torn.length, torn.length + 50);
  writeFiles(folder, {
    'a.mbox.gz': torn,
    'b.mbox.gz': flipped,
    'c.eml.gz': zlib.gzipSync(ONE).subarray(0, 40),
    'd.mbox.gz': Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0]),
    'e.eml': ONE,
  });
  const lines = await mailFound(folder);
  const [ofTorn, ofFlipped] = ['a', 'b'].map(name => lines.filter(line => line.startsWith(name)));
  const expected = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}.mbox.gz:${index + 1} m${index}`);
  assert.ok(ofTorn!.length > 20, lines.join('\n'));
  assert.deepEqual(ofTorn!.slice(0, -1), expected('a', ofTorn!.length - 1));
  assert.equal(ofTorn!.at(-1), `a.mbox.gz:${ofTorn!.length} unreadable`);
  // Where flipped bits are found depends on what they mean to the unpacker: at once, or at its checksum.
  assert.deepEqual(ofFlipped!.slice(0, 20), expected('b', 20));
  assert.equal(ofFlipped!.at(-1), `b.mbox.gz:${ofFlipped!.length} unreadable`);
  assert.deepEqual(lines.slice(-3), ['c.eml.gz:1 unreadable', 'd.mbox.gz:1 unreadable', 'e.eml:1 one']);
});

test('links that lead back or nowhere, and things that are no files, stop nothing', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, { 'a/mail': ONE, 'z.eml': TWO });
  fs.symlinkSync('..', path.join(folder, 'a', 'back'));
  fs.symlinkSync('loop', path.join(folder, 'loop'));
  fs.symlinkSync('nothing', path.join(folder, 'dangling'));
  fs.symlinkSync('a/mail', path.join(folder, 'link'));
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  assert.deepEqual(await mailFound(folder), [
    'a/mail:1 one',
    'dangling:1 unreadable',
    'link:1 one',
    'loop:1 unreadable',
    'pipe:1 unreadable',
    'z.eml:1 two',
  ]);
});

test('a file or folder that may not be read is rejected, and the others are read', {
  skip: process.getuid?.() === 0 && 'root may read everything',
}, async context => {
  const folder = temporaryFolder(context);
  const [file] = writeFiles(folder, { 'a.eml': ONE, 'b/c.eml': ONE, 'd.eml': TWO });
  fs.chmodSync(file!, 0);
  fs.chmodSync(path.join(folder, 'b'), 0);
  assert.deepEqual(await mailFound(folder), ['a.eml:1 unreadable', 'b:1 unreadable', 'd.eml:1 two']);
  fs.chmodSync(path.join(folder, 'b'), 0o700);
});

test('files that are not mail are rejected by name', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, {
    'empty.txt': '',
    'image.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
    'notes.txt': 'From now on\nwe keep notes here.\n',
    'page.txt': 'Title: A page\nDate: 2018-03-05\n\nText.\n',
    'todo.txt': 'To: do\n',
    'void.mbox': '',
  });
  assert.deepEqual(await mailFound(folder), [
    'empty.txt:1 0 bytes',
    'image.png:1 not-mail',
    'notes.txt:1 not-mail',
    'page.txt:1 not-mail',
    'todo.txt:1 not-mail',
  ]);
});

test('a message over the cap is told by its size, also out of gzip', async context => {
  const folder = temporaryFolder(context);
  const big = mail({ id: 'big@example.org', body: `${'x'.repeat(5000)}\n` });
  mboxOf(folder, [big, ONE], 'a.mbox');
  writeFiles(folder, { 'b.eml': big, 'c.eml.gz': zlib.gzipSync(big) });
  assert.deepEqual(await mailFound(folder, ['.'], 1000), [
    'a.mbox:1 too-big',
    'a.mbox:2 one',
    'b.eml:1 too-big',
    'c.eml.gz:1 too-big',
  ]);
  for await (const one of readMail([folder], { maxBytes: 1000, dialect: 'mboxrd' }))
    if ('reason' in one) assert.equal(one.size, big.length);
});

test('a git repository is rejected by name and not searched', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, { 'git/0.git/HEAD': 'ref: refs/heads/master\n', 'git/0.git/objects/aa/bb': ONE });
  assert.deepEqual(await mailFound(folder), ['git/0.git:1 git-repository']);
});
