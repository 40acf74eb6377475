import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { writeStarter } from '../publication/starter.ts';
import { parseSettings } from '../publication/traffic-yaml.ts';
import { temporaryFolder } from './support/folder.ts';

/** The traffic.yaml of a new publication. */
function starter(context: test.TestContext): string {
  const folder = temporaryFolder(context);
  assert.ok(writeStarter(folder).includes('traffic.yaml'));
  return fs.readFileSync(path.join(folder, 'traffic.yaml'), 'utf8');
}

/** The text with each setting switched on: what begins with "# " is an explanation, any other "#" goes. */
function switchedOn(text: string): string {
  return text.replace(/^( *)#(?! \S)/gm, '$1');
}

test('the file that a new publication begins with says what holds without it', context => {
  assert.deepEqual(parseSettings(starter(context), 'traffic.yaml'), parseSettings('', 'traffic.yaml'));
});

test('each preset of that file is good once its # are taken away', context => {
  const on = switchedOn(starter(context));
  const { site, lists, sources, topics } = parseSettings(on, 'traffic.yaml');
  assert.deepEqual([site.language, lists], ['en', { 'my-list.lists.example.org': 'my-list' }]);
  assert.deepEqual(
    sources.map(({ name, type, topics }) => [name, type, topics]),
    [
      ['work', 'imap', []],
      ['found', 'imap', []],
      ['lkml', 'public-inbox', ['syscalls']],
    ],
  );
  const { since, until, body, people, lists: on2018 } = topics.syscalls!;
  assert.deepEqual(
    [since, until, body, people, on2018],
    [Date.UTC(2018, 2, 1) / 1000, Date.UTC(2018, 4, 1) / 1000, undefined, [], []],
  );
});

test('so is each setting that a preset offers besides', context => {
  const on = switchedOn(switchedOn(starter(context)));
  assert.doesNotMatch(on, /^ *#(?! \S)/m);
  const { sources, topics } = parseSettings(on, 'traffic.yaml');
  const [work] = sources;
  assert.ok(work?.type === 'imap');
  assert.deepEqual([work.port, work.ca, work.list], [993, 'our-authority.pem', 'my-list']);
  const { body, people, lists } = topics.syscalls!;
  assert.deepEqual(
    [body?.[0]?.test('calls ksys_mount() now'), people, lists],
    [true, ['ada@example.org', 'Ben Birch'], ['linux-kernel']],
  );
});

test('each example in docs/sources.md is good', () => {
  const text = fs.readFileSync(path.join(import.meta.dirname, '..', 'docs', 'sources.md'), 'utf8');
  const examples = text.match(/^ {4}(?:sources|topics):\n(?:(?: {4}.*)?\n)+/gm) ?? [];
  assert.ok(examples.length >= 4);
  for (const example of examples) parseSettings(example.replace(/^ {4}/gm, ''), 'docs/sources.md');
});

/** Subjects such as the threads of 2018 had, and such as others have. */
const SUBJECTS: readonly (readonly [subject: string, wanted: boolean])[] = [
  ['[RFC PATCH 00/35] remove in-kernel syscall invocations (part 1)', true],
  ['[PATCH 000/109] remove in-kernel calls to syscalls', true],
  ['Re: [PATCH 01/36] syscalls: define the goal to not call syscalls in the kernel', true],
  ['[PATCH 12/36] fs: add ksys_chdir() helper; remove in-kernel calls to sys_chdir()', true],
  ['[PATCH 4/7] kernel: use kernel_wait4() instead of sys_wait4()', true],
  ['[PATCH] x86: use _do_fork() in compat_sys_x86_clone()', true],
  ['[PATCH 3/8] syscalls/x86: use struct pt_regs based syscall calling for 64-bit', true],
  ['Re: [PATCH 0/8] pass struct pt_regs to syscalls', true],
  ['[PATCH 1/8] x86: introduce CONFIG_ARCH_HAS_SYSCALL_WRAPPER', true],
  ['[GIT PULL] remove in-kernel calls to syscalls', true],
  ['[PATCH] sched/fair: fix system load', false],
  ['[PATCH] sysfs: add sys_attr to the docs', false],
  ['[PATCH] gpio: use subsys_initcall() for the driver', false],
  ['in-kernel decompression of firmware', false],
];

for (const [subject, wanted] of SUBJECTS) {
  test(`the preset of 2018 ${wanted ? 'chooses' : 'leaves'}: ${subject}`, context => {
    const { topics } = parseSettings(switchedOn(starter(context)), 'traffic.yaml');
    const patterns = topics.syscalls!.subject!;
    assert.equal(
      patterns.some(pattern => pattern.test(subject)),
      wanted,
    );
  });
}
