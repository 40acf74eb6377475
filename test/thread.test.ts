import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import type { MessageId } from '../mail/message-id.ts';
import { buildThreads, type Thread, type Threadable } from '../mail/thread.ts';
import { containersOf } from './support/containers.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { runs } from './support/property.ts';
import { factsInFolder, factsInMbox } from './support/thread-facts.ts';

const CASES = new URL('fixtures/threads/', import.meta.url);

/** Threads as indented text; a ghost has a question mark. */
function drawn(threads: readonly Thread<Threadable>[]): string {
  const lines = threads.flatMap(({ root }) =>
    containersOf(root).map(({ container, depth }) => {
      return `${'  '.repeat(depth)}${container.message ? '' : '? '}${container.id}\n`;
    }),
  );
  return lines.join('');
}

for (const name of fs.readdirSync(CASES)) {
  const expected = fs.readFileSync(new URL(`${name}/expected.txt`, CASES), 'utf8');
  const guarded = /^# (.*)/.exec(expected)?.[1];
  test(`${name}: ${guarded}`, async () => {
    const facts = await factsInMbox(new URL(`${name}/mail.mbox`, CASES));
    const tree = expected.slice(expected.indexOf('\n') + 1);
    assert.equal(drawn(buildThreads(facts)), tree);
    assert.equal(drawn(buildThreads(facts.toReversed())), tree);
  });
}

const id = (number: number) => `${number}@example.org` as MessageId;

/** Messages that refer to each other at random, also to themselves, in rings, and to messages that are not there. */
const mails = fc
  .uniqueArray(
    fc.record({
      id: fc.nat(11).map(id),
      references: fc.array(fc.nat(15).map(id), { maxLength: 5 }),
      received: fc.nat(5),
    }),
    { selector: mail => mail.id, maxLength: 12 },
  )
  .chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

test('the order of input makes no difference', () => {
  fc.assert(
    fc.property(mails, ([list, shuffled]) => {
      assert.equal(drawn(buildThreads(shuffled)), drawn(buildThreads(list)));
    }),
    runs(1000),
  );
});

test('threads hold every message once and no ring; ghosts are roots of two or more; order is by time', () => {
  fc.assert(
    fc.property(mails, ([list]) => {
      const threads = buildThreads(list);
      const seen: MessageId[] = [];
      for (const { root, messages } of threads) {
        assert.equal(root.parent, undefined);
        const inTree: MessageId[] = [];
        for (const { container } of containersOf(root)) {
          assert.ok(inTree.length < list.length, 'a ring');
          if (container.message) inTree.push(container.id);
          else
            assert.ok(container === root && root.children.length > 1, 'a ghost that holds nothing together');
          for (const child of container.children) assert.equal(child.parent, container);
          assertInOrder(container.children.map(child => child.message!));
        }
        assertInOrder(messages);
        assert.deepEqual(messages.map(mail => mail.id).sort(), inTree.sort());
        seen.push(...inTree);
      }
      assertInOrder(threads.map(thread => thread.messages[0]!));
      assert.deepEqual(seen.sort(), list.map(mail => mail.id).sort());
    }),
    runs(1000),
  );
});

function assertInOrder(list: readonly Threadable[]): void {
  const keys = list.map(mail => [mail.received, mail.id] as const);
  assert.deepEqual(
    keys,
    keys.toSorted(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)),
  );
}

test('nothing but references joins messages', () => {
  fc.assert(
    fc.property(mails, ([list]) => {
      const group = new Map<MessageId, MessageId>();
      const leader = (one: MessageId): MessageId => {
        const above = group.get(one) ?? one;
        return above === one ? one : leader(above);
      };
      for (const mail of list) for (const other of mail.references) group.set(leader(other), leader(mail.id));
      for (const { messages } of buildThreads(list))
        assert.equal(new Set(messages.map(mail => leader(mail.id))).size, 1);
    }),
    runs(),
  );
});

const MANY = 10_000;
const numbers = Array.from({ length: MANY }, (_, number) => number);

test('ten thousand replies, each to the one before it, are one thread in any order of arrival', () => {
  for (const when of [
    (number: number) => number,
    (number: number) => -number,
    (number: number) => (number * 7919) % MANY,
  ]) {
    const chain = numbers.map(number => ({
      id: id(number),
      references: number === 0 ? [] : [id(number - 1)],
      received: when(number),
    }));
    const threads = buildThreads(chain);
    assert.equal(threads.length, 1);
    const depths = containersOf(threads[0]!.root).map(({ container, depth }) => container.id === id(depth));
    assert.equal(depths.filter(Boolean).length, MANY);
  }
});

test('ten thousand replies to one message, there or missing, are one thread', () => {
  const star = numbers.map(number => ({
    id: id(number),
    references: number === 0 ? [] : [id(0)],
    received: number,
  }));
  for (const [list, children] of [
    [star, MANY - 1],
    [star.slice(1), MANY - 1],
  ] as const) {
    const [thread, ...others] = buildThreads(list);
    assert.equal(others.length, 0);
    assert.equal(thread!.root.id, id(0));
    assert.equal(thread!.root.children.length, children);
  }
});

test('ten thousand ancestors that never came leave their one descendant alone', () => {
  const [thread, ...others] = buildThreads([{ id: id(MANY), references: numbers.map(id), received: 0 }]);
  assert.deepEqual([thread!.root.id, thread!.root.children, others], [id(MANY), [], []]);
});

/** Collections of real mail: ids, threads, messages of the largest thread. */
const CORPORA: Readonly<Record<string, readonly [ids: number, threads: number, largest: number]>> = {
  'notmuch-lkml/notmuch-lkml.mbox': [176, 19, 100],
  'notmuch-lkml/cur': [176, 19, 100],
  'linux-um.mbox.gz': [2375, 289, 132],
  'linux-arch-2020-q1.mbox.gz': [2120, 194, 101],
  // 64 threads where the address of MH counts for an id: two answers name the author before the message.
  'jwz-aerc': [93, 63, 4],
  // 7 threads where the mails are taken as they lie, and a message without References loses the parent it has by then.
  'notmuch-threading': [16, 6, 6],
};

for (const [name, [ids, threads, largest]] of Object.entries(CORPORA)) {
  test(`the threads of the collection ${name}`, { skip: NO_CORPORA }, async () => {
    const place = `${corporaFolder()}/${name}`;
    const facts = name.includes('.mbox') ? await factsInMbox(place) : factsInFolder(place);
    const found = buildThreads(facts);
    assert.deepEqual(
      [facts.length, found.length, Math.max(...found.map(thread => thread.messages.length))],
      [ids, threads, largest],
    );
  });
}
