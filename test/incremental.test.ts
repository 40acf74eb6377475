import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { Archive } from '../ingest/archive/archive.ts';
import { openPublication, type Publication } from '../publication/folder.ts';
import { type BuildOptions, type Built, buildSite } from '../site/build.ts';
import { tamper } from './support/archives.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { runs } from './support/property.ts';
import {
  filledPublication,
  importInto,
  readTree,
  SAMPLE_MBOX,
  temporaryFolder,
} from './support/publication.ts';

/** Builds what is in a folder now. */
async function built({ folder }: Publication, options: BuildOptions = {}): Promise<Built> {
  const publication = openPublication(folder);
  const archive = Archive.open(publication.archiveFile);
  try {
    return await buildSite(archive, publication, () => {}, { draft: true, jobs: 1, ...options });
  } finally {
    archive.close();
  }
}

/** When each file of a site was written, and where it lies on the disk. */
function stamps({ siteFolder }: Publication): ReadonlyMap<string, string> {
  const names = fs.readdirSync(siteFolder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names.map(name => {
      const { ino, mtimeNs } = fs.lstatSync(path.join(siteFolder, name), { bigint: true });
      return [name, `${ino} ${mtimeNs}`];
    }),
  );
}

const LIST = 'List-Id: <small.example.org>';
const at = (hour: number) => new Date(Date.UTC(2018, 2, 1 + Math.floor(hour / 4), hour % 24)).toUTCString();
const ADA = 'Ada Example <ada@example.org>';
const BEN = 'Ben Example <ben@example.net>';

/** The mails of a small list, each of which may come at any time, or never. */
const MAILS: readonly Buffer[] = [
  mail({
    id: 'cover@x',
    from: ADA,
    subject: '[PATCH 0/2] fs: count the doors',
    date: at(1),
    headers: [LIST],
    body: 'I propose that we count the doors before we close them.\n\nAda\n',
  }),
  ...[1, 2].map(number =>
    mail({
      id: `patch${number}@x`,
      from: ADA,
      subject: `[PATCH ${number}/2] fs: door ${number}`,
      date: at(1 + number),
      headers: [LIST, 'References: <cover@x>'],
      body: `Counts door ${number}.\n\nSigned-off-by: Ada Example <ada@example.org>\nReviewed-by: Ben Example <ben@example.net>\n---\ndiff --git a/fs/door.c b/fs/door.c\n--- a/fs/door.c\n+++ b/fs/door.c\n@@ -1 +1 @@\n-one\n+two\n`,
    }),
  ),
  mail({
    id: 'doubt@x',
    from: BEN,
    subject: 'Re: [PATCH 1/2] fs: door 1',
    date: at(5),
    headers: [LIST, 'References: <cover@x> <patch1@x>'],
    body: '> Counts door 1.\n\nI do not think that a door should be counted twice. See <other@x> for why.\n\nNacked-by: Ben Example <ben@example.net>\n',
  }),
  mail({
    id: 'v2@x',
    from: ADA,
    subject: '[PATCH v2 0/2] fs: count the doors',
    date: at(40),
    headers: [LIST],
    body: 'Changes since v1:\n- each door is counted once (Ben)\n',
  }),
  ...[1, 2].map(number =>
    mail({
      id: `v2patch${number}@x`,
      from: ADA,
      subject: `[PATCH v2 ${number}/2] fs: door ${number}`,
      date: at(40 + number),
      headers: [LIST, 'References: <v2@x>'],
      body: `Counts door ${number}.\n---\ndiff --git a/fs/door.c b/fs/door.c\n--- a/fs/door.c\n+++ b/fs/door.c\n@@ -1 +1 @@\n-one\n+three\n`,
    }),
  ),
  mail({
    id: 'applied@x',
    from: 'Cleo Maintainer <cleo@example.com>',
    subject: 'Re: [PATCH v2 0/2] fs: count the doors',
    date: at(50),
    headers: [LIST, 'References: <v2@x>'],
    body: 'Applied to the doors tree, thanks.\n',
  }),
  mail({
    id: 'other@x',
    from: BEN,
    subject: 'Why doors are counted',
    date: at(3),
    headers: ['List-Id: <large.example.org>'],
    body: 'Ada wrote about doors in mid:cover@x once, and nobody answered.\n',
  }),
  mail({
    id: 'other@x',
    from: BEN,
    subject: 'Why doors are counted',
    date: at(3),
    headers: [LIST],
    body: 'Ada wrote about doors in mid:cover@x once, and nobody answered.\n',
  }),
  mail({
    id: 'lost@x',
    from: 'ada <ada@example.org>',
    subject: 'Re: Why doors are counted',
    date: at(6),
    headers: ['List-Id: <large.example.org>'],
    body: '> Ada wrote about doors in mid:cover@x once, and nobody answered.\n\nI did answer, but my mailer forgets whom.\n',
  }),
  mail({
    id: 'late@x',
    from: BEN,
    subject: 'Re: Windows',
    date: at(9),
    headers: [LIST, 'References: <ghost@x>'],
    body: 'Windows are doors for cats.\n',
  }),
  mail({
    id: 'ghost@x',
    from: ADA,
    subject: 'Windows',
    date: at(8),
    headers: [LIST],
    body: 'What about windows?\n',
  }),
  mail({
    id: 'GHOST@x',
    from: 'Build Robot <robot@example.org>',
    subject: 'Windows: build failed',
    date: at(60),
    headers: [LIST, 'References: <ghost@x>'],
    body: 'The build of windows failed in fs/window.c.\n',
  }),
];

