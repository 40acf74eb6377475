import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openPublication, type Publication } from '../publication/folder.ts';
import { serveSite, watchPublication } from '../site/server.ts';
import { temporaryFolder } from './support/publication.ts';

/** A publication whose site is made by hand: serving needs no mail. */
function handMade(context: test.TestContext, settings = 'site: {}\n'): Publication {
  const folder = temporaryFolder(context);
  const site = path.join(folder, '_site');
  fs.mkdirSync(path.join(site, "list/a$b+c=d'@example.org"), { recursive: true });
  fs.writeFileSync(path.join(folder, 'traffic.yaml'), settings);
  fs.writeFileSync(path.join(site, 'index.html'), 'front page');
  fs.writeFileSync(path.join(site, '404.html'), 'no such page');
  fs.writeFileSync(path.join(site, "list/a$b+c=d'@example.org/index.html"), 'a message');
  return openPublication(folder);
}

test('pages are served under the prefix, and what is not there is a 404 with a page', async context => {
  const server = await serveSite(handMade(context, 'site: { prefix: /traffic/ }\n'), 0, true);
  context.after(() => server.close());
  assert.match(server.url, /^http:\/\/localhost:\d+\/traffic\/$/);
  assert.equal(await (await fetch(server.url)).text(), 'front page');
  const missing = await fetch(`${server.url}nowhere/`);
  assert.deepEqual([missing.status, await missing.text()], [404, 'no such page']);
  const outside = await fetch(new URL('/', server.url), { redirect: 'manual' });
  assert.equal(outside.headers.get('location'), '/traffic/');
  const slashless = await fetch(`${server.url}list`, { redirect: 'manual' });
  assert.equal(slashless.headers.get('location'), '/traffic/list/');
});

test('the prefix can change while the site is served', async context => {
  const server = await serveSite(handMade(context), 0, true);
  context.after(() => server.close());
  server.setPrefix('/moved/');
  assert.equal(await (await fetch(new URL('/moved/', server.url))).text(), 'front page');
});

test('until the site is built for the first time, every address says so and asks again by itself', async context => {
  const publication = handMade(context, 'site: { title: "Larch & Birch" }\n');
  const { siteFolder } = publication;
  fs.renameSync(siteFolder, `${siteFolder}.new`);
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  for (const address of ['', 'list/', 'desk/']) {
    const answer = await fetch(server.url + address);
    const { status, headers } = answer;
    assert.deepEqual(
      [status, headers.get('retry-after'), headers.get('cache-control')],
      [503, '2', 'no-store'],
    );
    const page = await answer.text();
    assert.match(page, /<h1>Larch &amp; Birch is being built<\/h1>/);
    assert.match(page, /<meta http-equiv="refresh" content="2">/);
  }
  fs.renameSync(`${siteFolder}.new`, siteFolder);
  const front = await fetch(server.url);
  assert.deepEqual([front.status, await front.text()], [200, 'front page']);
});

test('a Message-ID in an address is found however it is encoded', async context => {
  const server = await serveSite(handMade(context), 0, true);
  context.after(() => server.close());
  for (const address of [
    "list/a$b+c=d'@example.org/",
    `list/${encodeURIComponent("a$b+c=d'@example.org")}/`,
    'list/a%24b%2Bc%3Dd%27%40example.org/',
  ]) {
    assert.equal(await (await fetch(server.url + address)).text(), 'a message', address);
  }
});

test('nothing outside the site is served', async context => {
  const publication = handMade(context);
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  const { port } = new URL(server.url);
  for (const target of [
    '/../traffic.yaml',
    '/..%2ftraffic.yaml',
    '/%2e%2e/traffic.yaml',
    '/list/../../traffic.yaml',
    '/%00',
  ]) {
    // fetch would tidy the path before it is sent.
    const status = await new Promise(resolve =>
      http.get({ port, path: target }, response => resolve(response.resume().statusCode)),
    );
    assert.ok([400, 403, 404].includes(status as number), `${target}: ${status}`);
  }
});

test('a port that is taken gives the next one, or an error where that very port was asked for', async context => {
  const publication = handMade(context);
  const other = http.createServer().listen(0, 'localhost');
  context.after(() => other.close());
  await new Promise(resolve => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const server = await serveSite(publication, port, false);
  context.after(() => server.close());
  assert.notEqual(new URL(server.url).port, String(port));
  assert.equal(await (await fetch(server.url)).text(), 'front page');
  await assert.rejects(serveSite(publication, port, true), {
    name: 'OperatorError',
    message: `port ${port} is taken by another program; choose another with --port.`,
  });
});

test('a change to what the site is made from is told once, and reading is no change', async context => {
  const publication = handMade(context);
  let changes = 0;
  const stop = watchPublication(publication, async () => {
    changes++;
    fs.readFileSync(path.join(publication.folder, 'traffic.yaml'));
  });
  context.after(stop);
  fs.writeFileSync(path.join(publication.folder, 'about.md'), '# New words\n');
  while (changes === 0) await wait(20);
  fs.readFileSync(path.join(publication.folder, 'about.md'));
  await wait(1500); // Three looks.
  assert.equal(changes, 1);
});
