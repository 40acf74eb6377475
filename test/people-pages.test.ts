import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { Archive } from '../ingest/archive/archive.ts';
import { openPublication, type Publication } from '../publication/folder.ts';
import { buildSite } from '../site/build.ts';
import { personPaths } from '../site/permalinks.ts';
import { writeFiles } from './support/folder.ts';
import { type MailParts, mail } from './support/mails.ts';
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
  assert.equal(
    words(person.querySelector('.hits .label')),
    'In the threads: the latest 200 of 203 quotations',
  );
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

/** Issues of the mail of `said` and of mail that nobody holds. */
const ISSUES = {
  'issues/1/issue.md': `---
date: 2018-03-14
editor: Cleo Birch
sections: [old-times]
---
Ada Cedar said, ["every open file twice"](mid:1%40example.org).
`,
  'issues/1/old-times.md': `---
title: Old Times
mentions: [Ada Cedar, Finn Oak]
---
Dora Larch said ["it never locked anything"](said:Dora%20Larch), and Ben ["nor will it"](said:Ben).

> We counted by hand in those days.
>
> — Ada Cedar

The kernel test robot wrote ["a warning is a warning"](said:kernel%20test%20robot), and
somebody ["hear, hear"](said:elm%40example.net).
`,
  'issues/2/issue.md': `---
date: 2018-03-21
editor: Cleo Birch
sections: [counting]
---
`,
  'issues/2/counting.md': `---
thread: 2@example.org
title: Counting <Files>
---
Ada Cedar wrote: ["when the descriptor is duplicated"](mid:1%40example.org). Eve Alder wrote ["counts every open file"](mid:2%40example.org).
`,
};

const EVE = 'Eve Alder <eve@example.com>';

async function withIssues(
  context: TestContext,
  settings = SETTINGS,
  mails: readonly Buffer[] = [said(1, ADA), said(2, EVE)],
): Promise<Publication> {
  const publication = await filledPublication(context, [mboxOf(temporaryFolder(context), mails)], settings);
  writeFiles(publication.folder, ISSUES);
  await build(publication);
  return publication;
}

/** Where the names of a page's sections lead. */
function peopleOf(publication: Publication, issue: number): readonly (readonly [string, string | null])[] {
  return [...page(publication, `issues/${issue}`).querySelectorAll('.facts .person')].map(link => [
    words(link),
    link.getAttribute('href'),
  ]);
}

/** What a page has of its person from the issues: where each section is, and the words. */
function inIssues(publication: Publication, slug: string) {
  const articles = page(publication, `people/${slug}`).querySelectorAll('[aria-labelledby="issues"] .hit');
  return [...articles].map(article => ({
    section: article.querySelector('h3 a')?.getAttribute('href'),
    issue: words(article.querySelector('.meta')),
    words: [...article.querySelectorAll('q')].map(
      quotation => (quotation.className === '' ? '' : 'unchecked: ') + words(quotation),
    ),
  }));
}

test('the page of a person has first what the issues quote, the newest first, with section, issue and message', async context => {
  const publication = await withIssues(context);
  assert.deepEqual(inIssues(publication, 'ada-cedar'), [
    {
      section: '/issues/2/#counting',
      issue: 'Issue 2, 21 March 2018',
      words: ['when the descriptor is duplicated'],
    },
    { section: '/issues/1/', issue: 'Issue 1, 14 March 2018', words: ['every open file twice'] },
    {
      section: '/issues/1/#old-times',
      issue: 'Issue 1, 14 March 2018',
      words: ['unchecked: We counted by hand in those days.'],
    },
  ]);
  const ada = page(publication, 'people/ada-cedar');
  assert.deepEqual([...ada.querySelectorAll('.hits h2')].map(words), [
    'In the issues: 3 quotations',
    'In the threads: 1 quotation',
  ]);
  assert.match(words(ada.querySelector('.hits .hint')), /nobody has checked them/);
  const message = ada.querySelector('.hits q a')!.getAttribute('href')!.split('#');
  assert.equal(message[0], '/mail/1@example.org/T/');
  assert.ok(page(publication, message[0]!).getElementById(message[1]!));
});

