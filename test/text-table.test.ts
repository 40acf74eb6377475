import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { TextTable } from '../mail/text-table.ts';
import { runs } from './support/property.ts';

test('a table of texts numbers them as a Map would, however many come', () => {
  const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat(40).map(String)), { maxLength: 200 });
  fc.assert(
    fc.property(texts, fc.nat(20), (list, expected) => {
      const table = new TextTable(expected);
      const numbers = new Map<string, number>();
      for (const text of list) {
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        assert.equal(table.numberOf(text), numbers.get(text));
        assert.equal(table.size, numbers.size);
      }
      for (const [text, number] of numbers) assert.equal(table.textAt(number), text);
    }),
    runs(),
  );
});
