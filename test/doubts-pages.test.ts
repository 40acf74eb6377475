import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { parseHTML } from 'linkedom';
import { Archive } from '../ingest/archive/archive.ts';
import type { Publication } from '../publication/folder.ts';
import { parseThreadsYaml } from '../publication/threads-yaml.ts';
import { type Built, buildSite } from '../site/build.ts';
import { fixedPath } from '../site/permalinks.ts';
import { serveSite } from '../site/server.ts';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { markupErrors } from './support/pages.ts';
import { filledPublication, temporaryFolder } from './support/publication.ts';

const WORDS =
  'Each open file is counted twice when the descriptor is duplicated,\nand the second count is never taken back.\n';
const MAILS = {
  'a.eml': mail({
    id: 'a@example.org',
    from: 'Ada Birch <ada@example.org>',
    subject: 'Descriptors are counted twice',
    body: WORDS,
  }),
  'b.eml': mail({
    id: 'b@example.org',
    from: 'Ben Cedar <ben@example.net>',
    subject: 'Re: Descriptors are counted twice',
    date: 'Mon, 5 Mar 2018 12:00:00 +0000',
    body: `On Mon, 5 Mar 2018, Ada Birch wrote:\n${WORDS.replace(/^/gm, '> ').trimEnd().replace(/\n> $/, '')}\n\nI see it too.\n`,
  }),
  'c.eml': mail({
    id: 'c@example.org',
    from: 'Cy Elm <cy@example.com>',
    subject: 'When is the next meeting of maintainers?',
    date: 'Tue, 6 Mar 2018 12:00:00 +0000',
    headers: ['References: <a@example.org>'],
    body: 'Does anybody know whether there will be one this summer?\n',
  }),
};

async function doubtful(context: TestContext): Promise<Publication> {
  const mails = temporaryFolder(context);
  writeFiles(mails, MAILS);
  return filledPublication(context, [mails]);
}

async function built(publication: Publication): Promise<Built> {
  const archive = Archive.open(publication.archiveFile);
  try {
    return await buildSite(archive, publication);
  } finally {
    archive.close();
  }
}

function doubtsOn({ siteFolder }: Publication, id: string): readonly string[] {
  const markup = fs.readFileSync(path.join(siteFolder, 'mail', id, 'T', 'index.html'), 'utf8');
  const { document } = parseHTML(markup);
  return [...document.querySelectorAll('.doubts .doubt')].map(item => item.textContent!.trim());
}

test('threads that may belong together or apart say so with dashed lines, and stay as they are', async context => {
  const publication = await doubtful(context);
  await built(publication);
  assert.deepEqual(doubtsOn(publication, 'a@example.org'), [
    'Possibly goes on in Descriptors are counted twice',
    'Possibly another discussion begins at #2',
  ]);
  assert.deepEqual(doubtsOn(publication, 'b@example.org'), [
    'Possibly the same discussion: Descriptors are counted twice',
  ]);
});

test('the desk has a page of doubts with entries for threads.yaml, served and no part of the site', async context => {
  const publication = await doubtful(context);
  const { desk } = await built(publication);
  const markup = (await desk.page(fixedPath('/desk/doubts/')))!;
  assert.deepEqual(await markupErrors([{ file: 'desk.html', markup }]), []);
  const { document } = parseHTML(markup);
  const doubt = document.querySelector('article.doubt')!;
  const lists = [...doubt.querySelectorAll('.label')].map(label => label.textContent!);
  assert.deepEqual(lists, ['In threads.yaml, either under join:', 'or under keep:']);
  const join = doubt.querySelector('.entry')!.textContent!;
  assert.equal(join, '  - message: "b@example.org"\n    to: "a@example.org"\n    reason: ');
  // Any of them can stand under one key.
  const pasted = parseThreadsYaml(`join:\n${join}as quoted\n${join.replace('"b@', '"d@')}the same\n`);
  assert.deepEqual(
    pasted.join.map(({ message }) => message),
    ['b@example.org', 'd@example.org'],
  );
  assert.ok(!fs.existsSync(path.join(publication.siteFolder, 'desk')));
  const server = await serveSite(publication, 0, false);
  try {
    server.setDesk(desk);
    assert.equal(await (await fetch(`${server.url}desk/doubts/`)).text(), markup);
  } finally {
    await server.close();
  }
});

test('an editor who joins, or keeps things as they are, hears no more of it', async context => {
  const publication = await doubtful(context);
  fs.writeFileSync(
    path.join(publication.folder, 'threads.yaml'),
    `join:
  - { message: b@example.org, to: a@example.org, reason: quotes it whole }
keep:
  - { message: c@example.org, reason: it does go on from there }
  - { message: a@example.org, reason: none }
`,
  );
  const { remarks } = await built(publication);
  assert.deepEqual(doubtsOn(publication, 'a@example.org'), []);
  assert.deepEqual(remarks, [
    'threads.yaml:5: the keep entry does nothing: there is no doubt about a@example.org',
  ]);
});
