import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { parseHTML } from 'linkedom';
import { Archive } from '../ingest/archive/archive.ts';
import { openPublication, type Publication } from '../publication/folder.ts';
import { buildSite } from '../site/build.ts';
import { personPaths } from '../site/permalinks.ts';
import { type MailParts, mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { checkLinks, markupErrors, pages } from './support/pages.ts';
import {
  build,
  filledPublication,
  importInto,
  readTree,
  SAMPLE_MBOX,
  SETTINGS,
  temporaryFolder,
} from './support/publication.ts';

async function built(
  context: TestContext,
  mails: readonly Buffer[],
  settings = SETTINGS,
): Promise<Publication> {
  const publication = await filledPublication(context, [mboxOf(temporaryFolder(context), mails)], settings);
  await build(publication);
  return publication;
}

/** The publication with other settings. */
function publicationWith({ folder }: Publication, settings: string): Publication {
  fs.writeFileSync(path.join(folder, 'traffic.yaml'), settings);
  return openPublication(folder);
}

/** The addresses of the pages of people. */
function slugs({ siteFolder }: Publication): readonly string[] {
  return pages(siteFolder)
    .flatMap(({ file }) => /^people\/(.+)\/index\.html$/.exec(file)?.[1] ?? [])
    .sort();
}

function page({ siteFolder }: Publication, file: string): Document {
  const markup = fs.readFileSync(path.join(siteFolder, file, 'index.html'), 'utf8');
  return parseHTML(markup).document as unknown as Document;
}

function words(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function digits(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 8);
}

const ADA = 'Ada Cedar <ada@example.org>';
const OTHER_ADA = 'Ada Cedar <ada@example.net>';
const REPORT = 'The file table counts every open file twice when the descriptor is duplicated.\n';

/** A mail of March 2018 that begins a thread of its own. */
function said(day: number, from: string, parts: MailParts = {}): Buffer {
  return mail({
    id: `${day}@example.org`,
    from,
    subject: `Open files, day ${day}`,
    date: new Date(Date.UTC(2018, 2, day, 9)).toUTCString(),
    body: REPORT,
    ...parts,
  });
}

test('the page of a person tells what they said in each thread, the latest first, each with its message', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await build(publication);
  const names = [...page(publication, 'people').querySelectorAll('tbody tr')];
  const threads = names.map(row => Number.parseInt(words(row.querySelectorAll('td')[1]), 10));
  assert.ok(names.length > 10);
  assert.deepEqual(
    threads,
    threads.toSorted((a, b) => b - a),
  );
  for (const slug of slugs(publication)) {
    const person = page(publication, `people/${slug}`);
    const times = [...person.querySelectorAll('.hit time')].map(time => time.getAttribute('datetime')!);
    assert.ok(times.length > 0, slug);
    assert.deepEqual(times, times.toSorted().reverse(), slug);
    for (const quotation of person.querySelectorAll('q')) {
      const [thread, message] = quotation.querySelector('a')!.getAttribute('href')!.split('#');
      const article = page(publication, thread!).getElementById(message!)!;
      assert.ok(words(article.querySelector('.mail')).includes(words(quotation)), words(quotation));
      assert.equal(words(article.querySelector('h3 .person')), words(person.querySelector('h1')));
    }
  }
  const oda = page(publication, 'people/oda-vinterhal');
  assert.match(words(oda.querySelector('.head .meta')), /^17 messages in 3 threads, 5 to 20 March 2018$/);
  assert.match(words(oda.querySelector('.hits')), /; began the thread/);
});

test('names lead to their pages from the head of a thread and from messages; those of programs do not', async context => {
  const publication = await built(context, [
    said(1, ADA),
    said(2, 'kernel test robot <lkp@example.com>', {
      subject: 'Re: Open files, day 1',
      headers: ['In-Reply-To: <1@example.org>'],
    }),
  ]);
  const thread = page(publication, 'mail/1@example.org/T');
  const alone = page(publication, 'mail/1@example.org');
  const hrefs = (document: Document) =>
    [...document.querySelectorAll('.head a.person, h3 a.person')].map(link => link.getAttribute('href'));
  assert.deepEqual(hrefs(thread), ['/people/ada-cedar/', '/people/ada-cedar/']);
  assert.deepEqual(hrefs(alone), ['/people/ada-cedar/']);
  assert.match(words(thread.querySelector('.head')), /Ada Cedar, kernel test robot/);
  assert.deepEqual(slugs(publication), ['ada-cedar']);
  assert.equal(words(thread.querySelector('nav [href="/people/"]')), 'People');
});

test('a name is an address that any host can serve', () => {
  const table: readonly (readonly [name: string, slug: string])[] = [
    ['Ada Cedar', 'ada-cedar'],
    ['Ada M. Cedar (Larch)', 'ada-m-cedar-larch'],
    ['Thóra Bjørk-Łęcka', 'thora-bjork-lecka'],
    ['ﬁne Straße', 'fine-strasse'],
    ['Ada', `ada-${digits('key')}`],
    ['CON', `con-${digits('key')}`],
    ['雪松', digits('key')],
    ['', digits('key')],
    ['../..', digits('key')],
    [`Ada ${'of the Long Name '.repeat(9)}`, 'ada-of-the-long-name-of-the-long-name-of-the-long-name-of-th'],
  ];
  for (const [name, slug] of table)
    assert.equal(personPaths([{ key: 'key', name }]).get('key'), `/people/${slug}/`, name);
});

