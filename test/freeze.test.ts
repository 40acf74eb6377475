import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { readLock } from '../publication/issues/lock.ts';
import { FileFault } from '../publication/operator-error.ts';
import { tamper } from './support/archives.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { filledPublication, importInto, SAMPLE_MBOX, temporaryFolder } from './support/publication.ts';
import { traffic as run } from './support/traffic.ts';

const COVER = '20180305091502.7431-1-oda@example.org';
const ISSUE = '---\ndate: 2018-03-14\neditor: Ada Example\nsections: [calls]\n---\n';
const CALLS = `---
title: Calls
thread: ${COVER}
---

Oda Vinterhal said, ["Some code in the kernel calls sys_close(), sys_write() and their"](mid:${COVER})
`;

interface Bench {
  readonly folder: string;
  readonly lock: string;
  readonly traffic: typeof run;
  /** The issue's page, built. */
  page(): Promise<string>;
  /** Mail comes that was written in the issue's days. */
  lateMail(): Promise<void>;
}

async function bench(context: TestContext): Promise<Bench> {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  const { folder } = publication;
  writeFiles(folder, { 'issues/1/issue.md': ISSUE, 'issues/1/calls.md': CALLS });
  const traffic: typeof run = (...words) => run('-C', folder, ...words);
  return {
    folder,
    lock: path.join(folder, 'issues/1/issue.lock'),
    traffic,
    async page() {
      assert.equal((await traffic('build', '--quiet')).code, 0);
      return fs.readFileSync(path.join(folder, '_site/issues/1/index.html'), 'utf8');
    },
    async lateMail() {
      const late = mail({
        id: 'late@example.org',
        from: 'Late Comer <late@example.org>',
        date: 'Fri, 9 Mar 2018 10:00:00 +0000',
        headers: [`In-Reply-To: <${COVER}>`, 'List-Id: <linux-example.lists.example.org>'],
      });
      await importInto(publication, [mboxOf(temporaryFolder(context), [late])]);
    },
  };
}

test('the page of a frozen issue stays the same, whatever mail comes', async context => {
  const frozen = await bench(context);
  const loose = await bench(context);
  const { code, out, err } = await frozen.traffic('freeze', '1');
  assert.deepEqual([code, out], [0, 'issues/1/issue.lock\n']);
  assert.match(err, /Issue 1: 1 section, 1 message cited/);
  const before = await frozen.page();
  assert.equal(before, await loose.page(), 'freezing changes nothing');
  await frozen.lateMail();
  await loose.lateMail();
  assert.equal(await frozen.page(), before);
  assert.notEqual(await loose.page(), before, 'else the mail would prove nothing');
});

test('a lock says which mail was cited, what it said, and how the issue was made', async context => {
  const { folder, traffic, lock } = await bench(context);
  await traffic('freeze', '1');
  const { version, files, messages, statistics, posts, threads } = readLock(folder, 1)!;
  const { version: own } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  assert.equal(version, own);
  assert.deepEqual(Object.keys(files), ['issue.md', 'calls.md']);
  assert.deepEqual(Object.keys(messages), [COVER]);
  assert.equal(posts.at(-1)?.posts, statistics?.posts);
  assert.equal(threads.calls?.posts, 22);
  assert.ok(threads.calls?.status?.words);
  const text = fs.readFileSync(lock, 'utf8');
  await traffic('freeze', '1', '--again');
  assert.equal(fs.readFileSync(lock, 'utf8'), text, 'no clock is in it');
});

test('a lock is written anew only when it is asked for', async context => {
  const { traffic, lock, lateMail } = await bench(context);
  await traffic('freeze', '1');
  const text = fs.readFileSync(lock, 'utf8');
  await lateMail();
  const { code, err } = await traffic('freeze', '1');
  assert.equal(code, 1);
  assert.match(err, /issue 1 is frozen already; --again/);
  assert.equal(fs.readFileSync(lock, 'utf8'), text);
  assert.equal((await traffic('freeze', '1', '--again')).code, 0);
  assert.notEqual(fs.readFileSync(lock, 'utf8'), text);
});

test('check and build tell what is no longer as it was frozen', async context => {
  const { folder, traffic } = await bench(context);
  await traffic('freeze', '1');
  assert.doesNotMatch((await traffic('check')).out, /frozen/);
  writeFiles(folder, {
    'issues/1/calls.md': CALLS.replace('said', 'wrote'),
    'issues/1/corrections.yaml': 'corrections: [{ date: 2018-03-20, kind: typo, was: a, is: b }]\n',
  });
  tamper(path.join(folder, 'archive.db'), "UPDATE header SET body_hash = '0' WHERE message_id = ?", COVER);
  const { code, out } = await traffic('check');
  assert.equal(code, 0);
  assert.deepEqual(out.match(/^\S+ warning frozen: .*/gm), [
    'issues/1/calls.md:1:1 warning frozen: This is not what it was when issue 1 was frozen; tell readers in corrections.yaml, or run "traffic freeze 1 --again".',
    `issues/1/issue.lock:1:1 warning frozen: The archive has other words for <${COVER}>, which the issue cites.`,
  ]);
  const built = await traffic('build');
  assert.equal(built.code, 0);
  assert.match(built.err, /issues\/1\/calls\.md: This is not what it was/);
});

test('an issue that has errors is not frozen, nor one that is not there', async context => {
  const { folder, traffic, lock } = await bench(context);
  writeFiles(folder, { 'issues/1/calls.md': CALLS.replace('Some code', 'No code') });
  const untrue = await traffic('freeze', '1');
  assert.deepEqual([untrue.code, fs.existsSync(lock)], [1, false]);
  assert.match(untrue.err, /issue 1 has 1 error; "traffic check 1" shows where/);
  assert.match((await traffic('freeze', '7')).err, /there is no issue 7: issues\/7\/issue\.md is missing/);
  assert.equal((await traffic('freeze', 'one')).code, 2);
});

test('a lock that cannot be used says why and is not taken for one that says nothing', context => {
  const folder = temporaryFolder(context);
  const cases = [
    ['', /issues\/1\/issue\.lock:1: the lock is empty/],
    ['lock: 2\n', /issue\.lock:1: lock must be 1: a later version of list-traffic wrote the file/],
    [
      'lock: 1\nversion: "0"\nfiles: { issue.md: x }\n',
      /issue\.lock:3: files\.issue\.md must be a SHA-256 in hex/,
    ],
  ] as const;
  for (const [text, message] of cases) {
    writeFiles(folder, { 'issues/1/issue.lock': text });
    assert.throws(
      () => readLock(folder, 1),
      error => error instanceof FileFault && message.test(error.message),
      text,
    );
  }
});
