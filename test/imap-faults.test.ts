import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { inspect } from 'node:util';
import { verify } from '../ingest/verify.ts';
import { OperatorError } from '../publication/operator-error.ts';
import { freePorts } from './servers/daemon.ts';
import { type DovecotServer, startDovecot } from './servers/dovecot.ts';
import { emptyArchive } from './support/archives.ts';
import { cuttingProxy, hangingUp } from './support/cutting-proxy.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { NO_DOVECOT, pull, type SourceSettings } from './support/pull.ts';

const SECRET = 'correct horse battery';
const MAILS = Array.from({ length: 500 }, (_, index) =>
  mail({ id: `m${index}@example.org`, body: `${'words '.repeat(700)}${index}\n` }),
);

let plain: DovecotServer;
let secured: DovecotServer;
before(async () => {
  if (NO_DOVECOT) return;
  plain = await startDovecot({ mailboxes: { INBOX: MAILS, 'Lists/larch': [] } });
  secured = await startDovecot({ mailboxes: { INBOX: MAILS.slice(0, 2), shut: [MAILS[2]!] }, tls: true });
});
after(async () => {
  await plain?.stop();
  await secured?.stop();
});

/** Pulls what must fail, and checks that it is told in one sentence that says `words` and nowhere holds the password. */
async function fails(
  context: test.TestContext,
  settings: SourceSettings,
  words: RegExp,
  password = SECRET,
): Promise<void> {
  await assert.rejects(pull(emptyArchive(context).archive, settings, { password }), error => {
    assert.ok(error instanceof OperatorError, inspect(error));
    assert.match(error.message, words);
    assert.match(error.message, /^work: [^\n]*\.$/);
    assert.ok(!inspect(error, { depth: 20, showHidden: true }).includes(password));
    return true;
  });
}

test('a wrong password is told with the server, the user and what the server says', {
  skip: NO_DOVECOT,
}, async context => {
  const { port, tlsPort, caFile } = secured;
  for (const settings of [
    { port: plain.port },
    { port: tlsPort, tls: 'required', ca: caFile },
    { port, tls: 'starttls', ca: caFile },
  ])
    await fails(
      context,
      settings,
      /127\.0\.0\.1:\d+ refuses the user tester with this password \("Authentication failed\."\); check user and password\.$/,
    );
});

test('a port where nothing listens', async context => {
  const [port] = await freePorts(1);
  for (const host of ['127.0.0.1', 'localhost'])
    await fails(
      context,
      { host, port },
      new RegExp(`nothing answers at ${host}:${port}; check host and port\\.$`),
    );
});

test('a host that is not known', async context => {
  await fails(
    context,
    { host: 'mail.example.invalid', tls: 'required' },
    /the host mail\.example\.invalid is not known; check its name and the network\.$/,
  );
});

test('TLS where a server does not speak it from the start', { skip: NO_DOVECOT }, async context => {
  await fails(
    context,
    { port: plain.port, tls: 'required' },
    /does not speak TLS from the start; try tls: starttls or another port\.$/,
  );
});

test('STARTTLS where a server does not offer it', { skip: NO_DOVECOT }, async context => {
  await fails(
    context,
    { port: plain.port, tls: 'starttls' },
    /offers no STARTTLS, so the password was not sent; try tls: required or another port\.$/,
  );
});

test('a password in clear to another machine is refused before anything is sent', async context => {
  for (const host of [
    'mail.example.invalid',
    '192.0.2.1',
    'localhost.example.invalid',
    '127.0.0.1.example.invalid',
  ])
    await fails(
      context,
      { host, tls: 'none' },
      /tls: none would send the password in clear to .*; use tls: required or starttls, or say allow_plaintext: true\.$/,
    );
  const allowed = { host: 'mail.example.invalid', tls: 'none', allow_plaintext: true };
  await fails(context, allowed, /the host mail\.example\.invalid is not known/);
});

test('a certificate of its own is trusted where its authority is named, and else not', {
  skip: NO_DOVECOT,
}, async context => {
  for (const [tls, port] of [
    ['required', secured.tlsPort],
    ['starttls', secured.port],
  ] as const) {
    await fails(
      context,
      { port, tls },
      /the certificate of 127\.0\.0\.1:\d+ is not trusted; name its authority with ca: FILE\.$/,
    );
    const { archive } = emptyArchive(context);
    assert.equal((await pull(archive, { port, tls, ca: secured.caFile })).added, 2);
    assert.equal(
      (await pull(emptyArchive(context).archive, { host: 'localhost', port, tls, ca: secured.caFile })).added,
      2,
    );
  }
});

