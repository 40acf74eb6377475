import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { HeaderFiles } from '../site/build/header-files.ts';
import { temporaryFolder } from './support/folder.ts';

test('blocks come back as they were kept, large after small, by another build too', context => {
  const folder = path.join(temporaryFolder(context), 'headers');
  const files = new HeaderFiles(folder);
  assert.equal(files.block(0), undefined);
  const blocks = [10, 100_000, 0, 300_000].map((size, number) => Buffer.alloc(size, `block ${number}`));
  for (const [number, content] of blocks.entries()) files.keepBlock(number, content);
  files.keepBlock(0, Buffer.from('another'));
  for (const reader of [files, new HeaderFiles(folder)]) {
    assert.deepEqual(Buffer.from(reader.block(0)!), Buffer.from('another'));
    for (const number of [3, 1, 2])
      assert.deepEqual(Buffer.from(reader.block(number)!), blocks[number], `block ${number}`);
  }
  assert.deepEqual(fs.readdirSync(folder).sort(), ['0', '1', '2', '3']);
  files.forget();
  assert.equal(files.block(1), undefined);
  files.forget();
});
