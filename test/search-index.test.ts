import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { createInverter } from '../site/search/invert.ts';
import { createPreparer, readContent, type SearchDocument } from '../site/search/prepare.ts';
import { ROOT_FILE } from '../site/search/root.ts';
import { openSearchIndex, type WrittenIndex } from '../site/search/search-index.ts';
import { readSortedTexts, writeSortedTexts } from '../site/search/sorted-texts.ts';
import { createDictionary } from '../site/search/write-dictionary.ts';
import { runs } from './support/property.ts';
import { ABOUT, heldIndex, searchDocument } from './support/search-index.ts';

const prepare = createPreparer('en');

/** A site's `search/` that an index keeps up to date, in memory, with the index's own file on the disk. */
class Site {
  readonly files = new Map<string, Uint8Array>();
  readonly store: string;

  constructor(folder: string) {
    this.store = path.join(folder, 'search.db');
  }

  /** A build: the index is opened, has some threads' documents changed, and is written. */
  build(changed: ReadonlyMap<string, readonly SearchDocument[]>, form = ''): WrittenIndex {
    const index = openSearchIndex(this.store, 'en', form);
    try {
      for (const [owner, documents] of changed) {
        if (documents.length === 0) index.remove(owner);
        else index.replace(owner, String(documents.length), documents.map(prepare));
      }
      const written = index.write(ABOUT, this.files.get(ROOT_FILE), (file, bytes) =>
        this.files.set(file, bytes),
      );
      for (const file of written.removed) this.files.delete(file);
      index.commit();
      return written;
    } finally {
      index.close();
    }
  }
}

async function inFolder(work: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'list-traffic-index-'));
  try {
    await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** What threads have, message by message; a thread has a document of its own, placed by its last message. */
type Threads = ReadonlyMap<string, readonly number[]>;

function documentsOf(thread: string, messages: readonly number[]): readonly SearchDocument[] {
  if (messages.length === 0) return [];
  const mails = messages.map(number =>
    searchDocument({
      id: `${number}@example.org`,
      received: 1_500_000_000 + (number % 977) * 60,
      subject: `Subject of ${thread}`,
      from: `Writer ${number % 7}`,
      body: `Words that ${number % 5} others say, and number${number} alone. ${'more '.repeat(number % 9)}`,
    }),
  );
  const last = Math.max(...mails.map(({ key }) => key.received));
  const brief = searchDocument({
    id: thread,
    received: last,
    subject: thread,
    body: `${messages.length} messages`,
  });
  return [
    ...mails,
    {
      ...brief,
      key: { ...brief.key, kind: 'thread' },
      fact: {
        ...brief.fact,
        kinds: ['thread'],
        status: messages.length > 3 ? 'applied' : 'no-reply',
        topics: [],
      },
      record: { ...brief.record, kind: 'thread' },
    },
  ];
}

function allDocuments(threads: Threads): readonly SearchDocument[] {
  return [...threads].flatMap(([thread, messages]) => documentsOf(thread, messages));
}

/** One step: messages that come into a thread, early or late ones, and messages that go. */
const step = fc.record({
  thread: fc.nat(30).map(number => `thread${number}`),
  coming: fc.array(fc.nat(4000), { maxLength: 60 }),
  going: fc.array(fc.nat(60), { maxLength: 10 }),
});
const steps = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

/** Threads after a step; a message is of one thread alone, the last that got it. */
function after(
  threads: Threads,
  { thread, coming, going }: { thread: string; coming: readonly number[]; going: readonly number[] },
): Threads {
  const come = new Set(coming);
  const changed = new Map(
    [...threads].map(([name, messages]) => [name, messages.filter(one => !come.has(one))]),
  );
  const kept = (changed.get(thread) ?? []).filter((_, at) => !going.includes(at));
  changed.set(thread, [...kept, ...come]);
  return changed;
}

test('whatever came, changed and went, the files are those of an index made at once', async () => {
  let [kept, written, removed] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.nat(1500), steps, async (start, builds) => {
      await inFolder(folder => {
        const site = new Site(folder);
        let threads: Threads = new Map(
          Array.from({ length: 31 }, (_, thread) => [
            `thread${thread}`,
            Array.from({ length: start }, (_, number) => number).filter(number => number % 31 === thread),
          ]),
        );
        site.build(new Map([...threads].map(([name, messages]) => [name, documentsOf(name, messages)])));
        for (const changes of builds) {
          const before = threads;
          for (const change of changes) threads = after(threads, change);
          const changed = [...threads].filter(
            ([name, messages]) => JSON.stringify(messages) !== JSON.stringify(before.get(name)),
          );
          const old = new Map(site.files);
          const told = site.build(
            new Map(changed.map(([name, messages]) => [name, documentsOf(name, messages)])),
          );
          assert.deepEqual(site.files, heldIndex(allDocuments(threads)).files);
          assert.deepEqual([...told.kept, ...told.written].sort(), [...site.files.keys()].sort());
          for (const file of told.written) assert.notDeepEqual(old.get(file), site.files.get(file), file);
          for (const file of told.removed) assert.ok(old.has(file) && !site.files.has(file), file);
          kept += told.kept.length;
          written += told.written.length;
          removed += told.removed.length;
        }
      });
    }),
    runs(25),
  );
  assert.ok(kept > 0 && written > 0 && removed > 0);
});

