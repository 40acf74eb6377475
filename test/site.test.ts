import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import zlib from 'node:zlib';
import { readMbox } from '../ingest/files/mbox.ts';
import type { Publication } from '../publication/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { checkLinks, markupErrors, page, pages, words } from './support/pages.ts';
import {
  build,
  filledPublication,
  importInto,
  readTree,
  SAMPLE_MBOX,
  SETTINGS,
  temporaryFolder,
} from './support/publication.ts';

const COVER = '20180305091502.7431-1-oda@example.org';
const COVER_THREAD = `linux-example/${COVER}/T/index.html`;

async function builtSample(context: test.TestContext, settings = SETTINGS): Promise<Publication> {
  const publication = await filledPublication(context, [SAMPLE_MBOX], settings);
  await build(publication);
  return publication;
}

test('building twice, and from mail that came in another order, gives the same bytes', async context => {
  const first = await builtSample(context);
  const bytes = readTree(first.siteFolder);
  await build(first);
  assert.deepEqual(readTree(first.siteFolder), bytes);

  const mails: Buffer[] = [];
  for await (const { raw } of readMbox(fs.createReadStream(SAMPLE_MBOX), {
    maxBytes: 1 << 24,
    dialect: 'mboxrd',
  }))
    mails.push(raw!);
  const backwards = await filledPublication(context, [mboxOf(temporaryFolder(context), mails.reverse())]);
  await build(backwards);
  assert.deepEqual(readTree(backwards.siteFolder), bytes);
});

test('every page of the sample is there, and only the cache is left beside the site', async context => {
  const publication = await builtSample(context);
  const files = new Set(readTree(publication.siteFolder).keys());
  const wanted = [
    'index.html',
    '404.html',
    'about/index.html',
    'search/index.html',
    'feeds/threads.atom',
    'linux-example/index.html',
    'linux-example/2018-03/index.html',
    COVER_THREAD,
    `linux-example/${COVER}/index.html`,
    `linux-example/${COVER}/raw.txt`,
    `linux-example/${COVER}/t.mbox.gz`,
    `linux-example/${COVER}/t.atom`,
    `r/${COVER}/index.html`,
  ];
  for (const file of wanted) assert.ok(files.has(file), file);
  assert.deepEqual(besideSite(publication), ['_site', '_site.cache']);
});

test('every link of every page leads to a page, a file or an anchor of the site', async context => {
  const publication = await builtSample(context, `${SETTINGS.trim().slice(0, -1)}, prefix: /some/where/ }\n`);
  const found = checkLinks(publication.siteFolder, '/some/where/');
  assert.ok(found.links > 1000, `only ${found.links} links were looked at`);
  assert.deepEqual(found.broken, []);
});

test('every page is valid HTML', async context => {
  const publication = await builtSample(context);
  const all = pages(publication.siteFolder);
  assert.ok(all.length > 150);
  assert.deepEqual(await markupErrors(all), []);
});

test('raw mail and mbox files give back the bytes of the mail', async context => {
  const publication = await builtSample(context);
  const site = readTree(publication.siteFolder);
  const raw = site.get(`linux-example/${COVER}/raw.txt`)!;
  const source = fs.readFileSync(SAMPLE_MBOX);
  assert.ok(source.includes(raw), 'the raw mail stands in the mbox as it is');
  const mbox = zlib.gunzipSync(site.get(`linux-example/${COVER}/t.mbox.gz`)!);
  const messages: Buffer[] = [];
  for await (const { raw: one } of readMbox(chunks(mbox), { maxBytes: 1 << 24, dialect: 'mboxrd' }))
    messages.push(one!);
  assert.equal(messages.length, 22);
  assert.deepEqual(messages[0], raw);
});

test('a cross-post has its page in the first list by name, and redirects from the other', async context => {
  const publication = await builtSample(context);
  const id = '20180313153042.84407603@harbour.foss.example.net';
  const site = readTree(publication.siteFolder);
  assert.match(String(site.get(`linux-arch-example/${id}/index.html`)), /<article/);
  const redirect = String(site.get(`linux-example/${id}/index.html`));
  assert.match(redirect, new RegExp(`http-equiv="refresh" content="0; url=/linux-arch-example/${id}/"`));
  const months = [
    site.get('linux-example/2018-03/index.html'),
    site.get('linux-arch-example/2018-03/index.html'),
  ];
  for (const month of months) assert.match(String(month), /Heads-up: entry points/);
});

test('two replies to a message that was never received stand beside each other', async context => {
  const publication = await builtSample(context);
  const ghost = '20180319102231.5120-1-benedek@ashgrove.example.com';
  const page = String(readTree(publication.siteFolder).get(`linux-example/${ghost}/T/index.html`));
  assert.match(
    page,
    /The message that this thread answers is not in this archive: <span class="mid">20180319102231/,
  );
  const tree = /<ol class="tree">[\s\S]*?<\/nav>/.exec(page)![0];
  assert.equal(tree.match(/<ol/g)!.length, 1, 'no list inside the list');
  assert.equal(tree.match(/<li>/g)!.length, 2);
});

