import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { Archive } from '../ingest/archive/archive.ts';
import type { Publication } from '../publication/folder.ts';
import { readIssues } from '../publication/issues/read.ts';
import { buildSite } from '../site/build.ts';
import type { Candidate } from '../site/desk/candidates.ts';
import { lastDays, readDesk } from '../site/desk/desk.ts';
import { type Found, reasonsFor, scoreOf, WEIGHTS } from '../site/desk/reasons.ts';
import { historyWords, reasonWords } from '../site/desk/wording.ts';
import { loadSite } from '../site/model.ts';
import { fixedPath } from '../site/permalinks.ts';
import { LATER, LETTERS, type Letter, posted } from './support/desk-mails.ts';
import { writeFiles } from './support/folder.ts';
import { mboxOf } from './support/mbox-file.ts';
import { markupErrors } from './support/pages.ts';
import { filledPublication, temporaryFolder } from './support/publication.ts';
import { traffic } from './support/traffic.ts';

const WEEK = { since: '2018-03-26', until: '2018-04-01' };
const WEEK_AFTER = { since: '2018-04-02', until: '2018-04-08' };

async function publicationOf(context: TestContext, letters: readonly Letter[]): Promise<Publication> {
  return filledPublication(context, [mboxOf(temporaryFolder(context), letters.map(posted))]);
}

async function candidates(publication: Publication, period = WEEK): Promise<readonly Candidate[]> {
  const archive = Archive.open(publication.archiveFile);
  try {
    const site = await loadSite(archive, publication);
    const { issues } = readIssues(publication.folder);
    return (await readDesk(archive, site, period, issues)).candidates;
  } finally {
    archive.close();
  }
}

const rootsOf = (found: readonly Candidate[]) => found.map(({ discussion }) => discussion.root.split('@')[0]);
const kindsOf = ({ reasons }: Candidate) => reasons.map(({ kind }) => kind);

/** Issue 11, which tells of the lock up to the message `lock-3`. */
function tellOfTheLock({ folder }: Publication): void {
  writeFiles(folder, {
    'issues/11/issue.md': '---\ndate: 2018-04-04\neditor: Ida Yew\nsections: [lock]\n---\n',
    'issues/11/lock.md':
      '---\nthread: lock@example.org\ntitle: A lock for each table\n---\nDan Fir had [measured it](mid:lock-3@example.org).\n',
  });
}

test('what many dispute comes first, what nobody answers last, each with its reasons', async context => {
  const [lock, slow, lone, ...others] = await candidates(await publicationOf(context, LETTERS));
  assert.deepEqual(rootsOf([lock!, slow!, lone!, ...others]), ['lock', 'slow', 'lone']);
  assert.deepEqual(lock!.reasons.map(reasonWords), [
    '4 people +9',
    '4 answers +3',
    '4 deep +3',
    '1 new voice (Dan Fir) +2',
    '1 maintainer (Cy Elm) +3',
    '1 objection +4',
  ]);
  assert.equal(lock!.score, 24);
  assert.deepEqual(kindsOf(lone!), ['new voices']);
});

test('a candidate of the week before that nobody covered is carried over while people write, and no longer', async context => {
  const publication = await publicationOf(context, LETTERS);
  const slow = (await candidates(publication)).find(({ discussion }) => discussion.root.startsWith('slow'))!;
  assert.equal(slow.carriedOver, 1);
  assert.ok(kindsOf(slow).includes('carried over'));
  assert.deepEqual(historyWords(slow), ['carried over: candidate 1 of the time before, not covered']);
  const week = await candidates(publication);
  assert.ok(!rootsOf(week).includes('gone'));
  assert.equal(week.find(({ discussion }) => discussion.root.startsWith('lock'))!.carriedOver, undefined);
});