/** What an editor, or a list, does between two builds. */
type Step = (publication: Publication) => Promise<void> | void;

const files =
  (some: Readonly<Record<string, string>>): Step =>
  ({ folder }) =>
    void writeFiles(folder, some);
const gone =
  (file: string): Step =>
  ({ folder }) =>
    fs.rmSync(path.join(folder, file), { recursive: true, force: true });
const settings = (more: string): Step =>
  files({ 'traffic.yaml': `site: { title: Small Traffic, url: https://traffic.example.org }\n${more}` });

function arrives(raw: Buffer): Step {
  return async publication => {
    const folder = fs.mkdtempSync(path.join(publication.folder, 'mail-'));
    await importInto(publication, [mboxOf(folder, [raw])]);
    fs.rmSync(folder, { recursive: true });
  };
}

const SECTION = `---
thread: doubt@x
title: Doors, and who counts them
topics: [doors]
---
Ben Example said, ["a door should be counted twice"](mid:doubt@x).
`;

const STEPS: Readonly<Record<string, Step>> = {
  ...Object.fromEntries(MAILS.map((raw, index) => [`mail ${index} arrives`, arrives(raw)])),
  'all mail arrives': async publication => {
    for (const raw of MAILS) await arrives(raw)(publication);
  },
  'the archive begins anew': async publication => {
    gone('archive.db')(publication);
    await arrives(MAILS[0]!)(publication);
  },
  'an editor joins': files({
    'threads.yaml': 'join:\n  - { message: lost@x, to: other@x, reason: quoted }\n',
  }),
  'an editor splits': files({ 'threads.yaml': 'split:\n  - { message: doubt@x, reason: another matter }\n' }),
  'an editor thinks again': gone('threads.yaml'),
  'Ben has a name': files({ 'people.mailmap': 'Benjamin Example <ben@example.net>\n' }),
  'Ben has none': gone('people.mailmap'),
  'an issue is drafted': files({
    'issues/1/issue.md':
      '---\ndate: 2018-03-14\neditor: Edda Example\nsections: [doors]\n---\nA week of doors.\n',
    'issues/1/doors.md': SECTION,
  }),
  'a section is edited': files({ 'issues/1/doors.md': `${SECTION}\nAda Example answered nothing.\n` }),
  'an issue is withdrawn': gone('issues'),
  'topics are defined': files({
    'topics.yaml': 'doors: { definition: What one closes., aliases: [gates] }\n',
  }),
  'about is written': files({ 'about.md': '# About doors\n' }),
  'addresses are masked': settings('privacy: { addresses: mask }\n'),
  'addresses are shown': settings(''),
  'Ben is hidden': settings('people: { hide: [ben@example.net] }\n'),
  'commits are shown': settings('commits: { small: "https://git.example.org/%h" }\n'),
  'lists are named': settings('lists: { large.example.org: big }\n'),
};

