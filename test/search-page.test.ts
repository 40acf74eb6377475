import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { build as bundle } from 'esbuild';
import type { Page } from 'playwright-core';
import type { Publication } from '../publication/folder.ts';
import { openBuiltSearch } from '../site/search/built.ts';
import { lunrParts } from '../site/search/lunr-parts.ts';
import { wholeResults } from '../site/search/results.ts';
import { serveSite } from '../site/server.ts';
import { axeFindings } from './support/axe.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { build, filledPublication, ROOT, SAMPLE_MBOX, SETTINGS } from './support/publication.ts';
import { heldIndex, searchDocument, wholeIndex } from './support/search-index.ts';

const ARCHIVES = 'archives: { linux-example: https://lore.example.org/linux-example }\n';

async function served(
  context: test.TestContext,
  settings = SETTINGS,
): Promise<{ publication: Publication; url: string }> {
  const publication = await filledPublication(context, [SAMPLE_MBOX], settings);
  await build(publication);
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  return { publication, url: server.url };
}

/** The heading of whole results, when it matches and nothing is awaited any more. */
async function heading(page: Page, wanted: RegExp): Promise<string> {
  const line = page.locator('#results:not([aria-busy]) #res', { hasText: wanted });
  await line.waitFor();
  return line.innerText();
}

test('results come while one types, are narrowed by filters and months, and the address tells all of it', {
  skip: noBrowser,
}, async context => {
  const { url } = await served(
    context,
    `${SETTINGS.trim().slice(0, -1)}, prefix: /some/where/ }\n${ARCHIVES}`,
  );
  await withBrowser(
    { viewport: { width: 1280, height: 900 } },
    async ({ context: browser, remote, errors }) => {
      const page = await browser.newPage();
      await page.goto(`${url}search/`);
      await page.locator('#q').pressSequentially('sys_close');
      // On a slow machine the first letters are answered before the last is typed.
      await page.waitForURL(/\/some\/where\/search\/\?q=sys_close$/);
      const all = await heading(page, /messages? in \d+ threads?/);
      assert.equal(await page.textContent('#said'), all);
      assert.ok((await page.locator('mark', { hasText: 'sys_close' }).count()) > 0);
      assert.deepEqual(await axeFindings(page), []);
      await page.locator('label', { hasText: 'Patches' }).locator('input').click();
      await page.waitForURL(/q=sys_close%20is%3Apatch$/);
      const patches = await heading(page, /messages? in/);
      assert.notEqual(patches, all);
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-words')), 'is:patch');
      await page.goBack();
      assert.equal(await page.inputValue('#q'), 'sys_close');
      await page.locator('label', { hasText: 'Oda Vinterhal' }).locator('input').check();
      await page.waitForURL(/f%3A%22Oda%20Vinterhal%22/);
      await page
        .locator(
          '.more a[href="https://lore.example.org/linux-example/?q=sys_close%20f%3A%22Oda%20Vinterhal%22"]',
        )
        .waitFor();
      assert.deepEqual({ remote, errors }, { remote: [], errors: [] });
    },
  );
});

test('the keyboard leads from the box to the hits and back', { skip: noBrowser }, async context => {
  const { url } = await served(context);
  await withBrowser({}, async ({ context: browser, errors }) => {
    const page = await browser.newPage();
    await page.goto(`${url}search/?q=cellar`);
    await heading(page, /messages? in/);
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'q');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const first = await page.locator('.hit a >> nth=0').getAttribute('href');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), first);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'q');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/T\//);
    assert.deepEqual(errors, []);
  });
});

test('a missing file of the index is named, and the rest is searched', { skip: noBrowser }, async context => {
  const { publication, url } = await served(context);
  await withBrowser({}, async ({ context: browser }) => {
    const page = await browser.newPage();
    const records: string[] = [];
    browser.on('request', request => {
      const { pathname } = new URL(request.url());
      if (/\/r\d+\.bin$/.test(pathname)) records.push(pathname);
    });
    await page.goto(`${url}search/?q=is:message`);
    await heading(page, /messages? in/);
    assert.ok(records.length > 1);
    fs.writeFileSync(path.join(publication.siteFolder, records[0]!), 'damaged');
    await page.reload();
    await page.locator('[role=alert]', { hasText: '1 file of the index is missing or damaged' }).waitFor();
    await page.locator('.hit').first().waitFor();
    fs.rmSync(path.join(publication.siteFolder, 'search/root.bin'));
    await page.reload();
    await page.locator('#results', { hasText: 'The search index could not be fetched' }).waitFor();
  });
});

test('where a policy forbids scripts without an address, the search runs all the same', {
  skip: noBrowser,
}, async context => {
  const { url } = await served(context);
  await withBrowser({}, async ({ context: browser }) => {
    await browser.route(`${url}search/?q=cellar`, async route => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': "default-src 'self'" },
      });
    });
    const page = await browser.newPage();
    await page.goto(`${url}search/?q=cellar`);
    await heading(page, /messages? in/);
  });
});

test('without JavaScript the same mail can be searched where a server does it', {
  skip: noBrowser,
}, async context => {
  const { url } = await served(context, SETTINGS + ARCHIVES);
  await withBrowser({ javaScriptEnabled: false }, async ({ context: browser, errors }) => {
    const page = await browser.newPage();
    await page.goto(`${url}search/`);
    const form = page.locator('main form', { hasText: 'Find on lore.example.org' });
    assert.ok(await form.isVisible());
    assert.equal(await form.getAttribute('action'), 'https://lore.example.org/linux-example/');
    assert.deepEqual(errors, []);
  });
});

