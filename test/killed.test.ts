import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { startDovecot } from './servers/dovecot.ts';
import { emptyArchive, importInto, rowsOf } from './support/archives.ts';
import { temporaryFolder } from './support/folder.ts';
import { runKilled } from './support/killed.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { NO_DOVECOT, pull, pullTopic } from './support/pull.ts';

/** How often a run is begun anew in an empty archive, and how often each is killed. */
const [ROUNDS, KILLS] = process.env.TEST_FULL ? [25, 4] : [1, 3];

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
  await killAndCompare(context, [mbox], whole.file);
});

test('a pull that is killed at any moment and run again ends as one that was not', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await startDovecot({ mailboxes: { INBOX: mails(900, 900), Lists: mails(300, 2) } });
  context.after(() => server.stop());
  const settings = { host: server.host, port: server.port, mailboxes: ['*'] };
  const whole = emptyArchive(context);
  assert.equal((await pull(whole.archive, settings)).seen, 1200);
  await killAndCompare(context, ['secret', JSON.stringify(settingsFor(settings, {}))], whole.file);
});

test('a pull of topics that is killed at any moment and run again ends as one that was not', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await startDovecot({ mailboxes: { INBOX: threads(4000), Lists: threads(2500) } });
  context.after(() => server.stop());
  const settings = { host: server.host, port: server.port, mailboxes: ['*'] };
  const topics = { seeds: { subject: 'seed', body: 'word 77\\b', since: '2018-03-01', until: '2018-03-20' } };
  const whole = emptyArchive(context);
  const { added } = await pullTopic(whole.archive, settings, { topics });
  assert.ok(added > 100 && added < 4000, `${added}`);
  await killAndCompare(context, ['secret', JSON.stringify(settingsFor(settings, topics))], whole.file);
});

/** Kills the child again and again, and compares the archive that it ends with, row by row, with one that is right. */
async function killAndCompare(
  context: test.TestContext,
  words: readonly string[],
  right: string,
): Promise<void> {
  let killed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const file = path.join(temporaryFolder(context), 'archive.db');
    killed += await runKilled(file, words, KILLS, 77 + 1009 * round);
    assert.deepEqual(rowsOf(file), rowsOf(right), `round ${round}`);
  }
  context.diagnostic(`${killed} runs killed`);
  assert.ok(killed >= 2 * ROUNDS, `only ${killed} runs were killed in time`);
}

function settingsFor(settings: Readonly<Record<string, unknown>>, topics: Readonly<Record<string, unknown>>) {
  const source = { name: 'work', type: 'imap', tls: 'none', user: 'tester', password_env: 'P', ...settings };
  return { sources: [{ ...source, topics: Object.keys(topics) }], topics };
}

/** Mails in threads of ten over a year; every third thread has a seed, and some roots are not there. */
function threads(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const root = index - (index % 10);
    const day = new Date(Date.UTC(2017, 11, 1) + (index % 120) * 86_400_000).toUTCString();
    return mail({
      id: `t${index}@example.org`,
      date: day.replace('GMT', '+0000'),
      subject: index % 30 === 4 ? 'seed' : 'other',
      headers: index === root ? [] : [`References: <t${root % 40 === 0 ? `gone${root}` : root}@example.org>`],
      body: `word ${index % 500}\n`,
    });
  });
}
