import assert from 'node:assert/strict';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Publication } from '../publication/folder.ts';
import { serveSite } from '../site/server.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { checkLinks, markupErrors, pages, type SitePage } from './support/pages.ts';
import { build, filledPublication, SETTINGS } from './support/publication.ts';

/** Of a small collection every page is looked at; of a large one this many besides threads and series. */
const SAMPLED = 300;

const COLLECTIONS = ['notmuch-lkml/cur', 'jwz-aerc', 'nasty'];
const LARGE = ['linux-um.mbox.gz', 'linux-arch-2020-q1.mbox.gz'];

async function publicationOf(context: TestContext, name: string): Promise<Publication> {
  const list = name.replace(/[./].*/, '');
  const publication = await filledPublication(
    context,
    [path.join(corporaFolder()!, name)],
    `${SETTINGS}commits: { ${list}: "https://git.example.org/%h" }\n`,
  );
  await build(publication);
  return publication;
}

/** All threads and series, and what comes at equal steps of the rest. */
function sampled(all: readonly SitePage[]): readonly SitePage[] {
  const isFirst = ({ file }: SitePage) => /(?:^series|\/T)\//.test(file);
  const rest = all.filter(page => !isFirst(page));
  const step = Math.ceil(rest.length / SAMPLED);
  return [...all.filter(isFirst), ...rest.filter((_, index) => index % step === 0)];
}

for (const name of COLLECTIONS)
  test(`every page of ${name} is valid HTML, and each link of it leads somewhere`, {
    skip: NO_CORPORA,
  }, async context => {
    const { siteFolder } = await publicationOf(context, name);
    assert.deepEqual(await markupErrors(pages(siteFolder)), []);
    assert.deepEqual(checkLinks(siteFolder, '/').broken, []);
  });

for (const name of LARGE)
  test(`the threads and series of ${name} are valid HTML, and each link of its pages leads somewhere`, {
    skip: NO_CORPORA || (!process.env.TEST_FULL && 'only in npm run test:full: it takes minutes'),
  }, async context => {
    const { siteFolder } = await publicationOf(context, name);
    assert.deepEqual(await markupErrors(sampled(pages(siteFolder))), []);
    assert.deepEqual(checkLinks(siteFolder, '/').broken, []);
  });

test('no page of malformed mail runs anything of it or asks another host for anything', {
  skip: NO_CORPORA || noBrowser,
}, async context => {
  const publication = await publicationOf(context, 'nasty');
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  // A thread's page has all its messages; their own pages are made of the same parts.
  const isRead = process.env.TEST_FULL ? /^(?!search\/).*index\.html$/ : /\/T\/(?:\d+\/)?index\.html$/;
  const read = pages(publication.siteFolder).filter(
    ({ file, markup }) => isRead.test(file) && !markup.includes('http-equiv="refresh"'),
  );
  assert.ok(read.length > 380, `${read.length} pages`);
  await withBrowser({}, async ({ context: browser, remote, errors }) => {
    const page = await browser.newPage();
    page.on('dialog', dialog => errors.push(`dialog: ${dialog.message()}`));
    await page.goto(server.url);
    const own = await page.evaluate(scriptsOf);
    for (const { file } of read) {
      const path = file.split('/').map(encodeURIComponent).join('/');
      await page.goto(server.url + path.replace(/index\.html$/, ''));
      const { scripts, active } = await page.evaluate(scriptsOf);
      assert.deepEqual(active, [], file);
      assert.deepEqual(scripts, own.scripts, file);
    }
    assert.deepEqual({ remote, errors }, { remote: [], errors: [] });
  });
});

/** In the browser: the scripts of a page, and what else of it could act or fetch: there must be nothing. */
function scriptsOf() {
  return {
    scripts: [...document.scripts].map(script => script.src || script.text),
    active: [...document.querySelectorAll('*')]
      .filter(
        ({ localName, attributes }) =>
          /^(?:iframe|frame|object|embed|applet|img|audio|video|source|form|style|base)$/.test(localName) ||
          [...attributes].some(
            ({ name, value }) =>
              /^on|^style$|^http-equiv$/.test(name) || /^\s*(?:javascript|data|vbscript):/i.test(value),
          ),
      )
      .map(element => element.outerHTML.slice(0, 200)),
  };
}
