import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { compareKeys, type DocumentKey, levelStarts } from '../site/search/levels.ts';
import { createShardReader } from '../site/search/shard-reader.ts';
import { runs } from './support/property.ts';
import { type HeldIndex, heldIndex, type Mail, readHeld, searchDocument } from './support/search-index.ts';

/** Mails with different ids, a minute apart. */
function mails(count: number, seed = 0): readonly Mail[] {
  return Array.from({ length: count }, (_, number) => ({
    id: `${seed}.${number}@example.org`,
    received: 1_500_000_000 + number * 60,
    subject: `Subject ${number % 17} of ${number % 5}`,
    body: `Words that ${number % 7} others say, and number${number} alone. ${'more '.repeat(number % 9)}`,
  }));
}

/** Folders and files of `after` that `before` does not have with the same bytes. */
function rewritten(
  before: HeldIndex,
  after: HeldIndex,
): { readonly levels: ReadonlySet<string>; readonly bytes: number } {
  const changed = [...after.files].filter(([path, bytes]) => {
    const known = before.files.get(path);
    return !known || Buffer.compare(known, bytes) !== 0;
  });
  return {
    levels: new Set(changed.flatMap(([path]) => (path.includes('/') ? [path.split('/')[0]!] : []))),
    bytes: changed.reduce((sum, [, bytes]) => sum + bytes.length, 0),
  };
}

test('the same documents make the same bytes, in whatever order they come', () => {
  const all = mails(300).map(searchDocument);
  const wanted = heldIndex(all).files;
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), shuffled => {
      assert.deepEqual(heldIndex(shuffled).files, wanted);
    }),
    runs(10),
  );
});

test('a message rewrites the level of its time and the root, nothing else, whether it is new or late', () => {
  const all = mails(3000);
  const before = heldIndex(all.map(searchDocument));
  assert.ok(before.root.levels.length > 1);
  const late = { ...all[100]!, id: 'late@example.org', body: 'Words that nobody else wrote: zyzzyva.' };
  const fresh = { ...all.at(-1)!, id: 'fresh@example.org', received: all.at(-1)!.received + 60 };
  for (const [mail, level] of [
    [late, before.root.levels[0]!],
    [fresh, before.root.levels.at(-1)!],
  ] as const) {
    const after = heldIndex([...all, mail].map(searchDocument));
    assert.deepEqual([...rewritten(before, after).levels], [level.name], mail.id);
  }
});

test('a term lies in few levels, and a hundred new messages rewrite few documents each', () => {
  let [most, share] = [0, 0];
  const lists = 20;
  for (let seed = 0; seed < lists; seed++) {
    const keys: readonly DocumentKey[] = mails(20_100, seed).map(({ id, received }) => ({
      id,
      received,
      kind: 'message',
    }));
    let before = levelStarts(keys.slice(0, 20_000));
    for (let count = 20_001; count <= 20_100; count++) {
      const starts = levelStarts(keys.slice(0, count));
      most = Math.max(most, starts.length);
      // Of levels that begin alike only the last one ends elsewhere than before.
      const same = starts.findIndex((start, at) => start !== before[at]);
      const first = same === -1 ? starts.at(-1)! : starts[Math.max(0, same - 1)]!;
      share += (count - first) / count / 100 / lists;
      before = starts;
    }
  }
  assert.ok(most <= 6, `${most} levels`);
  assert.ok(share < 0.02, `${share} of the documents`);
});

test('in a level documents of one subject stand together, and each keeps what is known of it', async () => {
  const all = mails(300).map(searchDocument);
  const held = heldIndex(all);
  const reader = createShardReader(held.root, readHeld(held));
  const facts = await reader.facts();
  const found = await Promise.all(facts.map((_, document) => reader.record(document)));
  const given = new Map(all.map(({ key, record }) => [key.id, record]));
  assert.equal(found.length, all.length);
  for (const [document, record] of found.entries()) {
    assert.deepEqual(record, given.get(record!.message));
    assert.equal(facts[document]!.received, record!.received);
  }
  let base = 0;
  for (const { documents } of held.root.levels) {
    const titles = found.slice(base, base + documents).map(record => record!.title);
    assert.deepEqual(titles, titles.toSorted());
    base += documents;
  }
  assert.ok(facts.some((fact, document) => document > 0 && fact!.received < facts[document - 1]!.received));
});

test('no level has documents of two kinds, which follow each other', () => {
  const key = fc.record({
    received: fc.nat(50),
    id: fc.nat(200).map(String),
    kind: fc.constantFrom('message', 'thread', 'section'),
  });
  fc.assert(
    fc.property(fc.uniqueArray(key, { selector: ({ id, kind }) => `${id} ${kind}` }), keys => {
      const sorted = keys.toSorted(compareKeys);
      const starts = levelStarts(sorted);
      assert.equal(starts[0] ?? 0, 0);
      for (const [at, start] of starts.entries()) {
        const level = sorted.slice(start, starts[at + 1]);
        assert.ok(level.length > 0);
        assert.equal(new Set(level.map(({ kind }) => kind)).size, 1);
      }
      assert.deepEqual(
        sorted,
        (['message', 'thread', 'section'] as const).flatMap(kind => sorted.filter(one => one.kind === kind)),
      );
    }),
    runs(),
  );
});
