import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { MessageId } from '../mail/message-id.ts';
import { type Join, type Overrides, overriddenThreads, type Split } from '../mail/overrides.ts';
import type { Threadable } from '../mail/thread.ts';
import { containersOf } from './support/containers.ts';
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
  const { threads } = overriddenThreads(messagesOf(lines), { join: [], split: [], ...overrides });
  const all = threads.flatMap(({ root }) => containersOf(root));
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
  const why = (message: string, to?: string, lines: readonly string[] = TWO_THREADS) => {
    const entry: Join | Split = to ? { message: id(message), to: id(to) } : { message: id(message) };
    const overrides = 'to' in entry ? { join: [entry], split: [] } : { join: [], split: [entry] };
    const { messages, idle } = overriddenThreads(messagesOf(lines), overrides);
    if (idle.has(entry)) assert.deepEqual(messages, messagesOf(lines));
    return idle.get(entry);
  };
  assert.match(why('gone')!, /does not hold gone@/);
  assert.match(why('x', 'gone')!, /does not hold gone@/);
  assert.match(why('x')!, /replies to nothing anyway/);
  assert.match(why('z', 'y')!, /replies to y@example.org anyway/);
  assert.match(why('x', 'z')!, /z@example.org is itself a reply to x@/);
  assert.match(why('x', 'y', ['x:', 'y: x gone'])!, /is itself a reply to x@/);
  assert.deepEqual([why('z'), why('z', 'x')], [undefined, undefined]);
  assert.equal(why('y', undefined, ['x:', 'y:', 'z: x y']), undefined);
});

test('a join under its own reply made the reply the beginning of the thread', () => {
  const join = [{ message: id('x'), to: id('z') }];
  assert.equal(drawn(TWO_THREADS, { join }), drawn(TWO_THREADS, {}));
});

test('a join to what is not held took a reply from its place', () => {
  const join = [{ message: id('y'), to: id('gone') }];
  assert.equal(drawn(TWO_THREADS, { join }), drawn(TWO_THREADS, {}));
});

test('of two joins that make a circle, the first is followed', () => {
  const join = [
    { message: id('a'), to: id('y') },
    { message: id('x'), to: id('b') },
  ];
  assert.equal(drawn(TWO_THREADS, { join }), drawn(TWO_THREADS, { join: join.slice(0, 1) }));
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
      const { threads, idle } = overriddenThreads(messagesOf(all), overrides);
      const ids = threads.flatMap(thread => thread.messages.map(one => one.id));
      assert.deepEqual(
        ids.sort(),
        messagesOf(all)
          .map(one => one.id)
          .sort(),
      );
      const parent = threads
        .flatMap(({ root }) => containersOf(root))
        .find(({ container }) => container.id === id(message))?.container.parent;
      if (!idle.has(overrides.join[0]!)) assert.equal(parent?.id, id(to));
      if (ids.includes(id(split))) assert.ok(threads.some(({ root }) => root.id === id(split)));
    }),
    runs(),
  );
});
