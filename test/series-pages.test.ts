import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseHTML } from 'linkedom';
import type { Publication } from '../publication/folder.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { checkLinks, markupErrors, pages, words } from './support/pages.ts';
import {
  build,
  filledPublication,
  importInto,
  SAMPLE_MBOX,
  SETTINGS,
  temporaryFolder,
} from './support/publication.ts';

/** The pages of series, those that only lead elsewhere left out, by their titles. */
function seriesPages({ siteFolder }: Publication): ReadonlyMap<string, Document> {
  const all = pages(siteFolder).filter(
    ({ file, markup }) => file.startsWith('series/') && !isRedirect(markup),
  );
  return new Map(
    all.map(({ markup }) => {
      const { document } = parseHTML(markup);
      return [document.querySelector('h1')!.textContent!.trim(), document as unknown as Document];
    }),
  );
}

function isRedirect(markup: string): boolean {
  return markup.includes('http-equiv="refresh"');
}

test('the page of a series tells its versions, changes, reviews and end, each with its message', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await build(publication);
  const page = seriesPages(publication).get('Remove calls of system calls from inside the kernel')!;
  const [first, second] = [...page.querySelectorAll('section.version')];
  assert.match(words(first), /22 messages by 7 people; superseded by v2/);
  assert.match(words(second), /Follows v1: same author, same title, 2 of 5 patches with the same titles\./);
  assert.match(words(second!.querySelector('.changes li')), /^three new names, not ten/);
  assert.match(words(second!.querySelector('.given')), /Acked by Joss Wickenby #7/);
  assert.match(
    words(page.querySelector('[aria-labelledby="end"]')),
    /Mattis Okoro-Lind, 15 March 2018, of v2: Applied, thanks\./,
  );
  // Whatever is quoted or counted leads to a message on a thread's page.
  for (const source of page.querySelectorAll('.said-by a, .given a, a.said'))
    assert.match(source.getAttribute('href')!, /\/T\/#m[0-9a-f]{40}$/);
});

test('a thread shows the versions of its series, and which it is', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await build(publication);
  const file = 'linux-example/20180305091502.7431-1-oda@example.org/T/index.html';
  const { document } = parseHTML(fs.readFileSync(path.join(publication.siteFolder, file), 'utf8'));
  const rows = [...document.querySelectorAll('.versions li')];
  assert.deepEqual(
    rows.map(row => [words(row.querySelector('.v')), row.hasAttribute('aria-current')]),
    [
      ['v1', true],
      ['v2', false],
    ],
  );
});

test('a patch that is sent each day leads to all its versions, and names those beside it', async context => {
  const mails = temporaryFolder(context);
  const days = Array.from({ length: 20 }, (_, day) =>
    mail({
      id: `${day}@example.org`,
      subject: '[PATCH] close: count all open files',
      date: new Date(Date.UTC(2018, 2, 1 + day, 9)).toUTCString(),
    }),
  );
  writeFiles(mails, Object.fromEntries(days.map((raw, day) => [`${day}.eml`, raw])));
  const publication = await filledPublication(context, [mails]);
  await build(publication);
  const shown = (day: number) => {
    const file = path.join(publication.siteFolder, 'mail', `${day}@example.org`, 'T', 'index.html');
    const { document } = parseHTML(fs.readFileSync(file, 'utf8'));
    return [...document.querySelectorAll('.versions li')].map(row => row.querySelector('time, a:not(.v)'));
  };
  const daysShown = (day: number) => shown(day).map(one => words(one).replace(/ March 2018/, ''));
  assert.deepEqual(daysShown(9), ['1', '7', '8', '9', '10', '11', '12', '13', '20', 'All 20 versions']);
  assert.deepEqual(daysShown(0), ['1', '2', '3', '4', '20', 'All 20 versions']);
  assert.deepEqual(daysShown(19), ['1', '17', '18', '19', '20', 'All 20 versions']);
  const all = shown(9).at(-1)!.getAttribute('href')!;
  assert.match(all, /^\/series\/close-count-all-open-files-[0-9a-f]{8}\/$/);
  assert.equal([...seriesPages(publication).values()][0]!.querySelectorAll('section.version').length, 20);
});

