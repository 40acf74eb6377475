import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { MessageId } from '../mail/message-id.ts';
import { type Overrides, whyIdle, withOverrides } from '../mail/overrides.ts';
import { buildThreads, type Threadable, walk } from '../mail/thread.ts';
import { runs } from './support/property.ts';

const id = (name: string) => `${name}@example.org` as MessageId;

/** Messages from lines such as `c: a b`: an id and its references, one second apart. */
function messagesOf(lines: readonly string[]): readonly Threadable[] {
  return lines.map((line, index) => {
    const [name, ...references] = line.split(/[: ]+/).filter(Boolean);
    return { id: id(name!), references: references.map(id), received: index };
  });
}

function drawn(lines: readonly string[], overrides: Partial<Overrides>): string {
  const threads = buildThreads(withOverrides(messagesOf(lines), { join: [], split: [], ...overrides }));
  const all = threads.flatMap(({ root }) => [...walk(root)]);
  return all
    .map(({ container, depth }) => `${'  '.repeat(depth)}${container.id.replace(/@.*/, '')}`)
    .join('\n');
}

const TWO_THREADS = ['a:', 'b: a', 'x:', 'y: x', 'z: x y'];

test('a message that is joined takes its replies along, and those that name its old ancestors', () => {
  assert.equal(
    drawn(TWO_THREADS, { join: [{ message: id('x'), to: id('b') }] }),
    'a\n  b\n    x\n      y\n        z',
  );
});

test('a reply that is joined elsewhere leaves its old thread with what replies to it', () => {
  assert.equal(drawn(TWO_THREADS, { join: [{ message: id('y'), to: id('a') }] }), 'a\n  b\n  y\n    z\nx');
});

test('a message that is split off begins a thread with what replies to it', () => {
  assert.equal(drawn(TWO_THREADS, { split: [{ message: id('y') }] }), 'a\n  b\nx\ny\n  z');
});

test('a reply that names only an ancestor of what was split off stays', () => {
  assert.equal(drawn([...TWO_THREADS, 'w: x'], { split: [{ message: id('y') }] }), 'a\n  b\nx\n  w\ny\n  z');
});

test('entries that do nothing say why', () => {
  const byId = new Map(messagesOf(TWO_THREADS).map(message => [message.id, message]));
  const why = (message: string, to?: string) =>
    whyIdle(to ? { message: id(message), to: id(to) } : { message: id(message) }, byId);
  assert.match(why('gone')!, /does not hold gone@/);
  assert.match(why('x', 'gone')!, /does not hold gone@/);
  assert.match(why('x')!, /replies to nothing anyway/);
  assert.match(why('z', 'y')!, /replies to y@example.org anyway/);
  assert.deepEqual([why('z'), why('z', 'x')], [undefined, undefined]);
});

const names = fc.constantFrom(...'abcdefgh');
const lines = fc
  .uniqueArray(fc.tuple(names, fc.array(names, { maxLength: 3 })), { selector: ([name]) => name })
  .map(list => list.map(([name, references]) => `${name}: ${references.join(' ')}`));

test('joins and splits lose no message, double none, and split where they say', () => {
  fc.assert(
    fc.property(lines, names, names, names, (all, message, to, split) => {
      fc.pre(message !== to && message !== split);
      const overrides = { join: [{ message: id(message), to: id(to) }], split: [{ message: id(split) }] };
      const threads = buildThreads(withOverrides(messagesOf(all), overrides));
      const ids = threads.flatMap(thread => thread.messages.map(one => one.id));
      assert.deepEqual(
        ids.sort(),
        messagesOf(all)
          .map(one => one.id)
          .sort(),
      );
      if (ids.includes(id(split))) assert.ok(threads.some(({ root }) => root.id === id(split)));
    }),
    runs(),
  );
});
