import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { ROOT, readTree, SAMPLE_MBOX, temporaryFolder } from './support/publication.ts';
import { traffic } from './support/traffic.ts';

const TRAFFIC = path.join(ROOT, 'cli', 'traffic.js');

test('a publication made by init imports, builds, searches, verifies and exports without an edit', async context => {
  const folder = path.join(temporaryFolder(context), 'my-list');
  assert.equal((await traffic('init', folder)).code, 0);
  const imported = await traffic('import', '-C', folder, SAMPLE_MBOX, '--json');
  assert.deepEqual(JSON.parse(imported.out), { seen: 74, added: 74, duplicates: 0, rejected: [] });
  const built = await traffic('-C', folder, 'build');
  assert.match(built.err, /73 messages in 13 threads/);
  assert.equal(built.out, '');
  const found = (await traffic('search', '-C', folder, '--json', 'cellar')).out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  for (const key of ['score', 'kind', 'title', 'url', 'message', 'snippet']) assert.ok(key in found[0], key);
  assert.match(found[0].url, /^\/linux-example\/.*\/T\/#m[0-9a-f]{40}$/);
  const verified = await traffic('-C', folder, 'verify');
  assert.deepEqual(
    [verified.code, verified.out],
    [0, '74 copies of 73 messages, seen 74 times: all is well\n'],
  );
  const mbox = path.join(folder, 'all.mbox');
  assert.equal((await traffic('-C', folder, 'export', mbox)).code, 0);
  const again = await traffic('-C', folder, 'import', mbox, '--json');
  assert.deepEqual(JSON.parse(again.out), { seen: 74, added: 0, duplicates: 74, rejected: [] });
});

test('an export that fails leaves nothing behind, and a device stays a device', async context => {
  const folder = temporaryFolder(context);
  await traffic('init', folder);
  await traffic('-C', folder, 'import', SAMPLE_MBOX);
  const taken = path.join(folder, 'taken');
  fs.mkdirSync(taken);
  const failed = await traffic('-C', folder, 'export', taken);
  assert.deepEqual([failed.code, failed.err.includes('it is a folder')], [1, true]);
  assert.equal(fs.existsSync(`${taken}.part`), false);
  assert.equal((await traffic('-C', folder, 'export', '/dev/null')).code, 0);
  assert.ok(fs.statSync('/dev/null').isCharacterDevice());
});

test('init changes nothing that is there', async context => {
  const folder = temporaryFolder(context);
  fs.writeFileSync(path.join(folder, 'traffic.yaml'), 'site: { title: Mine }\n');
  await traffic('init', folder);
  assert.equal(fs.readFileSync(path.join(folder, 'traffic.yaml'), 'utf8'), 'site: { title: Mine }\n');
  const before = readTree(folder);
  assert.match((await traffic('init', folder)).err, /is a publication already/);
  assert.deepEqual(readTree(folder), before);
});

test('threads prints a line a thread, or JSON whose fields agree with each other', async context => {
  const folder = temporaryFolder(context);
  await traffic('init', folder);
  await traffic('-C', folder, 'import', SAMPLE_MBOX, '-q');
  const plain = (await traffic('-C', folder, 'threads')).out.trimEnd().split('\n');
  assert.equal(plain.length, 13);
  assert.equal(
    plain[0],
    '2018-03-05  2018-03-07    22  linux-example  [PATCH 0/5] Remove calls of system calls from inside the kernel',
  );
  const threads = (await traffic('threads', '--json', '-C', folder)).out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.equal(threads.flatMap(thread => thread.messages).length, 73);
  for (const thread of threads) {
    const known = [...thread.messages, ...thread.ghosts];
    assert.deepEqual(Object.keys(thread.parents), known);
    for (const [id, parent] of Object.entries(thread.parents)) {
      assert.ok(parent === null ? id === thread.root : known.includes(parent as string), id);
    }
    assert.ok(thread.first <= thread.last);
  }
  const ghosts = threads.filter(thread => thread.ghosts.length > 0);
  assert.deepEqual(
    ghosts.map(thread => thread.ghosts),
    [['20180319102231.5120-1-benedek@ashgrove.example.com']],
  );
  assert.deepEqual(threads.find(thread => thread.lists.length > 1).lists, [
    'linux-arch-example',
    'linux-example',
  ]);
});

test('mail that lies in the publication folder is imported without naming it', async context => {
  const folder = temporaryFolder(context);
  await traffic('init', folder);
  const empty = await traffic('-C', folder, 'import');
  assert.deepEqual([empty.code, empty.err.split('\n').length], [1, 2]);
  assert.match(empty.err, /holds no mail files; name what to import/);
  fs.copyFileSync(SAMPLE_MBOX, path.join(folder, 'list.mbox'));
  assert.match(
    (await traffic('-C', folder, 'import')).out,
    /^74 messages seen: 74 added, 0 duplicates, 0 rejected\n$/,
  );
});

test('wrong use is told in one sentence with exit code 2, failures with 1', async context => {
  const folder = temporaryFolder(context);
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty);
  await traffic('init', path.join(folder, 'made'));
  const made = ['-C', path.join(folder, 'made')];
  const table: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['frobnicate'], 2, /unknown command 'frobnicate'/],
    [['build', '--frobnicate'], 2, /unknown option '--frobnicate'/],
    [['init'], 2, /missing required argument 'dir'/],
    [['-C', empty, 'build'], 2, /is no publication: it has no traffic\.yaml; "traffic init .*" makes one/],
    [[...made, 'build'], 1, /holds no mail yet; "traffic import PATH" or "traffic pull" brings some/],
    [[...made, 'threads', '--json'], 1, /holds no mail yet/],
    [[...made, 'search', 'x', '-n', '-1'], 2, /-1 is no number of hits/],
    [[...made, 'search', 'x'], 1, /has no built site to search; "traffic build" makes one/],
    [[...made, 'import', path.join(folder, 'nowhere')], 2, /there is no such file or folder/],
    [[...made, 'import', '--list', '../up', folder], 2, /--list \.\.\/up must be a list's name for URLs/],
    [[...made, 'import', '--list', 'search', folder], 2, /must not be the name of a page of the site/],
    [[...made, 'pull'], 2, /names no source to pull from/],
    [[...made, 'serve', '--port', 'eighty'], 2, /eighty is no port/],
    [[...made, 'export', 'a', '--eml', 'b'], 2, /not both/],
  ];
  for (const [words, code, sentence] of table) {
    const result = await traffic(...words);
    assert.equal(result.code, code, `${words.join(' ')}: ${result.err}`);
    assert.match(result.err, sentence);
    assert.match(result.err, /^traffic: [^\n]+\n$/, 'one line, no stack');
    assert.equal(result.out, '');
  }
});

