import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import zlib from 'node:zlib';
import { Archive } from '../ingest/archive/archive.ts';
import { pack } from '../ingest/archive/packed.ts';
import { verify } from '../ingest/verify.ts';
import { messageHash } from '../mail/message.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { emptyArchive, store, tamper } from './support/archives.ts';
import { mail } from './support/mails.ts';

const ONE = mail({ id: 'one@example.org' });
const TWO = mail({ id: 'two@example.org', body: 'Other words.\n' });
const HASH = messageHash(ONE);

/** The file of an archive with two messages and a cursor behind them, closed. */
function sound(context: test.TestContext): string {
  const { archive, file } = emptyArchive(context);
  store(archive, [ONE, TWO]);
  archive.setCursor('work', { mailbox: 'INBOX', uidValidity: 1n, lastUid: 2 });
  archive.close();
  return file;
}

function findings(context: test.TestContext, file: string): readonly string[] {
  const archive = Archive.open(file);
  context.after(() => archive.close());
  return [...verify(archive)];
}

test('nothing is found in a sound archive, and progress tells of every message', context => {
  const archive = Archive.open(sound(context));
  context.after(() => archive.close());
  const told: string[] = [];
  assert.deepEqual([...verify(archive, (done, total) => told.push(`${done}/${total}`))], []);
  assert.deepEqual(told, ['1/2', '2/2']);
});

test('an empty archive is sound', context => {
  assert.deepEqual([...verify(emptyArchive(context).archive)], []);
});

const FAULTS: Readonly<
  Record<string, readonly [sql: string, values: readonly (string | Uint8Array)[], ...found: RegExp[]]>
> = {
  'other bytes in place of a message': [
    'UPDATE raw SET bytes = ? WHERE hash = ?',
    [zlib.deflateSync(Buffer.from(ONE.toString().replace('words', 'swords'))), HASH],
    new RegExp(`^message ${HASH} is not what was received: its hash is [0-9a-f]{64}$`),
    new RegExp(`^message ${HASH} should have ${ONE.length} bytes and has ${ONE.length + 1}$`),
  ],
  'bytes that cannot be unpacked': [
    'UPDATE raw SET bytes = ? WHERE hash = ?',
    [Buffer.from('no deflate'), HASH],
    new RegExp(`^message ${HASH} cannot be unpacked: `),
  ],
  'a message cut short': [
    'UPDATE raw SET bytes = substr(bytes, 1, length(bytes) - 20) WHERE hash = ?',
    [HASH],
    new RegExp(`^message ${HASH} cannot be unpacked: `),
  ],
  'a size that is another': [
    'UPDATE raw SET size = 7 WHERE hash = ?',
    [HASH],
    new RegExp(`^message ${HASH} should have 7 bytes and has ${ONE.length}$`),
  ],
  'a message without its entry in the header index': [
    'DELETE FROM header WHERE hash = ?',
    [HASH],
    new RegExp(`^message ${HASH} is missing from the header index$`),
  ],
  'an entry with another id': [
    "UPDATE header SET message_id = 'x@example.org' WHERE hash = ?",
    [HASH],
    new RegExp(`^message ${HASH} stands in the header index as x@example\\.org$`),
  ],
  'a message that was never seen': [
    'DELETE FROM sighting WHERE hash = ?',
    [HASH],
    /^1 messages were never seen anywhere$/,
  ],
  'a message that is gone': [
    'DELETE FROM raw WHERE hash = ?',
    [HASH],
    /^1 sightings are of messages that are not there$/,
    /^1 entries of the header index are of messages that are not there$/,
  ],
  'a cursor that lies behind': [
    'UPDATE cursor SET last_uid = 1',
    [],
    /^the cursor of work, INBOX lies before messages that are stored$/,
  ],
};

for (const [what, [sql, values, ...found]] of Object.entries(FAULTS)) {
  test(`verify finds ${what}`, context => {
    const file = sound(context);
    tamper(file, sql, ...values);
    const said = findings(context, file);
    assert.equal(said.length, found.length, said.join('\n'));
    for (const [index, words] of found.entries()) assert.match(said[index]!, words);
  });
}

test('a flipped bit in the file of any message is found', context => {
  const file = sound(context);
  const packed = pack(ONE).bytes;
  const whole = fs.readFileSync(file);
  const start = whole.indexOf(packed);
  assert.ok(start > 0);
  for (let at = start; at < start + packed.length; at += 7) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 0x10;
    fs.writeFileSync(file, bytes);
    const said = findings(context, file);
    assert.ok(
      said.some(line => line.startsWith(`message ${HASH} `)),
      `byte ${at - start}: ${said.join('; ')}`,
    );
  }
});

test('a file that is cut short is told to be damaged, in a sentence', context => {
  const file = sound(context);
  fs.truncateSync(file, 8192);
  assert.throws(
    () => findings(context, file),
    (error: unknown) =>
      error instanceof OperatorError && /archive\.db is damaged; put back a copy/.test(error.message),
  );
});
