import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { verify } from '../ingest/verify.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { type Fault, startScripted } from './servers/scripted-imap.ts';
import { emptyArchive } from './support/archives.ts';
import { mail } from './support/mails.ts';
import { pull, pullTopic } from './support/pull.ts';

const MAILS = Array.from({ length: 700 }, (_, index) =>
  mail({
    id: `m${index}@example.org`,
    subject: index % 100 ? 'other' : 'syscalls',
    body: `${'words '.repeat(60)}${index}\n`,
  }),
);
const BOXES = { INBOX: MAILS };
const TOPICS = { t: { subject: 'syscall', since: '2018-03-01', until: '2018-04-01' } };
const ALL = { seen: 700, added: 700, duplicates: 0, rejected: [] };
/** A pause that is one, and costs nothing. */
const QUICK = { pauses: [1, 1, 1], silenceMilliseconds: 1500 };

/** `fault` in the second FETCH of whole messages. */
function secondBodies(fault: Fault): (command: string) => Fault | undefined {
  let fetches = 0;
  return command => (/FETCH .*\[\]/.test(command) && ++fetches === 2 ? fault : undefined);
}

/** Faults that another try may not meet, as a server or a network has them, once in a run. */
const PASSING: Readonly<Record<string, (command: string, count: number) => Fault | undefined>> = {
  'hangs up in the middle of a message': secondBodies({ closeAfter: 5000 }),
  'is cut off in the middle of a message': secondBodies({ resetAfter: 5000 }),
  'falls silent in the middle of a message': secondBodies({ stallAfter: 5000 }),
  'falls silent before it lists': (command, count) =>
    command.startsWith('LIST') && count === 1 ? { stallAfter: 0 } : undefined,
  'says goodbye between two commands': (command, count) =>
    command.startsWith('EXAMINE') && count === 1 ? { bye: 'Shutting down' } : undefined,
  'cannot look the user up just now': (command, count) =>
    command.startsWith('LOGIN') && count === 1 ? { answer: 'NO [UNAVAILABLE] Try again' } : undefined,
  'has the mailbox in use': (command, count) =>
    command.startsWith('EXAMINE') && count === 1 ? { answer: 'NO [INUSE] Busy' } : undefined,
};

for (const [what, fault] of Object.entries(PASSING)) {
  test(`a server that ${what} is tried again, and all of its mail comes`, async context => {
    const server = await startScripted(context, { mailboxes: BOXES, fault });
    const { archive } = emptyArchive(context);
    const { notices, ...tally } = await pull(archive, { port: server.port }, QUICK);
    assert.deepEqual(tally, ALL);
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /^work: .*; trying again in 0 s$/);
    assert.equal(archive.cursor('work', 'INBOX')?.lastUid, 700);
    assert.deepEqual([...verify(archive)], []);
    assert.equal(server.connections.total, 2);
  });
}

test('a server that stays away is given up in a sentence, and tries count anew when something came', async context => {
  const stubborn = await startScripted(context, {
    mailboxes: BOXES,
    fault: command => (/FETCH .*\[\]/.test(command) ? { closeAfter: 100 } : undefined),
  });
  const { archive } = emptyArchive(context);
  await assert.rejects(pull(archive, { port: stubborn.port }, QUICK), {
    name: 'OperatorError',
    message: /was lost; run pull again, and it goes on from what is stored\.$/,
  });
  assert.equal(stubborn.connections.total, 4);
  let fetches = 0;
  const weak = await startScripted(context, {
    mailboxes: BOXES,
    fault: command => (/FETCH .*\[\]/.test(command) && ++fetches % 2 === 0 ? { closeAfter: 9 } : undefined),
  });
  assert.equal((await pull(archive, { port: weak.port }, { ...QUICK, pauses: [1] })).added, 700);
});

