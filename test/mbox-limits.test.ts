import assert from 'node:assert/strict';
import test from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type MboxItem, readMbox } from '../ingest/files/mbox.ts';

const ADA = 'From ada@example.org Mon Mar  5 09:12:44 2018\n';
const BEN = 'From ben@example.net Tue Mar  6 10:00:00 2018\n';
const MEGABYTE = 1 << 20;

/** What a reader with a cap of `maxBytes` makes of an mbox: a message, or the size of one that is too big. */
async function read(
  mbox: string,
  maxBytes: number,
  chunkSize = mbox.length,
): Promise<readonly (string | number)[]> {
  const bytes = Buffer.from(mbox, 'latin1');
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += chunkSize)
      yield bytes.subarray(start, start + chunkSize);
  }
  const found: (string | number)[] = [];
  for await (const { raw, size } of readMbox(chunks(), { maxBytes, dialect: 'mboxrd' }))
    found.push(raw?.toString('latin1') ?? size);
  return found;
}

test('a message of exactly the cap is kept, and one of a byte more is told by its size', async () => {
  for (const ending of ['\n', '\r\n']) {
    const mail = `Subject: a${ending}${ending}${'x'.repeat(50)}${ending}`;
    const mbox = `${ADA}${mail}${ending}${BEN}X: b\n\n`;
    for (const chunkSize of [1, 7, mbox.length]) {
      assert.deepEqual(await read(mbox, mail.length, chunkSize), [mail, 'X: b\n']);
      assert.deepEqual(await read(mbox, mail.length - 1, chunkSize), [mail.length, 'X: b\n']);
    }
  }
});

test('quote marks that an mbox adds do not count as bytes of a message', async () => {
  const mail = 'Subject: a\n\nFrom b\nFrom c\n';
  const mbox = `${ADA}Subject: a\n\n>From b\n>From c\n\n`;
  assert.deepEqual(await read(mbox, mail.length), [mail]);
  assert.deepEqual(await read(mbox, mail.length - 1), [mail.length]);
});

test('a line that is too long for any message spoils neither the message before it nor the one behind it', async () => {
  const long = 'x'.repeat(5000);
  for (const chunkSize of [1, 100, 4096, 100_000]) {
    const between = `${ADA}Subject: a\n\nHi.\n\n${BEN}${long}\n\nHo.\n\n${ADA}Subject: c\n\nHm.\n`;
    assert.deepEqual(await read(between, 1000, chunkSize), [
      'Subject: a\n\nHi.\n',
      5006,
      'Subject: c\n\nHm.\n',
    ]);
    const last = `${ADA}Subject: a\n\nHi.\n\n${BEN}Subject: b\n\n>From ${long}`;
    assert.deepEqual(await read(last, 1000, chunkSize), ['Subject: a\n\nHi.\n', 5017]);
    const separator = `${ADA}Subject: a\n\nFrom ${long}\n\n${BEN}X: c\n`;
    assert.deepEqual(await read(separator, 1000, chunkSize), [5018, 'X: c\n']);
  }
});

// Else what is counted is how long the collector waits, not what the reader holds.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How far the memory of this process grows while an mbox is read, in MB, with what is read. */
async function growth(
  chunks: () => Generator<Buffer>,
  maxBytes: number,
): Promise<{ readonly grown: number; readonly items: readonly MboxItem[] }> {
  collectGarbage();
  const before = process.memoryUsage().rss;
  let most = before;
  async function* watched() {
    let turn = 0;
    for (const chunk of chunks()) {
      yield chunk;
      if (turn++ % 8 === 0) collectGarbage();
      most = Math.max(most, process.memoryUsage().rss);
    }
  }
  const items: MboxItem[] = [];
  for await (const item of readMbox(watched(), { maxBytes, dialect: 'mboxrd' })) items.push(item);
  most = Math.max(most, process.memoryUsage().rss);
  return { grown: Math.round((most - before) / MEGABYTE), items };
}

/** `count` chunks, each new as from a file, of `line` over and over, between two small messages. */
function* between(line: string, count: number): Generator<Buffer> {
  yield Buffer.from(`${ADA}Subject: a\n\nHi.\n\n${BEN}Subject: b\n\n`);
  for (let turn = 0; turn < count; turn++) yield Buffer.alloc(MEGABYTE, line);
  yield Buffer.from(`\n\n${ADA}Subject: c\n\nHm.\n`);
}

const LINES = {
  'one line': 'x',
  'many lines': `${'x'.repeat(63)}\n`,
  'many quoted lines': `>From ${'x'.repeat(57)}\n`,
};

for (const [what, line] of Object.entries(LINES)) {
  test(`a message of 300 MB in ${what} is passed over in little memory`, async () => {
    const { grown, items } = await growth(() => between(line, 300), 32 * MEGABYTE);
    const marks = line.startsWith('>') ? (300 * MEGABYTE) / 64 : 0;
    assert.deepEqual(
      items.map(({ raw, size }) => raw?.toString() ?? size),
      ['Subject: a\n\nHi.\n', 'Subject: b\n\n'.length + 300 * MEGABYTE - marks + 1, 'Subject: c\n\nHm.\n'],
    );
    assert.ok(grown < 100, `grown by ${grown} MB`);
  });
}

test('a message of millions of empty lines needs no more memory than its bytes', async () => {
  const { grown, items } = await growth(() => between('\n', 8), 16 * MEGABYTE);
  assert.equal(items[1]?.raw?.length, 'Subject: b\n\n'.length + 8 * MEGABYTE + 1);
  assert.ok(grown < 150, `grown by ${grown} MB`);
});