test('whatever happened between builds, the site is what a full build makes of it', async context => {
  const round = fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 1, maxLength: 3 });
  // What changes other pages is seen best where there are some.
  const start = fc.constantFrom<readonly string[]>(
    [],
    ['all mail arrives'],
    ['all mail arrives', 'an issue is drafted'],
  );
  await fc.assert(
    fc.asyncProperty(start, fc.array(round, { minLength: 1, maxLength: 5 }), async (first, later) => {
      const rounds = [first, ...later];
      const publication = await filledPublication(context, []);
      await settings('')(publication);
      for (const round of rounds) {
        for (const name of round) await STEPS[name]!(publication);
        await built(publication);
        const tree = readTree(publication.siteFolder);
        const again = await built(publication);
        assert.deepEqual(
          [again.written, again.removed, again.made],
          [0, 0, 0],
          'an unchanged build changes something',
        );
        const whole = await built(publication, { full: true });
        assert.deepEqual(differences(tree, readTree(publication.siteFolder)), []);
        assert.equal(again.files, tree.size);
        assert.equal(whole.files, tree.size);
      }
      fs.rmSync(publication.folder, { recursive: true });
    }),
    runs(10),
  );
});

/** The files in which two trees differ. */
function differences(
  one: ReadonlyMap<string, Buffer>,
  other: ReadonlyMap<string, Buffer>,
): readonly string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter(name => {
    const [a, b] = [one.get(name), other.get(name)];
    return a === undefined || b === undefined || !a.equals(b);
  });
}

test('a build in which nothing changed touches no file, and says so', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  const first = await built(publication);
  const before = stamps(publication);
  const second = await built(publication);
  assert.deepEqual([second.written, second.removed, second.made], [0, 0, 0]);
  assert.deepEqual(stamps(publication), before);
  assert.equal(second.files, first.files);
});

test('one reply changes few files, and no other thread', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await built(publication);
  const before = stamps(publication);
  const reply = mail({
    id: 'one-more@example.org',
    from: 'Nova Reader <nova@example.net>',
    subject: 'Re: [PATCH v2 0/3] close: one door less',
    date: 'Sun, 25 Mar 2018 20:00:00 +0000',
    headers: ['List-Id: <linux-example.example.org>'],
    body: 'I read all of it and have nothing to add.\n',
  });
  await arrives(reply)(publication);
  const { made, written } = await built(publication);
  assert.equal(made, 1);
  const after = stamps(publication);
  const changed = [...readTree(publication.siteFolder).keys()].filter(
    name => before.get(name) !== after.get(name),
  );
  assert.equal(changed.length, written);
  const outside = changed.filter(name => !name.startsWith('search/'));
  assert.ok(outside.length <= 20, outside.join('\n'));
});

test('any number of workers makes the same site', async context => {
  const trees = [];
  for (const jobs of [1, 3]) {
    const publication = await filledPublication(context, [SAMPLE_MBOX]);
    await importInto(publication, [manyThreads(temporaryFolder(context))]);
    await built(publication, { jobs });
    trees.push(readTree(publication.siteFolder));
  }
  assert.deepEqual(differences(trees[0]!, trees[1]!), []);
});

test('what goes wrong in a worker is told as it would be without one, and the old site stays', async context => {
  const publication = await filledPublication(context, [manyThreads(temporaryFolder(context))]);
  await built(publication);
  const before = readTree(publication.siteFolder);
  tamper(publication.archiveFile, 'UPDATE raw SET bytes = substr(bytes, 1, 5)');
  const said: string[] = [];
  for (const jobs of [1, 2])
    await assert.rejects(built(publication, { full: true, jobs }), (error: Error) => {
      said.push(error.message);
      return true;
    });
  assert.equal(said[0], said[1]);
  assert.deepEqual(differences(before, readTree(publication.siteFolder)), []);
});

/** More mail than is worth workers. */
function manyThreads(folder: string): string {
  const mails = Array.from({ length: 700 }, (_, number) =>
    mail({
      id: `many${number}@x`,
      subject: number % 7 === 0 ? `Thread ${number}` : `Re: Thread ${number - (number % 7)}`,
      date: at(number),
      headers: [LIST, ...(number % 7 === 0 ? [] : [`References: <many${number - (number % 7)}@x>`])],
      body: `What number ${number} says, see <many${(number * 31) % 700}@x>.\n`,
    }),
  );
  return mboxOf(folder, mails);
}

