import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import { mailInFolder, readMail } from '../ingest/files/mail-files.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { mailFound } from './support/mail-found.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';

const ONE = mail({ id: 'one@example.org' });
const TWO = mail({ id: 'two@example.org', body: 'Other words.\n' });

test('folders give their mail in the order of their names, whatever the files are called', async context => {
  const folder = temporaryFolder(context);
  mboxOf(folder, [ONE, TWO], 'b');
  writeFiles(folder, { 'a/z': ONE, 'a/b/1': TWO, 'c.txt': ONE, 'd.eml': 'just words' });
  assert.deepEqual(await mailFound(folder), [
    'a/b/1:1 two',
    'a/z:1 one',
    'b:1 one',
    'b:2 two',
    'c.txt:1 one',
    'd.eml:1 10 bytes',
  ]);
});

test('paths are read in the order they are given', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, { a: ONE, b: TWO });
  assert.deepEqual(await mailFound(folder, ['b', 'a']), ['b:1 two', 'a:1 one']);
});

test('a path that is not there is refused before anything is read', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, { a: ONE });
  await assert.rejects(
    mailFound(folder, ['a', 'nowhere']),
    (error: unknown) =>
      error instanceof OperatorError && /nowhere: there is no such file or folder\.$/.test(error.message),
  );
});

test('the mail of a file comes as its bytes are', async context => {
  const crlf = Buffer.from(ONE.toString().replaceAll('\n', '\r\n'));
  const [file] = writeFiles(temporaryFolder(context), { 'a.eml': crlf });
  for await (const one of readMail([file!], { maxBytes: 1 << 20, dialect: 'mboxrd' }))
    assert.deepEqual('raw' in one && Buffer.from(one.raw), crlf);
});

test('a Maildir gives cur, new and its subfolders, and nothing that is still being delivered', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, {
    'Maildir/cur/1520240000.M1P1.host:2,S': ONE,
    'Maildir/new/1520240001.M1P1.mail.example.md': TWO,
    'Maildir/new/.hidden': ONE,
    'Maildir/tmp/1520240002.M1P1.host': ONE,
    'Maildir/.Lists.larch/cur/1520240003.M1P1.host:2,': ONE,
    'Maildir/.Lists.larch/tmp/1520240004.M1P1.host': ONE,
    'Maildir/.notes/cur.txt': 'no Maildir',
    'Maildir/dovecot-uidlist': '3 V1 N1',
    'Maildir/maildirsize': '0S',
    'Maildir/subscriptions': 'Lists.larch',
  });
  const all = [
    'Maildir/.Lists.larch/cur/1520240003.M1P1.host:2,:1 one',
    'Maildir/cur/1520240000.M1P1.host:2,S:1 one',
    'Maildir/new/1520240001.M1P1.mail.example.md:1 two',
  ];
  assert.deepEqual(await mailFound(folder), all);
  assert.deepEqual(await mailFound(folder, ['Maildir']), all);
  assert.deepEqual(await mailFound(folder, ['Maildir/cur']), [all[1]]);
});

test('what lies in cur is a message, even if it looks like an mbox or like nothing', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, {
    'cur/1': `From ada@example.org Mon Mar  5 09:12:44 2018\n${ONE}`,
    'cur/2': 'x',
    'cur/3': '',
  });
  assert.deepEqual(await mailFound(folder, ['cur']), ['cur/1:1 one', 'cur/2:1 1 bytes', 'cur/3:1 0 bytes']);
});

test('a Maildir++ folder is read where the folder around it is no Maildir', async context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, { '.Sent/cur/1': ONE, '.git/config': '[core]' });
  assert.deepEqual(await mailFound(folder), ['.Sent/cur/1:1 one']);
});

test('gzipped files are what is in them', async context => {
  const folder = temporaryFolder(context);
  const mbox = fs.readFileSync(mboxOf(temporaryFolder(context), [ONE, TWO]));
  const halves = [mbox.subarray(0, 70), mbox.subarray(70)].map(half => zlib.gzipSync(half));
  writeFiles(folder, {
    'a.mbox.gz': zlib.gzipSync(mbox),
    'b.eml.gz': zlib.gzipSync(ONE),
    c: zlib.gzipSync(TWO),
    'd.mbox.gz': Buffer.concat(halves),
    'e.mbox.gz': zlib.gzipSync(''),
    'f.gz': zlib.gzipSync(''),
    'g.gz': zlib.gzipSync('words'),
    'cur/1': zlib.gzipSync(ONE),
  });
  assert.deepEqual(await mailFound(folder), [
    'a.mbox.gz:1 one',
    'a.mbox.gz:2 two',
    'b.eml.gz:1 one',
    'c:1 two',
    'cur/1:1 one',
    'd.mbox.gz:1 one',
    'd.mbox.gz:2 two',
    'f.gz:1 0 bytes',
    'g.gz:1 not-mail',
  ]);
});

test('a message without a name for it is known by its header, long or marked or with CRLF', async context => {
  const received = Array.from({ length: 60 }, () => 'Received: from a.example.org\n\tby b.example.org').join(
    '\n',
  );
  const folder = temporaryFolder(context);
  writeFiles(folder, {
    a: `${received}\n${ONE}`,
    b: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), ONE]),
    c: ONE.toString().replaceAll('\n', '\r\n'),
  });
  assert.deepEqual(await mailFound(folder), ['a:1 one', 'b:1 one', 'c:1 one']);
});

test('of a publication only its mail is read', async context => {
  const folder = temporaryFolder(context);
  const mbox = mboxOf(folder, [ONE], 'list.mbox');
  writeFiles(folder, {
    'traffic.yaml': 'site: {}\n',
    'about.md': '# About\n',
    'people.mailmap': 'Ada <ada@example.org>\n',
    'archive.db': 'x',
    'archive.db-wal': 'x',
    '_site/larch/raw.txt': ONE,
    '_site.old/larch/raw.txt': ONE,
    'issues/1/issue.md': '# One\n',
    'issues/1/issue.lock': '{}',
    'inbox/cur/1': ONE,
    'more.eml.gz': zlib.gzipSync(TWO),
    _sitemap: TWO,
  });
  fs.symlinkSync('nowhere.mbox', path.join(folder, 'gone.mbox'));
  assert.deepEqual(await mailFound(folder, ['.']), [
    '_sitemap:1 two',
    'gone.mbox:1 unreadable',
    'inbox/cur/1:1 one',
    'list.mbox:1 one',
    'more.eml.gz:1 two',
  ]);
  assert.deepEqual(mailInFolder(folder), [
    path.join(folder, 'inbox'),
    mbox,
    path.join(folder, 'more.eml.gz'),
  ]);
});
