import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import Database from 'libsql';
import { Archive } from '../ingest/archive/archive.ts';
import type { MessageId } from '../mail/message-id.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { emptyArchive, rowsOf, store, storeAt, tamper } from './support/archives.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';

const ONE = mail({ id: 'one@example.org' });
const TWO = mail({ id: 'two@example.org', body: 'Other words.\n' });
const PLACE = { source: 'work', mailbox: 'INBOX', uidValidity: 1n, uid: 1, list: '' };

/** An operator's error that says this. */
function says(words: RegExp): (error: unknown) => boolean {
  return error => {
    assert.ok(error instanceof OperatorError, String(error));
    assert.match(error.message, words);
    return true;
  };
}

/** An archive as version 1 wrote it, with two messages. */
function versionOne(context: test.TestContext): string {
  const { archive, file } = emptyArchive(context);
  store(archive, [ONE, TWO]);
  archive.setCursor('work', { mailbox: 'INBOX', uidValidity: 1n, lastUid: 2 });
  archive.close();
  for (const table of ['published', 'judged', 'asked', 'swept', 'sweep', 'numbering', 'auto_reply'])
    tamper(file, `DROP TABLE ${table}`);
  tamper(file, 'PRAGMA user_version = 1');
  return file;
}

test('an archive of version 1 is brought up to date with all that it holds', context => {
  const file = versionOne(context);
  const rows = rowsOf(file);
  const archive = Archive.open(file);
  context.after(() => archive.close());
  assert.deepEqual(rowsOf(file), rows);
  assert.equal(rows.header?.length, 2);
  archive.addPublished([{ path: '/larch/one@example.org/', id: 'one@example.org' as MessageId }]);
  assert.equal(archive.published().length, 1);
  assert.equal(storeAt(archive, ONE, PLACE), 0);
});

for (const version of [3, 4, 5])
  test(`an archive of version ${version}, which took lists for people, gets the people`, context => {
    const { archive, file } = emptyArchive(context);
    const headers = ['List-Id: <larch.example.org>', 'Reply-To: Jane Doe <jane@example.net>'];
    store(archive, [
      ONE,
      mail({ id: 'two@example.org', from: 'Jane Doe via larch <larch@example.org>', headers }),
    ]);
    archive.close();
    tamper(
      file,
      "UPDATE header SET from_name = 'Jane Doe via larch', from_address = 'larch@example.org' WHERE message_id = 'two@example.org'",
    );
    tamper(file, 'DROP TABLE auto_reply');
    tamper(file, `PRAGMA user_version = ${version}`);
    const opened = Archive.open(file);
    context.after(() => opened.close());
    assert.deepEqual(
      opened.messages().map(message => message.from),
      [
        { name: 'Ada Example', address: 'ada@example.org' },
        { name: 'Jane Doe', address: 'jane@example.net' },
      ],
    );
  });

test('an archive of version 6, which did not know who was away, gets to know it', context => {
  const { archive, file } = emptyArchive(context);
  store(archive, [ONE, mail({ id: 'two@example.org', headers: ['Auto-Submitted: auto-replied'] })]);
  const known = archive.autoReplies();
  assert.equal(known.size, 1);
  archive.close();
  tamper(file, 'DROP TABLE auto_reply');
  tamper(file, 'PRAGMA user_version = 6');
  const opened = Archive.open(file);
  context.after(() => opened.close());
  assert.deepEqual(opened.autoReplies(), known);
});

test('a step that fails leaves an archive as it was', context => {
  const file = versionOne(context);
  tamper(file, 'CREATE TABLE published (a)');
  const rows = rowsOf(file);
  assert.throws(() => Archive.open(file), /already exists/);
  assert.deepEqual(rowsOf(file), rows);
});

test('an archive of a newer program is refused and not touched', context => {
  const file = path.join(temporaryFolder(context), 'archive.db');
  const db = new Database(file);
  db.exec('PRAGMA journal_mode = DELETE');
  db.exec('CREATE TABLE raw (something TEXT)');
  db.exec('PRAGMA user_version = 99');
  db.close();
  const bytes = fs.readFileSync(file);
  assert.throws(
    () => Archive.open(file),
    says(/schema version 99, and this program knows 8; use the newer program/),
  );
  assert.deepEqual(fs.readFileSync(file), bytes);
});

test("another program's database, and what is no database, are refused and not touched", context => {
  const folder = temporaryFolder(context);
  const foreign = path.join(folder, 'foreign.db');
  const db = new Database(foreign);
  db.exec('PRAGMA journal_mode = DELETE');
  db.exec('CREATE TABLE recipes (title TEXT)');
  db.close();
  const [text] = writeFiles(folder, { 'text.db': 'These are words and no database. '.repeat(100) });
  const faults = [
    [foreign, /foreign\.db is the database of another program; move it away/],
    [text!, /text\.db is no archive; move it away and pull or import again\.$/],
  ] as const;
  for (const [file, words] of faults) {
    const bytes = fs.readFileSync(file);
    assert.throws(() => Archive.open(file), says(words));
    assert.deepEqual(fs.readFileSync(file), bytes);
  }
  assert.throws(() => Archive.open(folder), says(/cannot be opened: it is a folder\.$/));
  assert.throws(
    () => Archive.open(path.join(folder, 'none', 'archive.db')),
    says(/there is no such file or folder\.$/),
  );
});