test('masked addresses stand on no page, and no raw mail, mbox or mailto of a sender is there', async context => {
  const headers = [
    'List-Id: <veiled.example.org>',
    'List-Post: <mailto:veiled@lists.example.org>',
    'To: veiled@private.example.net',
  ];
  const attached = 'Content-Type: multipart/mixed; boundary=b';
  const mails = [
    mail({ id: 'one@x', from: '"ada@home.example.com" <ada@work.example.com>', headers }),
    mail({
      id: 'two@x',
      from: 'Ben <ben@example.com>',
      headers: [...headers, attached],
      body: '--b\n\nsee\n--b\nContent-Type: message/rfc822\n\nFrom: cleo@example.com\n\nhidden\n--b--\n',
    }),
  ];
  const mbox = mboxOf(temporaryFolder(context), mails);
  const publication = await filledPublication(
    context,
    [SAMPLE_MBOX, mbox],
    `${SETTINGS}privacy: { addresses: mask }\n`,
  );
  await build(publication);
  const site = readTree(publication.siteFolder);
  assert.deepEqual(
    [...site.keys()].filter(name => /raw\.txt$|mbox\.gz$|rfc822|\.eml/.test(name)),
    [],
  );
  const sample = String(site.get(COVER_THREAD));
  assert.doesNotMatch(sample.replace(/<div class="mail">[\s\S]*?<\/div>/g, ''), />oda@example\.org/);
  const all = [...site.values()].map(String).join('\n');
  for (const hidden of ['home.example.com', 'work.example.com', 'ben@', 'cleo@', 'private.example.net'])
    assert.ok(!all.includes(hidden), hidden);
  const mailtos = [...all.matchAll(/href="mailto:([^?"]*)/g)].map(match => match[1]);
  assert.deepEqual([...new Set(mailtos)], ['veiled@lists.example.org']);
});

