import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import test from 'node:test';
import { run } from '../cli/main.ts';
import { Archive } from '../ingest/archive/archive.ts';
import { pullLock } from '../ingest/archive/lock.ts';
import { pullSource } from '../ingest/pull/pull.ts';
import { verify } from '../ingest/verify.ts';
import { freePorts } from './servers/daemon.ts';
import { startDovecot } from './servers/dovecot.ts';
import { IS_ROOT } from './servers/mail-store.ts';
import { emptyArchive, rowsOf } from './support/archives.ts';
import { temporaryFolder } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { NO_DOVECOT, pull, pullTopic, settingsOf } from './support/pull.ts';

test('a second pull says who is at work, and the lock goes with the process that had it', async context => {
  const folder = temporaryFolder(context);
  const file = path.join(folder, 'archive.db');
  const release = pullLock(file);
  const refused = {
    name: 'OperatorError',
    message: new RegExp(
      `^another pull is at work on this archive \\(process ${process.pid}, since \\d{4}-.*Z\\); run this one again when that has ended\\.$`,
    ),
  };
  assert.throws(() => pullLock(file), refused);
  assert.throws(() => pullLock(file), refused);
  release();
  pullLock(file)();
  const lock = new URL('../ingest/archive/lock.ts', import.meta.url).href;
  const code = `const { pullLock } = await import(${JSON.stringify(lock)}); pullLock(${JSON.stringify(file)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  assert.throws(() => pullLock(file), { message: new RegExp(`process ${child.pid},`) });
  child.kill('SIGKILL');
  await once(child, 'exit');
  pullLock(file)();
});

test('a pull beside another ends with status 1 and one sentence', async context => {
  const folder = temporaryFolder(context);
  fs.writeFileSync(
    path.join(folder, 'traffic.yaml'),
    'sources: [{ name: work, type: imap, host: mail.example.invalid, user: me, password_env: P }]\n',
  );
  const release = pullLock(path.join(folder, 'archive.db'));
  context.after(release);
  const stream = collector();
  const code = await run({
    argv: ['node', 'traffic', '-C', folder, 'pull'],
    env: {},
    stdout: stream,
    stderr: stream,
  });
  assert.equal(code, 1);
  assert.match(stream.text(), /^traffic: another pull is at work on this archive [^\n]*\.\n$/);
});

/** Why a small disk cannot be made here, or false. */
function noTmpfs(): string | false {
  if (process.platform !== 'linux' || !IS_ROOT) return 'only root can make a small disk';
  return false;
}

test('a full disk ends a pull with a sentence, nothing is half written, and room lets it go on', {
  skip: NO_DOVECOT || noTmpfs(),
}, async context => {
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), 'list-traffic-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
  context.after(() => {
    archive.close();
    // Lazily: the driver keeps the file open until its statements are collected.
    execFileSync('umount', ['-l', disk]);
    fs.rmdirSync(disk);
  });
  const noise = (seed: number) =>
    Array.from({ length: 8000 }, (_, index) =>
      ((seed * 7919 + index * index * 31) % 65536).toString(36),
    ).join(' ');
  const mails = Array.from({ length: 500 }, (_, index) =>
    mail({ id: `m${index}@example.org`, body: `${noise(index)}\n` }),
  );
  const server = await startDovecot({ mailboxes: { INBOX: mails } });
  context.after(() => server.stop());
  const file = path.join(disk, 'archive.db');
  const archive = Archive.open(file);
  await assert.rejects(pull(archive, { port: server.port }), {
    name: 'OperatorError',
    message: /archive\.db does not fit on the disk; make room and run the command again\.$/,
  });
  assert.deepEqual([...verify(archive)], []);
  const held = archive.counts().messages;
  assert.ok(held < 500, `${held}`);
  assert.equal(archive.cursor('work', 'INBOX')?.lastUid ?? 0, held);
  execFileSync('mount', ['-o', 'remount,size=64m', disk]);
  assert.equal((await pull(archive, { port: server.port })).added, 500 - held);
  assert.deepEqual([...verify(archive)], []);
});

test('an OAuth2 token opens an account, is fetched anew for each connection, and a wrong one is told', {
  skip: NO_DOVECOT,
}, async context => {
  const tokens: string[] = [];
  const authority = createServer((request, response) => {
    const token = new URL(request.url!, 'http://localhost').searchParams.get('token') ?? '';
    tokens.push(token);
    const active = token === 'good-token';
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(active ? { active, username: 'tester', scope: 'mail' } : { active }));
  });
  await new Promise<void>(resolve => authority.listen(0, '127.0.0.1', resolve));
  context.after(() => authority.close());
  const { port } = authority.address() as { port: number };
  const settings = path.join(temporaryFolder(context), 'oauth2.conf');
  fs.chmodSync(path.dirname(settings), 0o755);
  fs.writeFileSync(
    settings,
    `introspection_url = http://127.0.0.1:${port}/?token=\nintrospection_mode = get\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n`,
    { mode: 0o644 },
  );
  const server = await startDovecot({
    mailboxes: { INBOX: [mail({ id: 'one@example.org' })] },
    extraConfig: `auth_mechanisms = plain login oauthbearer xoauth2\npassdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${settings}\n}\n`,
  });
  context.after(() => server.stop());
  const source = settingsOf({ port: server.port, token_command: 'print-token' }).sources[0]!;
  const pulled = (accessToken: string) =>
    pullSource(emptyArchive(context).archive, source, {
      credentials: async () => ({ accessToken }),
      maxBytes: 1 << 20,
      pauses: [],
    });
  assert.equal((await pulled('good-token')).added, 1);
  assert.ok(tokens.includes('good-token'));
  await assert.rejects(pulled('stale-token'), {
    name: 'OperatorError',
    message: /refuses the user tester with this token.*; check user and token_command\.$/,
  });
});

