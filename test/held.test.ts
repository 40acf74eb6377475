import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { held } from '../mail/held.ts';
import { runs } from './support/property.ts';

test('what is held is what would be made, and the last texts are not made again', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'x'.repeat(2000)), { maxLength: 40 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 4 }), (asked, most) => {
      const made: string[] = [];
      const upper = held((text: string) => {
        made.push(text);
        return text.toUpperCase();
      }, most);
      for (const [index, text] of asked.entries()) {
        const before = made.length;
        assert.equal(upper(text), text.toUpperCase());
        const last = asked.slice(Math.max(0, index - most), index);
        if (text.length === 1 && last.includes(text)) assert.equal(made.length, before);
      }
    }),
    runs(),
  );
});

test('a long text is not held', () => {
  let made = 0;
  const count = held(() => ++made, 10);
  assert.deepEqual([count('short'), count('short')], [1, 1]);
  assert.deepEqual([count('x'.repeat(1001)), count('x'.repeat(1001))], [2, 3]);
});
