import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { type SiteServer, serveSite } from '../site/server.ts';
import { axeFindings } from './support/axe.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { LONG_MAILS } from './support/long-thread.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { build, filledPublication, SAMPLE_MBOX, temporaryFolder } from './support/publication.ts';

const THREAD = 'linux-example/20180305091502.7431-1-oda@example.org/T/';
const SAMPLE_ISSUES = path.join(path.dirname(SAMPLE_MBOX), 'issues');
const LONG = 'long/n0@example.org/T/';

async function servedSample(context: test.TestContext): Promise<SiteServer> {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  await build(publication);
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  return server;
}

/** The sample and a long thread, served. */
async function servedLong(context: test.TestContext): Promise<SiteServer> {
  const publication = await filledPublication(context, [
    SAMPLE_MBOX,
    mboxOf(temporaryFolder(context), LONG_MAILS),
  ]);
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

test('keys turn from message to message and page to page, and can be turned off', {
  skip: noBrowser,
}, async context => {
  const { url } = await servedLong(context);
  const options = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' } as const;
  await withBrowser(options, async ({ context: browser, errors }) => {
    const page = await browser.newPage();
    const read = () => page.evaluate(() => document.activeElement?.textContent);
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.goto(url + THREAD);
    await press('j', 'j', 'j', 'k');
    assert.equal(await read(), '#2');
    await page.waitForSelector('.tree [aria-current]');
    const here = `#${await page.evaluate(() => document.querySelectorAll('article.msg')[1]!.id)}`;
    await page.waitForFunction(
      anchor => document.querySelector('.tree [aria-current]')?.getAttribute('href') === anchor,
      here,
    );
    await press('u');
    assert.equal(await read(), '#1');
    await press('?');
    assert.ok(await page.locator('dialog').isVisible());
    assert.deepEqual(await axeFindings(page), []);
    await page.click('dialog >> text=Turn keys off');
    await press('j');
    assert.equal(await read(), '#1');
    await page.click('footer >> text=Keys');
    await page.click('dialog >> text=Turn keys on');
    await page.goto(`${url}${LONG}2/#${await anchorOf(browser, url, 249)}`);
    await press('j');
    await page.waitForURL(/\/T\/3\/#m/);
    await press('k');
    await page.waitForURL(/\/T\/2\/#m/);
    await press('/');
    await page.waitForURL(/\/search\/#q$/);
    await page.keyboard.type('jk/?');
    assert.equal(await page.inputValue('#q'), 'jk/?');
    await page.goto(`${url}linux-example/20180305142044.GA25434@vinterhal.example.org/`);
    await press('Control+j', 'k');
    await page.waitForURL(/\/linux-example\/(?!20180305142044)/);
    assert.deepEqual(errors, []);
  });
});

test('an anchor of a thread that has grown long still leads to its message, and without JavaScript to its line', {
  skip: noBrowser,
}, async context => {
  const { url } = await servedLong(context);
  await withBrowser({}, async ({ context: browser }) => {
    const anchor = await anchorOf(browser, url, 449);
    const page = await browser.newPage();
    await page.goto(`${url}${LONG}#${anchor}`);
    await page.waitForURL(new RegExp(`/T/3/#${anchor}$`));
    await page.goto(`${url}${LONG}2/#${anchor}`);
    await page.waitForURL(new RegExp(`/T/3/#${anchor}$`));
    assert.ok(await page.locator(`article#${anchor}`).isVisible());
  });
  await withBrowser(
    { javaScriptEnabled: false, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' },
    async ({ context: browser, errors }) => {
      const page = await browser.newPage();
      await page.goto(`${url}${LONG}`);
      const line = page.locator('.elsewhere li >> nth=-1');
      await page.goto(`${url}${LONG}#${await line.getAttribute('id')}`);
      assert.ok(await line.isVisible());
      assert.ok((await line.boundingBox())!.y < 900, 'scrolled to');
      await line.locator('a').click();
      assert.match(page.url(), /\/T\/3\/#m[0-9a-f]{40}$/);
      assert.equal(await page.locator('article.msg:target h3 > a:last-child').innerText(), '#450');
      assert.deepEqual(errors, []);
      // What only a script can do is not offered.
      assert.equal(await page.locator('.scripted:visible').count(), 0);
    },
  );
});

test('a permalink is copied, and nothing moves while a page loads', { skip: noBrowser }, async context => {
  const { url } = await servedSample(context);
  await withBrowser(
    { viewport: { width: 390, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] },
    async ({ context: browser, errors }) => {
      const page = await browser.newPage();
      await page.goto(url + THREAD);
      const shift = await page.evaluate(
        () =>
          new Promise<number>(resolve => {
            let sum = 0;
            new PerformanceObserver(list => {
              for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 500);
          }),
      );
      assert.equal(shift, 0);
      await page.locator('[data-copy]').first().click();
      await page.locator('[data-copy] >> text=copied').waitFor();
      assert.equal(
        await page.evaluate(() => navigator.clipboard.readText()),
        `https://traffic.example.org/${THREAD.replace(/T\/$/, '')}`,
      );
      assert.deepEqual(errors, []);
    },
  );
});

test('what can be clicked on a thread’s page can be hit by a finger', { skip: noBrowser }, async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  // Sources of quotations and places in issues stand in one column.
  fs.cpSync(SAMPLE_ISSUES, path.join(publication.folder, 'issues'), { recursive: true });
  await build(publication);
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  for (const width of [390, 1280])
    await withBrowser({ viewport: { width, height: 900 } }, async ({ context: browser }) => {
      const page = await browser.newPage();
      await page.goto(server.url + THREAD);
      assert.ok((await page.locator('.note.where').count()) > 1);
      // WCAG 2.2, 2.5.8; Lighthouse asks for it, axe alone does not.
      assert.deepEqual(await axeFindings(page, ['target-size']), [], `${width}`);
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

/** The anchor of the long thread's message of this place, from 0. */
async function anchorOf(browser: BrowserContext, url: string, place: number): Promise<string> {
  const page = await browser.newPage();
  await page.goto(`${url}long/n${place}@example.org/`);
  const anchor = await page.getAttribute('article.msg', 'id');
  await page.close();
  return anchor!;
}
