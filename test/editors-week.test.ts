// A week as an editor works through it: every step goes on from what the step before left in the folder.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { openPublication } from '../publication/folder.ts';
import { serveSite } from '../site/server.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { LATER, LETTERS, type Letter, posted } from './support/desk-mails.ts';
import { writeFiles } from './support/folder.ts';
import { mboxOf } from './support/mbox-file.ts';
import { readTree, SETTINGS, temporaryFolder } from './support/publication.ts';
import { traffic as run } from './support/traffic.ts';

const LOCK = 'replace-the-big-lock-by-one-for-each';
const CLOCK = 'reading-the-clock-has-become-slow';
const MEASURED = 'I have measured it here, and lookups take 31 percent less time on eight cores.';
const CORRECTION = `corrections:
  - date: 2018-04-06
    section: ${LOCK}
    kind: fact
    was: Whether the patch was applied, the thread does not say
    is: The patch was applied on 3 April.
    thanks: Cy Elm
`;

/** What an editor does with a publication: runs commands, changes files, looks at what was built. */
interface Desk {
  readonly folder: string;
  readonly traffic: typeof run;
  arrives(letters: readonly Letter[]): Promise<void>;
  read(file: string): string;
  /** Puts `to` in the place of what matches `from`, which is there. */
  edit(file: string, from: RegExp | string, to: string): void;
}

function deskOf(context: TestContext): Desk {
  const folder = temporaryFolder(context);
  writeFiles(folder, { 'traffic.yaml': SETTINGS });
  const traffic: typeof run = (...words) => run('-C', folder, ...words);
  const read = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8');
  return {
    folder,
    traffic,
    async arrives(letters) {
      const { code, out } = await traffic('import', mboxOf(temporaryFolder(context), letters.map(posted)));
      assert.equal(code, 0);
      assert.match(out, new RegExp(`: ${letters.length} added`));
    },
    read,
    edit(file, from, to) {
      const before = read(file);
      const after = before.replace(from, to);
      assert.notEqual(after, before, `${from} is not in ${file}`);
      writeFiles(folder, { [file]: after });
    },
  };
}

