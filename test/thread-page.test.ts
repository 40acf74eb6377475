import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseHTML } from 'linkedom';
import { Archive } from '../ingest/archive/archive.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Publication } from '../publication/folder.ts';
import { readBodies } from '../site/bodies.ts';
import { tell } from '../site/briefs.ts';
import { loadSite } from '../site/model.ts';
import { anchor } from '../site/permalinks.ts';
import { threadInput } from '../site/thread-input.ts';
import { threadPages } from '../site/thread-view.ts';
import { createViews } from '../site/views.ts';
import { threadPage } from '../templates/thread.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { checkLinks, markupErrors, page, pages, words } from './support/pages.ts';
import { build, filledPublication, readTree, SETTINGS, temporaryFolder } from './support/publication.ts';

const idOf = (number: number) => `n${number}@example.org`;

/** A thread of `count` messages; `parentOf` says what each but the first answers. */
function thread(count: number, parentOf: (number: number) => number): readonly Buffer[] {
  return Array.from({ length: count }, (_, number) =>
    mail({
      id: idOf(number),
      from: `Ada Example ${number % 40} <ada${number % 40}@example.org>`,
      subject: number === 0 ? 'A long thread' : 'Re: A long thread',
      date: new Date(Date.UTC(2018, 2, 5) + number * 60_000).toUTCString(),
      headers: [
        'List-Id: <long.example.org>',
        ...(number === 0 ? [] : [`In-Reply-To: <${idOf(parentOf(number))}>`]),
      ],
      body: `> what was said before\n\nNumber ${number} has a word to add.\n`,
    }),
  );
}

async function published(
  context: test.TestContext,
  mails: readonly Buffer[],
  settings = SETTINGS,
): Promise<Publication> {
  return filledPublication(context, [mboxOf(temporaryFolder(context), mails)], settings);
}

const T = `long/${idOf(0)}/T`;
/** Three answers to each message, then three to each of these: subthreads of every size. */
const bushy = (number: number) => Math.floor((number - 1) / 3);

test('a thread of 700 messages has several pages: each link of them leads on, without a script', async context => {
  const publication = await published(context, thread(700, bushy));
  await build(publication);
  const { siteFolder } = publication;
  const parts = fs.readdirSync(path.join(siteFolder, T)).sort();
  assert.ok(parts.length > 3 && parts.includes('2') && parts.includes('index.html'), parts.join());
  const { links, broken } = checkLinks(siteFolder, '/');
  assert.ok(links > 10_000);
  assert.deepEqual(broken, []);
  const ofThread = pages(siteFolder).filter(({ file }) => file.startsWith(`${T}/`));
  assert.equal(ofThread.length, parts.length);
  assert.deepEqual(await markupErrors(ofThread), []);

  // Every anchor that was ever given away is on the first page, and leads to the message from there.
  const first = page(publication, T);
  const lines = new Map(
    [...first.querySelectorAll('.elsewhere li')].map(line => [
      line.id,
      `${T}/${line.querySelector('a')!.getAttribute('href')}`,
    ]),
  );
  let shown = 0;
  for (const { file, markup } of ofThread) {
    const folder = file.replace(/index\.html$/, '');
    for (const [, id] of markup.matchAll(/<article [^>]*id="(m[0-9a-f]{40})"/g)) {
      shown++;
      assert.equal(lines.get(id!), folder === `${T}/` ? undefined : `${folder}#${id}`);
    }
  }
  assert.equal(shown, 700);
});

test('a page of a thread belongs to the first, knows its neighbours, and numbers on', async context => {
  const publication = await published(
    context,
    thread(450, number => number - 1),
  );
  await build(publication);
  // What answers the 250th stands whole on the third.
  const second = page(publication, `${T}/2`);
  const href = (selector: string) => second.querySelector(selector)?.getAttribute('href');
  assert.equal(href('link[rel=canonical]'), `https://traffic.example.org/${T}/`);
  assert.equal(href('link[rel=prev]'), `/${T}/`);
  assert.equal(href('link[rel=next]'), `/${T}/3/`);
  assert.match(words(second.querySelector('title')), /^A long thread, page 2 · /);
  assert.equal(words(second.querySelector('.pages [aria-current=page]')), '2');
  assert.match(words(second.querySelector('.outline h2')), /^Outline, messages 201 to 250 of 450$/);
  const [article] = second.querySelectorAll('article.msg');
  assert.equal(words(article!.querySelector('h3 > a:last-child')), '#201');
  assert.equal(
    article!.querySelector('[data-turn=k]')!.getAttribute('href'),
    `/${T}/#${anchor(idOf(199) as MessageId)}`,
  );
  assert.equal(page(publication, `${T}/3`).querySelector('link[rel=next]'), null);
});

