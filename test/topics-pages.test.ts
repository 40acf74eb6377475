import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Publication } from '../publication/folder.ts';
import { readTopicWords, topicKey } from '../publication/topic-words.ts';
import { serveSite } from '../site/server.ts';
import { axeFindings } from './support/axe.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { checkLinks, markupErrors, page, pages, words } from './support/pages.ts';
import { build, filledPublication, temporaryFolder } from './support/publication.ts';

/** A publication with one section an issue, on these topics. */
async function built(
  context: TestContext,
  topics: readonly (readonly string[])[],
  topicsYaml?: string,
): Promise<Publication> {
  const publication = await filledPublication(context, [mboxOf(temporaryFolder(context), [mail({})])]);
  for (const [at, names] of topics.entries())
    writeFiles(publication.folder, {
      [`issues/${at + 1}/issue.md`]: `---\ndate: 2018-03-0${at + 1}\neditor: Ada Example\nsections: [story]\n---\n`,
      [`issues/${at + 1}/story.md`]: `---\ntitle: Story ${at + 1}\ntopics: ${JSON.stringify(names)}\n---\n\nWords.\n`,
    });
  if (topicsYaml !== undefined) writeFiles(publication.folder, { 'topics.yaml': topicsYaml });
  await build(publication);
  return publication;
}

function folders({ siteFolder }: Publication): readonly string[] {
  const inside = fs.readdirSync(path.join(siteFolder, 'topics'), { withFileTypes: true });
  return inside.filter(entry => entry.isDirectory()).map(({ name }) => name);
}

const YAML = `topics:
  - name: System calls
    definition: What programs *ask* of the kernel.
    aliases: [syscalls, "Süstem Calls"]
  - name: Never told
`;

test('a topic shows what it is and its sections, the newest first, by whatever name they call it', async context => {
  const made = await built(context, [['syscalls'], ['SYSTEM CALLS', 'syscalls'], ['Suestem', 'Other']], YAML);
  const topic = page(made, 'topics/system-calls');
  assert.equal(words(topic.querySelector('h1')), 'System calls');
  assert.equal(words(topic.querySelector('.prose em')), 'ask');
  assert.deepEqual([...topic.querySelectorAll('ol li')].map(words), [
    'No. 2Story 22 March 2018',
    'No. 1Story 11 March 2018',
  ]);
  assert.deepEqual([...page(made, 'topics').querySelectorAll('tbody tr')].map(words), [
    'Never told0 sections',
    'Other1 section3 March 2018',
    'Suestem1 section3 March 2018',
    'System calls2 sections2 March 2018',
  ]);
  const links = [...page(made, 'issues/2').querySelectorAll('.facts a')];
  assert.deepEqual(
    links.map(link => [words(link), link.getAttribute('href')]),
    [['System calls', '/topics/system-calls/']],
    'a topic of two names is one',
  );
  assert.equal(words(page(made, 'issues/2').querySelector('nav [href="/topics/"]')), 'Topics');
});

test('other names of a topic lead to it', async context => {
  const made = await built(context, [['syscalls']], YAML);
  for (const alias of ['syscalls', 'sustem-calls'])
    assert.match(
      page(made, `topics/${alias}`).documentElement.outerHTML,
      /content="0; url=\/topics\/system-calls\/"/,
    );
  assert.deepEqual(checkLinks(made.siteFolder, '/').broken, []);
});

test('topics have addresses on any host, and names that are no topic break nothing', async context => {
  const names = [
    'FS: devfs',
    'C',
    'C++',
    'C#',
    '../..',
    'システムコール',
    '<script>',
    'a'.repeat(300),
    'constructor',
  ];
  const made = await built(context, [names]);
  assert.deepEqual(folders(made), names.map(topicKey).toSorted());
  assert.deepEqual(names.slice(0, 4).map(topicKey), ['fs-devfs', 'c', 'c-plus-plus', 'c-sharp']);
  for (const folder of folders(made)) assert.match(folder, /^[a-z0-9-]{1,60}$/);
  assert.deepEqual(checkLinks(made.siteFolder, '/').broken, []);
  const shown = pages(made.siteFolder).filter(({ file }) => file.startsWith('topics/'));
  assert.equal(shown.length, names.length + 1);
  assert.deepEqual(await markupErrors(shown), []);
});

test('a site whose sections have no topics has no page of them', async context => {
  const made = await built(context, [[]]);
  assert.equal(fs.existsSync(path.join(made.siteFolder, 'topics')), false);
  assert.equal(page(made, 'issues/1').querySelector('[href="/topics/"]'), null);
});

test('pages of topics, corrections and statistics are for everybody', { skip: noBrowser }, async context => {
  const made = await built(context, [['Files'], ['Locks'], ['Files']], YAML);
  writeFiles(made.folder, {
    'issues/1/corrections.yaml': 'corrections: [{ date: 2018-03-20, kind: typo, was: a, is: b }]\n',
  });
  await build(made);
  const server = await serveSite(made, 0, true);
  context.after(() => server.close());
  for (const colorScheme of ['light', 'dark'] as const)
    await withBrowser(
      { colorScheme, viewport: { width: 320, height: 800 } },
      async ({ context: browser }) => {
        const shown = await browser.newPage();
        for (const file of ['topics/', 'topics/files/', 'corrections/', 'stats/']) {
          await shown.goto(server.url + file);
          assert.deepEqual(await axeFindings(shown), [], `${colorScheme} ${file}`);
          const width = await shown.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(width <= 320, `${file} is ${width} pixels wide`);
        }
      },
    );
});

test('topics.yaml tells where a name stands twice', context => {
  const folder = temporaryFolder(context);
  const cases = [
    ['topics:\n  - name: Files\n  - name: files\n', /^topics\.yaml:3: files is a name of Files already\.$/],
    [
      'topics:\n  - name: A\n  - name: B\n    aliases: [C, a]\n',
      /^topics\.yaml:4: a is a name of A already\.$/,
    ],
    ['topics:\n  - title: A\n', /^topics\.yaml:2: .*has no setting called "title"; a topic has a name/],
  ] as const;
  for (const [text, message] of cases) {
    writeFiles(folder, { 'topics.yaml': text });
    assert.throws(() => readTopicWords(folder), { message }, text);
  }
  writeFiles(folder, { 'topics.yaml': 'topics:\n  - name: A\n    aliases: [a, A]\n' });
  assert.equal(readTopicWords(folder).of('a')?.name, 'A');
});
