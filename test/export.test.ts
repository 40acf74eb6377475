import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import test from 'node:test';
import type { Archive } from '../ingest/archive/archive.ts';
import { exportEml, exportMboxrd } from '../ingest/export.ts';
import { messageHash } from '../mail/message.ts';
import { emptyArchive, importInto, store } from './support/archives.ts';
import { temporaryFolder } from './support/folder.ts';
import { mail } from './support/mails.ts';

const SAMPLE = path.join(import.meta.dirname, '..', 'sample', 'linux-example.mbox');
const ODD = [
  mail({
    id: 'from@example.org',
    body: 'From here\n>From there\n\nFrom ada@example.org Mon Mar  5 09:12:44 2018\nSubject: x\n',
  }),
  Buffer.from(
    mail({ id: 'crlf@example.org', body: 'a\n\nFrom b\n\n\n' }).toString().replaceAll('\n', '\r\n'),
  ),
  Buffer.from('\xff\xfe\0 no header\n\n\n', 'latin1'),
];
const OPEN_ENDED = mail({ id: 'open@example.org', body: 'no line end' });

/** Everything in an archive as an mboxrd file. */
async function exported(context: test.TestContext, archive: Archive): Promise<string> {
  const file = path.join(temporaryFolder(context), 'all.mbox');
  const target = fs.createWriteStream(file);
  await exportMboxrd(archive, target);
  await new Promise(resolve => target.end(resolve));
  return file;
}

test('everything that is exported comes back as the same messages', async context => {
  const { archive } = emptyArchive(context);
  await importInto(archive, [SAMPLE]);
  store(archive, ODD);
  const again = emptyArchive(context).archive;
  const tally = await importInto(again, [await exported(context, archive)]);
  assert.deepEqual(tally, { seen: 77, added: 77, duplicates: 0, rejected: [] });
  assert.deepEqual([...again.hashes()].sort(), [...archive.hashes()].sort());
  for (const raw of ODD) assert.deepEqual(again.raw(messageHash(raw)), raw);
});

test('an export is in the order of the archive, and the same however the mail arrived', async context => {
  const mails = [1, 2, 3].map(day =>
    mail({ id: `m${day}@example.org`, date: `Mon, ${day} Mar 2018 10:00:00 +0100` }),
  );
  const [there, back] = [emptyArchive(context).archive, emptyArchive(context).archive];
  store(there, mails);
  store(back, mails.toReversed());
  const [one, other] = [await exported(context, there), await exported(context, back)].map(file =>
    fs.readFileSync(file, 'utf8'),
  );
  assert.equal(one, other);
  assert.deepEqual(one!.match(/m\d@example/g), ['m1@example', 'm2@example', 'm3@example']);
});

test('a message whose last line does not end gets a line end, and that is counted', async context => {
  const { archive } = emptyArchive(context);
  store(archive, [ODD[0]!, OPEN_ENDED]);
  const target = new PassThrough();
  assert.deepEqual(await exportMboxrd(archive, target), { messages: 2, ended: 1 });
  const again = emptyArchive(context).archive;
  await importInto(again, [await exported(context, archive)]);
  const ended = Buffer.concat([OPEN_ENDED, Buffer.from('\n')]);
  assert.deepEqual(again.raw(messageHash(ended)), ended);
});

test('a slow target gets everything, is left open, and is not warned about', async context => {
  const warnings: string[] = [];
  const warned = (warning: Error) => warnings.push(warning.message);
  process.on('warning', warned);
  context.after(() => process.off('warning', warned));
  const { archive } = emptyArchive(context);
  await importInto(archive, [SAMPLE]);
  let written = 0;
  const target = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      written += chunk.length;
      setImmediate(done);
    },
  });
  assert.deepEqual(await exportMboxrd(archive, target), { messages: 74, ended: 0 });
  assert.equal(target.writableEnded, false);
  await new Promise(resolve => target.end(resolve));
  assert.equal(written, fs.statSync(await exported(context, archive)).size);
  assert.deepEqual(warnings, []);
});

test('a target that breaks off ends the export with its error', async context => {
  const { archive } = emptyArchive(context);
  await importInto(archive, [SAMPLE]);
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  let room = 3;
  const target = new Writable({ write: (_chunk, _encoding, done) => done(room-- > 0 ? null : full) });
  await assert.rejects(exportMboxrd(archive, target), { code: 'ENOSPC' });
  const closed = new PassThrough();
  closed.destroy();
  await assert.rejects(exportMboxrd(archive, closed), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
});

test('exported .eml files are exactly what was received', async context => {
  const { archive } = emptyArchive(context);
  const mails = [...ODD, OPEN_ENDED];
  store(archive, mails);
  const folder = path.join(temporaryFolder(context), 'new', 'folder');
  assert.equal(exportEml(archive, folder), 4);
  assert.equal(exportEml(archive, folder), 4);
  assert.equal(fs.readdirSync(folder).length, 4);
  for (const raw of mails)
    assert.deepEqual(fs.readFileSync(path.join(folder, `${messageHash(raw)}.eml`)), raw);
  const again = emptyArchive(context).archive;
  await importInto(again, [folder]);
  assert.deepEqual([...again.hashes()].sort(), mails.map(messageHash).sort());
});
