import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { matchesMailbox, uidSet } from '../ingest/imap/sets.ts';
import { runs } from './support/property.ts';

const SETS: readonly (readonly [uids: readonly number[], sets: readonly string[]])[] = [
  [[], []],
  [[7], ['7']],
  [[1, 2], ['1:2']],
  [[1, 3], ['1,3']],
  [[3, 1, 2, 2, 9, 8, 11], ['1:3,8:9,11']],
  [[4294967294, 4294967295], ['4294967294:4294967295']],
];

test('UIDs are packed to sequence sets', () => {
  for (const [uids, sets] of SETS) assert.deepEqual(uidSet(uids), sets);
});

/** The UIDs that a sequence set means (RFC 3501, 9). */
function uidsOf(set: string): readonly number[] {
  return set.split(',').flatMap(part => {
    const [first, last = first] = part.split(':').map(Number) as [number, number?];
    return Array.from({ length: last! - first! + 1 }, (_, index) => first! + index);
  });
}

test('sets mean exactly the UIDs they are made of, in order, and fit into a command line', () => {
  const scattered = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 3000 });
  const dense = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 800 });
  fc.assert(
    fc.property(fc.oneof(scattered, dense), uids => {
      const sets = uidSet(uids);
      assert.deepEqual(
        sets.flatMap(uidsOf),
        [...new Set(uids)].sort((a, b) => a - b),
      );
      for (const set of sets) assert.match(set, /^[\d:,]{1,4000}$/);
    }),
    runs(100),
  );
});

test('ten thousand scattered UIDs need few commands', () => {
  const uids = Array.from({ length: 10_000 }, (_, index) => 3 * index + 1);
  const sets = uidSet(uids);
  assert.deepEqual(sets.flatMap(uidsOf), uids);
  assert.ok(sets.length < 20, `${sets.length}`);
});

const NAMES: readonly (readonly [pattern: string, matches: readonly string[], others: readonly string[]])[] =
  [
    ['INBOX', ['INBOX', 'inbox', 'Inbox'], ['INBOX/a', 'INBOX2']],
    ['inbox', ['INBOX'], ['xinbox']],
    ['Lists', ['Lists'], ['lists', 'Lists/larch', 'My Lists']],
    ['Lists/*', ['Lists/larch', 'Lists/a/b', 'Lists/'], ['Lists', 'lists/larch']],
    ['*larch*', ['larch', 'Lists/larch-devel', 'a\nlarch'], ['Larch']],
    ['*', ['INBOX', 'Lists', ''], []],
    ['a.b+c(d)[e]?', ['a.b+c(d)[e]?'], ['aXb+c(d)[e]?', 'a.bbc(d)[e]']],
    ['Entwürfe', ['Entwürfe'], ['Entwurfe']],
  ];

test('mailboxes are chosen by name, and by patterns in which * stands for any characters', () => {
  for (const [pattern, matches, others] of NAMES) {
    for (const name of matches) assert.ok(matchesMailbox(pattern, name), `${pattern} is ${name}`);
    for (const name of others) assert.ok(!matchesMailbox(pattern, name), `${pattern} is not ${name}`);
  }
});