test('a refusal that will stay one is told at once', async context => {
  for (const [fault, words] of [
    [{ answer: 'NO [AUTHENTICATIONFAILED] No' }, /refuses the user tester with this password \("No"\)/],
    [{ answer: 'NO [EXPIRED] Renew it' }, /Renew it/],
  ] as const) {
    const server = await startScripted(context, {
      mailboxes: BOXES,
      fault: command => (command.startsWith('LOGIN') ? fault : undefined),
    });
    await assert.rejects(pull(emptyArchive(context).archive, { port: server.port }, QUICK), error => {
      assert.ok(error instanceof OperatorError);
      assert.match(error.message, words);
      return true;
    });
    assert.equal(server.connections.total, 1);
  }
});

for (const answer of ['BAD no such key', 'NO not today']) {
  test(`a server whose SEARCH says "${answer}" gives the same mail and the same threads`, async context => {
    const server = await startScripted(context, {
      mailboxes: BOXES,
      fault: command => (command.startsWith('UID SEARCH') ? { answer } : undefined),
    });
    const { notices: _, ...tally } = await pull(emptyArchive(context).archive, { port: server.port }, QUICK);
    assert.deepEqual(tally, ALL);
    const { swept, added } = await pullTopic(
      emptyArchive(context).archive,
      { port: server.port },
      { ...QUICK, topics: TOPICS },
    );
    assert.deepEqual([swept, added], [700, 7]);
  });
}

test('a message that is listed and not sent is noted, and asked for again', async context => {
  let failing = true;
  const server = await startScripted(context, {
    mailboxes: BOXES,
    fault: command => (failing && /\[\]/.test(command) ? { leaveOut: [5, 6] } : undefined),
  });
  const { archive } = emptyArchive(context);
  const first = await pull(archive, { port: server.port }, QUICK);
  assert.deepEqual(first.rejected, [
    { where: 'work INBOX:5', reason: 'not-sent' },
    { where: 'work INBOX:6', reason: 'not-sent' },
  ]);
  failing = false;
  assert.deepEqual(await pull(archive, { port: server.port }, QUICK), {
    ...ALL,
    seen: 2,
    added: 2,
    notices: [],
  });
  assert.equal(archive.counts().rejected, 0);
});

test('what a server says unasked does no harm', async context => {
  const server = await startScripted(context, {
    mailboxes: BOXES,
    fault: command =>
      command.startsWith('UID FETCH')
        ? { unasked: '* 701 EXISTS\r\n* 3 FETCH (FLAGS (\\Seen) UID 3)\r\n* OK [ALERT] Tea is ready\r\n' }
        : undefined,
  });
  const { notices: _, ...tally } = await pull(emptyArchive(context).archive, { port: server.port }, QUICK);
  assert.deepEqual(tally, ALL);
});

test('a pull only reads, on one connection, with short command lines', async context => {
  const scattered = Object.fromEntries(['A', 'B', 'C'].map(name => [name, MAILS]));
  const server = await startScripted(context, { mailboxes: scattered, capabilities: ' CONDSTORE ENABLE' });
  const { archive } = emptyArchive(context);
  await pullTopic(archive, { port: server.port, mailboxes: ['*'] }, { ...QUICK, topics: TOPICS });
  while (server.connections.open > 0) await sleep(2);
  await pull(archive, { port: server.port, mailboxes: ['*'] }, QUICK);
  const kinds = new Set(server.commands.map(command => /^(UID )?\S+/.exec(command)![0]));
  for (const kind of kinds)
    assert.match(
      kind,
      /^(CAPABILITY|ENABLE|EXAMINE|FETCH|LIST|LSUB|LOGIN|LOGOUT|NOOP|UID FETCH|UID SEARCH)$/,
    );
  assert.ok(
    server.commands.every(command => !/BODY\[/.test(command)),
    'BODY[] marks mail as seen',
  );
  assert.ok(Math.max(...server.commands.map(command => command.length)) < 8000);
  assert.equal(server.connections.most, 1);
});
