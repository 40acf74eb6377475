import assert from 'node:assert/strict';
import test from 'node:test';
import { fold, isEdge } from '../briefs/verify/folding.ts';
import { findWords, longestStart } from '../briefs/verify/matching.ts';

test('what programs and keyboards change is made one; letters, case and digits stay', () => {
  const cases: readonly (readonly [text: string, folded: string])[] = [
    ['  a\t b\r\n c\u00a0d ', 'a b c d'],
    ['“so” ‘so’ don´t ″', '"so" \'so\' don\'t "'],
    ['a—b – c−d', 'a - b - c-d'],
    ['a — b', 'a - b'],
    ['wait…', 'wait...'],
    ['soft\u00adware \u200bzero\u200d\ufeff', 'software zero'],
    ['ﬁle Ａ', 'file A'],
    ['e\u0301', 'é'],
    ['10³ is ½ of it, ①', '10³ is ½ of it, ①'],
    ['Case and `code`', 'Case and `code`'],
    [`a${'\u0301'.repeat(1000)}b`, `á${'\u0301'.repeat(29)}b`],
  ];
  for (const [text, folded] of cases) assert.equal(fold(text), folded, JSON.stringify(text));
  assert.equal(fold(fold('“a” — b')), fold('“a” — b'));
});

test('a quotation begins and ends where words do', () => {
  const cut = (text: string) => isEdge(text.replace('|', ''), text.indexOf('|'));
  for (const text of [
    '|a',
    'a|',
    'a| b',
    'a |b',
    'a|.',
    '(|a',
    'a|->b',
    'a - |b',
    '"|a',
    'a|, b',
    '3|. B',
    'fn|()',
  ])
    assert.equal(cut(text), true, text);
  for (const text of [
    'un|like',
    'a|_b',
    'non-|a',
    'non|-a',
    "can|'t",
    "can'|t",
    '3|.5',
    '3.|5',
    '1|,000',
    '-|1',
    '!|a',
    'é|é',
  ])
    assert.equal(cut(text), false, text);
});

test('words are found as they stand, with what brackets stand for', () => {
  const mail = `The lock is taken first, in table[nr], and not later. ${'x '.repeat(280)}It is [sic] the end of it.`;
  const cases: readonly (readonly [words: string, found: boolean])[] = [
    ['The lock is taken', true],
    ['the lock is taken', false],
    ['lock was taken', false],
    ['The lock […] not later', true],
    ['The lock [...] not later', true],
    ['The lock […]', true],
    ['[…] not later', true],
    ['The [big] lock is', true],
    ['[T]he lock is taken', true],
    ['[t]he lock is taken', true],
    ['is taken [l]irst', true],
    ['is [t]aken first', true],
    ['is [t]ken first', false],
    ['later […] The lock', false],
    ['first […] It is', true],
    ['The lock […] the end', false],
    ['It is [sic] the end', true],
    ['It is the end', false],
    ['in table[nr], and', true],
    ['in table[0], and', false],
    ['is [not] [ever] taken', true],
    ['[…]', false],
  ];
  for (const [words, found] of cases) assert.equal(findWords(mail, words) !== undefined, found, words);
});

test('a cut starts from the place that is near, not from the first', () => {
  const mail = `a b ${'x '.repeat(400)}a b c d`;
  assert.deepEqual(findWords(mail, 'a b […] d'), { start: mail.length - 7, end: mail.length });
});

test('where words part from a text is told', () => {
  assert.deepEqual(longestStart('it is taken first, it is taken last', 'it is taken later'), {
    length: 14,
    next: 33,
  });
});
