import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { type SiteServer, serveSite } from '../site/server.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { build, filledPublication, SAMPLE_MBOX, temporaryFolder } from './support/publication.ts';

const THREAD = 'linux-example/20180305091502.7431-1-oda@example.org/T/';
const PAGES = [
  '',
  THREAD,
  'linux-example/',
  'linux-example/2018-03/',
  'about/',
  'search/',
  'linux-example/20180305142044.GA25434@vinterhal.example.org/',
];
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function servedSample(context: test.TestContext): Promise<SiteServer> {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await build(publication);
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  return server;
}

test('home, a thread, and a search with a result that is followed, without an error', {
  skip: noBrowser,
}, async context => {
  const { url } = await servedSample(context);
  await withBrowser(
    { viewport: { width: 1280, height: 900 } },
    async ({ context: browser, remote, errors }) => {
      const page = await browser.newPage();
      await page.goto(url);
      assert.equal(await page.textContent('h1'), 'Test Traffic');
      await page.click('.threads td a >> text=Remove calls of system calls >> nth=0');
      assert.match(await page.innerText('h1'), /Remove calls of system calls from inside the kernel/);
      await page.click('nav >> text=Search');
      await page.fill('#q', 'cellar');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.hit');
      assert.match(page.url(), /\?q=cellar$/);
      assert.match(await page.innerText('#res'), /\d+ messages in \d+ thread/);
      await page.click('.hit li a >> nth=0');
      assert.match(page.url(), /\/T\/#m[0-9a-f]{40}$/);
      assert.ok(await page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`).isVisible());
      assert.deepEqual({ remote, errors }, { remote: [], errors: [] });
    },
  );
});

test('a search can be shared by its address, and says what is wrong with a query', {
  skip: noBrowser,
}, async context => {
  const { url } = await servedSample(context);
  await withBrowser({}, async ({ context: browser, errors }) => {
    const page = await browser.newPage();
    await page.goto(`${url}search/?q=%2Bksys_close+%2Bwebcam`);
    await page.waitForSelector('.hit');
    assert.equal(await page.inputValue('#q'), '+ksys_close +webcam');
    await page.goto(`${url}search/?q=colour%3Ared`);
    await page.locator('#results', { hasText: 'There is no field called “colour”' }).waitFor();
    await page.goto(`${url}search/?q=zyzzyva`);
    assert.match(
      await page.waitForSelector('#res').then(element => element.innerText()),
      /Nothing was found/,
    );
    assert.deepEqual(errors, []);
  });
});

test('without JavaScript every page still reads', { skip: noBrowser }, async context => {
  const { url } = await servedSample(context);
  await withBrowser({ javaScriptEnabled: false }, async ({ context: browser, errors }) => {
    const page = await browser.newPage();
    await page.goto(url);
    assert.match(await page.innerText('main'), /Latest replies[\s\S]+Recent threads/);
    await page.goto(url + THREAD);
    assert.match(await page.innerText('main'), /Seventeen calls go, ten global functions come/);
    assert.ok(await page.locator('.diff .a').first().isVisible());
    await page.goto(`${url}search/`);
    assert.match(await page.innerText('main'), /browse by month/);
    assert.deepEqual(errors, []);
  });
});

test('axe finds nothing on any kind of page, light and dark', { skip: noBrowser }, async context => {
  const { url } = await servedSample(context);
  for (const colorScheme of ['light', 'dark'] as const) {
    await withBrowser({ colorScheme }, async ({ context: browser }) => {
      const page = await browser.newPage();
      for (const path of PAGES) {
        await page.goto(url + path);
        assert.deepEqual(await axeFindings(page), [], `${colorScheme} ${path}`);
      }
    });
  }
});

test('no page is wider than a screen of 320 pixels', { skip: noBrowser }, async context => {
  const { url } = await servedSample(context);
  await withBrowser({ viewport: { width: 320, height: 800 } }, async ({ context: browser }) => {
    const page = await browser.newPage();
    for (const path of PAGES) {
      await page.goto(url + path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${path} is ${width} pixels wide`);
    }
  });
});