test('a build that was killed between two files is made good by the next', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await built(publication);
  const whole = readTree(publication.siteFolder);
  // As it stands when a build has put one page there, and was killed before it could remember that.
  fs.writeFileSync(path.join(`${publication.siteFolder}.cache`, 'unfinished'), '');
  fs.writeFileSync(path.join(publication.siteFolder, 'left-over.html'), 'half');
  fs.rmSync(path.join(publication.siteFolder, 'index.html'));
  await built(publication);
  assert.deepEqual(differences(whole, readTree(publication.siteFolder)), []);
});

test('an issue that quotes a message changes the pages of its thread, and its withdrawal changes them back', async context => {
  const publication = await filledPublication(context, []);
  await STEPS['all mail arrives']!(publication);
  await built(publication);
  const before = readTree(publication.siteFolder);
  await STEPS['an issue is drafted']!(publication);
  assert.ok((await built(publication)).made > 0);
  const page = fs.readFileSync(path.join(publication.siteFolder, 'small/doubt@x/index.html'), 'utf8');
  assert.match(page, /Quoted in issue 1, section 1/);
  await STEPS['an issue is withdrawn']!(publication);
  await built(publication);
  assert.deepEqual(differences(before, readTree(publication.siteFolder)), []);
});

test('a build that fails lets the next one begin, in the same process', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await built(publication);
  files({ 'threads.yaml': 'join: nonsense\n' })(publication);
  await assert.rejects(built(publication), { name: 'OperatorError' });
  gone('threads.yaml')(publication);
  assert.equal((await built(publication)).made, 0);
});

test('a link to a folder that is not there yet leads to the site', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  const target = path.join(temporaryFolder(context), 'www', 'traffic');
  fs.symlinkSync(target, publication.siteFolder);
  await built(publication);
  assert.ok(fs.existsSync(path.join(target, 'index.html')));
  assert.equal((await built(publication)).made, 0);
});

test('another language leaves no file of the index behind', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await built(publication);
  const yaml = (language: string) =>
    files({
      'traffic.yaml': `site: { title: Test Traffic, url: https://traffic.example.org, language: ${language} }\n`,
    });
  yaml('de')(publication);
  await built(publication);
  const carriedOn = readTree(publication.siteFolder);
  await built(publication, { full: true });
  assert.deepEqual(differences(carriedOn, readTree(publication.siteFolder)), []);
});

test('a site or a cache that was deleted, or damaged, is made anew', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await built(publication);
  const whole = readTree(publication.siteFolder);
  const cache = `${publication.siteFolder}.cache`;
  const harms = [
    () => fs.rmSync(publication.siteFolder, { recursive: true }),
    // A new folder may get the number of the old one, and an emptied one keeps it.
    () => {
      fs.rmSync(publication.siteFolder, { recursive: true });
      fs.mkdirSync(publication.siteFolder);
    },
    () => {
      for (const name of fs.readdirSync(publication.siteFolder))
        fs.rmSync(path.join(publication.siteFolder, name), { recursive: true });
    },
    () => fs.rmSync(cache, { recursive: true }),
    () => fs.writeFileSync(path.join(cache, 'pages.db'), 'no database'),
    () => fs.writeFileSync(path.join(cache, 'search.db'), 'no database'),
    () => damage(path.join(cache, 'pages.db')),
    () => damage(path.join(cache, 'search.db')),
  ];
  for (const harm of harms) {
    harm();
    await built(publication);
    assert.deepEqual(differences(whole, readTree(publication.siteFolder)), [], String(harm));
  }
});

/** Spoils all of a file but its first page. */
function damage(file: string): void {
  const bytes = fs.readFileSync(file);
  bytes.fill(0xa5, 4096);
  fs.writeFileSync(file, bytes);
}

test('of two builds at once, one waits for the other', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  const both = await Promise.all([built(publication), built(publication)]);
  assert.deepEqual(
    both.map(({ made }) => made === 0),
    [false, true],
  );
});