test("somebody called like the digits of another takes nobody's address", () => {
  const paths = personPaths([
    { key: 'first', name: 'Ada Cedar' },
    { key: 'forger', name: `Ada Cedar ${digits('second')}` },
    { key: 'second', name: 'Ada Cedar' },
  ]);
  assert.equal(new Set(paths.values()).size, 3);
  assert.match(paths.get('second')!, /^\/people\/ada-cedar-[0-9a-f]{40}\/$/);
});

test('two people of one name have two pages that know of each other, whichever mail came first', async context => {
  const mails = [said(1, ADA), said(2, OTHER_ADA)];
  const publication = await built(context, mails);
  const other = `ada-cedar-${digits('ada@example.net')}`;
  assert.deepEqual(slugs(publication), ['ada-cedar', other]);
  const link = page(publication, 'people/ada-cedar').querySelector('.head .hint a');
  assert.equal(link?.getAttribute('href'), `/people/${other}/`);
  const backwards = await built(context, mails.toReversed());
  assert.deepEqual(readTree(backwards.siteFolder), readTree(publication.siteFolder));
  await importInto(publication, [mboxOf(temporaryFolder(context), [said(3, 'Ada Cedar <a@example.com>')])]);
  await build(publication);
  assert.deepEqual(
    slugs(publication),
    [`ada-cedar-${digits('a@example.com')}`, other, 'ada-cedar'].toSorted(),
  );
  assert.match(words(page(publication, `people/${other}`).querySelector('.hits')), /day 2/);
});

test('an address of somebody whom people.mailmap makes one with another leads to the one', async context => {
  const publication = await built(context, [said(1, ADA), said(2, OTHER_ADA)]);
  fs.writeFileSync(
    path.join(publication.folder, 'people.mailmap'),
    'Ada Cedar <ada@example.org> <ada@example.net>\n',
  );
  await build(publication);
  const old = page(publication, `people/ada-cedar-${digits('ada@example.net')}`);
  assert.match(old.documentElement.outerHTML, /content="0; url=\/people\/ada-cedar\/"/);
  assert.equal(page(publication, 'people/ada-cedar').querySelectorAll('.hit').length, 2);
});

test('where addresses are masked, all of a name are one, and no digest of an address is left from before', async context => {
  const publication = await built(context, [said(1, ADA), said(2, OTHER_ADA), said(3, 'ben@example.com')]);
  const before = slugs(publication);
  assert.ok(before.includes(`ada-cedar-${digits('ada@example.net')}`));
  const masked = publicationWith(publication, `${SETTINGS}privacy: { addresses: mask }\n`);
  await build(masked);
  assert.deepEqual(slugs(masked), ['ada-cedar', `ben-${digits('ben')}`]);
  assert.equal(page(masked, 'people/ada-cedar').querySelectorAll('.hit').length, 2);
  for (const [file, bytes] of readTree(masked.siteFolder)) {
    for (const address of ['ada@example.net', 'ada@example.org', 'ben@example.com'])
      assert.ok(!file.includes(digits(address)) && !bytes.includes(digits(address)), `${address} in ${file}`);
  }
  assert.deepEqual(checkLinks(masked.siteFolder, '/').broken, []);
});

test('whoever wants no page has none, under any of their addresses and names, and nobody gets the address', async context => {
  const hide = 'people: { hide: [ADA@example.org, Cleo Birch, dan@example.org] }\n';
  const mails = [said(1, ADA), said(2, OTHER_ADA), said(3, 'Cleo Birch <cleo@example.com>')];
  const publication = await filledPublication(context, [mboxOf(temporaryFolder(context), mails)]);
  await build(publication);
  const hidden = publicationWith(publication, SETTINGS + hide);
  const archive = Archive.open(hidden.archiveFile);
  const { remarks } = await buildSite(archive, hidden);
  archive.close();
  const other = `ada-cedar-${digits('ada@example.net')}`;
  assert.deepEqual(slugs(hidden), [other]);
  assert.deepEqual(checkLinks(hidden.siteFolder, '/').broken, []);
  assert.equal(page(hidden, `people/${other}`).querySelector('.head .hint a'), null);
  assert.match(words(page(hidden, 'mail/1@example.org/T').querySelector('.head')), /Ada Cedar/);
  assert.deepEqual(remarks, [
    'traffic.yaml: people.hide names dan@example.org, and nobody in the archive writes under that',
  ]);
});

test('of somebody who said more than a page should hold, it shows the latest and says so', async context => {
  const days = Array.from({ length: 203 }, (_, day) => said(day + 1, ADA));
  const person = page(await built(context, days), 'people/ada-cedar');
  assert.equal(words(person.querySelector('.hits .label')), 'The latest 200 of 203 quotations');
  const titles = [...person.querySelectorAll('.hit h3')].map(words);
  assert.deepEqual(
    [titles.length, titles[0], titles.at(-1)],
    [200, 'Open files, day 203', 'Open files, day 4'],
  );
});

test('the pages of people with hostile names and words are valid, their links whole, nothing in them markup', async context => {
  const evil = '"><script>alert(1)</script> & <b>';
  const publication = await built(context, [
    said(1, `"Ada ${evil.replaceAll('"', '')}" <evil@example.org>`, {
      subject: evil,
      body: `This table counts ${evil} every open file of a process twice \u202e\u0000x.\n`,
    }),
    said(2, '=?utf-8?B?QWRhIC4uLy4uLw==?= <dots@example.org>'),
    said(3, 'no address at all'),
  ]);
  const people = pages(publication.siteFolder).filter(({ file }) => file.startsWith('people/'));
  assert.equal(people.length, 4);
  assert.deepEqual(await markupErrors(people), []);
  assert.deepEqual(checkLinks(publication.siteFolder, '/').broken, []);
  for (const { markup } of people) assert.doesNotMatch(markup, /<script>|<b>|\u202e/);
});