test('a ghost that gets a parent, and a message that turns up on another list, leave redirects', async context => {
  const folder = temporaryFolder(context);
  const list = 'List-Id: <moving.example.org>';
  const child = (id: string, references: string) =>
    mail({ id, subject: 'Re: Top', headers: [list, `References: ${references}`] });
  const publication = await filledPublication(context, [
    mboxOf(
      folder,
      [child('one@x', '<ghost@x>'), child('two@x', '<ghost@x>'), mail({ id: 'sent@x' })],
      'first.mbox',
    ),
  ]);
  await build(publication);
  const later = [
    mail({ id: 'top@x', subject: 'Top', date: 'Sun, 4 Mar 2018 10:00:00 +0000', headers: [list] }),
    child('three@x', '<top@x> <ghost@x>'),
    mail({ id: 'sent@x', headers: [list] }),
  ];
  await importInto(publication, [mboxOf(folder, later, 'later.mbox')]);
  await build(publication);
  const site = readTree(publication.siteFolder);
  assert.match(String(site.get('moving/ghost@x/T/index.html')), /url=\/moving\/top@x\/T\//);
  assert.match(String(site.get('mail/sent@x/index.html')), /url=\/moving\/sent@x\//);
  assert.match(String(site.get('mail/sent@x/T/index.html')), /url=\/moving\/sent@x\/T\//);
});

test('a site that a killed build had moved away comes back', async context => {
  const publication = await builtSample(context);
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  fs.renameSync(publication.siteFolder, `${publication.siteFolder}.old-${gone}`);
  fs.mkdirSync(path.join(publication.folder, 'about.md')); // The next build fails as well.
  await assert.rejects(build(publication));
  assert.ok(fs.existsSync(path.join(publication.siteFolder, COVER_THREAD)));
});

test('a link to a web server’s folder stays a link', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  const target = path.join(temporaryFolder(context), 'www');
  fs.mkdirSync(target);
  fs.symlinkSync(target, publication.siteFolder);
  await build(publication);
  assert.ok(fs.lstatSync(publication.siteFolder).isSymbolicLink());
  assert.ok(fs.existsSync(path.join(target, COVER_THREAD)));
});

test('a message from a wrong clock’s future does not own the front page', async context => {
  const future = mail({ id: 'future@x', subject: 'From 2068', date: 'Sun, 1 Jan 2068 10:00:00 +0000' });
  const publication = await filledPublication(context, [
    SAMPLE_MBOX,
    mboxOf(temporaryFolder(context), [future]),
  ]);
  await build(publication);
  const home = fs.readFileSync(path.join(publication.siteFolder, 'index.html'), 'utf8');
  assert.match(home, /<p class="dateline"><span>25 March 2018<\/span>/);
  assert.match(home, /class="story first">\s*<h3><a [^>]*>syscalls-next/);
});

test('a late parent moves a thread, and the old address leads to the new one', async context => {
  const folder = temporaryFolder(context);
  const reply = mail({
    id: 'reply@example.org',
    subject: 'Re: Parent',
    headers: ['References: <parent@example.org>', 'List-Id: <late.example.org>'],
  });
  const parent = mail({
    id: 'parent@example.org',
    subject: 'Parent',
    date: 'Sun, 4 Mar 2018 10:00:00 +0000',
    headers: ['List-Id: <late.example.org>'],
  });
  const publication = await filledPublication(context, [mboxOf(folder, [reply], 'reply.mbox')]);
  await build(publication);
  assert.ok(fs.existsSync(path.join(publication.siteFolder, 'late/reply@example.org/T/index.html')));
  await importInto(publication, [mboxOf(folder, [parent], 'parent.mbox')]);
  await build(publication);
  const moved = fs.readFileSync(
    path.join(publication.siteFolder, 'late/reply@example.org/T/index.html'),
    'utf8',
  );
  assert.match(moved, /url=\/late\/parent@example\.org\/T\//);
});

test('a message id used twice keeps both mails, each to be read', async context => {
  const folder = temporaryFolder(context);
  const headers = ['List-Id: <twice.example.org>'];
  const mails = ['First words.\n', 'Other words.\n'].map(body =>
    mail({ id: 'same@example.org', headers, body }),
  );
  const publication = await filledPublication(context, [mboxOf(folder, mails)]);
  await build(publication);
  const page = fs.readFileSync(
    path.join(publication.siteFolder, 'twice/same@example.org/index.html'),
    'utf8',
  );
  const other = /href="\/twice\/same@example\.org\/([0-9a-f]{64}\.txt)"/.exec(page);
  assert.ok(other);
  const raws = ['raw.txt', other[1]!].map(name =>
    fs.readFileSync(path.join(publication.siteFolder, 'twice/same@example.org', name)),
  );
  assert.deepEqual(raws.map(raw => mails.findIndex(one => one.equals(raw))).sort(), [0, 1]);
});

test('a build that fails leaves the old site as it was', async context => {
  const publication = await builtSample(context);
  const before = readTree(publication.siteFolder);
  fs.mkdirSync(path.join(publication.folder, 'about.md')); // A folder where a file should be.
  await assert.rejects(build(publication), {
    name: 'OperatorError',
    message: /about\.md cannot be read: it is a folder\.$/,
  });
  assert.deepEqual(readTree(publication.siteFolder), before);
  assert.deepEqual(besideSite(publication), ['_site', '_site.cache']);
});

/** A site and what lies beside it. */
function besideSite({ folder }: Publication): readonly string[] {
  return fs.readdirSync(folder).filter(name => name.startsWith('_site'));
}

test('an archive without a message still gives a site', async context => {
  const publication = await filledPublication(context, [], SETTINGS);
  await build(publication);
  assert.match(fs.readFileSync(path.join(publication.siteFolder, 'index.html'), 'utf8'), /Test Traffic/);
  assert.deepEqual(await markupErrors(pages(publication.siteFolder)), []);
});

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

test('on a message’s page, patches beside it are named by what they do, and answers by who wrote them', async context => {
  const publication = await builtSample(context);
  const around = [...page(publication, `linux-example/${COVER}`).querySelectorAll('.around li')].map(words);
  assert.ok(
    around.includes('Reply: 1/5 fs: add ksys_close() and use it in the kernel, 5 March'),
    around.join(),
  );
  assert.ok(around.includes('Reply: Rhea Castellane, 5 March'), around.join());
});

test('a thread’s feed leaves the files of a long diff to the message’s own page, and escapes markup once', async context => {
  const diff = `--- a/f.c\n+++ b/f.c\n@@ -0,0 +1,400 @@\n${'+one more "line" <of> many\n'.repeat(400)}`;
  const patch = mail({
    id: 'long@example.org',
    headers: ['List-Id: <patches.example.org>'],
    body: `It says "a < b && c".\n\n${diff}`,
  });
  const publication = await filledPublication(context, [mboxOf(temporaryFolder(context), [patch])], SETTINGS);
  await build(publication);
  const feed = String(readTree(publication.siteFolder).get('patches/long@example.org/t.atom'));
  assert.match(feed, /It says &amp;quot;a &amp;lt; b &amp;amp;&amp;amp; c&amp;quot;\./);
  const own = /&lt;p class="file"&gt;&lt;a href="([^"]*)"&gt;f\.c&lt;\/a&gt;/.exec(feed);
  assert.equal(own?.[1], 'https://traffic.example.org/patches/long@example.org/');
  assert.doesNotMatch(feed, /one more/);
});
