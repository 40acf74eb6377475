import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { inspect } from 'node:util';
import { verify } from '../ingest/verify.ts';
import { messageHash } from '../mail/message.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { emptyArchive, importInto } from './support/archives.ts';
import { temporaryFolder } from './support/folder.ts';
import { type Change, commitMails, gitInbox } from './support/git-inbox.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { plan, pull, pullTopic } from './support/pull.ts';

const NO_GIT = !process.env.CI && spawnSync('git', ['--version']).status !== 0 && 'git is not installed';
const NOTHING = { seen: 0, added: 0, duplicates: 0, rejected: [], notices: [] };
const MAILS = Array.from({ length: 8 }, (_, index) =>
  mail({
    id: `m${index}@example.org`,
    subject: index < 2 ? 'syscalls' : 'other',
    date: `${index + 1} Mar 2018 10:00:00 +0000`,
    headers: index === 5 ? ['In-Reply-To: <m0@example.org>'] : [],
    body: `${index}\nFrom here\n`,
  }),
);

/** A public-inbox source in `folder`. */
function at(folder: string) {
  return {
    name: 'work',
    type: 'public-inbox',
    path: folder,
    host: undefined,
    tls: undefined,
    user: undefined,
    password_env: undefined,
  };
}

function inbox(context: test.TestContext, epochs: readonly (readonly Change[])[]): string {
  return gitInbox(path.join(temporaryFolder(context), 'inbox'), epochs);
}

test('a repository is read whole, then what is new, byte for byte', { skip: NO_GIT }, async context => {
  const folder = inbox(context, [MAILS.slice(0, 3), MAILS.slice(3, 5)]);
  const { archive } = emptyArchive(context);
  assert.deepEqual(await pull(archive, at(folder)), { ...NOTHING, seen: 5, added: 5 });
  assert.deepEqual(archive.hashes(), MAILS.slice(0, 5).map(messageHash));
  for (const one of MAILS.slice(0, 5)) assert.deepEqual(archive.raw(messageHash(one)), one);
  assert.deepEqual(await pull(archive, at(folder)), NOTHING);
  commitMails(path.join(folder, 'git', '1.git'), MAILS.slice(5, 7));
  assert.deepEqual(await pull(archive, at(folder)), { ...NOTHING, seen: 2, added: 2 });
  commitMails(path.join(folder, 'git', '2.git'), MAILS.slice(7));
  assert.deepEqual(await pull(archive, at(folder)), { ...NOTHING, seen: 1, added: 1 });
  assert.deepEqual(
    ['0.git', '1.git', '2.git'].map(name => archive.cursor('work', name)?.lastUid),
    [3, 4, 1],
  );
  assert.deepEqual([...verify(archive)], []);
});

test('one epoch by itself, and a folder of epochs, are repositories too', { skip: NO_GIT }, async context => {
  const folder = inbox(context, [MAILS.slice(0, 2), MAILS.slice(2)]);
  const { archive } = emptyArchive(context);
  assert.equal((await pull(archive, at(path.join(folder, 'git', '1.git')))).added, 6);
  assert.equal((await pull(archive, at(path.join(folder, 'git')))).added, 2);
});

test('a history that was rewritten is read again and said to be', { skip: NO_GIT }, async context => {
  const folder = inbox(context, [MAILS.slice(0, 4)]);
  const { archive } = emptyArchive(context);
  await pull(archive, at(folder));
  fs.rmSync(path.join(folder, 'git', '0.git'), { recursive: true });
  commitMails(path.join(folder, 'git', '0.git'), [...MAILS.slice(0, 2), ...MAILS.slice(3, 6)]);
  const { notices, ...tally } = await pull(archive, at(folder));
  assert.deepEqual(tally, { seen: 5, added: 2, duplicates: 3, rejected: [] });
  assert.match(notices[0]!, /has renumbered 0\.git/);
  assert.equal(archive.cursor('work', '0.git')?.uidValidity, 2n);
  assert.deepEqual([...verify(archive)], []);
  assert.deepEqual(await pull(archive, at(folder)), NOTHING);
});

test('mail that the owner took back is not taken, and what is stored is kept', {
  skip: NO_GIT,
}, async context => {
  const [one, two, three, four] = MAILS as [Buffer, Buffer, Buffer, Buffer];
  const folder = inbox(context, [[one, two, three, { removed: two }]]);
  const { archive } = emptyArchive(context);
  assert.deepEqual(await pull(archive, at(folder)), { ...NOTHING, seen: 2, added: 2 });
  commitMails(path.join(folder, 'git', '0.git'), [{ removed: one }, four]);
  assert.deepEqual(await pull(archive, at(folder)), { ...NOTHING, seen: 1, added: 1 });
  assert.deepEqual(archive.hashes(), [one, three, four].map(messageHash));
});