/** The line and column of `words` in a text, as in `7:549`. */
function placeOf(text: string, words: string): string {
  const before = text.slice(0, text.indexOf(words)).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

/** When the feed of issues says that each of them was changed, the latest issue first. */
function updates({ read }: Desk): readonly string[] {
  const entries = read('_site/feeds/issues.atom').split('<entry>').slice(1);
  return entries.map(entry => /<updated>([^<]*)/.exec(entry)![1]!);
}

test('an editor makes an issue of a week, freezes it, corrects it, and begins the next', async context => {
  const desk = deskOf(context);
  await desk.arrives(LETTERS);
  await chooseAndDraft(desk);
  await writeTheIssue(desk);
  await refuseAnAlteredQuotation(desk);
  await context.test(
    'the issue is read in Chromium, a quotation followed to its message and back',
    {
      skip: noBrowser,
    },
    inner => browse(inner, desk),
  );
  const written = readTree(path.join(desk.folder, 'issues'));
  await freezeAndGoOn(desk);
  await correct(desk);
  await beginTheNext(desk);
  const now = readTree(path.join(desk.folder, 'issues'));
  for (const [name, bytes] of written) assert.deepEqual(now.get(name), bytes, name);
});

async function chooseAndDraft({ traffic, read }: Desk): Promise<void> {
  const candidates = await traffic('desk', '--week', '2018-W13');
  assert.equal(candidates.code, 0);
  assert.deepEqual(candidates.out.match(/^ *\d+\. +\d+ .*(?= \()/gm), [
    ' 1.  24  [PATCH] Replace the big lock by one for each table',
    ' 2.   9  Reading the clock has become slow',
    ' 3.   2  [PATCH] Fix a typo in a comment',
  ]);
  assert.match(candidates.out, /4 people \+9, 4 answers \+3, .*\n.*1 objection \+4\n/);
  const days = ['--week', '2018-W13', '--date', '2018-04-02', '--limit', '2'];
  const drafted = await traffic('draft', ...days, '--editor', 'Ida Yew');
  assert.deepEqual(drafted.out.trim().split('\n'), [
    `issues/1/${LOCK}.md: created`,
    `issues/1/${CLOCK}.md: created`,
    'issues/1/issue.md: created',
  ]);
  const { code, out } = await traffic('check');
  assert.equal(code, 1);
  assert.deepEqual(
    out.match(/^\S+ error unfinished/gm),
    [
      ['issue', 'FIXME: an introduction'],
      [CLOCK, 'FIXME: a title'],
      [CLOCK, 'FIXME: words'],
      [LOCK, 'FIXME: a title'],
      [LOCK, 'FIXME: words'],
    ].map(([name, words]) => {
      const file = `issues/1/${name}.md`;
      return `${file}:${placeOf(read(file), words!)} error unfinished`;
    }),
  );
}

async function writeTheIssue({ traffic, edit }: Desk): Promise<void> {
  edit('issues/1/issue.md', /^FIXME.*/m, 'A short week, told by the two longest talks of it.');
  edit(`issues/1/${LOCK}.md`, /^title: .*/m, 'title: Every table gets a lock');
  edit(`issues/1/${LOCK}.md`, /^topics: .*/m, 'topics: [locking]');
  edit(`issues/1/${CLOCK}.md`, /^title: .*/m, 'title: A clock that is read twice');
  edit(`issues/1/${CLOCK}.md`, /^topics: .*/m, 'topics: [timekeeping]');
  assert.equal((await traffic('check')).code, 0);
}

async function refuseAnAlteredQuotation({ folder, traffic, read, edit }: Desk): Promise<void> {
  const file = `issues/1/${LOCK}.md`;
  edit(file, '31 percent less', '31 percent more');
  const altered = await traffic('check');
  assert.equal(altered.code, 1);
  assert.deepEqual(altered.out.match(/^\S+ error [\w-]+/gm), [
    `${file}:${placeOf(read(file), '["I have measured')} error not-found`,
  ]);
  const refused = await traffic('build');
  assert.deepEqual([refused.code, refused.out], [1, '']);
  assert.match(refused.err, /^traffic: the issues have 1 error, so nothing was built; [^\n]*\.\n$/);
  assert.ok(!fs.existsSync(path.join(folder, '_site')));
  edit(file, '31 percent more', '31 percent less');
  const { code, out } = await traffic('check');
  assert.equal(code, 0);
  assert.match(out, /^1 issue, 2 sections, 9 of 9 quotations found word for word: 2 notes$/m);
  assert.equal((await traffic('build')).code, 0);
}

async function browse(context: TestContext, { folder }: Desk): Promise<void> {
  const server = await serveSite(openPublication(folder), 0, true);
  context.after(() => server.close());
  await withBrowser({ viewport: { width: 1280, height: 900 } }, async watched => {
    const page = await watched.context.newPage();
    await page.goto(server.url);
    assert.match(await page.innerText('section[aria-labelledby=latest]'), /A clock that is read twice/);
    await page.click('text=Every table gets a lock');
    assert.equal(page.url(), `${server.url}issues/1/#${LOCK}`);
    const source = page.locator('.note', { hasText: 'Dan Fir' });
    await source.getByRole('link', { name: '#4', exact: true }).click();
    assert.match(page.url(), /\/locks\/lock@example\.org\/T\/#m[0-9a-f]{40}$/);
    const message = page.locator('.msg:target');
    assert.match(await message.locator('h3').innerText(), /Dan Fir/);
    assert.equal(await message.locator('.cited').innerText(), MEASURED);
    const look = (selector: string, property: string) =>
      page.$eval(selector, (one, name) => getComputedStyle(one).getPropertyValue(name), property);
    assert.notEqual(
      await look('.msg:target h3', 'color'),
      await look('.msg:not(:target) h3', 'color'),
      'the message that one was led to stands out',
    );
    assert.notEqual(
      await look('.msg:target .cited', 'background-color'),
      await look('.msg:target', 'background-color'),
      'and so do the words',
    );
    await message.getByRole('link', { name: 'Quoted in issue 1, section 1', exact: true }).click();
    assert.equal(page.url(), `${server.url}issues/1/#${LOCK}`);
    assert.deepEqual([watched.remote, watched.errors], [[], []]);
  });
}

/** The mail of the week after changes nothing in the issue: the desk alone tells of it. */
async function freezeAndGoOn(desk: Desk): Promise<void> {
  const { traffic, read, arrives } = desk;
  assert.deepEqual((await traffic('freeze', '1')).out, 'issues/1/issue.lock\n');
  const [page, feed] = ['_site/issues/1/index.html', '_site/feeds/issues.atom'].map(read);
  await arrives(LATER.slice(0, 1));
  const { out } = await traffic('desk', '--week', '2018-W14');
  assert.match(out.replace(/\s+/g, ' '), new RegExp(`covered in issue 1, ${LOCK}; since then 1 message of`));
  const update = await traffic('draft', '--update');
  assert.equal(update.code, 2);
  assert.match(update.err, /^traffic: issue 1 is frozen; what moved since is for a new issue\.\n$/);
  assert.equal((await traffic('build')).code, 0);
  assert.equal(read('_site/issues/1/index.html'), page);
  assert.equal(read('_site/feeds/issues.atom'), feed);
  assert.deepEqual(updates(desk), ['2018-04-02T12:00:00Z']);
}

async function correct(desk: Desk): Promise<void> {
  const { folder, traffic, read } = desk;
  writeFiles(folder, { 'issues/1/corrections.yaml': CORRECTION });
  assert.equal((await traffic('build')).code, 0);
  const banner =
    /<div class="correction" role="note">.*6 April.*The patch was applied on 3 April\. Thanks to Cy/;
  assert.match(read('_site/issues/1/index.html'), banner);
  assert.match(
    read('_site/issues/1/index.html'),
    /Whether the patch was applied, the thread does not say\.</,
  );
  assert.match(read('_site/corrections/index.html'), /<p>Is: The patch was applied on 3 April\.<\/p>/);
  assert.deepEqual(updates(desk), ['2018-04-06T12:00:00Z']);
  const feed = read('_site/feeds/issues.atom');
  assert.equal((await traffic('build')).code, 0);
  assert.equal(read('_site/feeds/issues.atom'), feed, 'a build is no change');
}

/** The next issue goes on with the thread; what comes while it is written is proposed beside the editor's words. */
async function beginTheNext(desk: Desk): Promise<void> {
  const { folder, traffic, read, edit, arrives } = desk;
  const begun = await traffic('draft', 'lock@example.org', '--week', '2018-W14', '--editor', 'Ida Yew');
  assert.equal(begun.out, `issues/2/${LOCK}.md: created\nissues/2/issue.md: created\n`);
  const file = `issues/2/${LOCK}.md`;
  edit('issues/2/issue.md', /^FIXME.*/m, '');
  edit(file, /^title: .*/m, 'title: Nobody objects any longer');
  edit(file, /^topics: .*/m, 'topics: [locking]');
  const own = read(file);
  await arrives(LATER.slice(1));
  const proposal = `issues/2/${LOCK}.proposed.md`;
  assert.equal((await traffic('draft', '--update')).out, `${proposal}: proposed\n`);
  assert.equal(read(file), own);
  const news =
    /^Cy Elm.*\["Applied to the tree for the next release, thanks\."\]\(mid:lock-6@example\.org\)$/m;
  const [sentence] = news.exec(read(proposal)) ?? assert.fail(read(proposal));
  edit(file, /$/, `\n${sentence}\n`);
  fs.rmSync(path.join(folder, proposal));
  assert.match((await traffic('draft', '--update')).out, /: nothing new\n$/);
  assert.equal((await traffic('check', '2')).code, 0);
  assert.equal((await traffic('build')).code, 0);
  assert.match(
    read('_site/issues/2/index.html'),
    /Correction to <a href="[^"]*">issue 1, section 1<\/a>, which says .* The patch was applied on 3 April\./,
  );
  assert.deepEqual(updates(desk), ['2018-04-11T12:00:00Z', '2018-04-06T12:00:00Z']);
}