test('a thread that grows shorter leaves no page behind', async context => {
  const publication = await published(context, thread(450, bushy));
  await build(publication);
  const before = fs.readdirSync(path.join(publication.siteFolder, T)).length;
  writeFiles(publication.folder, {
    'threads.yaml': `split:\n${[1, 2]
      .map(number => `  - { message: ${idOf(number)}, reason: another matter }\n`)
      .join('')}`,
  });
  await build(publication);
  assert.ok(before > 2);
  assert.deepEqual(fs.readdirSync(path.join(publication.siteFolder, T)), ['index.html']);
  assert.deepEqual(checkLinks(publication.siteFolder, '/').broken, []);
});

test('10,000 messages, a chain and a star, stay in pages of 1.6 MB at most, with every anchor on the first', async context => {
  const publication = await published(
    context,
    thread(10_000, number => (number <= 5000 ? number - 1 : 0)),
  );
  const archive = Archive.open(publication.archiveFile);
  context.after(() => archive.close());
  const site = await loadSite(archive, publication);
  const views = createViews(site, { css: '', icon: '', reading: '' });
  const bodies = await readBodies(archive, site.messages, false);
  const [discussion] = site.discussions;
  const read = {
    ...threadInput(views, discussion!),
    bodies,
    postOf: site.postOf,
    told: tell(site, discussion!, bodies),
    pageOf: () => '/people/ada-example/',
  };
  const made = threadPages(views, read);
  const seen = new Set<string>();
  for (const [index, { view }] of made.entries()) {
    const markup = String(threadPage(views.frame, views.dates, view));
    assert.ok(markup.length < 1_600_000, `page ${index + 1} has ${markup.length} bytes`);
    if (index === 0) {
      const anchors = [...markup.matchAll(/<(?:article|li)[^>]* id="(m[0-9a-f]{40})"/g)];
      assert.equal(new Set(anchors.map(([, id]) => id)).size, 10_000);
    }
    for (const { anchor: id } of view.messages) seen.add(id);
  }
  assert.equal(seen.size, 10_000);
});

test('the outline has what was never received, and folds what is more than a handful', async context => {
  const headers = (...references: readonly string[]) => [
    'List-Id: <long.example.org>',
    `References: ${references.map(one => `<${one}>`).join(' ')}`,
  ];
  const at = (minute: number) => new Date(Date.UTC(2018, 2, 5, 10, minute)).toUTCString();
  const answers = Array.from({ length: 7 }, (_, index) =>
    mail({ id: `seven${index}@x`, date: at(30 + index), headers: headers('root@x', 'busy@x') }),
  );
  const publication = await published(context, [
    mail({ id: 'root@x', subject: 'Root', date: at(0), headers: ['List-Id: <long.example.org>'] }),
    mail({ id: 'busy@x', from: 'Busy <busy@example.org>', date: at(1), headers: headers('root@x') }),
    ...answers,
    mail({ id: 'a@x', from: 'A <a@example.org>', date: at(2), headers: headers('root@x', 'lost@x') }),
    mail({ id: 'b@x', from: 'B <b@example.org>', date: at(3), headers: headers('root@x', 'lost@x') }),
    mail({ id: 'c@x', from: 'C <c@example.org>', date: at(4), headers: headers('root@x', 'lost@x', 'b@x') }),
    mail({ id: 'd@x', from: 'D <d@example.org>', date: at(5), headers: headers('root@x') }),
  ]);
  await build(publication);
  const tree = page(publication, 'long/root@x/T').querySelector('.tree')!;
  const ghost = tree.querySelector('.gone')!;
  assert.equal(words(ghost), 'not in this archive');
  assert.equal(ghost.getAttribute('title'), 'lost@x');
  assert.deepEqual(
    [...ghost.parentElement!.querySelectorAll('a > span')].map(words),
    ['A', 'B', 'C'],
    'both answers to it and what answers these, not its neighbours',
  );
  const fold = tree.querySelector('details')!;
  assert.equal(tree.querySelectorAll('details').length, 1);
  assert.ok(fold.hasAttribute('open'));
  assert.equal(words(fold.querySelector('summary')), '7 below');
  assert.deepEqual(await markupErrors(pages(publication.siteFolder)), []);
});

