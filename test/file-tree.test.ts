import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { treeOf } from '../bench/file-tree.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';

const EVERY = () => true;

test('what was written, made and removed since has changed, and nothing else', context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, {
    'same.html': 'same',
    'gone.html': 'gone',
    'a/same.html': 'same',
    'search/old.bin': 'old',
  });
  const before = treeOf(folder);
  assert.deepEqual(treeOf(folder).changedSince(before, EVERY), { files: 0, bytes: 0 });
  fs.rmSync(path.join(folder, 'gone.html'));
  fs.writeFileSync(path.join(folder, 'new.html'), 'new');
  // The same bytes once more, as a whole new build writes them.
  fs.writeFileSync(path.join(folder, 'again'), 'same');
  fs.renameSync(path.join(folder, 'again'), path.join(folder, 'a/same.html'));
  fs.writeFileSync(path.join(folder, 'search/old.bin'), 'newer');
  const after = treeOf(folder);
  assert.deepEqual(after.changedSince(before, EVERY), { files: 4, bytes: 12 });
  assert.deepEqual(
    after.changedSince(before, file => !file.startsWith('search/')),
    { files: 3, bytes: 7 },
  );
  assert.deepEqual(after.totals(), { files: 4, bytes: 16 });
});

test('a folder that is not there has no files', context => {
  assert.deepEqual(treeOf(path.join(temporaryFolder(context), 'none')).totals(), { files: 0, bytes: 0 });
});