test('every feed is well-formed Atom with an entry a message, even of mail with control characters', {
  skip: noBrowser,
}, async context => {
  const odd = mail({
    id: 'odd@example.org',
    subject: 'Bell \u0007 and \uffff',
    headers: ['List-Id: <odd.example.org>'],
    body: 'A form feed \f, an escape \u001b[0m, ]]> & <b>.\n',
  });
  const publication = await filledPublication(context, [
    SAMPLE_MBOX,
    mboxOf(temporaryFolder(context), [odd]),
  ]);
  await build(publication);
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  const feeds = fs
    .readdirSync(publication.siteFolder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.atom'));
  await withBrowser({}, async ({ context: browser }) => {
    const page = await browser.newPage();
    await page.goto(server.url);
    const read = (feed: string) =>
      page.evaluate(async path => {
        const text = await (await fetch(path)).text();
        const document = new DOMParser().parseFromString(text, 'application/xml');
        const ids = [...document.querySelectorAll('entry > id')].map(id => id.textContent);
        return {
          error: document.querySelector('parsererror')?.textContent ?? null,
          entries: ids.length,
          unique: new Set(ids).size,
        };
      }, `/${feed}`);
    let entries = 0;
    for (const feed of feeds) {
      const found = await read(feed);
      assert.deepEqual([found.error, found.unique], [null, found.entries], feed);
      if (feed.endsWith('t.atom')) entries += found.entries;
    }
    assert.equal(entries, 74, 'the messages of all threads, the odd one too');
  });
});

test('hostile mail runs nothing and asks no other host for anything', { skip: noBrowser }, async context => {
  const attack =
    '<script>window.hit=1</script><img src="http://evil.example.com/x.png" onerror="window.hit=1">{{ 6 | times: 7 }}';
  const headers = ['List-Id: <hostile.example.org>'];
  const mails = [
    mail({
      id: `"><script>@example.org`,
      from: `${attack} <x@example.org>`,
      subject: `${attack} javascript:alert(1)`,
      headers,
      body: `${attack}\njavascript:window.hit=1\nhttp://example.org/"onmouseover="window.hit=1\n`,
    }),
    mail({
      id: 'html@example.org',
      subject: 'html',
      headers: [...headers, 'Content-Type: text/html'],
      body: `<body onload="window.hit=1">${attack}<style>@import "http://evil.example.com/a.css";</style>words</body>`,
    }),
    mail({
      id: 'front@example.org',
      subject: '---js',
      headers,
      body: '---js\n{ title: process.exit(1) }\n---\n{% include "x" %}\n',
    }),
    mail({
      id: "quote'$(reboot)'@example.org",
      subject: "'; reboot; '",
      headers,
      body: '> <b onclick=alert(1)>\n',
    }),
    mail({
      id: 'attached@example.org',
      subject: 'page',
      headers: [...headers, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
      body: `--b\n\nsee page\n--b\nContent-Type: text/html; name="page.html"\nContent-Disposition: attachment; filename="page.html"\n\n<script>window.hit=1</script>\n--b--\n`,
    }),
  ];
  const publication = await filledPublication(context, [mboxOf(temporaryFolder(context), mails)]);
  await build(publication);
  const files = fs.readdirSync(publication.siteFolder, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    files.filter(name => name.includes('/a/') && name.endsWith('.html')),
    [],
    'attached HTML is not served as HTML',
  );
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  await withBrowser({}, async ({ context: browser, remote, errors }) => {
    const page = await browser.newPage();
    for (const file of files.filter(name => name.endsWith('index.html') && !name.startsWith('r/'))) {
      await page.goto(
        server.url +
          file
            .replace(/index\.html$/, '')
            .split('/')
            .map(encodeURIComponent)
            .join('/'),
      );
      assert.equal(await page.evaluate(() => 'hit' in window), false, file);
    }
    await page.goto(`${server.url}search/?q=html+page+evil`);
    await page.waitForSelector('#res');
    assert.equal(await page.evaluate(() => 'hit' in window), false);
    assert.deepEqual({ remote, errors }, { remote: [], errors: [] });
  });
});

async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(violation => `${violation.id}: ${violation.nodes[0]!.html}`);
  });
}
