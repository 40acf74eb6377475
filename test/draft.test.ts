import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { readIssues } from '../publication/issues/read.ts';
import { newSectionId } from '../publication/issues/section-id.ts';
import { createFile, propose } from '../publication/issues/write.ts';
import { LATER, LETTERS, type Letter, posted } from './support/desk-mails.ts';
import { writeFiles } from './support/folder.ts';
import { mboxOf } from './support/mbox-file.ts';
import { filledPublication, importInto, readTree, temporaryFolder } from './support/publication.ts';
import { traffic as run } from './support/traffic.ts';

interface Bench {
  readonly folder: string;
  /** Runs a command on the publication. */
  readonly traffic: typeof run;
  arrives(letters: readonly Letter[]): Promise<void>;
  read(file: string): string;
  files(): readonly string[];
}

/** A publication with the mail of the week. */
async function bench(context: TestContext): Promise<Bench> {
  const publication = await filledPublication(context, [
    mboxOf(temporaryFolder(context), LETTERS.map(posted)),
  ]);
  const { folder } = publication;
  return {
    folder,
    traffic: (...words) => run('-C', folder, ...words),
    arrives: letters => importInto(publication, [mboxOf(temporaryFolder(context), letters.map(posted))]),
    read: file => fs.readFileSync(path.join(folder, 'issues', file), 'utf8'),
    files: () => [...readTree(path.join(folder, 'issues')).keys()],
  };
}

const LOCK = '1/replace-the-big-lock-by-one-for-each.md';

test('a week becomes an issue whose sections await their editor, and whose quotations are true', async context => {
  const { traffic, read, folder, files } = await bench(context);
  const { out } = await traffic('draft', '--week', '2018-W13', '--limit', '2', '--editor', 'Ida Yew');
  assert.equal(
    out,
    `issues/${LOCK}: created\nissues/1/reading-the-clock-has-become-slow.md: created\nissues/1/issue.md: created\n`,
  );
  assert.equal(
    read('1/issue.md').split('---')[1],
    '\nnumber: 1\ndate: 2018-04-04\neditor: Ida Yew\nperiod: { since: 2018-03-26, until: 2018-04-01 }\nsections:\n  - replace-the-big-lock-by-one-for-each\n  - reading-the-clock-has-become-slow\n',
  );
  const { issues, faults, strays } = readIssues(folder);
  assert.deepEqual([faults, strays], [[], []]);
  assert.deepEqual(
    issues[0]!.sections.map(({ thread, title, topics }) => ({ thread, title, topics })),
    [
      { thread: 'lock@example.org', title: 'Replace the big lock by one for each table', topics: [] },
      { thread: 'slow@example.org', title: 'Reading the clock has become slow', topics: [] },
    ],
  );
  assert.match(read(LOCK), /^title: .* # FIXME: /m);
  assert.match(read(LOCK), /\["I have measured it here, .*"\]\(mid:lock-3@example\.org\)/);
  const checked = await traffic('check', '--json');
  const errors = checked.out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
    .filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    [...new Set(errors.map(({ rule }) => rule))],
    ['unfinished'],
    'nothing but what is to be decided',
  );
  assert.ok(!files().some(name => name.includes('.part')));
});

test('a second draft of the week changes nothing', async context => {
  const { traffic, folder } = await bench(context);
  await traffic('draft', '--week', '2018-W13', '--limit', '2');
  const before = readTree(path.join(folder, 'issues'));
  const { out } = await traffic('draft', '--week', '2018-W13', '--limit', '2');
  assert.match(out, /^issues\/1\/.*: nothing new\nissues\/1\/.*: nothing new\n$/);
  assert.match(
    (await traffic('draft', '--update')).out,
    /^issues\/1\/.*: nothing new\nissues\/1\/.*: nothing new\n$/,
  );
  assert.deepEqual(readTree(path.join(folder, 'issues')), before);
});