test('a mistake in traffic.yaml names the file, the line and the remedy', async context => {
  const folder = temporaryFolder(context);
  fs.writeFileSync(path.join(folder, 'traffic.yaml'), 'site:\n  title: Mine\n  tilte: Yours\n');
  const { code, err } = await traffic('-C', folder, 'threads');
  assert.equal(code, 2);
  assert.match(err, /traffic\.yaml:3: site has no setting called "tilte"; see "traffic init"/);
});

test('every command explains itself', async () => {
  const main = await traffic('--help');
  assert.equal(main.code, 0);
  for (const command of [
    'init',
    'import',
    'pull',
    'threads',
    'build',
    'serve',
    'search',
    'verify',
    'export',
  ]) {
    assert.match(main.out, new RegExp(`^  ${command}\\b`, 'm'));
    const { code, out } = await traffic(command, '--help');
    assert.equal(code, 0);
    assert.match(out, /^Usage: traffic /);
    assert.ok(out.length > 400, `${command} --help says little`);
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  assert.equal((await traffic('--version')).out, `${version}\n`);
});

test('--quiet prints results and errors and nothing else', async context => {
  const folder = temporaryFolder(context);
  assert.equal((await traffic('-q', 'init', folder)).err, '');
  assert.equal((await traffic('-C', folder, 'import', SAMPLE_MBOX, '--quiet')).err, '');
  assert.equal((await traffic('-C', folder, '-q', 'build')).err, '');
  assert.match((await traffic('-C', folder, '-q', 'build', 'too', 'many')).err, /too many arguments/);
});

test('the program runs from another folder, and a closed pipe is no fault', context => {
  const folder = temporaryFolder(context);
  const options = { cwd: folder, encoding: 'utf8' } as const;
  assert.equal(spawnSync(process.execPath, [TRAFFIC, 'init', 'here'], options).status, 0);
  assert.equal(
    spawnSync(process.execPath, [TRAFFIC, '-C', 'here', 'import', SAMPLE_MBOX], options).status,
    0,
  );
  assert.equal(spawnSync(process.execPath, [TRAFFIC, '-C', 'here', 'build'], options).status, 0);
  assert.ok(fs.existsSync(path.join(folder, 'here', '_site', 'index.html')));
  const piped = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${TRAFFIC}" -C here export | head -c 10`],
    options,
  );
  assert.deepEqual([piped.stdout, piped.stderr.includes('fault')], ['From mboxr', false]);
});

test('serve says where the site is, respects PORT, and ends when it is told to', async context => {
  const folder = temporaryFolder(context);
  await traffic('init', folder);
  await traffic('-C', folder, 'import', SAMPLE_MBOX, '-q');
  const server = spawn(process.execPath, [TRAFFIC, '-C', folder, 'serve'], {
    env: { ...process.env, PORT: '0' },
  });
  context.after(() => server.kill('SIGKILL'));
  const said = await new Promise<string>(resolve =>
    server.stdout.once('data', data => resolve(String(data))),
  );
  const url = /at (http:\/\/localhost:\d+\/)/.exec(said)?.[1];
  assert.ok(url, said);
  assert.match(await (await fetch(url)).text(), /Remove calls of system calls/);
  const ended = new Promise(resolve => server.once('exit', resolve));
  server.kill('SIGINT');
  assert.equal(await ended, 0);
});
