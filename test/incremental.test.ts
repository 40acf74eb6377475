import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { Archive } from '../ingest/archive/archive.ts';
import { openPublication, type Publication } from '../publication/folder.ts';
import { type BuildOptions, type Built, buildSite } from '../site/build.ts';
import { tamper } from './support/archives.ts';
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
import { arrives, at, files, gone, LIST, STEPS, settings } from './support/small-list.ts';

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

test('an answer to one version of a series leaves the threads of its other versions as they are', async context => {
  const publication = await filledPublication(context, []);
  await settings('')(publication);
  await STEPS['all mail arrives']!(publication);
  await built(publication);
  const first = path.join('small', 'cover@x', 'T', 'index.html');
  assert.match(
    fs.readFileSync(path.join(publication.siteFolder, first), 'utf8'),
    /<ol class="versions">.*v2</s,
  );
  const before = stamps(publication);
  const answer = mail({
    id: 'agreed@x',
    from: 'Ben Example <ben@example.net>',
    subject: 'Re: [PATCH v2 0/2] fs: count the doors',
    date: at(60),
    headers: [LIST, 'References: <v2@x>'],
    body: 'I agree with each of these doors.\n',
  });
  await arrives(answer)(publication);
  assert.equal((await built(publication)).made, 1);
  const after = stamps(publication);
  // Nor is it news of new threads.
  for (const file of [first, path.join('feeds', 'threads.atom')])
    assert.equal(after.get(file), before.get(file));
});

test('a message that moves, as an earlier one has its id but for case, is led to where it lies by those that it mentions', async context => {
  const publication = await filledPublication(context, []);
  await settings('')(publication);
  const told = mail({
    id: 'told@x',
    from: 'Ben Example <ben@example.net>',
    subject: 'Doors',
    date: at(1),
    headers: [LIST],
    body: 'This is told by another.\n',
  });
  const telling = (id: string, hour: number, headers: readonly string[], body: string) =>
    mail({
      id,
      from: 'Ada Example <ada@example.org>',
      subject: 'Windows',
      date: at(hour),
      headers: [LIST, ...headers],
      body,
    });
  const words = 'See https://lists.example.org/small/told@x/ for what was told.\n';
  await arrives(told)(publication);
  await arrives(telling('windows@x', 2, [], 'Who knows of windows?\n'))(publication);
  await arrives(telling('Telling@x', 3, ['References: <windows@x>'], words))(publication);
  await built(publication);
  await arrives(telling('telling@x', 2, [], 'I know of windows.\n'))(publication);
  await built(publication);
  const tree = readTree(publication.siteFolder);
  await built(publication, { full: true });
  assert.deepEqual(readTree(publication.siteFolder), tree);
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
