import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { run } from '../cli/main.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { parseThreadsYaml } from '../publication/threads-yaml.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { filledPublication, SAMPLE_MBOX, temporaryFolder } from './support/publication.ts';

const FAULTS: Readonly<Record<string, readonly [text: string, error: RegExp]>> = {
  'no reason': [
    'join:\n  - message: a@example.org\n    to: b@example.org\n',
    /^threads\.yaml:2: join\.0\.reason is missing\./,
  ],
  'an empty reason': [
    'split:\n  - message: a@example.org\n    reason: " "\n',
    /^threads\.yaml:3: split\.0\.reason must say why/,
  ],
  'a subject for an id': [
    'split:\n  - { message: Close calls, reason: x }\n',
    /^threads\.yaml:2: split\.0\.message must be a Message-ID such as/,
  ],
  'a key that is none': [
    'merge: []\n',
    /^threads\.yaml:1: the file has no setting called "merge"; docs\/threads\.md/,
  ],
  'a message under itself': [
    'join:\n  - { message: a@example.org, to: <a@example.org>, reason: x }\n',
    /^threads\.yaml:2: join\.0\.to must be another message\./,
  ],
  'a message with two places': [
    'join:\n  - { message: a@example.org, to: b@example.org, reason: x }\nsplit:\n  - { message: a@example.org, reason: y }\n',
    /^threads\.yaml:4: split\.0\.message has an entry already/,
  ],
  'a series entry without its version before': [
    'series:\n  - { message: a@example.org, reason: x }\n',
    /^threads\.yaml:2: series\.0\.follows /,
  ],
  'a series entry that follows itself': [
    'series:\n  - { message: a@example.org, follows: a@example.org, reason: x }\n',
    /^threads\.yaml:2: series\.0\.follows must be another message\./,
  ],
  'a series entry that follows null': [
    'series:\n  - message: a@example.org\n    follows:\n    reason: x\n',
    /^threads\.yaml:3: series\.0\.follows must be a Message-ID or nothing\.$/,
  ],
  'a series entry that follows a title': [
    'series:\n  - { message: a@example.org, follows: Close calls, reason: x }\n',
    /^threads\.yaml:2: series\.0\.follows must be a Message-ID or nothing\.$/,
  ],
  'an alias inside of itself': ['split: []\njoin: &a [*a]\n', /^threads\.yaml:2: \*a stands inside of what/],
  'aliases of aliases': [
    Array.from(
      { length: 9 },
      (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, `.repeat(9)}]\n`,
    ).join(''),
    /^threads\.yaml:2: the aliases from here on .* repeat each other too often\.$/,
  ],
  'lists without end in each other': [
    `join: ${'['.repeat(20_000)}`,
    /^threads\.yaml:1: lists or maps stand inside of each other too deep\.$/,
  ],
  'no YAML': ['join: [', /^threads\.yaml:1: /],
};

for (const [what, [text, error]] of Object.entries(FAULTS)) {
  test(`a threads.yaml with ${what}`, () => {
    assert.throws(
      () => parseThreadsYaml(text),
      (thrown: unknown) => {
        assert.ok(thrown instanceof OperatorError && thrown.wrongUse);
        assert.match(thrown.message, error);
        return true;
      },
    );
  });
}

test('a threads.yaml takes ids with brackets or without, and tells where entries stand', () => {
  const { join, placeOf } = parseThreadsYaml(
    '# why\n\njoin:\n  - message: <a@example.org>\n    to: b@example.org\n    reason: quoted whole\n',
  );
  assert.deepEqual([join[0]!.message, join[0]!.to], ['a@example.org', 'b@example.org']);
  assert.equal(placeOf('join', 0), 'threads.yaml:4');
});

const MAILS = {
  'one.eml': mail({ id: 'one@example.org' }),
  'two.eml': mail({ id: 'two@example.org', from: 'A. Example <old@example.org>', subject: 'Re: A subject' }),
  'three.eml': mail({ id: 'three@example.org', headers: ['References: <one@example.org>'] }),
};

/** What `traffic threads` prints to both channels. */
async function threads(folder: string, ...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await run({
    argv: ['node', 'traffic', '-C', folder, 'threads', ...argv],
    env: {},
    stdout: { write: (text: string) => (out += text) } as unknown as NodeJS.WritableStream,
    stderr: { write: (text: string) => (err += text) } as unknown as NodeJS.WritableStream,
  });
  return { code, out, err };
}

test('traffic threads joins and splits as threads.yaml says, and reports what does nothing', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, MAILS);
  const { folder } = await filledPublication(context, [mails]);
  fs.writeFileSync(
    path.join(folder, 'threads.yaml'),
    `join:
  - { message: two@example.org, to: one@example.org, reason: sent without References }
  - { message: three@example.org, to: one@example.org, reason: no longer needed }
split:
  - { message: gone@example.org, reason: of another list }
`,
  );
  const { code, out, err } = await threads(folder, '--json');
  assert.equal(code, 0);
  const [thread, ...others] = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(others, []);
  assert.equal(thread.parents['two@example.org'], 'one@example.org');
  assert.equal(
    err,
    'threads.yaml:3: the join does nothing: three@example.org replies to one@example.org anyway.\n' +
      'threads.yaml:5: the split does nothing: the archive does not hold gone@example.org.\n',
  );
});