test('a message says when its clock cannot be right, and is filed by when it was received', async context => {
  const received = 'Received: from a by b; Mon, 5 Mar 2018 09:12:44 +0000';
  const cases: readonly (readonly [string, string, readonly string[], RegExp])[] = [
    [
      'right@x',
      'Mon, 5 Mar 2018 10:12:00 +0100',
      [received],
      /^Monday 5 March 2018, 10:12 \+0100 \(09:12 UTC\)/,
    ],
    [
      'future@x',
      'Sun, 1 Jan 2068 10:00:00 +0000',
      [received],
      /^Monday 5 March 2018, 09:12 UTC, as received; its own date cannot be: Sunday 1 January 2068, 10:00 UTC/,
    ],
    [
      'early@x',
      'Thu, 1 Jan 1970 00:00:10 +0000',
      [received],
      /^Monday 5 March 2018, 09:12 UTC, as received; its own date cannot be: Thursday 1 January 1970/,
    ],
    [
      'late@x',
      'Thu, 1 Mar 2018 10:00:00 +0000',
      [received],
      /^dated Thursday 1 March 2018, 10:00 UTC, received Monday 5 March 2018, 09:12 UTC/,
    ],
    ['none@x', 'yesterday', [received], /^Monday 5 March 2018, 09:12 UTC, as received; it names no date/],
    ['alone@x', 'Thu, 1 Jan 1970 00:00:10 +0000', [], /which cannot be; nothing else tells its time/],
    ['nothing@x', 'yesterday', [], /^undated/],
  ];
  const publication = await published(
    context,
    cases.map(([id, date, headers]) =>
      mail({ id, date, subject: id, headers: ['List-Id: <clock.example.org>', ...headers] }),
    ),
  );
  await build(publication);
  for (const [id, , headers, told] of cases) {
    const { document } = parseHTML(
      fs.readFileSync(path.join(publication.siteFolder, `clock/${id}/index.html`), 'utf8'),
    );
    assert.match(words(document.querySelector('article .meta') as unknown as Element), told, id);
    const month = headers.length > 0 ? '2018-03' : '1970-01';
    const filed = fs.readFileSync(path.join(publication.siteFolder, `clock/${month}/index.html`), 'utf8');
    assert.ok(filed.includes(`/clock/${id}/T/`), `${id} is filed under ${month}`);
  }
});

test('a reply quotes the words it answers, and goes to everybody', async context => {
  const headers = ['List-Id: <long.example.org>', 'To: long@lists.example.org', 'Cc: ben@example.com'];
  const body = `> not these\n\n${'All the words that were said. '.repeat(60)}\n`;
  const publication = await published(context, [
    mail({ id: 'one@x', subject: 'Re: Words & more', headers, body: 'Yes.\n\nNo.\n' }),
    mail({ id: 'two@x', headers, body }),
  ]);
  await build(publication);
  const mailtoOf = (id: string) =>
    new URL(page(publication, `long/${id}`).querySelector('a[href^="mailto:"]')!.getAttribute('href')!);
  const short = mailtoOf('one@x');
  assert.equal(short.pathname, 'ada@example.org');
  assert.deepEqual(Object.fromEntries(short.searchParams), {
    Cc: 'long@lists.example.org,ben@example.com',
    'In-Reply-To': '<one@x>',
    Subject: 'Re: Words & more',
    Body: 'On 5 March 2018, Ada Example wrote:\r\n> Yes.\r\n>\r\n> No.\r\n\r\n',
  });
  const long = mailtoOf('two@x');
  assert.ok(long.href.length < 2000, `${long.href.length} characters`);
  assert.match(long.searchParams.get('Body')!, /that were said\. .*\r\n> \[…\]\r\n\r\n$/);
  assert.doesNotMatch(long.searchParams.get('Body')!, /not these/);
});

test('a field of recipients that goes on without an address costs its length', async context => {
  // With a look ahead from each of its letters this took hours.
  const headers = [
    `To: ${'a'.repeat(1_000_000)}`,
    'Cc: "Example, Ben" <ben@example.com>, (see) ada@example.org',
  ];
  const publication = await published(context, [mail({ headers })]);
  const archive = Archive.open(publication.archiveFile);
  context.after(() => archive.close());
  const site = await loadSite(archive, publication);
  const [body] = (await readBodies(archive, site.messages, false)).values();
  assert.deepEqual(body?.recipients, ['ben@example.com', 'ada@example.org']);
});

test('a thread with patches tells how to apply them: from lore where lore has the list, and from its mbox', async context => {
  const patch = (id: string, list: string, to: string) =>
    mail({ id, subject: '[PATCH] Count', headers: [`List-Id: <${list}>`, `To: ${to}`] });
  const mails = [
    patch("it's@x", 'kernel.example.org', 'linux-kernel@vger.kernel.org'),
    patch('own@x', 'own.example.org', 'own@lists.example.org'),
    mail({ id: 'talk@x', subject: 'Talk', headers: ['List-Id: <own.example.org>'] }),
  ];
  const commands = (publication: Publication, file: string) =>
    words(page(publication, file).querySelector('.head pre'));
  const publication = await published(context, mails);
  await build(publication);
  assert.equal(
    commands(publication, "kernel/it's@x/T"),
    "b4 am 'it'\\''s@x' gunzip t.mbox.gz && b4 am -m t.mbox 'it'\\''s@x'",
  );
  assert.equal(commands(publication, 'own/own@x/T'), "gunzip t.mbox.gz && b4 am -m t.mbox 'own@x'");
  assert.equal(commands(publication, 'own/talk@x/T'), '');
  const masked = await published(context, mails, `${SETTINGS}privacy: { addresses: mask }\n`);
  await build(masked);
  assert.equal(commands(masked, 'own/own@x/T'), '', 'a site that masks addresses has no mbox');
});

test('a split thread is built of the same bytes whichever way its mail came', async context => {
  const mails = thread(450, bushy);
  const [one, other] = [await published(context, mails), await published(context, mails.toReversed())];
  await build(one);
  await build(other);
  assert.deepEqual(readTree(other.siteFolder), readTree(one.siteFolder));
});