test('ten thousand scattered messages of a topic come, and loops of references do no harm', {
  skip: NO_DOVECOT,
}, async context => {
  const count = process.env.TEST_FULL ? 20_000 : 4000;
  const mails = Array.from({ length: count }, (_, index) =>
    mail({
      id: `m${index}@example.org`,
      subject: index % 2 ? 'seed' : 'other',
      // Each odd one answers the next odd one, and the last the first.
      headers: index % 2 ? [`References: <m${(index + 2) % count}@example.org> <m${index}@example.org>`] : [],
    }),
  );
  const server = await startDovecot({ mailboxes: { INBOX: mails, Copy: mails.slice(0, 10) } });
  context.after(() => server.stop());
  const { archive, file } = emptyArchive(context);
  const source = { port: server.port, mailboxes: ['*'] };
  const tally = await pullTopic(archive, source, { topics: { t: { subject: 'seed' } } });
  assert.deepEqual([tally.seen, tally.added, tally.duplicates], [count / 2 + 5, count / 2, 5]);
  assert.equal(rowsOf(file).sighting!.length, count / 2 + 5);
});

test('a source that fails is told, and keeps no other from being pulled', {
  skip: NO_DOVECOT,
}, async context => {
  const server = await startDovecot({ mailboxes: { INBOX: [mail({ id: 'one@example.org' })] } });
  context.after(() => server.stop());
  const folder = temporaryFolder(context);
  const source = (name: string, port: number) =>
    `  - { name: ${name}, type: imap, host: 127.0.0.1, port: ${port}, tls: none, user: tester, password_env: P }\n`;
  const [closed] = await freePorts(1);
  fs.writeFileSync(
    path.join(folder, 'traffic.yaml'),
    `sources:\n${source('a', closed!)}${source('b', server.port)}`,
  );
  const [stdout, stderr] = [collector(), collector()];
  const argv = ['node', 'traffic', '-C', folder, '-q', 'pull', '--json'];
  assert.equal(await run({ argv, env: { P: 'secret' }, stdout, stderr }), 1);
  assert.deepEqual(JSON.parse(stdout.text()), { seen: 1, added: 1, duplicates: 0, rejected: [], swept: 0 });
  assert.equal(stderr.text(), `traffic: a: nothing answers at 127.0.0.1:${closed}; check host and port.\n`);
});

/** A stream that keeps what is written. */
function collector(): Writable & { text(): string } {
  let said = '';
  const stream = new Writable({
    write(chunk, _, done) {
      said += chunk;
      done();
    },
  });
  return Object.assign(stream, { text: () => said });
}
