import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Components } from '../mail/components.ts';
import type { MessageId } from '../mail/message-id.ts';
import { buildThreads } from '../mail/thread.ts';
import { runs } from './support/property.ts';

const id = fc.nat(14).map(number => `${number}@example.org` as MessageId);
const messages = fc.uniqueArray(
  fc.record({ id, references: fc.array(id, { maxLength: 4 }), received: fc.nat(99) }),
  { selector: message => message.id, maxLength: 12 },
);

test('every thread lies in one component, whatever refers to what', () => {
  fc.assert(
    fc.property(messages, some => {
      const components = new Components();
      const indexes = new Map(some.map(({ id, references }) => [id, components.join(id, references)]));
      for (const thread of buildThreads(some))
        assert.equal(new Set(thread.messages.map(({ id }) => components.of(indexes.get(id)!))).size, 1);
    }),
    runs(),
  );
});

test('two messages are in one component just where references lead from one to the other', () => {
  fc.assert(
    fc.property(messages, some => {
      const components = new Components();
      const reached = new Map<string, Set<string>>();
      const indexes = new Map<string, number>();
      for (const message of some) {
        indexes.set(message.id, components.join(message.id, message.references));
        const joined = new Set(
          [message.id, ...message.references].flatMap(one => [one, ...(reached.get(one) ?? [])]),
        );
        for (const one of joined) reached.set(one, joined);
      }
      const of = (one: string) => components.of(indexes.get(one)!);
      for (const a of some)
        for (const b of some) assert.equal(of(a.id) === of(b.id), reached.get(a.id)!.has(b.id));
    }),
    runs(),
  );
});

test('a chain of a hundred thousand references is one component', () => {
  const components = new Components();
  const name = (number: number) => `${number}@example.org` as MessageId;
  for (let number = 100_000; number > 0; number--) components.join(name(number), [name(number - 1)]);
  const of = (number: number) => components.of(components.join(name(number), []));
  assert.equal(of(100_000), of(0));
  assert.notEqual(of(1), of(100_001));
});