const PATCHES = {
  '1.eml': mail({ id: 'one@example.org', subject: '[PATCH] close: count all open files' }),
  '2.eml': mail({
    id: 'two@example.org',
    subject: '[PATCH v2] close: count all open files',
    date: 'Tue, 6 Mar 2018 09:00:00 +0000',
  }),
  '3.eml': mail({
    id: 'three@example.org',
    subject: '[PATCH v2] files: a counter',
    date: 'Wed, 7 Mar 2018 09:00:00 +0000',
  }),
  '4.eml': mail({ id: 'four@example.org', subject: 'Words', date: 'Thu, 8 Mar 2018 09:00:00 +0000' }),
};

test('traffic threads --series follows what threads.yaml says of versions, and reports what does nothing', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, PATCHES);
  const { folder } = await filledPublication(context, [mails]);
  const versions = async () => {
    const { code, out, err } = await threads(folder, '--series', '--json');
    assert.equal(code, 0);
    const series = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    return {
      err,
      ids: series.map(one => one.versions.map((version: { message: string }) => version.message)),
    };
  };
  assert.deepEqual(await versions(), {
    err: '',
    ids: [['one@example.org', 'two@example.org'], ['three@example.org']],
  });
  const say = (...lines: readonly string[]) =>
    fs.writeFileSync(
      path.join(folder, 'threads.yaml'),
      `series:\n${lines.map(line => `  - ${line}\n`).join('')}`,
    );
  say(
    '{ message: two@example.org, follows: nothing, reason: another counter }',
    '{ message: three@example.org, follows: one@example.org, reason: it says so in the talk }',
  );
  assert.deepEqual(await versions(), {
    err: '',
    ids: [['one@example.org', 'three@example.org'], ['two@example.org']],
  });
  say(
    '{ message: two@example.org, follows: one@example.org, reason: a }',
    '{ message: three@example.org, follows: nothing, reason: b }',
    '{ message: four@example.org, follows: one@example.org, reason: c }',
    '{ message: one@example.org, follows: two@example.org, reason: d }',
  );
  const { err } = await versions();
  assert.equal(
    err,
    [
      'threads.yaml:2: the series entry does nothing: two@example.org follows one@example.org anyway.',
      'threads.yaml:3: the series entry does nothing: three@example.org follows nothing anyway.',
      'threads.yaml:4: the series entry does nothing: the archive holds no patch or cover letter four@example.org.',
      'threads.yaml:5: the series entry does nothing: two@example.org was sent later.\n',
    ].join('\n'),
  );
});

test('a series entry that cannot be followed leaves its version to the evidence', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, PATCHES);
  const { folder } = await filledPublication(context, [mails]);
  for (const follows of ['gone@example.org', 'three@example.org']) {
    fs.writeFileSync(
      path.join(folder, 'threads.yaml'),
      `series:\n  - { message: two@example.org, follows: ${follows}, reason: a slip }\n`,
    );
    const { out, err } = await threads(folder, '--series', '--json');
    const [first] = out.split('\n').map(line => line && JSON.parse(line));
    assert.equal(first.versions[1].message, 'two@example.org');
    assert.match(err, new RegExp(`^threads.yaml:2: the series entry does nothing: .*${follows}`));
  }
});

