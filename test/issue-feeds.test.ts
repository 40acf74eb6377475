import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { parseHTML } from 'linkedom';
import type { Publication } from '../publication/folder.ts';
import { writeFiles } from './support/folder.ts';
import { checkLinks, markupErrors, pages } from './support/pages.ts';
import { build, filledPublication, readTree, SAMPLE_MBOX } from './support/publication.ts';

const COVER = '20180305091502.7431-1-oda@example.org';
const WORDS = 'Some code in the kernel calls sys_close(), sys_write() and their';

const ISSUES = {
  'issues/1/issue.md': '---\ndate: 2018-03-14\neditor: Ada Example\nsections: [calls]\n---\n',
  'issues/1/calls.md': `---
title: Calls & <Calls>
thread: ${COVER}
topics: [Files]
---

Oda Vinterhal said, ["${WORDS}"](mid:${COVER})

> ${WORDS}
>
> — [Oda Vinterhal](mid:${COVER})

Older: ["no such thing"](said:Ben%20Example), told [here](https://example.com/?a=1&b=2) and [there](#s1).
`,
  'issues/2/issue.md':
    '---\ndate: 2018-03-21\neditor: Ben Example\nsections: [news]\ntitle: News\n---\n\nHello.\n',
  'issues/2/news.md': '---\ntitle: News Of Files\ntopics: [files]\n---\n\nSee [the first](../1/#calls).\n',
};

const CORRECTION = `corrections:
  - { date: 2018-03-25, section: calls, kind: fact, was: twelve <boards>, is: There are *14*., thanks: Cy & Dora }
`;

async function publication(context: TestContext): Promise<Publication> {
  const made = await filledPublication(context, [SAMPLE_MBOX]);
  writeFiles(made.folder, ISSUES);
  await build(made);
  return made;
}

function read({ siteFolder }: Publication, file: string): string {
  return fs.readFileSync(path.join(siteFolder, file), 'utf8');
}

/** The Atom feeds of issues: all but those of threads. */
function atomFeeds({ siteFolder }: Publication): readonly string[] {
  const names = [...readTree(siteFolder).keys()];
  return names.filter(name => /^(feeds|topics)\/.*\.atom$/.test(name) && !name.includes('threads'));
}

/** The first of each element of a feed or an entry, by name. */
function partsOf(xml: string): Readonly<Record<string, string>> {
  const own = xml.replace(/<entry>.*<\/entry>/s, '');
  return Object.fromEntries(
    [...own.matchAll(/<(id|title|updated|published|name)>([^<]*)<\/\1>/g)]
      .reverse()
      .map(([, name, text]) => [name, text]),
  );
}