test('whoever is quoted only from mail that is not held has a page by name; programs, and addresses, have none', async context => {
  const publication = await withIssues(context);
  const ben = slugs(publication).filter(slug => slug.startsWith('ben-'));
  assert.equal(ben.length, 1);
  assert.deepEqual(slugs(publication), ['ada-cedar', ...ben, 'dora-larch', 'eve-alder']);
  assert.deepEqual(inIssues(publication, 'dora-larch'), [
    {
      section: '/issues/1/#old-times',
      issue: 'Issue 1, 14 March 2018',
      words: ['unchecked: it never locked anything'],
    },
  ]);
  const dora = page(publication, 'people/dora-larch');
  assert.equal(words(dora.querySelector('.head .meta')), 'Quoted from mail that is not kept here');
  assert.equal(dora.querySelectorAll('.hits').length, 1);
  assert.deepEqual(peopleOf(publication, 1), [
    ['Dora Larch', '/people/dora-larch/'],
    ['Ben', `/people/${ben[0]}/`],
    ['Ada Cedar', '/people/ada-cedar/'],
  ]);
  assert.deepEqual(peopleOf(publication, 2), [
    ['Ada Cedar', '/people/ada-cedar/'],
    ['Eve Alder', '/people/eve-alder/'],
  ]);
  const rows = [...page(publication, 'people').querySelectorAll('tbody tr')].map(row =>
    [...row.children].map(words).filter(Boolean).join(' '),
  );
  assert.deepEqual(rows, [
    'Ada Cedar 1 thread 1 message 1 March 2018 3 quotations',
    'Eve Alder 1 thread 1 message 2 March 2018 1 quotation',
    'Ben 1 quotation',
    'Dora Larch 1 quotation',
  ]);
  assert.deepEqual(checkLinks(publication.siteFolder, '/').broken, []);
  const made = pages(publication.siteFolder).filter(({ file }) => /^(?:people|issues)\//.test(file));
  assert.deepEqual(await markupErrors(made), []);
});

test('a name in an issue that two people write under is neither of them', async context => {
  const publication = await withIssues(context, SETTINGS, [said(1, ADA), said(2, EVE), said(3, OTHER_ADA)]);
  const own = slugs(publication).filter(slug => slug.startsWith('ada-cedar'));
  assert.equal(own.length, 3);
  const unchecked = own.filter(slug => JSON.stringify(inIssues(publication, slug)).includes('unchecked'));
  assert.equal(unchecked.length, 1);
  const person = page(publication, `people/${unchecked[0]}`);
  assert.equal(words(person.querySelector('.head .meta')), 'Quoted from mail that is not kept here');
  assert.equal(person.querySelectorAll('.head .hint a').length, 2);
});

test('whoever wants no page has none for what issues quote either, and their names lead nowhere', async context => {
  const hide = 'people: { hide: [ada@example.org, dora larch] }\n';
  const publication = await withIssues(context, SETTINGS + hide);
  const archive = Archive.open(publication.archiveFile);
  const { remarks } = await buildSite(archive, publication);
  archive.close();
  assert.deepEqual(
    slugs(publication).filter(slug => !slug.startsWith('ben-')),
    ['eve-alder'],
  );
  assert.deepEqual(
    peopleOf(publication, 1).map(([name]) => name),
    ['Ben'],
  );
  assert.match(words(page(publication, 'issues/1').querySelector('.facts')), /Dora Larch.*Ada Cedar/);
  assert.deepEqual(remarks, []);
});

test('where addresses are masked, what issues quote is told by name, and no address is in a page of people', async context => {
  const publication = await withIssues(context, `${SETTINGS}privacy: { addresses: mask }\n`);
  assert.equal(inIssues(publication, 'ada-cedar').length, 3);
  for (const { file, markup } of pages(publication.siteFolder)) {
    if (!file.startsWith('people/')) continue;
    const shown = markup.replace(/ href="[^"]*"/g, '');
    for (const address of ['ada@example.org', 'eve@example.com', 'elm@example.net']) {
      assert.ok(!shown.includes(address), `${address} in ${file}`);
      assert.ok(!markup.includes(digits(address)), `digits of ${address} in ${file}`);
    }
  }
});
