import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { MessageId } from '../mail/message-id.ts';
import { FileFault } from '../publication/operator-error.ts';
import { addressHash, messageHash, readRemovals } from '../publication/removals.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { filledPublication } from './support/publication.ts';
import { traffic } from './support/traffic.ts';

const id = (name: string) => `${name}@example.org` as MessageId;
const removal = (key: 'message' | 'address', hash: string) =>
  `  - { ${key}: ${hash}, date: 2018-05-02, reason: by their own wish }\n`;

test('what was removed is known by hashes alone', context => {
  const folder = temporaryFolder(context);
  const none = readRemovals(folder);
  assert.ok(!none.isRemovedMessage(id('a')) && !none.isRemovedAddress('ada@example.org'));
  writeFiles(folder, {
    'removals.yaml': `removals:\n${removal('message', messageHash(id('a')))}${removal('address', addressHash('Ada@Example.org'))}`,
  });
  const { isRemovedMessage, isRemovedAddress } = readRemovals(folder);
  assert.deepEqual([id('a'), id('A'), id('b')].map(isRemovedMessage), [true, false, false]);
  assert.deepEqual(
    ['ada@example.org', 'ADA@example.ORG', 'ada@example.net', 'a@example.org'].map(isRemovedAddress),
    [true, true, false, false],
  );
  // printf %s ada@example.org | sha256sum
  assert.equal(
    addressHash('ada@example.org'),
    'cfe00dde46ef942601ffafb9e2825e802858b460e586b8305b344c1eb826357d',
  );
});

const HASH = 'a'.repeat(64);
const FAULTS: readonly (readonly [why: string, text: string, message: RegExp])[] = [
  [
    'words',
    `removals: [{ message: a@example.org, date: 2018-05-02, reason: x }]`,
    /^removals\.yaml:1: .*message must be a SHA-256 in hex/,
  ],
  [
    'both',
    `removals:\n  - { message: ${HASH}, address: ${HASH}, date: 2018-05-02, reason: x }`,
    /:2: removals\.0 must have a message or an address, and not both/,
  ],
  [
    'neither',
    'removals:\n  - { date: 2018-05-02, reason: x }',
    /:2: removals\.0 must have a message or an address/,
  ],
  [
    'no reason',
    `removals:\n  - message: ${HASH}\n    date: 2018-05-02`,
    /:2: removals\.0\.reason is missing/,
  ],
  [
    'no day',
    `removals:\n  - message: ${HASH}\n    date: yesterday\n    reason: x`,
    /:3: removals\.0\.date must be a day such as/,
  ],
  [
    'an unknown word',
    `removals:\n  - mesage: ${HASH}\n    date: 2018-05-02\n    reason: x`,
    /:2: removals\.0 has no setting called "mesage"; a removal has a message or/,
  ],
];

test('a file of removals that cannot be used says where, and what would be right', context => {
  const folder = temporaryFolder(context);
  for (const [why, text, message] of FAULTS) {
    writeFiles(folder, { 'removals.yaml': text });
    assert.throws(
      () => readRemovals(folder),
      error => error instanceof FileFault && message.test(error.message),
      why,
    );
  }
});

const letter = (name: string, from: string, body: string) =>
  mail({
    id: id(name),
    from,
    subject: 'Names',
    headers: name === 'a' ? [] : ['In-Reply-To: <a@example.org>'],
    body,
  });

const SECTION = `---
thread: a@example.org
title: Names
mentions: [Cy Elm, Ben Sample, Dora Oak]
---

Ada Birch wrote, ["It leaks a name"](mid:a@example.org), and Ben Sample [agreed](mid:b@example.org).

> From my old address as well.
>
> — [Ben Sample](mid:c@example.org)

Once before, ["it was so"](said:Ben%20Sample).
`;

test('nobody who was removed is quoted, cited or named in an issue', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, {
    'a.eml': letter('a', 'Ada Birch <ada@example.org>', 'It leaks a name.\n'),
    'b.eml': letter('b', 'Ben Sample <ben@example.net>', 'It does.\n'),
    'c.eml': letter('c', 'B. S. <old@example.com>', 'From my old address as well.\n'),
    'd.eml': letter('d', 'Cy Elm <cy@example.org>', 'Me too.\n'),
    'e.eml': letter('e', 'Dora Oak <dora@example.org>', 'Me too.\n'),
    'f.eml': letter('f', 'Dora Oak <dora@example.net>', 'I am another Dora.\n'),
  });
  const { folder } = await filledPublication(context, [mails]);
  writeFiles(folder, {
    'people.mailmap': 'Ben Sample <ben@example.net> <old@example.com>\n',
    'issues/1/issue.md': `---
date: 2018-03-14
editor: Ida Yew
sections: [names]
stats: { posters: [{ name: B., address: old@example.com, posts: 2 }] }
---
`,
    'issues/1/names.md': SECTION,
    'issues/1/corrections.yaml': `corrections:
  - date: 2018-03-16
    section: names
    kind: fact
    was: agreed
    is: Ben Sample said, ["It does"](mid:b@example.org).
`,
  });
  const found = async (...removals: readonly string[]) => {
    writeFiles(folder, { 'removals.yaml': `removals:\n${removals.join('')}` });
    const { code, out } = await traffic('-C', folder, 'check');
    const all = out.match(/^\S+ error removed/gm) ?? [];
    assert.equal(code, all.length > 0 ? 1 : 0, out);
    return all.map(line => line.replace(/^issues\/1\/| error removed$/g, ''));
  };
  assert.deepEqual(await found(removal('message', messageHash(id('x')))), []);
  assert.deepEqual(await found(removal('message', messageHash(id('a')))), ['names.md:2:1', 'names.md:7:18']);
  assert.deepEqual(await found(removal('address', addressHash('cy@example.org'))), ['names.md:4:1']);
  assert.deepEqual(
    await found(removal('address', addressHash('dora@example.org'))),
    [],
    'there is another Dora',
  );
  // One address of two: people.mailmap knows that both are his.
  assert.deepEqual(await found(removal('address', addressHash('old@example.com'))), [
    'issue.md:5:1',
    'corrections.yaml:6:26',
    'names.md:4:1',
    'names.md:7:73',
    'names.md:9:1',
    'names.md:13:14',
  ]);
  const refused = await traffic('-C', folder, 'build');
  assert.deepEqual([refused.code, fs.existsSync(path.join(folder, '_site'))], [1, false]);
  writeFiles(folder, { 'removals.yaml': 'removals: [{}]' });
  assert.match((await traffic('-C', folder, 'check')).out, /^removals\.yaml:1:12 error file: /m);
});
