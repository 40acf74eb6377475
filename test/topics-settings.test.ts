import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSettings } from '../publication/traffic-yaml.ts';

/** The topic that these lines of a traffic.yaml make. */
function topic(...lines: readonly string[]) {
  const text = `topics:\n  calls:\n${lines.map(line => `    ${line}\n`).join('')}`;
  return parseSettings(text, 'traffic.yaml').topics.calls!;
}

/** Which of `subjects` a topic of these lines chooses. */
function chosen(lines: readonly string[], subjects: readonly string[]): readonly string[] {
  const { subject = [] } = topic(...lines);
  return subjects.filter(one => subject.some(pattern => pattern.test(one)));
}

test('a plain word is a pattern, in any case, anywhere in a subject', () => {
  assert.deepEqual(chosen(['subject: syscall'], ['Syscalls: a goal', 'a SYSCALL', 'sys call']), [
    'Syscalls: a goal',
    'a SYSCALL',
  ]);
});

test('one of several patterns is enough, each tried anew for each subject', () => {
  const subjects = ['ksys_read() for all', 'ksys_read() for all', 'in-kernel calls', 'other'];
  assert.deepEqual(chosen(['subject:', '  - in-kernel', "  - '\\bksys_\\w+\\(\\)'"], subjects), [
    'ksys_read() for all',
    'ksys_read() for all',
    'in-kernel calls',
  ]);
});

test('a pattern without quotes keeps its backslashes, in double quotes YAML reads them', () => {
  for (const line of [
    'subject: \\bsys_\\w+\\(\\)',
    "subject: '\\bsys_\\w+\\(\\)'",
    'subject: "\\\\bsys_\\\\w+\\\\(\\\\)"',
  ])
    assert.deepEqual(topic(line).subject, [/\bsys_\w+\(\)/i], line);
});

test('days are days of UTC, in quotes or not: since is the first, until the one after the last', () => {
  for (const quote of ['', '"', "'"]) {
    const { since, until } = topic(
      'body: sys_',
      `since: ${quote}2018-03-01${quote}`,
      `until: ${quote}2018-05-01${quote}`,
    );
    assert.deepEqual(
      [since, until],
      [Date.parse('2018-03-01T00:00:00Z') / 1000, Date.parse('2018-05-01T00:00:00Z') / 1000],
    );
  }
  const { since, until } = topic('body: sys_', 'since: 2020-02-29');
  assert.deepEqual([since, until], [Date.UTC(2020, 1, 29) / 1000, undefined]);
});

test('people alone make a topic, and so do texts', () => {
  assert.deepEqual(topic('people: [ada@example.org, Ben Birch]'), {
    people: ['ada@example.org', 'Ben Birch'],
    lists: [],
  });
  assert.deepEqual(topic('body: [sys_, syscall]', 'lists: [larch-devel]', 'title: Calls'), {
    title: 'Calls',
    body: [/sys_/i, /syscall/i],
    people: [],
    lists: ['larch-devel'],
  });
});

test('a setting of a topic with nothing behind it says nothing', () => {
  const { subject, body, people, lists, since } = topic('subject: x', 'body:', 'people:', 'lists:', 'since:');
  assert.deepEqual([subject, body, people, lists, since], [[/x/i], undefined, [], [], undefined]);
});
