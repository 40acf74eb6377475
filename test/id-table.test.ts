import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { IdTable } from '../mail/id-table.ts';
import type { MessageId } from '../mail/message-id.ts';
import { runs } from './support/property.ts';

test('a table of ids numbers them as a Map would, however many come', () => {
  const ids = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat(40).map(String)), { maxLength: 200 });
  fc.assert(
    fc.property(ids, fc.nat(20), (list, expected) => {
      const table = new IdTable(expected);
      const numbers = new Map<string, number>();
      for (const id of list) {
        if (!numbers.has(id)) numbers.set(id, numbers.size);
        assert.equal(table.numberOf(id as MessageId), numbers.get(id));
        assert.equal(table.size, numbers.size);
      }
      for (const [id, number] of numbers) assert.equal(table.idAt(number), id);
    }),
    runs(),
  );
});