test('what an editor wrote is never changed: what came since is proposed beside it', async context => {
  const { traffic, arrives, read, folder, files } = await bench(context);
  await traffic('draft', 'lock@example.org', '--week', '2018-W13');
  const edited = `${read(LOCK)
    .replace(/^FIXME.*\n/gm, '')
    .replace(/# FIXME.*/g, '')}\nCy Elm gave [an Acked-by](mid:lock-4@example.org).\n`;
  fs.writeFileSync(path.join(folder, 'issues', LOCK), edited);
  await arrives(LATER);
  const { out } = await traffic('draft', '--update');
  const proposal = LOCK.replace('.md', '.proposed.md');
  assert.equal(out, `issues/${proposal}: proposed\n`);
  assert.equal(read(LOCK), edited);
  const text = read(proposal);
  assert.match(
    text,
    /^New in “Replace the big lock .*” since 27 March 2018: 2 messages of 2 people, now applied\./,
  );
  assert.match(text, /Cedar \w+.*\["With that comment in place .*"\]\(mid:lock-5@example\.org\)/);
  assert.match(text, /Cy Elm applied the patch: \["Applied to the tree/);
  assert.match(text, /^- \[message 7 of Cy Elm\]\(mid:lock-6@example\.org\), 3 April 2018$/m);
  assert.doesNotMatch(text, /lock-3/, 'nothing that was told');
  // The same again is the same proposal; one that an editor has touched stays, and the next lies beside it.
  await traffic('draft', '--update', '--issue', '1');
  assert.equal(files().filter(name => name.includes('proposed')).length, 1);
  fs.appendFileSync(path.join(folder, 'issues', proposal), 'My own note.\n');
  assert.match(
    (await traffic('draft', 'lock-2@example.org', '--issue', '1', '--week', '2018-W14')).out,
    /each\.2\.proposed\.md: proposed/,
  );
  assert.equal(read(proposal), `${text}My own note.\n`);
  // Once it is told, nothing is new.
  fs.appendFileSync(path.join(folder, 'issues', LOCK), 'It was [applied](mid:lock-6@example.org).\n');
  assert.match((await traffic('draft', '--update')).out, /nothing new/);
});

test('a past week is drafted as it stood at its end; what came later is proposed by --update', async context => {
  const { traffic, arrives, read, folder } = await bench(context);
  const week = ['draft', '--week', '2018-W13', '--limit', '2', '--editor', 'Ida Yew'];
  await traffic(...week);
  const then = read(LOCK);
  fs.rmSync(path.join(folder, 'issues'), { recursive: true });
  await arrives(LATER);
  await traffic(...week);
  assert.match(then, /Whether the patch was applied, the thread does not say\.\n/);
  assert.equal(read(LOCK), then.replace('does not say.', 'did not say by 27 March.'));
  // The same week again is nothing new, nor is a thread of it that is named for its issue.
  assert.doesNotMatch((await traffic(...week)).out, /proposed/);
  assert.match((await traffic('draft', 'lock@example.org', '--issue', '1')).out, /nothing new\n$/);
  const { out } = await traffic('draft', '--update');
  assert.match(out, /^issues\/1\/replace-the-big-lock-by-one-for-each\.proposed\.md: proposed$/m);
  const proposal = read(LOCK.replace('.md', '.proposed.md'));
  assert.match(proposal, /2 messages of 2 people, now applied/);
  for (const id of ['lock-5', 'lock-6']) assert.match(proposal, new RegExp(`mid:${id}@`));
});

test('the newest message of the days is asked for where the thread goes on', async context => {
  const { traffic, arrives, read } = await bench(context);
  await arrives(LATER);
  const first = ['--since', '2018-03-26', '--until', '2018-03-26'];
  await arrives([
    { ...LATER[0]!, id: 'lock-7', on: '2018-03-26T12:00Z', text: '> lookups take 31 percent less\n\nOk.\n' },
  ]);
  await traffic('draft', 'lock@example.org', ...first);
  assert.match(read(LOCK), /^No outcome was stated by 26 March\.$/m);
  assert.match(
    read(LOCK),
    /^FIXME: the days of this issue end with \[a message of Ben Cedar\]\(mid:lock-7@example\.org\), 26 March 2018;/m,
  );
  const { code, err } = await traffic('draft', 'lock@example.org', '--week', '2018-W12');
  assert.equal(code, 2);
  assert.match(err, /the thread of lock@example\.org begins after 2018-03-25; name later days/);
});

test('what an earlier issue told begins with where it was told, and goes on with what is new', async context => {
  const { traffic, arrives, read, folder, files } = await bench(context);
  await traffic('draft', 'lock@example.org', '--week', '2018-W13', '--editor', 'Ida Yew');
  const told = read(LOCK)
    .replace(/^FIXME.*\n/gm, '')
    .replace(/# FIXME.*/g, '');
  fs.writeFileSync(
    path.join(folder, 'issues', LOCK),
    `${told}\nCy Elm gave [an Acked-by](mid:lock-4@example.org).\n`,
  );
  const before = files();
  const none = await traffic('draft', 'lock@example.org', '--week', '2018-W14');
  assert.deepEqual(
    [none.code, none.out],
    [
      0,
      `issues/${LOCK} has told all that is in its thread up to these days, so nothing was drafted for it\n`,
    ],
  );
  assert.deepEqual(files(), before);
  const second = { ...LETTERS.find(({ id }) => id === 'lock')!, id: 'second', on: '2018-04-02T08:00Z' };
  await arrives([{ ...second, subject: second.subject.replace('[PATCH]', '[PATCH v2]') }]);
  await traffic('draft', 'lock@example.org', '--week', '2018-W14');
  assert.match(
    read(LOCK.replace('1/', '2/')),
    /^How this began .*\.\n\nA new version of the patches came, \[v2\]\(mid:second@example\.org\)\.\n$/m,
    'a new version alone is news, and what was told is not asked for again',
  );
  assert.doesNotMatch(read(LOCK.replace('1/', '2/')), /^FIXME/m);
  assert.doesNotMatch((await traffic('check', '2')).out, / (?:error|warning) (?!unfinished)/);
  fs.rmSync(path.join(folder, 'issues', '2'), { recursive: true });
  await arrives(LATER);
  const both = ['lock@example.org', 'gone@example.org'];
  const { out } = await traffic('draft', ...both, '--week', '2018-W14', '--editor', 'Ida Yew');
  const file = LOCK.replace('1/', '2/');
  assert.match(out, new RegExp(`^issues/${file}: created$`, 'm'));
  const [, front, prose] = read(file).split(/^---$/m);
  assert.match(
    front!,
    /^thread: lock@example\.org\ntitle: Replace the big lock .* # FIXME: .*\ntopics: \[\] # FIXME/m,
  );
  assert.match(
    prose!.trim(),
    /^How this began was told \[in issue 1\]\(\.\.\/1\/#replace-the-big-lock-by-one-for-each\)\. \S/,
  );
  assert.match(prose!, /\["With that comment in place .*"\]\(mid:lock-5@example\.org\)/);
  assert.match(prose!, /\["Applied to the tree .*"\]\(mid:lock-6@example\.org\)/);
  assert.doesNotMatch(prose!, /lock-[0-4]|mid:lock@|took|FIXME/, 'nothing that was told');
  const findings = (await traffic('check', '2', '--json')).out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(
    findings.filter(one => one.file === `issues/${file}` && one.severity !== 'note').map(({ rule }) => rule),
    ['unfinished', 'unfinished'],
  );
  assert.match((await traffic('draft', '--update')).out, new RegExp(`issues/${file}: nothing new`));
});

test('a thread that is added to an issue gets its file, and issue.md is left to its editor', async context => {
  const { traffic, read, folder } = await bench(context);
  await traffic('draft', 'lock@example.org', '--issue', '7', '--editor', 'Ida Yew', '--date', '2018-04-11');
  const own = `${read('7/issue.md').replace(/FIXME.*/, 'A quiet week.')}`.replace(
    'Ida Yew',
    'Ida Yew # by turns',
  );
  fs.writeFileSync(path.join(folder, 'issues/7/issue.md'), own);
  const added = await traffic('draft', 'slow-1@example.org', '--issue', '7');
  assert.equal(
    added.out,
    'issues/7/reading-the-clock-has-become-slow.md: created\nissues/7/issue.proposed.md: proposed\n',
  );
  assert.equal(read('7/issue.md'), own);
  assert.equal(
    read('7/issue.proposed.md'),
    own.replace(/( {2}- replace.*\n)/, '$1  - reading-the-clock-has-become-slow\n'),
  );
  // Though issue.md does not list it yet, it is known.
  const again = await traffic('draft', 'slow@example.org', '--issue', '7');
  assert.match(again.out, /slow\.md: nothing new/);
  // Another week is another issue.
  assert.match((await traffic('draft', 'gone@example.org', '--week', '2018-W12')).out, /^issues\/8\//);
});

test('files that cannot be read, frozen issues and unknown threads are told in one sentence', async context => {
  const { traffic, folder } = await bench(context);
  writeFiles(folder, {
    'issues/3/issue.md': '---\ndate: 2018-04-04\neditor: Ida Yew\n---\n',
    'issues/3/issue.lock': '',
    'issues/4/issue.md': 'no front matter\n',
  });
  const table: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['draft'], 2, /takes Message-IDs, or --week/],
    [['draft', '--update', '--week', '2018-W13'], 2, /name no threads and no days/],
    [['draft', 'nobody@example.org'], 1, /holds no message nobody@example\.org/],
    [['draft', '--week', '2017-W01'], 1, /has no thread that no issue tells of/],
    [['draft', 'lock@example.org', '--issue', '3'], 2, /issue 3 is frozen/],
    [['draft', '--update', '--issue', '3'], 2, /issue 3 is frozen/],
    [['draft', 'lock@example.org', '--issue', '4'], 2, /issues\/4\/issue\.md:1.* must begin with its facts/],
    [['draft', '--update', '--issue', '9'], 1, /there is no issue 9/],
    [['draft', 'lock@example.org', '--issue', 'x'], 2, /--issue x is no number/],
    [['draft', 'lock@example.org', '--date', '4 April'], 2, /--date 4 April is no day/],
  ];
  const before = readTree(path.join(folder, 'issues'));
  for (const [words, code, sentence] of table) {
    const result = await traffic(...words);
    assert.equal(result.code, code, words.join(' '));
    assert.match(result.err, sentence);
  }
  assert.deepEqual(readTree(path.join(folder, 'issues')), before);
});

test('sections are named after their titles, by names that pages can use, each once', () => {
  const table: readonly (readonly [string, string])[] = [
    ['Remove calls of system calls', 'remove-calls-of-system-calls'],
    ['sys_close(): what it costs, and whom, told at some length', 'sys-close-what-it-costs-and-whom-told-at'],
    ['Größere Seiten für Åland', 'grossere-seiten-fur-aland'],
    ['5-level page tables', 'on-5-level-page-tables'],
    ['S3', 'on-s3'],
    ['Corrections', 'on-corrections'],
    ['議論', 'thread'],
    ['a'.repeat(200), 'a'.repeat(40)],
  ];
  for (const [title, id] of table) assert.equal(newSectionId(title, new Set()), id);
  assert.equal(newSectionId('The lock', new Set(['the-lock', 'the-lock-2'])), 'the-lock-3');
});

test('a file is created whole or not at all, and never over another', context => {
  const folder = temporaryFolder(context);
  const file = path.join(folder, 'issues', '1', 'lock.md');
  assert.ok(createFile(file, 'first\n'));
  assert.ok(!createFile(file, 'second\n'));
  assert.equal(fs.readFileSync(file, 'utf8'), 'first\n');
  assert.equal(propose(file, 'new\n'), propose(file, 'new\n'));
  assert.equal(path.basename(propose(file, 'newer\n')), 'lock.2.proposed.md');
  assert.deepEqual(fs.readdirSync(path.dirname(file)), ['lock.2.proposed.md', 'lock.md', 'lock.proposed.md']);
  assert.throws(() => createFile(path.join(file, 'below.md'), ''), { name: 'OperatorError' });
});
