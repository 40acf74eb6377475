import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { Archive } from '../ingest/archive/archive.ts';
import type { SweptHeader } from '../ingest/archive/records.ts';
import type { MessageId } from '../mail/message-id.ts';
import type { Publication } from '../publication/folder.ts';
import { readIssues } from '../publication/issues/read.ts';
import type { IssueStatistics } from '../publication/issues/statistics.ts';
import { loadSite } from '../site/model.ts';
import { statisticsOfIssues } from '../site/stats/issue-statistics.ts';
import { barChart, lineChart } from '../templates/charts.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { checkLinks, markupErrors, pages, words } from './support/pages.ts';
import { runs } from './support/property.ts';
import { build, filledPublication, importInto, SETTINGS, temporaryFolder } from './support/publication.ts';

const ISSUE = '---\ndate: 2018-03-14\neditor: Ada Example\n';

let count = 0;
/** A mail of March 2018, at nine o'clock in UTC. */
function sent(day: number, from: string, subject: string, body = 'Some words.\n'): Buffer {
  const date = new Date(Date.UTC(2018, 2, day, 9)).toUTCString();
  return mail({
    id: `n${++count}@example.org`,
    from,
    subject,
    date,
    body,
    headers: ['List-Id: <dev.example.org>'],
  });
}

const ADA = 'Ada Cedar <ada@example.org>';
const BEN = 'Ben Birch <ben@example.net>';
const CY = 'Cy Elm <cy@example.com>';
const ROBOT = 'kernel test robot <lkp@example.com>';

const MAILS = [
  sent(7, BEN, 'Before'),
  sent(8, ADA, '[PATCH] Locks', `${'a'.repeat(2047)}\n`),
  sent(8, BEN, 'Re: [PATCH] Locks'),
  sent(9, ROBOT, 'Re: [PATCH] Locks'),
  sent(12, ADA, 'Files'),
  sent(14, CY, 'Re: Files'),
  sent(14, ADA, 'Keys'),
  sent(15, CY, 'After'),
];

async function publicationWith(
  context: TestContext,
  files: Readonly<Record<string, string>>,
  settings = SETTINGS,
): Promise<Publication> {
  const mbox = mboxOf(temporaryFolder(context), MAILS);
  const publication = await filledPublication(context, [mbox], settings);
  writeFiles(publication.folder, files);
  return publication;
}

/** The statistics of the first issue. */
async function counted(
  publication: Publication,
  before?: (archive: Archive) => void,
): Promise<IssueStatistics> {
  const archive = Archive.open(publication.archiveFile);
  try {
    before?.(archive);
    const { issues } = readIssues(publication.folder);
    return statisticsOfIssues(archive, await loadSite(archive, publication), issues).get(1)!;
  } finally {
    archive.close();
  }
}

test('an issue counts the seven days up to its own, and who wrote in the seven before', async context => {
  const publication = await publicationWith(context, { 'issues/1/issue.md': `${ISSUE}---\n` });
  const { days, posters, subjects, ...totals } = await counted(publication);
  assert.deepEqual(totals, {
    basis: 'mail',
    period: { since: '2018-03-08', until: '2018-03-14' },
    posts: 6,
    kilobytes: 3,
    contributors: 3,
    multiples: 1,
    lastweek: 1,
    programs: 1,
  });
  assert.deepEqual(
    days.map(({ day, posts }) => `${day} ${posts}`),
    ['08 2', '09 1', '10 0', '11 0', '12 1', '13 0', '14 2'].map(day => `2018-03-${day}`),
  );
  assert.deepEqual(
    posters.map(({ name, posts, kilobytes }) => [name, posts, kilobytes]),
    [['Ada Cedar', 3, 2]],
    'neither programs nor those who posted once are top posters',
  );
  assert.deepEqual(
    subjects.map(({ title, posts }) => [title, posts]),
    [
      ['Locks', 3],
      ['Files', 2],
    ],
  );
});

test('days are those of the time zone; the period that the issue names counts', async context => {
  const publication = await publicationWith(
    context,
    { 'issues/1/issue.md': `${ISSUE}period: { since: 2018-03-09, until: 2018-03-12 }\n---\n` },
    'site: { title: Test, timezone: Pacific/Kiritimati }\n', // 14 hours before UTC: nine o'clock is late in the day.
  );
  const { days, posts, lastweek } = await counted(publication);
  assert.equal(posts, 2);
  assert.equal(lastweek, 1, 'as many days before');
  assert.equal(days.map(day => day.posts).join(), '1,0,0,1');
});

test('where the mail begins with the days, nobody is said to have posted before', async context => {
  const publication = await publicationWith(context, {
    'issues/1/issue.md': `${ISSUE}period: { since: 2018-03-07, until: 2018-03-13 }\n---\n`,
  });
  assert.equal((await counted(publication)).lastweek, undefined);
});

