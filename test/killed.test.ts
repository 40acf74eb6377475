import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { startDovecot } from './servers/dovecot.ts';
import { emptyArchive, importInto, rowsOf } from './support/archives.ts';
import { temporaryFolder } from './support/folder.ts';
import { runKilled } from './support/killed.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { NO_DOVECOT, pull } from './support/pull.ts';

const KILLS = process.env.TEST_FULL ? 30 : 3;

/** Mails of different sizes; every hundredth has the id of another, with another body. */
function mails(count: number, words: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    mail({
      id: `m${index % 100 ? index : 0}@example.org`,
      body: `${'word '.repeat(index % words)}${index}\n`,
    }),
  );
}

test('an import that is killed at any moment and run again ends as one that was not', async context => {
  const mbox = mboxOf(temporaryFolder(context), mails(2600, 90));
  const whole = emptyArchive(context);
  assert.equal((await importInto(whole.archive, [mbox])).added, 2600);
  const file = path.join(temporaryFolder(context), 'archive.db');
  const killed = await runKilled(file, [mbox], KILLS, 11);
  assert.ok(killed >= 2, `only ${killed} runs were killed in time`);
  assert.deepEqual(rowsOf(file), rowsOf(whole.file));
});

test('a pull that is killed at any moment and run again ends as one that was not', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await startDovecot({ mailboxes: { INBOX: mails(900, 900), Lists: mails(300, 2) } });
  context.after(() => server.stop());
  const settings = { host: server.host, port: server.port, mailboxes: ['*'] };
  const whole = emptyArchive(context);
  assert.equal((await pull(whole.archive, settings)).seen, 1200);
  const file = path.join(temporaryFolder(context), 'archive.db');
  const source = { name: 'work', type: 'imap', tls: 'none', user: 'tester', password_env: 'P', ...settings };
  const killed = await runKilled(file, ['secret', JSON.stringify({ sources: [source] })], KILLS, 77);
  assert.ok(killed >= 2, `only ${killed} runs were killed in time`);
  assert.deepEqual(rowsOf(file), rowsOf(whole.file));
});
