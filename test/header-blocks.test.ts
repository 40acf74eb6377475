import assert from 'node:assert/strict';
import test from 'node:test';
import { BLOCK_ROWS, type KeptBlocks } from '../ingest/archive/header-blocks.ts';
import { emptyArchive, importInto, tamper } from './support/archives.ts';
import { temporaryFolder } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';

/** Blocks in memory. */
class Blocks implements KeptBlocks {
  readonly all = new Map<number, Uint8Array>();
  block(number: number): Uint8Array | undefined {
    return this.all.get(number);
  }
  keepBlock(number: number, content: Uint8Array): void {
    this.all.set(number, content);
  }
}

/** Mails that fill a block and begin the next: threads of seven, some of a list, some without any date or name. */
function mails(of: string): readonly Buffer[] {
  return Array.from({ length: BLOCK_ROWS + 50 }, (_, number) => {
    const root = number - (number % 7);
    const above = Array.from({ length: number % 7 }, (__, at) => `<${of}${root + at}@x>`);
    return mail({
      id: `${of}${number}@x`,
      from: number % 5 === 0 ? 'bare@example.org' : `Ada ${number % 50} <ada${number % 50}@example.org>`,
      subject: `Thread ${root}`,
      date: number % 11 === 0 ? 'no date' : `Mon, 5 Mar 2018 10:00:${10 + (number % 50)} -0330`,
      headers: [
        ...(number % 3 === 0 ? ['List-Id: <small.example.org>'] : []),
        ...(above.length > 0 ? [`References: ${above.join(' ')}`] : []),
      ],
    });
  });
}

test('headers that were kept are those that the archive has, whatever comes after them', async context => {
  const { archive, file } = emptyArchive(context);
  const mbox = mboxOf(temporaryFolder(context), mails('m'));
  await importInto(archive, [mbox]);
  const blocks = new Blocks();
  assert.deepEqual(archive.messages(blocks), archive.messages());
  assert.deepEqual([...blocks.all.keys()], [0]);
  assert.deepEqual(archive.messages(blocks), archive.messages());
  // A source names the list of mail that came long ago.
  await importInto(archive, [mbox], { list: 'larch' });
  assert.ok(archive.messages(blocks).some(({ sightingLists }) => sightingLists.includes('larch')));
  assert.deepEqual(archive.messages(blocks), archive.messages());
  // They are not read again.
  tamper(file, "UPDATE header SET subject = 'Another'");
  const another = archive.messages(blocks).filter(({ subject }) => subject === 'Another');
  assert.ok(another.length > 0 && another.length < 100, String(another.length));
});

test('headers that were kept of another archive, or are damaged, are read anew', async context => {
  const [one, other] = [emptyArchive(context), emptyArchive(context)];
  await importInto(one.archive, [mboxOf(temporaryFolder(context), mails('m'))]);
  await importInto(other.archive, [mboxOf(temporaryFolder(context), mails('n'))]);
  const blocks = new Blocks();
  one.archive.messages(blocks);
  assert.deepEqual(other.archive.messages(blocks), other.archive.messages());
  for (const content of [Buffer.alloc(0), Buffer.alloc(100, 0xa5), blocks.block(0)!.subarray(0, 1000)]) {
    blocks.keepBlock(0, content);
    assert.deepEqual(other.archive.messages(blocks), other.archive.messages());
  }
});
