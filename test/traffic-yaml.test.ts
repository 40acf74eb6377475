import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { openPublication } from '../publication/folder.ts';
import { OperatorError } from '../publication/operator-error.ts';
import type { ImapSource } from '../publication/sources.ts';
import { parseSettings } from '../publication/traffic-yaml.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';

const EXAMPLE = `
site: { title: Larch Traffic, url: https://example.org, prefix: /, language: en, timezone: UTC, archive: all }
lists: { larch-devel.lists.example.org: larch-devel }
sources:
  - { name: work, type: imap, host: mail.example.org, port: 993, tls: required, user: me, password_env: IMAP_PASSWORD, mailboxes: [INBOX], topics: [] }
topics:
  syscalls: { title: System calls, subject: 'sys_|syscall', since: 2018-03-01, until: 2018-05-01 }
privacy: { addresses: show }
max_message_bytes: 33554432
`;

test('a file that says everything is taken as it says', () => {
  const settings = parseSettings(EXAMPLE, 'traffic.yaml');
  assert.deepEqual(settings.site, {
    title: 'Larch Traffic',
    strap: '',
    url: 'https://example.org',
    prefix: '/',
    language: 'en',
    timezone: 'UTC',
    archive: 'all',
  });
  assert.deepEqual(settings.lists, { 'larch-devel.lists.example.org': 'larch-devel' });
  const source = settings.sources[0] as ImapSource;
  assert.deepEqual(
    [source.host, source.port, source.tls, source.password_env, source.mailboxes, source.allow_plaintext],
    ['mail.example.org', 993, 'required', 'IMAP_PASSWORD', ['INBOX'], false],
  );
  assert.deepEqual(settings.topics.syscalls, {
    title: 'System calls',
    subject: [/sys_|syscall/i],
    people: [],
    lists: [],
    since: Date.UTC(2018, 2, 1) / 1000,
    until: Date.UTC(2018, 4, 1) / 1000,
  });
  assert.equal(settings.max_message_bytes, 33554432);
});

test('what a file leaves out is filled in, and a heading with nothing under it says nothing', () => {
  const empty = parseSettings('', 'traffic.yaml');
  assert.deepEqual(
    [empty.site.title, empty.site.url, empty.privacy.addresses],
    ['List Traffic', undefined, 'show'],
  );
  for (const text of [
    '# only words\n',
    'sources:\n#  - name: work\n',
    'site:\nlists:\nsources:\ntopics:\nprivacy:\n',
    'site: { title: null }\n',
  ])
    assert.deepEqual(parseSettings(text, 'traffic.yaml'), empty, text);
});

test('a List-Id is compared as mail is: without case and brackets', () => {
  const { lists } = parseSettings('lists: { "<Larch.Lists.Example.Org>": larch }\n', 'traffic.yaml');
  assert.deepEqual(lists, { 'larch.lists.example.org': 'larch' });
});

test('the slash behind a host is no part of the address of a site', () => {
  assert.equal(
    parseSettings('site: { url: "https://example.org:8080/" }\n', 'f').site.url,
    'https://example.org:8080',
  );
});

test('the password is never part of what is told of a file', () => {
  for (const line of [
    'password: hunter2',
    'pass: hunter2',
    'password: hunter2: x',
    'password: "hunter2',
    'secret: [hunter2',
    'password_env: hunter2!',
  ])
    assert.throws(
      () => parseSettings(`sources:\n  - name: work\n    ${line}\n`, 'traffic.yaml'),
      (error: unknown) => error instanceof OperatorError && !error.message.includes('hunter2'),
      line,
    );
});

test('files that a source names lie where traffic.yaml says, wherever the command is run', context => {
  const folder = temporaryFolder(context);
  const account = 'type: imap, host: mail.example.org, user: me, password_env: P';
  writeFiles(folder, {
    'traffic.yaml': `sources:
  - { name: work, ${account}, ca: our.pem }
  - { name: home, ${account}, ca: /etc/our.pem }
  - { name: plain, ${account} }
  - { name: mirror, type: public-inbox, path: mirrors/larch }
  - { name: other, type: public-inbox, path: /srv/larch }
`,
  });
  const { sources } = openPublication(folder).settings;
  assert.deepEqual(
    sources.map(one => (one.type === 'imap' ? one.ca : one.path)),
    [
      path.join(folder, 'our.pem'),
      '/etc/our.pem',
      undefined,
      path.join(folder, 'mirrors', 'larch'),
      '/srv/larch',
    ],
  );
});

test('a public-inbox source needs a path, and takes a list and topics', () => {
  const { sources } = parseSettings(
    `sources:
  - { name: mirror, type: public-inbox, path: mirrors/larch }
  - { name: other, type: public-inbox, path: /srv/larch, list: larch, topics: [calls] }
topics: { calls: { subject: sys_ } }
`,
    'traffic.yaml',
  );
  assert.deepEqual(sources, [
    { name: 'mirror', type: 'public-inbox', path: 'mirrors/larch', topics: [] },
    { name: 'other', type: 'public-inbox', path: '/srv/larch', list: 'larch', topics: ['calls'] },
  ]);
});

test('each way to log in stands alone', () => {
  for (const way of ['password_env: P', 'password_command: pass show mail', 'token_command: print-token'])
    assert.equal(
      parseSettings(
        `sources:\n  - { name: work, type: imap, host: mail.example.org, user: me, ${way} }\n`,
        'f',
      ).sources.length,
      1,
    );
});

test('a folder without settings is no publication, and settings that cannot be read are told so', context => {
  const folder = temporaryFolder(context);
  assert.throws(() => openPublication(folder), {
    name: 'OperatorError',
    message: /is no publication: it has no traffic\.yaml; "traffic init /,
  });
  fs.mkdirSync(path.join(folder, 'traffic.yaml'));
  assert.throws(() => openPublication(folder), {
    name: 'OperatorError',
    message: /traffic\.yaml cannot be read: it is a folder\.$/,
  });
});