test('where threads of topics alone are pulled, the headers of all list mail are counted, and letters are not', async context => {
  const topics = `topics: { locks: { subject: locks } }\nsources: [{ name: work, type: imap, host: example.org, user: me, password_env: X, topics: [locks] }]\n`;
  const publication = await publicationWith(
    context,
    { 'issues/1/issue.md': `${ISSUE}---\n` },
    SETTINGS + topics,
  );
  const header = (uid: number, id: string, name: string, listIds: readonly string[]): SweptHeader => ({
    uid,
    id: id as MessageId,
    size: 1024,
    references: [],
    sent: Date.UTC(2018, 2, 10) / 1000,
    from: { name, address: `${name}@example.org` },
    subject: 'Re: Other things',
    listIds,
  });
  const statistics = await counted(publication, archive =>
    archive.sweeps.add(archive.sweeps.begin('work', 'INBOX', 1n, 9), [
      header(1, 'kept@example.org', 'dora', ['dev.example.org']),
      header(2, 'kept@example.org', 'dora', ['dev.example.org']),
      header(3, 'n2@example.org', 'ada', ['dev.example.org']),
      header(4, 'letter@example.org', 'mother', []),
      header(5, 'other@example.org', 'bank', ['offers.example.com']),
      header(6, '', 'dora', ['dev.example.org']),
    ]),
  );
  assert.equal(statistics.basis, 'headers');
  assert.equal(statistics.posts, 8, 'six that are kept and two of Dora');
  assert.equal(statistics.contributors, 4);
  assert.deepEqual(
    statistics.posters.map(({ name, posts }) => `${name} ${posts}`),
    ['Ada Cedar 3', 'dora 2'],
  );
  await build(publication);
  const stats = issuePage(publication).querySelector('.stats')!;
  assert.match(words(stats), /counted are the headers of all mail/);
  assert.doesNotMatch(issuePage(publication).documentElement.outerHTML, /mother|bank/);
});

test('what an old newsletter told is shown as it told it, and nothing is counted', async context => {
  const publication = await publicationWith(context, {
    'issues/1/issue.md': `${ISSUE}stats:
  posts: 1356
  kilobytes: 6732
  contributors: 438
  posters: [{ name: Dora Example, address: dora@example.org, posts: 61, kilobytes: 180 }]
---
`,
  });
  await build(publication);
  const stats = issuePage(publication).querySelector('.stats')!;
  assert.match(
    words(stats),
    /We looked at 1,356 posts in 6,732K\. There were 438 different contributors\. As the/,
  );
  assert.match(words(stats.querySelector('table')), /Dora Example61 posts180K/);
  assert.doesNotMatch(stats.outerHTML, /dora@example.org/);
});

test('an issue tells its statistics in the old words, with charts whose texts have every number', async context => {
  const issues = Object.fromEntries(
    [1, 2, 3].map(number => [
      `issues/${number}/issue.md`,
      `---\ndate: 2018-03-${`${7 * number}`.padStart(2, '0')}\neditor: Ada Example\n---\n`,
    ]),
  );
  const publication = await publicationWith(context, issues);
  await build(publication);
  const stats = issuePage(publication, 2).querySelector('.stats')!;
  assert.match(
    words(stats),
    /^Mailing List Stats For This Week We looked at 6 posts in 3K\. There were 3 different contributors\. 1 posted more than once\. 1 posted last week too\. 1 post came from programs/,
  );
  assert.match(words(stats), /The top posters of the week were:/);
  assert.equal(
    words(stats.querySelector('svg title')),
    'Posts by day: Thursday 2, Friday 1, Saturday 0, Sunday 0, Monday 1, Tuesday 0, Wednesday 2.',
  );
  const last = issuePage(publication, 3);
  const byIssue = [...last.querySelectorAll('svg title')].map(words).at(-1);
  assert.equal(byIssue, 'Posts by issue: number 1 1, number 2 6, number 3 1.');
  assert.deepEqual(checkLinks(publication.siteFolder, '/').broken, []);
  assert.deepEqual(await markupErrors(pages(publication.siteFolder)), []);
});

test('/stats/ tells of all months, posters and issues, without programs', async context => {
  const publication = await publicationWith(context, { 'issues/1/issue.md': `${ISSUE}---\n` });
  const late = mail({ id: 'late@example.org', from: ADA, date: 'Mon, 7 May 2018 10:00:00 +0000' });
  const future = mail({ id: 'future@example.org', from: ADA, date: 'Mon, 7 May 2096 10:00:00 +0000' });
  await importInto(publication, [mboxOf(temporaryFolder(context), [late, future])]);
  await build(publication);
  const page = parsed(publication, 'stats/index.html');
  assert.match(words(page.querySelector('.head')), /10 messages in \d+ threads on 2 lists, by 3 people/);
  const rows = [...page.querySelectorAll('[aria-labelledby=months] tbody tr')].map(words);
  assert.deepEqual(rows, ['May 209611', 'May 201811', 'March 201883']);
  assert.match(
    words(page.querySelector('svg title')),
    /March 2018 to May 2018; the most 8 in March 2018, the last 1\./,
    'a clock that is wrong makes no chart of eighty years',
  );
  assert.match(words(page.querySelector('[aria-labelledby=issues] tbody')), /No\. 114 March 2018063K3/);
});

test('charts stay within their bounds, whatever is counted', () => {
  const name = { id: 'c', title: 'A chart' };
  const marks = fc.array(fc.record({ label: fc.constant('Mon'), value: fc.nat() }), {
    minLength: 1,
    maxLength: 130,
  });
  fc.assert(
    fc.property(marks, values => {
      for (const chart of [barChart(name, values), lineChart(name, values)].map(String)) {
        for (const [, attribute, number] of chart.matchAll(
          /\b(x|y|cx|cy|x1|x2|y1|y2|width|height)="([^"]*)"/g,
        ))
          assert.ok(Number(number) >= 0 && Number(number) <= 260, `${attribute}="${number}" in ${chart}`);
        assert.doesNotMatch(chart, /NaN|Infinity|style=/);
      }
    }),
    runs(),
  );
});

function parsed({ siteFolder }: Publication, file: string): Document {
  return parseHTML(fs.readFileSync(path.join(siteFolder, file), 'utf8')).document as unknown as Document;
}

function issuePage(publication: Publication, number = 1): Document {
  return parsed(publication, `issues/${number}/index.html`);
}