test('traffic -q threads warns of entries of every kind that do nothing', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, PATCHES);
  const { folder } = await filledPublication(context, [mails]);
  fs.writeFileSync(
    path.join(folder, 'threads.yaml'),
    `split:
  - { message: four@example.org, reason: a }
keep:
  - { message: four@example.net, reason: b }
  - { message: one@example.org, reason: c }
series:
  - { message: three@example.org, follows: nothing, reason: d }
  - { message: two@example.org, follows: nothing, reason: another counter }
`,
  );
  for (const argv of [[], ['--json'], ['--series'], ['--doubts']]) {
    const { err } = await threads(folder, '-q', ...argv);
    assert.deepEqual(err.trimEnd().split('\n'), [
      'threads.yaml:2: the split does nothing: four@example.org replies to nothing anyway.',
      'threads.yaml:7: the series entry does nothing: three@example.org follows nothing anyway.',
      'threads.yaml:4: the keep entry does nothing: the archive does not hold four@example.net.',
      'threads.yaml:5: the keep entry does nothing: there is no doubt about one@example.org.',
    ]);
  }
});

test('traffic threads --doubts says that there are none, and how to settle those that there are', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, PATCHES);
  const { folder } = await filledPublication(context, [mails]);
  assert.equal((await threads(folder, '--doubts')).out, 'No doubtful joins or splits.\n');
  assert.equal((await threads(folder, '--doubts', '--json')).out, '');
  const words = 'Each open file is counted twice when the descriptor is duplicated.\n';
  writeFiles(mails, {
    'a.eml': mail({ id: 'a@example.org', subject: 'Descriptors are counted twice', body: words }),
    'b.eml': mail({
      id: 'b@example.org',
      subject: 'Re: Descriptors are counted twice',
      from: 'Ben Cedar <ben@example.net>',
      date: 'Tue, 6 Mar 2018 12:00:00 +0000',
      body: `On Mon, 5 Mar 2018, Ada Example wrote:\n> ${words}\nI see it too.\n`,
    }),
  });
  const doubtful = await filledPublication(context, [mails]);
  assert.match(
    (await threads(doubtful.folder, '--doubts')).out,
    /\nAn entry in threads\.yaml settles each either way; docs\/threads\.md tells how\.\n$/,
  );
});

test('traffic threads --series tells pages, ids, what is absent and what is not all there', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, {
    '1.eml': mail({ id: 'one@example.org', subject: '[PATCH v3 0/9] Count all open files' }),
    '2.eml': mail({
      id: 'two@example.org',
      subject: '[PATCH v4 2/9] close: count all open files',
      headers: ['References: <one@example.org>'],
      date: 'Tue, 6 Mar 2018 09:00:00 +0000',
    }),
  });
  const { folder } = await filledPublication(context, [mails]);
  assert.match(
    (await threads(folder, '--series')).out,
    new RegExp(
      [
        '^close: count all open files, by Ada Example',
        '  /series/count-all-open-files-[0-9a-f]{8}/',
        '  not in the archive: v1, v2',
        '  2018-03-05  v3     cover only, superseded  <one@example.org>',
        '  2018-03-06  v4     1 of 9 held, last; probable, after v3: same author, sent in reply to it.*  <two@example.org>\n$',
      ].join('\n'),
    ),
  );
});

test('traffic threads --json names the series of a thread, traffic threads --series tells it on lines', async context => {
  const { folder } = await filledPublication(context, [SAMPLE_MBOX]);
  const { out } = await threads(folder, '--json');
  const records = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const second = records.find(one => one.root === '20180312130511.3188-1-oda@example.org');
  assert.match(second.series.slug, /^remove-calls-of-system-calls-from-inside-the-kernel-[0-9a-f]{8}$/);
  assert.deepEqual(
    [
      second.series.version,
      second.series.versions.map((one: { version: string; state: string }) => [one.version, one.state]),
    ],
    [
      'v2',
      [
        ['v1', 'superseded'],
        ['v2', 'last'],
      ],
    ],
  );
  const lines = await threads(folder, '--series');
  assert.match(
    lines.out,
    /^Remove calls of system calls from inside the kernel, by Oda Vinterhal\n {2}\/series\/remove-.*\/\n {2}2018-03-05 {2}v1 .* superseded {2}<.*>\n {2}2018-03-12 {2}v2 .* last; certain, after v1: same author, same title, 2 of 5 patches with the same titles {2}<.*>\n/,
  );
});

test('a people.mailmap that cannot be read stops a command with its line', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, MAILS);
  const { folder } = await filledPublication(context, [mails]);
  fs.writeFileSync(
    path.join(folder, 'people.mailmap'),
    'Ada Example <ada@example.org> <old@example.org>\nAda\n',
  );
  const { code, err } = await threads(folder);
  assert.deepEqual(
    [code, err],
    [
      2,
      'traffic: people.mailmap:2: the line is not "Name <address>" or "Name <address> Other Name <other address>".\n',
    ],
  );
});
