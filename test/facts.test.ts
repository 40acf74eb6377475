import assert from 'node:assert/strict';
import test from 'node:test';
import { findingsIn, idOf, LOCK_THREAD, told, written } from './support/checked-thread.ts';

const FACTS: readonly (readonly [why: string, prose: string, findings: readonly string[]])[] = [
  ['versions, commits, numbers', '[Version 3](mid:ada) was 3.5 times slower on v5.9-rc1 than 1234567.', []],
  ['a patch of a series', 'Ada Example posted [patch 2 of 7](mid:ada), v3.', []],
  [
    'another version',
    'Ada Example posted [v4](mid:ada) for 5.9-rc2.',
    ['error version 1:21', 'error version 1:50'],
  ],
  ['another commit', 'Ada Example named [abcdef1234567](mid:ada).', ['error commit 1:20']],
  ['another number', 'Ada Example found it [4.5 times](mid:ada) slower.', ['error number 1:23']],
  ['a number of another message', '[Ben Sample](mid:ben) knew of the 3.5 times.', ['warning number 1:47']],
  ['dates', '[Ada Example](mid:ada) wrote on 5 March 2018, [Ben Sample](mid:ben) on 7 March.', []],
  [
    'dates put otherwise',
    '[Ada Example](mid:ada) wrote from March 5 to 7, 2018, or 2018-03-05, in March 2018.',
    [],
  ],
  [
    'another day',
    '[Ada Example](mid:ada) wrote on 15 March, or on March 5, 2019.',
    ['error date 1:45', 'error date 1:61'],
  ],
  ['names of who is mentioned', '[Ada Example](mid:ada) sent it to Linus Sample.', []],
  ['a name of nobody', '[Ada Example](mid:ada) and Grace Stranger met.', ['error name 1:40']],
  ['a name of nobody at the start', 'Grace Stranger read [it](mid:ada).', ['error name 1:1']],
  ['a name half of somebody', '[It](mid:ada) is from Grace Example.', ['error name 1:35']],
  ['who is in no message cited', '[Ada Example](mid:ada) and David Laight met.', ['warning name 1:40']],
  [
    'words before a name',
    'Asked Ben, [Ada Example](mid:ada) wrote. When Ada Example, On Monday [Ben](mid:ben).',
    [],
  ],
  [
    'things and sentences',
    'The Linux kernel of [Ada](mid:ada). Here RFC and KVM stand, and ext4, x86-64, 0x80.',
    [],
  ],
  ['a heading', '# Taking The Lock First\n\n[Ada](mid:ada)', []],
  ['code and addresses', '[Ada](mid:ada): `exit 42`, <https://example.org/42>, https://example.org/43', []],
  ['in a list, on its second line', '1. [Ada](mid:ada)\n   had *just 99* of them', ['error number 2:14']],
  ['in a table', '| a | b |\n|---|---|\n| [Ada](mid:ada) | c |\n| 99 | d |', ['error number 4:1']],
  ['nothing to check it by', 'Whoever Wrote This had 99 of them.', []],
];

test('names, numbers, versions, commits and dates stand in the thread, or are told', () => {
  for (const [why, prose, expected] of FACTS) {
    const findings = findingsIn(LOCK_THREAD, written(prose));
    assert.deepEqual(told(findings), expected, `${why}: ${findings.map(({ message }) => message).join(' ')}`);
  }
});

test('what the caller knows needs no evidence, and prose without a link is about the thread it is said to be', () => {
  const prose = 'Grace Stranger counted 99 messages.';
  const about = idOf('ada');
  assert.deepEqual(told(findingsIn(LOCK_THREAD, prose, { about })), ['error name 1:1', 'error number 1:24']);
  assert.deepEqual(findingsIn(LOCK_THREAD, prose, { about, known: ['99', 'Grace Stranger'] }), []);
});