const COVER = 'Changes in v2:\n- counted twice\n';
const V1 = [
  mail({ id: 'v1-0@example.org', subject: '[PATCH 0/2] Count all open files' }),
  mail({
    id: 'v1-1@example.org',
    subject: '[PATCH 1/2] close: count',
    headers: ['References: <v1-0@example.org>'],
  }),
];
const V2 = [
  mail({
    id: 'v2-0@example.org',
    subject: '[PATCH v2 0/2] Count all open files',
    date: 'Mon, 12 Mar 2018 09:00:00 +0000',
    body: COVER,
  }),
  ...[1, 2].map(index =>
    mail({
      id: `v2-${index}@example.org`,
      subject: `[PATCH v2 ${index}/2] close: count`,
      date: 'Mon, 12 Mar 2018 09:00:01 +0000',
      headers: ['References: <v2-0@example.org>'],
    }),
  ),
];

test('an earlier version that turns up late leaves the old address of the series working', async context => {
  const mails = temporaryFolder(context);
  writeFiles(mails, Object.fromEntries(V2.map((raw, index) => [`${index}.eml`, raw])));
  const publication = await filledPublication(context, [mails]);
  await build(publication);
  const before = pages(publication.siteFolder)
    .map(({ file }) => file)
    .find(file => file.startsWith('series/'))!;
  const earlier = temporaryFolder(context);
  writeFiles(earlier, Object.fromEntries(V1.map((raw, index) => [`${index}.eml`, raw])));
  await importInto(publication, [earlier]);
  await build(publication);
  const now = pages(publication.siteFolder).filter(({ file }) => file.startsWith('series/'));
  const [told] = now.filter(({ markup }) => !isRedirect(markup));
  assert.notEqual(told!.file, before);
  const old = now.find(({ file }) => file === before)!;
  assert.ok(old.markup.includes(`/${path.dirname(told!.file)}/`), old.markup);
});

test('a series that an editor takes apart leaves its address leading to what it told of', async context => {
  const mails = temporaryFolder(context);
  const alone = [
    mail({ id: 'a@example.org', subject: '[PATCH] close: count all open files' }),
    mail({
      id: 'b@example.org',
      subject: '[PATCH v2] close: count all open files',
      date: 'Mon, 12 Mar 2018 09:00:00 +0000',
    }),
  ];
  writeFiles(mails, Object.fromEntries(alone.map((raw, index) => [`${index}.eml`, raw])));
  const publication = await filledPublication(context, [mails]);
  await build(publication);
  const [page] = pages(publication.siteFolder).filter(
    ({ file, markup }) => file.startsWith('series/') && !isRedirect(markup),
  );
  fs.writeFileSync(
    path.join(publication.folder, 'threads.yaml'),
    'series:\n  - { message: b@example.org, follows: nothing, reason: another counter }\n',
  );
  await build(publication);
  const old = pages(publication.siteFolder).find(({ file }) => file === page!.file)!;
  assert.ok(isRedirect(old.markup) && old.markup.includes('/mail/a@example.org/T/'), old.markup);
});

test('the pages of hostile series are valid, their links whole, and nothing in them is markup', async context => {
  const mails = temporaryFolder(context);
  const evil = '"><script>alert(1)</script> & <b>';
  const subject = (version: number, place: string) => `[PATCH v${version} ${place}] ${evil} counts`;
  const hostile = [1, 2].flatMap(version => [
    mail({
      id: `${version}/0 %"<>@example.org`.replace(/[<>\s]/g, ''),
      subject: subject(version, '0/2'),
      date: `Mon, ${4 + version} Mar 2018 09:00:00 +0000`,
      from: `"${evil.replaceAll('"', '')}" <evil@example.org>`,
      body: `v2:\n- ${evil}\n- \u202e\u0000x\n`,
    }),
    mail({
      id: `r${version}@example.org`,
      subject: `Re: ${subject(version, '0/2')}`,
      date: `Mon, ${4 + version} Mar 2018 10:00:00 +0000`,
      headers: [`References: <${version}/0%"@example.org>`],
      body: `This is wrong: ${evil} counts nothing.\n\nAcked-by: ${evil}\n`,
    }),
  ]);
  writeFiles(mails, Object.fromEntries(hostile.map((raw, index) => [`${index}.eml`, raw])));
  const publication = await filledPublication(context, [mails], SETTINGS);
  await build(publication);
  const series = pages(publication.siteFolder).filter(({ file }) => file.startsWith('series/'));
  assert.ok(series.some(({ markup }) => !isRedirect(markup)));
  assert.deepEqual(await markupErrors(series), []);
  assert.deepEqual(checkLinks(publication.siteFolder, '/').broken, []);
  for (const { markup } of series) assert.doesNotMatch(markup, /<script>|<b>\s*counts/);
});