test('a certificate for another host is told to be one', { skip: NO_DOVECOT }, async context => {
  const settings = { host: '127.1', port: secured.tlsPort, tls: 'required', ca: secured.caFile };
  await fails(
    context,
    settings,
    /the certificate of 127\.1:\d+ is not for 127\.1; use a host name that it is for\.$/,
  );
});

test('a file of an authority that cannot be used', { skip: NO_DOVECOT }, async context => {
  const folder = temporaryFolder(context);
  const [words] = writeFiles(folder, { 'words.pem': 'no certificate' });
  const settings = { port: secured.tlsPort, tls: 'required' };
  await fails(
    context,
    { ...settings, ca: path.join(folder, 'none.pem') },
    /the certificate file .*none\.pem cannot be read: there is no such file or folder\.$/,
  );
  await fails(context, { ...settings, ca: folder }, /cannot be read: it is a folder\.$/);
  await fails(context, { ...settings, ca: words }, /the certificate file .*words\.pem holds no certificate/);
});

test('a mailbox that is not there is named with those that are', { skip: NO_DOVECOT }, async context => {
  await fails(
    context,
    { port: plain.port, mailboxes: ['INBOX', 'Lists/oak'] },
    /no mailbox is called Lists\/oak; the account has INBOX, Lists\/larch\.$/,
    plain.pass,
  );
});

test('a mailbox that the server does not open is named, with what the server says', {
  skip: NO_DOVECOT,
}, async context => {
  chmodSync(path.join(path.dirname(secured.caFile!), 'mail', 'shut'), 0);
  await fails(
    context,
    { port: secured.port, mailboxes: ['INBOX', 'shut'] },
    /the server does not open the mailbox shut \(".+"\); see to its permissions or leave it out of mailboxes\.$/,
    secured.pass,
  );
});

test('a server that hangs up at once is told with its reason', async context => {
  const bye = await hangingUp(context, '* BYE Too \x1b[31mmany connections\r\n');
  await fails(
    context,
    { port: bye },
    /hangs up at once \("Too \[31mmany connections"\); check the port, or try again later\.$/,
  );
  for (const words of ['', 'HTTP/1.1 400 Bad Request\r\n\r\n'])
    await fails(
      context,
      { port: await hangingUp(context, words) },
      /hangs up at once; check the port, or try again later\.$/,
    );
});

const LOST = {
  name: 'OperatorError',
  message:
    /(the connection to 127\.0\.0\.1:\d+ was lost; run pull again, and it goes on from what is stored|127\.0\.0\.1:\d+ hangs up at once; check the port, or try again later)\.$/,
};

for (const how of ['close', 'reset'] as const) {
  test(`what came before a connection breaks is kept, and the next pulls go on: ${how}`, {
    skip: NO_DOVECOT,
  }, async context => {
    const { archive } = emptyArchive(context);
    const kept: number[] = [];
    for (const bytes of [10, 200_000, 1_100_000, 500_000, 1_100_000]) {
      const port = await cuttingProxy(context, plain.port, bytes, how);
      await assert.rejects(pull(archive, { port }), LOST);
      kept.push(archive.counts().messages);
      assert.deepEqual([...verify(archive)], []);
      assert.equal(archive.cursor('work', 'INBOX')?.lastUid ?? 0, kept.at(-1));
    }
    assert.deepEqual(kept, [0, 0, 200, 200, 400]);
    assert.equal((await pull(archive, { port: plain.port })).added, 100);
    assert.equal(archive.counts().sightings, MAILS.length);
  });
}

test('a server that is killed in the middle is told to be lost, and what it gave is kept', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await startDovecot({ mailboxes: { INBOX: MAILS } });
  context.after(() => server.stop());
  const { archive } = emptyArchive(context);
  const pulled = pull(
    archive,
    { port: server.port },
    { onProgress: () => process.kill(-server.pid, 'SIGKILL') },
  );
  await assert.rejects(pulled, LOST);
  assert.equal(archive.counts().messages, archive.cursor('work', 'INBOX')?.lastUid);
  assert.ok(archive.counts().messages >= 200);
});