test('a writer is found by address where the site shows addresses, and nowhere else', async context => {
  for (const [settings, isFound] of [
    [SETTINGS, true],
    [`${SETTINGS}privacy: { addresses: mask }\n`, false],
  ] as const) {
    const publication = await filledPublication(context, [SAMPLE_MBOX], settings);
    await build(publication);
    const search = await openBuiltSearch(publication);
    assert.ok((await search.find('f:oda', Date.now())).ranked.length > 0);
    assert.equal((await search.find('f:oda@example.org', Date.now())).ranked.length > 0, isFound);
  }
});

test('a thread that an issue tells of leads to its section', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  fs.cpSync(path.join(ROOT, 'sample', 'issues'), path.join(publication.folder, 'issues'), {
    recursive: true,
  });
  await build(publication);
  const search = await openBuiltSearch(publication);
  const { groups } = await wholeResults(search, await search.find('crash-dump is:message', Date.now()));
  const told = groups.flatMap(({ thread }) => thread?.told ?? []);
  assert.deepEqual(
    told.map(({ label }) => label),
    ['issue 1', 'issue 2'],
  );
  for (const { href } of told) {
    const [folder, id] = href.split('#');
    const page = fs.readFileSync(path.join(publication.siteFolder, folder!, 'index.html'), 'utf8');
    assert.ok(page.includes(` id="${id}"`), href);
  }
});

test('everything that search loads lies under search/, in files below 200 KB', {
  skip: noBrowser,
}, async context => {
  const { publication, url } = await served(context);
  for (const [name, size] of sizes(path.join(publication.siteFolder, 'search')))
    assert.ok(size < 200_000, `${name}: ${size}`);
  await withBrowser({}, async ({ context: browser }) => {
    const page = await browser.newPage();
    await page.goto(`${url}search/`);
    const asked: string[] = [];
    browser.on('request', request => asked.push(new URL(request.url()).pathname));
    await page.fill('#q', 'cellar');
    await heading(page, /messages? in/);
    assert.ok(asked.length > 3);
    // The icon is the page's own.
    for (const one of asked) assert.match(one, /^\/(search\/|assets\/icon\.svg$)/);
  });
});

function sizes(folder: string): readonly (readonly [string, number])[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => [name, fs.statSync(path.join(folder, name))] as const)
    .filter(([, stat]) => stat.isFile())
    .map(([name, stat]) => [name, stat.size]);
}

test('Chromium computes the same scores in the same order as one lunr index in Node', {
  skip: noBrowser,
}, async context => {
  const { publication, url } = await served(context);
  const words =
    'read reads reading lead bread sys_read ksys_read write wrote fs/read_write.c v5.9-rc1 kernel é 日本語'.split(
      ' ',
    );
  const documents = Array.from({ length: 700 }, (_, number) =>
    searchDocument({
      id: `${number}@example.org`,
      received: 1_500_000_000 + number,
      subject: `${words[number % 13]} ${words[(number * 7) % 11]}`,
      from: `person${number % 9}`,
      body: Array.from(
        { length: (number * 31) % 40 },
        (_, at) => words[(number * at + at) % words.length],
      ).join(' '),
    }),
  );
  const { root, files } = heldIndex(documents);
  for (const [file, bytes] of files) {
    const place = path.join(publication.siteFolder, 'exact', file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, bytes);
  }
  const queries = words.flatMap(word => [
    word,
    `+${word} -write`,
    `subject:${word}^3 reading`,
    `${word.slice(0, 2)}*`,
    `*${word.slice(-2)}`,
    `${word}~1 kernel`,
    `-${word}`,
  ]);
  const { outputFiles } = await bundle({
    stdin: {
      contents: ['lunr-index', 'lunr-query', 'lunr', 'fetch']
        .map(name => `export * from './site/search/${name}.ts';`)
        .join('\n'),
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'search',
    plugins: [lunrParts],
  });
  const whole = wholeIndex(documents);
  await withBrowser({}, async ({ context: browser }) => {
    const page = await browser.newPage();
    await page.goto(`${url}about/`);
    await page.addScriptTag({ content: outputFiles[0]!.text });
    const found = await page.evaluate(
      async ([index, asked]) => {
        const { openLunrIndex, readClauses, createAnalysis, fetchPacked } = (
          globalThis as unknown as {
            search: typeof import('../site/search/lunr-index.ts') &
              typeof import('../site/search/lunr-query.ts') &
              typeof import('../site/search/lunr.ts') &
              typeof import('../site/search/fetch.ts');
          }
        ).search;
        const analysis = createAnalysis(index.language);
        const opened = openLunrIndex(index, file => fetchPacked(`/exact/${file}`));
        const results: { document: number; score: number }[][] = [];
        for (const query of asked) {
          const ranked = await opened.rank(readClauses(analysis, query));
          results.push(ranked.map(({ document, score }) => ({ document, score })));
        }
        return results;
      },
      [root, queries] as const,
    );
    for (const [at, query] of queries.entries()) assert.deepEqual(found[at], whole(query), query);
  });
});
