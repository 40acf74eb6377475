import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { holdThreads, verifyProse } from '../briefs/verify.ts';
import { Archive } from '../ingest/archive/archive.ts';
import type { MessageId } from '../mail/message-id.ts';
import { buildSite } from '../site/build.ts';
import { withQuoteButton } from '../site/desk/quote-button.ts';
import { quotationFor } from '../site/quoting/quotation.ts';
import { type SiteServer, serveSite } from '../site/server.ts';
import { axeFindings } from './support/axe.ts';
import { listThreads } from './support/brief-threads.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { filledPublication, readTree, temporaryFolder } from './support/publication.ts';

const LONG = Array.from({ length: 12 }, (_, at) => `The table number ${at} has a lock\nof its own now.`).join(
  '\n',
);
const MAILS = [
  mail({
    id: "a'(b)@example.org",
    from: '"Ada (</script>) Birch" <ada@example.org>',
    headers: ['List-Id: <locks.example.org>'],
    body: `The *big* lock of sys_close() is taken for each lookup, and that\ncosts a third of the time on a machine with many cores in it.\n\nA second paragraph, short.\n\n${LONG}\n`,
  }),
  mail({
    id: 'c@example.org',
    from: 'Ben Cedar <ben@example.net>',
    date: 'Mon, 5 Mar 2018 12:00:00 +0000',
    headers: ['List-Id: <locks.example.org>', "In-Reply-To: <a'(b)@example.org>"],
    body: '> A second paragraph, short.\n\nNot short enough for me.\n',
  }),
];
const FIRST = "a'(b)@example.org" as MessageId;

interface Served extends SiteServer {
  readonly siteFolder: string;
  readonly thread: string;
  readonly mbox: string;
}

async function served(context: TestContext): Promise<Served> {
  const mbox = mboxOf(temporaryFolder(context), MAILS);
  const publication = await filledPublication(context, [mbox]);
  const archive = Archive.open(publication.archiveFile);
  const { desk } = await buildSite(archive, publication).finally(() => archive.close());
  const server = await serveSite(publication, 0, true);
  context.after(() => server.close());
  server.setDesk(desk);
  const { siteFolder } = publication;
  return { ...server, siteFolder, mbox, thread: `${server.url}locks/${encodeURIComponent(FIRST)}/T/` };
}

/** Selects from the first words to the last, each within one element of the page. */
async function select(page: Page, from: string, to = from): Promise<void> {
  await page.evaluate(
    words => {
      // No function has a name here: it would come with a helper that the page does not have.
      const [start, end] = words.map(one => {
        const walker = document.createTreeWalker(
          document.querySelector('.talk > section')!,
          NodeFilter.SHOW_TEXT,
        );
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = (node as Text).data.indexOf(one);
          if (at !== -1) return { node, at };
        }
        throw new Error(`${one} is nowhere`);
      });
      getSelection()!.setBaseAndExtent(start!.node, start!.at, end!.node, end!.at + words[1]!.length);
    },
    [from, to],
  );
}

test('selected words are copied as a quotation that the check finds true, by button and by key', {
  skip: noBrowser,
}, async context => {
  const { thread, mbox } = await served(context);
  const threads = await listThreads(mbox);
  await withBrowser(
    { viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] },
    async ({ context: browser, errors }) => {
      const page = await browser.newPage();
      await page.goto(thread);
      const said = (words: string) => page.locator('.quoting [role=status]', { hasText: words }).waitFor();
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      const quote = page.getByRole('button', { name: 'Quote', exact: true });

      await quote.click();
      await said('Select the words to quote first.');

      await select(page, 'The *big* lock of sys_close() is taken');
      await quote.click();
      await said('Copied: a quotation of Ada');
      assert.equal(
        await copied(),
        '["The \\*big\\* lock of sys_close() is taken"](mid:a%27%28b%29@example.org)',
      );

      await select(page, 'The *big* lock', 'many cores in it.');
      await page.keyboard.press('q');
      const inline = await page.waitForFunction(async () => {
        const text = await navigator.clipboard.readText();
        return text.includes('many cores') && text;
      });
      const short = (await inline.jsonValue()) as string;
      assert.match(short, /^\["The .* and that costs a third .* in it"\]\(mid:/);

      await select(page, 'A second paragraph, short.', 'The table number 11 has a lock');
      await page.keyboard.press('q');
      const block = await page.waitForFunction(async () => {
        const text = await navigator.clipboard.readText();
        return text.startsWith('> ') && text;
      });
      const long = (await block.jsonValue()) as string;
      assert.match(long, /^> A second paragraph, short\.\n>\n> The table number 0 /);
      assert.match(long, /\n>\n> — \[Ada \(\\<\/script\\>\) Birch\]\(mid:a%27%28b%29@example\.org\)\n$/);

      const { findings } = verifyProse(`Ada wrote, ${short}.\n\n${long}`, holdThreads(threads), {
        known: ['Ada'],
      });
      assert.deepEqual(findings, []);

      for (const [from, to, refusal] of [
        ['costs a third', 'Not short enough', 'Select words of one message alone.'],
        ['Not short', 'Not short', 'Copied: a quotation of Ben Cedar.'],
        ['permalink', 'permalink', 'Select words of a message’s text.'],
      ] as const) {
        await select(page, from, to);
        await quote.click();
        await said(refusal);
      }
      // Ben quotes Ada: the words are hers, in her own message.
      await page.evaluate(() => {
        const quoted = document.querySelector('.quoted p')!;
        getSelection()!.selectAllChildren(quoted);
      });
      await quote.click();
      await said('These words are quoted from another message; quote them there.');
      assert.deepEqual(await axeFindings(page), []);
      assert.deepEqual(errors, []);
    },
  );
});

test('the button is no part of the site: its files stay as they are, and pages without messages too', async context => {
  const { url, thread, siteFolder } = await served(context);
  const before = readTree(siteFolder);
  const page = await (await fetch(thread)).text();
  assert.match(page, /<script type="module" src="\/desk\/quote\.js">/);
  assert.ok(!page.includes('Ada (</script>'), 'names of strangers are data and no markup');
  const script = await fetch(`${url}desk/quote.js`);
  assert.match(script.headers.get('content-type')!, /^text\/javascript/);
  const [file, built] = [...before].find(([name]) => name.endsWith(`T${path.sep}index.html`))!;
  assert.ok(!String(built).includes('quote.js'), file);
  assert.equal(await (await fetch(url)).text(), String(before.get('index.html')));
  assert.deepEqual(readTree(siteFolder), before);
  assert.ok(!fs.existsSync(path.join(siteFolder, 'desk')));
  for (const place of ['..%2f..%2ftraffic.yaml%2fT/', '%00/T/', '%/T/', 'nowhere/T/'])
    assert.notEqual((await fetch(url + place)).status, 200, place);
});

test('few words stand in a sentence, many or several paragraphs alone', () => {
  const by = { id: 'a@example.org' as MessageId, name: 'Ada Birch' };
  const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
  assert.equal(quotationFor(' it  is\nso. ', by), '["it is so"](mid:a@example.org)');
  assert.match(quotationFor(words(45), by), /^\["word/);
  assert.match(quotationFor(words(46), by), /^> word .*\n>\n> — \[Ada Birch\]\(mid:a@example\.org\)\n$/);
  assert.match(quotationFor('One.\n\nTwo.', by), /^> One\.\n>\n> Two\.\n>\n> — /);
  const page = '<html><head></head><body>no message</body></html>';
  assert.equal(
    withQuoteButton(page, '/desk/quote.js', { page: async () => undefined, messageOf: () => undefined }),
    page,
  );
});