test('what an issue has told counts by what came since, and says what moved', async context => {
  const publication = await publicationOf(context, [...LETTERS, ...LATER]);
  tellOfTheLock(publication);
  const lock = (await candidates(publication)).find(({ discussion }) => discussion.root.startsWith('lock'))!;
  assert.deepEqual(historyWords(lock), [
    'covered in issue 11, lock; since then 1 message of 1 person',
    '2 messages came after these days',
  ]);
  assert.deepEqual(
    lock.active.posts.map(({ message }) => message.id),
    ['lock-4@example.org'],
  );
  assert.ok(!kindsOf(lock).includes('objections'), 'told already');
  const [after] = await candidates(publication, WEEK_AFTER);
  assert.deepEqual(historyWords(after!), [
    'covered in issue 11, lock; since then 3 messages of 2 people, now applied',
  ]);
  assert.ok(kindsOf(after!).includes('outcome'));
});

test('a past week is told as it stood at its end: what came of it later is not known yet', async context => {
  const lock = LETTERS.find(({ id }) => id === 'lock')!;
  const second = {
    ...lock,
    id: 'second',
    on: '2018-04-04T08:00Z',
    subject: lock.subject.replace('[PATCH]', '[PATCH v2]'),
  };
  const then = await candidates(await publicationOf(context, LETTERS));
  const now = await candidates(await publicationOf(context, [...LETTERS, ...LATER, second]));
  const shown = ({ score, reasons, told: { brief } }: Candidate) => ({ score, reasons, brief });
  assert.deepEqual(now.map(shown), then.map(shown));
  const [one] = now;
  assert.equal(one!.told.brief.status.value, 'reviewed');
  assert.match(one!.told.prose, /Whether the patch was applied, the thread did not say by 27 March\.\n$/);
  assert.deepEqual(historyWords(one!), ['2 messages came after these days']);
  const publication = await publicationOf(context, [...LETTERS, ...LATER]);
  const { out } = await traffic('desk', '-C', publication.folder, '--week', '2018-W13', '-n', '1');
  assert.match(out, /\(5 posts of 4 people, 7 in all, Reviewed\)\n/);
});

test('a new version of what an issue told says where it was told', async context => {
  const lock = LETTERS.find(({ id }) => id === 'lock')!;
  const second = {
    ...lock,
    id: 'second',
    on: '2018-04-05T08:00Z',
    subject: lock.subject.replace('[PATCH]', '[PATCH v2]'),
  };
  const publication = await publicationOf(context, [...LETTERS, ...LATER, second]);
  tellOfTheLock(publication);
  const week = await candidates(publication, WEEK_AFTER);
  const [first, other] = ['second', 'lock'].map(
    id => week.find(({ discussion }) => discussion.root === `${id}@example.org`)!,
  );
  assert.deepEqual(historyWords(first!), [
    'an earlier version was covered in issue 11, lock',
    'another version of the patches of candidate 1',
  ]);
  assert.ok(first!.reasons.map(reasonWords).includes('new version of what was told, v2 +6'));
  assert.match(historyWords(other!)[0]!, /now applied, v2 was posted$/);
});

test('the order in which mail arrived makes no difference', async context => {
  const letters = [...LETTERS, ...LATER];
  const drawn = async (some: readonly Letter[]) =>
    (await candidates(await publicationOf(context, some))).map(({ discussion, score, reasons }) => [
      discussion.root,
      score,
      reasons,
    ]);
  assert.deepEqual(await drawn(letters.toReversed()), await drawn(letters));
});

test('the last seven days are those of the mail, not those of a message from the future', async context => {
  const future = { ...LETTERS.at(-1)!, id: 'future', on: '2031-01-01T00:00Z' };
  const publication = await publicationOf(context, [...LETTERS, future]);
  const archive = Archive.open(publication.archiveFile);
  context.after(() => archive.close());
  assert.deepEqual(lastDays(await loadSite(archive, publication)), {
    since: '2018-03-22',
    until: '2018-03-28',
  });
});