test('where nothing changed nothing is written', async () => {
  await inFolder(folder => {
    const site = new Site(folder);
    const threads = new Map([
      ['a', documentsOf('a', [1, 2, 3])],
      ['b', documentsOf('b', [4, 5])],
    ]);
    const first = site.build(threads);
    for (const changed of [new Map(), threads]) {
      const again = site.build(changed);
      assert.deepEqual([again.written, again.removed, again.version], [[], [], first.version]);
      assert.equal(again.kept.length, site.files.size);
    }
  });
});

test('a reply has its own level and that of its thread written, and no document of other levels read', async () => {
  await inFolder(folder => {
    const site = new Site(folder);
    const many = new Map(
      Array.from({ length: 300 }, (_, at) => {
        const name = `thread${at}`;
        return [
          name,
          documentsOf(
            name,
            Array.from({ length: 3 }, (_, number) => at * 3 + number),
          ),
        ] as const;
      }),
    );
    site.build(many);
    const told = site.build(new Map([['thread299', documentsOf('thread299', [897, 898, 899, 976])]]));
    const levels = new Set(told.written.map(file => file.split('/')[0]));
    assert.ok(levels.size <= 4, [...levels].join(' '));
    assert.ok(told.kept.length > told.written.length);
  });
});

test('files of a site that is not there, or is another, are all written', async () => {
  await inFolder(folder => {
    const site = new Site(folder);
    site.build(new Map([['a', documentsOf('a', [1, 2, 3])]]));
    const wanted = new Map(site.files);
    for (const root of [undefined, new Uint8Array([1, 2, 3])]) {
      site.files.clear();
      if (root) site.files.set(ROOT_FILE, root);
      assert.deepEqual(site.build(new Map()).kept, []);
      assert.deepEqual(site.files, wanted);
    }
  });
});

test('an index that is not committed is as before, and one that is damaged or of another form begins anew', async () => {
  await inFolder(folder => {
    const file = path.join(folder, 'search.db');
    const open = (form = '') => openSearchIndex(file, 'en', form);
    const documents = documentsOf('a', [1, 2]).map(prepare);
    let index = open();
    index.replace('a', 'one', documents);
    index.commit();
    index.close();
    index = open();
    index.replace('a', 'two', []);
    index.remove('a');
    index.close();
    index = open();
    assert.equal(index.fingerprint('a'), 'one');
    assert.deepEqual(index.owners(), ['a']);
    index.close();
    index = open('another');
    assert.equal(index.fingerprint('a'), undefined);
    index.replace('a', 'one', documents);
    index.commit();
    index.close();
    fs.writeFileSync(file, 'This is no database, whatever its name says. '.repeat(200));
    index = open('another');
    assert.deepEqual(index.owners(), []);
    index.close();
  });
});

test('what memory does not hold is sorted on the disk, with the same result', async () => {
  await inFolder(folder =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(300), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (messages, most) => {
          const contents = documentsOf('a', messages).map(one => readContent(prepare(one).content));
          const inverted = (limit?: number) => {
            const inverter = createInverter(path.join(folder, 'terms'), limit);
            for (const [number, content] of contents.entries()) inverter.add(number, content);
            return [...inverter.terms()];
          };
          const spilled = inverted(most);
          assert.deepEqual(spilled, inverted());
          const words = (limit?: number) => {
            const files: Uint8Array[] = [];
            const dictionary = createDictionary(path.join(folder, 'words'), limit);
            for (const { term } of spilled) dictionary.add(term);
            return [dictionary.write(bytes => files.push(bytes)), files];
          };
          assert.deepEqual(words(most), words());
        },
      ),
      runs(50),
    ),
  );
});

test('sorted texts are read as they were written, whatever characters they have', () => {
  const unit = fc.oneof(
    fc.constantFrom('a', 'b', '\0', '\x1e', '\x1f', '\x20', '\x3f', 'é', '\ufeff', '😀', '😁'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  const text = fc.tuple(
    fc.constantFrom('', 'a'.repeat(29), 'a'.repeat(40)),
    fc.array(unit, { maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(text), parts => {
      const texts = parts.map(([head, tail]) => head + tail.join('')).sort();
      assert.deepEqual(readSortedTexts(writeSortedTexts(texts)), texts);
    }),
    runs(500),
  );
});
