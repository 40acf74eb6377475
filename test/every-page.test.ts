import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { Archive } from '../ingest/archive/archive.ts';
import { buildSite } from '../site/build.ts';
import { type SiteServer, serveSite } from '../site/server.ts';
import { axeFindings } from './support/axe.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { LONG_MAILS } from './support/long-thread.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { filledPublication, SAMPLE_MBOX, SETTINGS, temporaryFolder } from './support/publication.ts';

/** Of each kind of page one, and what a reader must find on it. */
const PAGES: readonly (readonly [path: string, words: RegExp])[] = [
  ['', /Latest replies[\s\S]+Recent threads/],
  ['linux-example/20180305091502.7431-1-oda@example.org/T/', /Seventeen calls go, ten global functions come/],
  ['linux-example/', /March 2018/],
  ['linux-example/2018-03/', /Remove calls of system calls/],
  ['about/', /About this site/],
  ['search/', /browse by month/],
  ['linux-example/20180305142044.GA25434@vinterhal.example.org/', /This message in its thread/],
  ['series/', /Remove calls of system calls/],
  ['series/remove-calls-of-system-calls-from-inside-the-kernel-0be45e95/', /How it ended/],
  ['people/', /Oda Vinterhal/],
  ['people/oda-vinterhal/', /Remove calls of system calls/],
  ['404.html', /There is no such page/],
  ['desk/doubts/', /Descriptors are counted twice/],
  ['odd/patch@example.org/', /Reviewed-by[\s\S]+4 addresses[\s\S]+1 file changed/],
  ['odd/patch@example.org/T/', /Reviewed-by[\s\S]+#2/],
  ['long/n0@example.org/T/', /Next page[\s\S]+On the other pages/],
  ['long/n0@example.org/T/2/', /Previous page/],
];

/** Mail that makes what the sample does not: a long thread, a doubt, a patch with all that a patch can have. */
function odd(): readonly Buffer[] {
  const words =
    'Each open file is counted twice when the descriptor is duplicated,\nand the second count is never taken back.\n';
  const list = 'List-Id: <odd.example.org>';
  return [
    ...LONG_MAILS,
    mail({ id: 'a@example.org', subject: 'Descriptors are counted twice', headers: [list], body: words }),
    mail({
      id: 'b@example.org',
      from: 'Ben Cedar <ben@example.net>',
      subject: 'Re: Descriptors are counted twice',
      date: 'Mon, 5 Mar 2018 12:00:00 +0000',
      headers: [list],
      body: `On Mon, 5 Mar 2018, Ada Example wrote:\n${words.replace(/^(?=.)/gm, '> ')}\nI see it too.\n`,
    }),
    mail({
      id: 'patch@example.org',
      subject: '[PATCH] Count open files once',
      headers: [list],
      body: PATCH,
    }),
    mail({
      id: 'answer@example.org',
      from: 'Ben Cedar <ben@example.net>',
      subject: 'Re: [PATCH] Count open files once',
      date: 'Mon, 5 Mar 2018 13:00:00 +0000',
      headers: [list, 'In-Reply-To: <patch@example.org>'],
      body: 'Reviewed-by: Ben Cedar <ben@example.net>\n',
    }),
  ];
}

const LONG_NAME = `drivers/${'a-folder-with-a-long-name/'.repeat(8)}file.c`;
const PATCH = `Since 0123456789abc files are counted twice. The log:

    [   12.345678] ${'a line that is wider than any telephone '.repeat(4)}

Fixes: 0123456789abc ("Count open files")
Reviewed-by: Ada Example <ada@example.org>
Cc: One <one@example.org>
Cc: Two <two@example.org>
Cc: Three <three@example.org>
Cc: Four <four@example.org>
Signed-off-by: Ada Example <ada@example.org>
---
 ${LONG_NAME} | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/${LONG_NAME} b/${LONG_NAME}
--- a/${LONG_NAME}
+++ b/${LONG_NAME}
@@ -1,3 +1,3 @@
 int one;
-int count = files(open, twice);
+int count = files(open, once);
 int three;
-- 
2.16.2
`;

async function served(context: TestContext): Promise<SiteServer> {
  const mbox = mboxOf(temporaryFolder(context), odd());
  const settings = `${SETTINGS}commits: { odd: "https://example.org/commit/%h" }\n`;
  const publication = await filledPublication(context, [SAMPLE_MBOX, mbox], settings);
  const archive = Archive.open(publication.archiveFile);
  const { desk } = await buildSite(archive, publication);
  archive.close();
  const server = await serveSite(publication, 0, true);
  server.setDesk(desk);
  context.after(() => server.close());
  return server;
}

test('every kind of page', { skip: noBrowser }, async context => {
  const { url } = await served(context);

  await context.test(
    'axe finds nothing, all unfolded, light and dark, on a phone and on a desk',
    async () => {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [390, 1280])
          await withBrowser(
            { colorScheme, viewport: { width, height: 900 } },
            async ({ context: browser }) => {
              const page = await browser.newPage();
              for (const [path] of PAGES) {
                await page.goto(url + path);
                await page.evaluate(() => {
                  for (const details of document.querySelectorAll('details')) details.open = true;
                });
                assert.deepEqual(await axeFindings(page), [], `${colorScheme} ${width} ${path}`);
              }
            },
          );
    },
  );

  await context.test('it reads without JavaScript', async () => {
    await withBrowser({ javaScriptEnabled: false }, async ({ context: browser, errors, remote }) => {
      const page = await browser.newPage();
      for (const [path, words] of PAGES) {
        await page.goto(url + path);
        assert.match(await page.innerText('main'), words, path);
      }
      assert.deepEqual({ errors, remote }, { errors: [], remote: [] });
    });
  });

  await context.test('it is no wider than a screen of 320 pixels', async () => {
    await withBrowser({ viewport: { width: 320, height: 800 } }, async ({ context: browser }) => {
      const page = await browser.newPage();
      for (const [path] of PAGES) {
        await page.goto(url + path);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 320, `${path} is ${width} pixels wide`);
      }
    });
  });
});