function entriesOf(xml: string): readonly string[] {
  return [...xml.matchAll(/<entry>(.*?)<\/entry>/gs)].map(([, entry]) => entry!);
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** The markup that a feed's entry holds. */
function contentOf(entry: string): string {
  const escaped = /<content type="html">(.*)<\/content>/s.exec(entry)?.[1] ?? '';
  return escaped
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

test('feeds are what RFC 4287 asks for, their links with a host', async context => {
  const made = await publication(context);
  writeFiles(made.folder, { 'issues/1/corrections.yaml': CORRECTION });
  await build(made);
  assert.deepEqual(atomFeeds(made), [
    'feeds/corrections.atom',
    'feeds/issues.atom',
    'topics/files/feed.atom',
  ]);
  const ids = new Set<string>();
  for (const file of atomFeeds(made)) {
    const xml = read(made, file);
    const { id, title, updated } = partsOf(xml);
    // 4.1.1: a feed has one id, title and update, and a link to itself.
    assert.match(id!, /^tag:traffic\.example\.org,/, file);
    assert.ok(title, file);
    assert.match(xml, new RegExp(`<link rel="self"[^>]* href="https://traffic.example.org/${file}"/>`));
    const entries = entriesOf(xml);
    const times = entries.map(entry => partsOf(entry).updated!);
    assert.equal(updated, times.toSorted().at(-1), file);
    for (const entry of entries) {
      const parts = partsOf(entry);
      // 4.1.2: an entry has an id of its own, a title, an update, an author and, as it is escaped, no element in it.
      assert.ok(!ids.has(parts.id!), parts.id);
      ids.add(parts.id!);
      assert.ok(parts.title && parts.name, file);
      assert.match(parts.updated!, RFC_3339);
      assert.ok(parts.published! <= parts.updated!);
      for (const [, href] of contentOf(entry).matchAll(/(?:href|src)="([^"]*)"/g))
        assert.match(href!, /^https:\/\//, file);
    }
  }
});

test('issues are in their feed in full: quotations lead to their messages, what nobody checked does not', async context => {
  const made = await publication(context);
  const content = contentOf(entriesOf(read(made, 'feeds/issues.atom'))[1]!);
  assert.match(content, /<h2>1\. Calls &amp; &lt;Calls&gt;<\/h2>/);
  const page = `https://traffic.example.org/linux-example/${COVER}/T/#m[0-9a-f]{40}`;
  const quoted = WORDS.replace(/[().]/g, '\\$&');
  assert.match(content, new RegExp(`“<a href="${page}">${quoted}</a>”`));
  assert.match(
    content,
    new RegExp(`<blockquote><p>${quoted}</p>\n<p>— <a href="${page}">Oda Vinterhal</a></p>`),
  );
  assert.match(content, /<span title="Ben Example">“no such thing”<\/span>/);
  assert.match(content, /<a href="https:\/\/traffic\.example\.org\/issues\/1\/#s1">there<\/a>/);
  assert.match(content, /We looked at \d+ posts/);
});

test('a feed says that it was changed when a correction was made, and not because it was built again', async context => {
  const made = await publication(context);
  const updates = () =>
    atomFeeds(made).map(file => [file, ...entriesOf(read(made, file)).map(entry => partsOf(entry).updated)]);
  const before = updates();
  assert.deepEqual(before, [
    ['feeds/corrections.atom'],
    ['feeds/issues.atom', '2018-03-21T12:00:00Z', '2018-03-14T12:00:00Z'],
    ['topics/files/feed.atom', '2018-03-21T12:00:00Z', '2018-03-14T12:00:00Z'],
  ]);
  await build(made);
  assert.deepEqual(updates(), before);
  writeFiles(made.folder, { 'issues/1/corrections.yaml': CORRECTION });
  await build(made);
  assert.deepEqual(updates(), [
    ['feeds/corrections.atom', '2018-03-25T12:00:00Z'],
    ['feeds/issues.atom', '2018-03-21T12:00:00Z', '2018-03-25T12:00:00Z'],
    ['topics/files/feed.atom', '2018-03-21T12:00:00Z', '2018-03-25T12:00:00Z'],
  ]);
});

test('the JSON feed is what JSON Feed 1.1 asks for, and says what the Atom feed says', async context => {
  const made = await publication(context);
  const feed = JSON.parse(read(made, 'feeds/issues.json'));
  const atom = entriesOf(read(made, 'feeds/issues.atom'));
  assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
  assert.equal(feed.title, 'Test Traffic');
  assert.equal(feed.home_page_url, 'https://traffic.example.org/issues/');
  assert.equal(feed.feed_url, 'https://traffic.example.org/feeds/issues.json');
  assert.equal(feed.language, 'en');
  assert.deepEqual(
    feed.items.map((item: Record<string, string>) => [item.id, item.date_modified, item.content_html]),
    atom.map(entry => [partsOf(entry).id, partsOf(entry).updated, contentOf(entry)]),
  );
  assert.deepEqual(feed.items[0].authors, [{ name: 'Ben Example' }]);
  assert.equal(feed.items[0].url, 'https://traffic.example.org/issues/2/');
});

test('an issue as data has its quotations with their messages, and whether they were checked', async context => {
  const made = await publication(context);
  const issue = JSON.parse(read(made, 'issues/1.json'));
  assert.deepEqual(
    [issue.version, issue.number, issue.date, issue.editor, issue.frozen],
    [1, 1, '2018-03-14', 'Ada Example', false],
  );
  assert.equal(issue.statistics.basis, 'mail');
  const [section] = issue.sections;
  assert.deepEqual(
    [section.id, section.thread, section.posts, section.topics],
    ['calls', COVER, 22, ['Files']],
  );
  assert.deepEqual(section.quotations, [
    { text: WORDS, message: COVER, speaker: 'Oda Vinterhal', checked: true },
    { text: WORDS, message: COVER, speaker: 'Oda Vinterhal', checked: true },
    { text: 'no such thing', message: null, speaker: 'Ben Example', checked: false },
  ]);
});

test('corrections have a page, a place on it that stays, and the banner of their section leads there', async context => {
  const made = await publication(context);
  writeFiles(made.folder, { 'issues/1/corrections.yaml': CORRECTION });
  await build(made);
  const page = parseHTML(read(made, 'corrections/index.html')).document;
  const entry = page.querySelector('article')!;
  const words = entry.textContent!.replace(/\s+/g, ' ').trim();
  assert.equal(
    words,
    'Calls & <Calls> Was: twelve <boards> Is: There are 14. Thanks to Cy & Dora. 25 March 2018, issue 1, section 1; a fact',
  );
  const issue = read(made, 'issues/1/index.html');
  assert.ok(issue.includes(`href="/corrections/#${entry.id}"`));
  assert.match(issue, /<meta property="article:modified_time" content="2018-03-25T12:00:00Z">/);
  const later = CORRECTION.replace(
    'corrections:',
    'corrections:\n  - { date: 2018-03-24, kind: typo, was: a, is: b }',
  );
  writeFiles(made.folder, { 'issues/1/corrections.yaml': later });
  await build(made);
  const ids = [...parseHTML(read(made, 'corrections/index.html')).document.querySelectorAll('article')];
  assert.equal(ids[0]?.id, entry.id);
  assert.deepEqual(checkLinks(made.siteFolder, '/').broken, []);
  const shown = pages(made.siteFolder).filter(({ file }) => /^(corrections|topics|issues)\//.test(file));
  assert.deepEqual(await markupErrors(shown), []);
});

test('a card for a link to an issue has what it needs (https://ogp.me)', async context => {
  const head = read(await publication(context), 'issues/2/index.html');
  const properties = Object.fromEntries(
    [...head.matchAll(/<meta property="([^"]*)" content="([^"]*)">/g)].map(([, name, text]) => [name, text]),
  );
  assert.deepEqual(properties, {
    'og:type': 'article',
    'og:title': 'No. 2, News, 21 March 2018',
    'og:site_name': 'Test Traffic',
    'og:description': 'News Of Files',
    'og:url': 'https://traffic.example.org/issues/2/',
    'article:published_time': '2018-03-21T12:00:00Z',
    'article:modified_time': '2018-03-21T12:00:00Z',
  });
});

test('a site without issues has no feeds of them, and says so nowhere', async context => {
  const made = await filledPublication(context, [SAMPLE_MBOX]);
  await build(made);
  assert.deepEqual(fs.readdirSync(path.join(made.siteFolder, 'feeds')), ['threads.atom']);
  assert.doesNotMatch(read(made, 'index.html'), /issues\.atom|corrections/);
});

/** Python as Debian has it, whose packages another one would not see. */
const PYTHON = '/usr/bin/python3';
const runs = (program: string, ...words: readonly string[]) =>
  spawnSync(program, words, { encoding: 'utf8' });
const missing = (what: string, there: boolean) => !process.env.CI && !there && `${what} is not installed`;

test('a character that no XML can hold does not break a feed', async context => {
  const made = await publication(context);
  writeFiles(made.folder, {
    'issues/2/news.md': '---\ntitle: "Bell \\x07 \\uD800 and \\uFFFF"\n---\n\nDing.\n',
  });
  await build(made);
  assert.match(read(made, 'feeds/issues.atom'), /1\. Bell \ufffd \ufffd and \ufffd&lt;/);
});

test('xmllint finds every feed well-formed', {
  skip: missing('xmllint', runs('xmllint', '--version').status === 0),
}, async context => {
  const made = await publication(context);
  for (const file of ['feeds/threads.atom', ...atomFeeds(made)]) {
    const { status, stderr } = runs('xmllint', '--noout', path.join(made.siteFolder, file));
    assert.equal(status, 0, stderr);
  }
});

test('feedparser reads every feed without a complaint', {
  skip: missing('python3-feedparser', runs(PYTHON, '-c', 'import feedparser').status === 0),
}, async context => {
  const made = await publication(context);
  const script = `import feedparser, json, sys
for name in sys.argv[1:]:
    feed = feedparser.parse(open(name, 'rb').read())
    print(json.dumps([int(feed.bozo), feed.version, [entry.title for entry in feed.entries]]))`;
  const files = ['feeds/threads.atom', 'feeds/issues.atom', 'topics/files/feed.atom'];
  const { stdout, stderr } = runs(
    PYTHON,
    '-c',
    script,
    ...files.map(file => path.join(made.siteFolder, file)),
  );
  assert.equal(stderr, '');
  const [threads, issues, topic] = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(threads.slice(0, 2), [0, 'atom10']);
  assert.deepEqual(issues, [0, 'atom10', ['No. 2: News', 'No. 1: Calls & <Calls>']]);
  assert.deepEqual(topic, [0, 'atom10', ['News Of Files', 'Calls & <Calls>']]);
});