test('more of anything never costs a thread points, and no reason outgrows its bound', () => {
  const kinds = Object.keys(WEIGHTS) as Found['kind'][];
  fc.assert(
    fc.property(
      fc.array(fc.nat(200), { minLength: kinds.length, maxLength: kinds.length }),
      fc.nat(),
      (counts, at) => {
        const found = kinds.map((kind, index): Found => ({ kind, count: counts[index]! }));
        const more = found.map((one, index) =>
          index === at % kinds.length ? { ...one, count: one.count + 1 } : one,
        );
        assert.ok(scoreOf(reasonsFor(more)) >= scoreOf(reasonsFor(found)));
        for (const { kind, points } of reasonsFor(found))
          assert.ok(points <= WEIGHTS[kind].each * WEIGHTS[kind].most);
      },
    ),
  );
});

test('the command prints candidates for people and for programs, and refuses days that are none', async context => {
  const { folder } = await publicationOf(context, LETTERS);
  const plain = await traffic('desk', '-C', folder, '--week', '2018-W13', '-n', '1');
  assert.match(
    plain.out,
    / 1\. {2}24 {2}\[PATCH\] Replace the big lock .*\(5 posts of 4 people, Reviewed\)\n/,
  );
  assert.match(plain.out, /\n +lock@example\.org\n/);
  assert.match(plain.err, /2018-03-26 to 2018-04-01: 1 of 3 candidates/);
  const json = (await traffic('desk', '-C', folder, '--since', '2018-03-26', '--json')).out
    .trim()
    .split('\n');
  const records = json.map(line => JSON.parse(line));
  assert.deepEqual(
    records.map(({ rank, root, carriedOver }) => [rank, root, carriedOver]),
    [
      [1, 'lock@example.org', null],
      [2, 'slow@example.org', 1],
      [3, 'lone@example.org', null],
    ],
  );
  for (const { score, reasons } of records)
    assert.equal(
      score,
      reasons.reduce((sum: number, one: { points: number }) => sum + one.points, 0),
    );
  const table: readonly (readonly [readonly string[], RegExp])[] = [
    [['--week', '2018-W54'], /--week 2018-W54 is no week/],
    [['--week', '2018-W13', '--since', '2018-03-26'], /give one or the other/],
    [['--since', '2018-02-30'], /--since 2018-02-30 is no day/],
    [['--since', '2018-03-05', '--until', '2018-03-01'], /comes after --until/],
    [['--limit', '0'], /--limit 0 is no number/],
  ];
  for (const [words, sentence] of table) {
    const { code, err } = await traffic('desk', '-C', folder, ...words);
    assert.equal(code, 2);
    assert.match(err, sentence);
  }
});

test('the desk is a page of serve, also for another week, and no part of the site', async context => {
  const publication = await publicationOf(context, LETTERS);
  const archive = Archive.open(publication.archiveFile);
  const { desk } = await buildSite(archive, publication).finally(() => archive.close());
  const page = async (place: `/${string}`) => (await desk.page(fixedPath(place)))!;
  const week = await page('/desk/2018-W13/');
  assert.deepEqual(await markupErrors([{ file: 'desk.html', markup: week }]), []);
  assert.match(week, /<h1>Candidates, 26 March to 1 April 2018<\/h1>/);
  assert.match(week, /traffic draft &#39;lock@example.org&#39; --week 2018-W13/);
  assert.match(week, /href="\/desk\/doubts\/"/);
  // What the editor drafts meanwhile is covered when the page is next loaded.
  assert.doesNotMatch(week, /covered in issue 11/);
  tellOfTheLock(publication);
  assert.match(await page('/desk/2018-W13/'), /covered in issue 11, lock/);
  const last = await page('/desk/');
  assert.match(last, /22 to 28 March 2018/);
  assert.match(last, /traffic draft &#39;lock@example.org&#39; --since 2018-03-22 --until 2018-03-28/);
  assert.equal(await desk.page(fixedPath('/desk/2018-W54/')), undefined);
  assert.ok(!fs.existsSync(path.join(publication.siteFolder, 'desk')));
});