test('topics choose whole threads of a repository, and replies come with the next pull', {
  skip: NO_GIT,
}, async context => {
  const root = mail({ id: 'root@example.org', subject: 'A plan', date: '1 Jan 2017 10:00:00 +0000' });
  const late = mail({
    id: 'late@example.org',
    date: '1 Jan 2019 10:00:00 +0000',
    headers: ['In-Reply-To: <m5@example.org>'],
  });
  const seed = mail({
    id: 'seed@example.org',
    subject: 'syscalls',
    date: '2 Mar 2018 10:00:00 +0000',
    headers: ['References: <root@example.org>'],
  });
  const folder = inbox(context, [
    [root, ...MAILS.slice(0, 4)],
    [seed, ...MAILS.slice(4)],
  ]);
  const { archive } = emptyArchive(context);
  const topics = { t: { subject: 'syscall', since: '2018-03-01', until: '2018-03-10' } };
  assert.equal((await plan(archive, at(folder), { topics })).messages, 5);
  const { added, notices } = await pullTopic(archive, at(folder), { topics });
  assert.deepEqual([added, notices], [5, []]);
  commitMails(path.join(folder, 'git', '1.git'), [late]);
  assert.equal((await pullTopic(archive, at(folder), { topics })).added, 1);
  assert.deepEqual(
    archive.messages().map(({ id }) => id.split('@')[0]),
    ['root', 'm0', 'm1', 'seed', 'm5', 'late'],
  );
});

test('a repository is imported for once, and what it has twice is a duplicate', {
  skip: NO_GIT,
}, async context => {
  const folder = inbox(context, [MAILS.slice(0, 3), [{ removed: MAILS[0]! }, MAILS[3]!]]);
  const { archive } = emptyArchive(context);
  const epoch = path.join(folder, 'git', '0.git');
  assert.deepEqual(await importInto(archive, [epoch]), { seen: 3, added: 3, duplicates: 0, rejected: [] });
  assert.deepEqual(await importInto(archive, [folder]), { seen: 4, added: 1, duplicates: 3, rejected: [] });
  const again = await importInto(archive, [mboxOf(temporaryFolder(context), MAILS.slice(0, 4))]);
  assert.equal(again.duplicates, 4);
  const small = await importInto(emptyArchive(context).archive, [epoch], { maxBytes: 20 });
  assert.deepEqual(
    small.rejected.map(({ where, reason }) => [where.split(':')[1], reason]),
    [
      ['1', 'too-big'],
      ['2', 'too-big'],
      ['3', 'too-big'],
    ],
  );
});

/** One sentence for the operator that says this. */
function tells(words: RegExp): (error: unknown) => boolean {
  return error => {
    assert.ok(error instanceof OperatorError, inspect(error));
    assert.match(error.message, words);
    assert.match(error.message, /^[^\n]*\.$/);
    return true;
  };
}

test('what is no public-inbox v2 is refused in a sentence', { skip: NO_GIT }, async context => {
  const folder = temporaryFolder(context);
  const { archive } = emptyArchive(context);
  await assert.rejects(pull(archive, at(folder)), tells(/is no public-inbox: it has no git\/0\.git;/));
  await assert.rejects(pull(archive, at(path.join(folder, 'none'))), tells(/is no public-inbox/));
  const repository = path.join(folder, '0.git');
  execFileSync('git', ['init', '--quiet', '--bare', repository]);
  assert.deepEqual(await pull(archive, at(repository)), NOTHING);
  const input = `commit HEAD\ncommitter A <a@example.org> 0 +0000\ndata 1\nx\nM 100644 inline ab/cdef\ndata 2\nxy\n`;
  execFileSync('git', [`--git-dir=${repository}`, 'fast-import', '--quiet'], { input });
  await assert.rejects(pull(archive, at(repository)), tells(/is no epoch of a public-inbox v2;/));
  const imported = await importInto(archive, [repository]);
  assert.deepEqual(
    imported.rejected.map(({ reason }) => reason),
    ['git-repository'],
  );
});

test('a damaged repository is told in git’s words, and what came before is kept', {
  skip: NO_GIT,
}, async context => {
  const many = Array.from({ length: 600 }, (_, index) =>
    mail({ id: `n${index}@example.org`, body: `${index} ${'x'.repeat(index)}` }),
  );
  const folder = inbox(context, [many]);
  const repository = path.join(folder, 'git', '0.git');
  execFileSync('git', [`--git-dir=${repository}`, 'repack', '-adq']);
  const packs = path.join(repository, 'objects', 'pack');
  const pack = path.join(packs, fs.readdirSync(packs).find(name => name.endsWith('.pack'))!);
  fs.chmodSync(pack, 0o644);
  const { size } = fs.statSync(pack);
  const bytes = fs.readFileSync(pack);
  bytes.fill(0xff, Math.floor(size / 2), Math.floor(size / 2) + 2000);
  fs.writeFileSync(pack, bytes);
  const { archive } = emptyArchive(context);
  await assert.rejects(
    pull(archive, at(folder)),
    tells(/git cannot read .*0\.git \(".+"\); see to the repository/),
  );
  assert.deepEqual([...verify(archive)], []);
});

test('an empty mail and a file of another kind are counted or passed over', {
  skip: NO_GIT,
}, async context => {
  const folder = inbox(context, [[Buffer.alloc(0), MAILS[0]!]]);
  const { archive } = emptyArchive(context);
  const rejected = [{ where: 'work 0.git:1', reason: 'empty' }];
  assert.deepEqual(await pull(archive, at(folder)), { ...NOTHING, seen: 2, added: 1, rejected });
});
