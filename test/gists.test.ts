import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { wholeSentences } from '../site/gists.ts';

test('a text is cut behind whole sentences, else behind words, else where it must be', () => {
  const cases: readonly (readonly [text: string, most: number, cut: string])[] = [
    ['Count once. Count again.', 30, 'Count once. Count again.'],
    ['Count once. Count again. And again.', 26, 'Count once. Count again.'],
    ['Count once. Count again.', 11, 'Count once.'],
    ['We use e.g. words of people who count.', 20, 'We use e.g. words of […]'],
    ['数えるのは一度だけです。もう一度数えます。', 13, '数えるのは一度だけです。'],
    ['x'.repeat(50), 10, `${'x'.repeat(10)} […]`],
    ['🌲'.repeat(50), 5, '🌲🌲 […]'],
  ];
  for (const [text, most, cut] of cases) assert.equal(wholeSentences(text, most), cut);
});

test('whatever a text is, it is not much longer than it may be', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.integer({ min: 1, max: 100 }),
      (text, most) => {
        assert.ok(wholeSentences(text, most).length <= most + ' […]'.length);
      },
    ),
  );
});
