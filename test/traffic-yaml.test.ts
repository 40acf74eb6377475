import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { openPublication } from '../publication/folder.ts';
import { OperatorError } from '../publication/operator-error.ts';
import type { ImapSource } from '../publication/sources.ts';
import { writeStarter } from '../publication/starter.ts';
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

test('the file that a new publication begins with is good, and so is every line that it offers', context => {
  const folder = temporaryFolder(context);
  assert.ok(writeStarter(folder).includes('traffic.yaml'));
  const text = fs.readFileSync(path.join(folder, 'traffic.yaml'), 'utf8');
  assert.deepEqual(parseSettings(text, 'traffic.yaml').sources, []);
  const offered = uncommented(text);
  const { sources, lists, site, topics } = parseSettings(offered, 'traffic.yaml');
  assert.doesNotMatch(offered, /^ *# ?[a-z]+:/m);
  assert.deepEqual(
    [sources.map(({ name }) => name), lists, site.language],
    [['work', 'lkml'], { 'my-list.lists.example.org': 'my-list' }, 'en'],
  );
  const { subject = [], body, people } = topics.syscalls!;
  assert.deepEqual([body, people], [[/do_sys_/i], ['ada@example.org']]);
  for (const one of SUBJECTS_OF_2018)
    assert.ok(
      subject.some(pattern => pattern.test(one)),
      one,
    );
  assert.ok(!subject.some(pattern => pattern.test('[PATCH] sched/fair: fix system load')));
});

/** Subjects such as the threads had that the preset is for. */
const SUBJECTS_OF_2018 = [
  '[PATCH 00/36] remove in-kernel calls to syscalls',
  'Re: [PATCH 12/36] fs: add ksys_chdir() helper; remove in-kernel calls to sys_chdir()',
  '[PATCH] syscalls/x86: use struct pt_regs based syscall calling for 64-bit',
];

/** The starter's text with every setting that it offers in comments. */
function uncommented(text: string): string {
  return text
    .replace('sources: []', 'sources:')
    .replace(/^# (?=[a-z_]+:| {2}[a-z.-]+:| {4,})/gm, '')
    .replace(/^#(?= {2}- | {4})/gm, '')
    .replace(/^( +)# (?=[a-z]+:)/gm, '$1');
}

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

test('the file of a certificate lies where traffic.yaml says, wherever the command is run', context => {
  const folder = temporaryFolder(context);
  const source = '{ name: work, type: imap, host: mail.example.org, user: me, password_env: P, ca: our.pem }';
  writeFiles(folder, {
    'traffic.yaml': `sources:\n  - ${source}\n  - ${source.replace('work', 'home').replace('our.pem', '/etc/our.pem')}\n`,
  });
  const { sources } = openPublication(folder).settings;
  assert.deepEqual(
    sources.map(one => (one as ImapSource).ca),
    [path.join(folder, 'our.pem'), '/etc/our.pem'],
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
