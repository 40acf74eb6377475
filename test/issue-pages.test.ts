import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { parseHTML } from 'linkedom';
import type { Publication } from '../publication/folder.ts';
import { serveSite } from '../site/server.ts';
import { axeFindings } from './support/axe.ts';
import { noBrowser, withBrowser } from './support/browser.ts';
import { writeFiles } from './support/folder.ts';
import { checkLinks, markupErrors, pages, words as wordsOf } from './support/pages.ts';
import { build, filledPublication, ROOT, SAMPLE_MBOX, SETTINGS } from './support/publication.ts';

/** An issue of mail that nobody holds any more, with all of Markdown in it. */
const OLD = {
  'issues/3/issue.md': `---
date: 2018-04-04
editor: Ada Example
sections: [of-old, all-of-markdown]
---
`,
  'issues/3/of-old.md': `---
title: A Thread Of Old
subject: the first lock
archive: https://lists.example.net/0042.html
posts: 12
first: 1999-01-20
last: 1999-01-22
mentions: [Dora Named]
---

Ben Sample said ["it never \\[locked\\] anything"](said:Ben%20Sample), and Cy Quoted had
more to say:

> No lock, no cry.
>
> * one
> * two
>
> — Cy Quoted
`,
  'issues/3/all-of-markdown.md': `---
title: All Of <Markdown>
---

## Above

A list:

1. *first*
2. second, with \`code <b>\`
   - within

### Below

| a | b |
|---|---|
| 1 | ~~2~~ |

\`\`\`c
if (a < b) return;
\`\`\`

<script>alert(1)</script>

A <b>bold</b> ![picture](https://example.org/p.png).

<!-- nobody reads this -->

[The web](https://example.org/?a=1&b=2), [another issue](../1/#s2), [a section](#of-old) and
[a message](mid:20180315071027.gaaio8r8twmtdj34@lind.example.org).
`,
};

async function published(context: TestContext): Promise<Publication> {
  const publication = await filledPublication(context, [SAMPLE_MBOX], `${SETTINGS.trim()}\n`);
  fs.cpSync(path.join(ROOT, 'sample', 'issues'), path.join(publication.folder, 'issues'), {
    recursive: true,
  });
  writeFiles(publication.folder, OLD);
  await build(publication);
  return publication;
}

function documentOf({ siteFolder }: Publication, page: string) {
  return parseHTML(fs.readFileSync(path.join(siteFolder, page, 'index.html'), 'utf8')).document;
}

test('the pages of issues', async context => {
  const publication = await published(context);
  const first = documentOf(publication, 'issues/1');
  const section = first.querySelector('#ten-new-names')!;

  await context.test('an issue tells its number, day, editor and sections', () => {
    assert.equal(wordsOf(first.querySelector('h1')), 'Test Traffic, No. 1');
    assert.equal(
      wordsOf(first.querySelector('.dateline')),
      'No. 1, 14 March 2018 For the week of 5 to 11 March 2018 Edited by Ines Halloran-Pike',
    );
    assert.deepEqual([...first.querySelectorAll('.contents li')].slice(0, 2).map(wordsOf), [
      '1Seventeen Calls And Ten New Names5–7 March22 posts',
      '2Ten Percent That Were Not There7–9 March4 posts',
    ]);
    assert.equal(first.querySelectorAll('article.section').length, 5);
    assert.equal(wordsOf(section.querySelector('h2')), '1Seventeen Calls And Ten New Names');
    assert.ok(section.querySelector('h2 #s1'), 'the number is an anchor as well');
  });

  await context.test('a section tells the facts of its thread on the day of the issue', () => {
    const facts = [...section.querySelectorAll('.facts > *')].map(wordsOf);
    assert.deepEqual(facts.slice(0, 6), [
      'Dates',
      '5 to 7 March 2018',
      'Posts',
      '22',
      'Archive',
      '“[PATCH 0/5] Remove calls of system calls from inside the kernel”',
    ]);
    assert.equal(
      facts.at(-1),
      'Oda Vinterhal, Rhea Castellane, Tobin Aldersey, Ilse Tremarchand, Joss Wickenby, Wendeline Abara-Foss, Mattis Okoro-Lind',
      'in order of first quotation',
    );
    // Somebody wrote to it a week after the issue.
    assert.match(wordsOf(first.querySelector('#half-an-archive .facts')), /^Date6 March 2018Posts1A/);
  });

  await context.test('every quotation leads to its message, with a note beside it', () => {
    const quotations = [...section.querySelectorAll('q')];
    const notes = [...section.querySelectorAll('.note')];
    assert.equal(wordsOf(notes[0]), 'Oda Vinterhal 5 March, 09:16 #1 Close');
    assert.equal(quotations.length, notes.length + 1, 'two in a row from one message share a note');
    for (const quotation of quotations)
      assert.match(
        quotation.querySelector('a.said')?.getAttribute('href') ?? '',
        /^\/linux-example\/.*\/T\/#m[0-9a-f]{40}$/,
      );
    const [figure] = section.querySelectorAll('figure.quote');
    assert.match(wordsOf(figure), /^Rhea Castellane 5 March, 12:4\d #17 A global function with one user/);
    assert.equal(section.querySelector('.unverified'), null);
  });

  await context.test('a message tells where it is quoted, and the words are tinted', () => {
    const message = documentOf(
      publication,
      'linux-example/alpine.DEB.2.21.18030509420.20407@castellane.example.com',
    );
    const [where] = message.querySelectorAll('a.note.where');
    assert.equal(wordsOf(where), 'Quoted in issue 1, section 1');
    assert.equal(where?.getAttribute('href'), '/issues/1/#ten-new-names');
    assert.deepEqual([...message.querySelectorAll('.cited')].map(wordsOf), [
      'A global function with one user is not an interface, it is a static function with ambitions.',
      'in the driver of a webcam',
    ]);
    const thread = documentOf(publication, 'linux-example/20180305091502.7431-1-oda@example.org/T');
    assert.ok(thread.querySelectorAll('.cited').length >= 10);
    for (const document of [message, thread]) {
      const told = [...document.querySelectorAll('.head .meta a')].find(link => /issue/.test(wordsOf(link)));
      assert.equal(wordsOf(told), 'issue 1, section 1');
      assert.equal(told?.getAttribute('href'), '/issues/1/#ten-new-names');
    }
    // Two passages of one paragraph, quoted in one section.
    const [first] = thread.querySelectorAll('article.msg');
    assert.equal(first!.querySelectorAll('p:first-child .cited').length, 2);
    assert.equal(first!.querySelectorAll('p:first-child .note').length, 1);
  });

  await context.test('a message that is cited without its words says so', () => {
    const cited = documentOf(publication, 'linux-example/951d5281-f0ad-42e0-8ef1-e5216543da60@example.net');
    const [where] = cited.querySelectorAll('a.note.where');
    assert.equal(wordsOf(where), 'Cited in issue 1, section 1');
    assert.equal(cited.querySelector('.cited'), null);
  });

  await context.test('a correction stands above its section, and in the next introduction', () => {
    const words = 'The text says “six of each kernel”. There were twelve boots of each kernel.';
    const [box] = first.querySelectorAll('#ten-percent .correction');
    assert.ok(wordsOf(box).replace(/[“”]/g, '').includes(words.replace(/[“”]/g, '')), wordsOf(box));
    assert.match(wordsOf(box), /^Correction, 16 March\..*Thanks to Priyamvada Solheim\./);
    const introduction = documentOf(publication, 'issues/2').querySelector('[aria-labelledby="Intro"]');
    assert.match(wordsOf(introduction), /Correction to issue 1, section 2, which says/);
  });

  await context.test('mail that is not held is quoted as nobody checked it', () => {
    const old = documentOf(publication, 'issues/3').querySelector('#of-old')!;
    assert.match(wordsOf(old.querySelector('.hint')), /nobody has checked them/);
    assert.equal(wordsOf(old.querySelector('q.unverified')), 'it never [locked] anything');
    assert.equal(wordsOf(old.querySelector('figure.unverified figcaption')), 'Cy Quoted');
    assert.equal(old.querySelectorAll('figure.unverified li').length, 2);
    assert.equal(old.querySelector('.note, .said'), null);
    assert.equal(
      [...old.querySelectorAll('.facts > *')].map(wordsOf).join(' '),
      'Dates 20 to 22 January 1999 Posts 12 Archive “the first lock” People Ben Sample, Cy Quoted, Dora Named',
    );
    assert.equal(old.querySelector('a.subject')?.getAttribute('href'), 'https://lists.example.net/0042.html');
  });

  await context.test('Markdown in full, tags as text', () => {
    const markup = documentOf(publication, 'issues/3').querySelector('#all-of-markdown .prose')!;
    assert.deepEqual([...markup.querySelectorAll('h3, h4')].map(wordsOf), ['Above', 'Below']);
    assert.deepEqual([...markup.querySelectorAll('ol > li')].map(wordsOf), [
      'first',
      'second, with code <b> within',
    ]);
    assert.equal(wordsOf(markup.querySelector('table td:last-child del')), '2');
    assert.equal(markup.querySelector('pre code')?.textContent, 'if (a < b) return;');
    assert.equal(markup.querySelector('script, b, img'), null);
    assert.match(wordsOf(markup), /<script>alert\(1\)<\/script> A <b>bold<\/b> picture\./);
    assert.doesNotMatch(wordsOf(markup), /nobody reads this/);
    const links = [...markup.querySelectorAll('p:last-child a')].map(
      link => `${link.getAttribute('rel') ?? ''} ${link.getAttribute('href')}`,
    );
    assert.deepEqual(links.slice(0, 3), [
      'external https://example.org/?a=1&b=2',
      ' /issues/1/#s2',
      ' /issues/3/#of-old',
    ]);
    assert.match(links[3]!, /#m[0-9a-f]{40}$/);
  });

  await context.test('issues lead to the ones around them, and are listed', () => {
    const second = documentOf(publication, 'issues/2');
    assert.equal(second.querySelector('link[rel=prev]')?.getAttribute('href'), '/issues/1/');
    assert.equal(second.querySelector('link[rel=next]')?.getAttribute('href'), '/issues/3/');
    assert.deepEqual([...documentOf(publication, 'issues').querySelectorAll('.contents li')].map(wordsOf), [
      'No. 3A Thread Of Old; All Of <Markdown>4 April 2018',
      'No. 2The twelfth board28 March 2018',
      'No. 1Doors for user space14 March 2018',
    ]);
  });

  await context.test('the front page is made from the latest issue', () => {
    const front = documentOf(publication, '');
    assert.equal(wordsOf(front.querySelector('.dateline')), 'No. 3 4 April 2018 Edited by Ada Example');
    assert.equal(wordsOf(front.querySelector('.story.first h3')), 'A Thread Of Old');
    assert.match(
      wordsOf(front.querySelector('.updates')),
      /Half An Archive: a new post by René Fauquembergue\./,
    );
    assert.match(wordsOf(front.querySelector('.updates')), /told in No\. 1 21 March$/);
    assert.equal(front.querySelectorAll('.past li').length, 2);
  });

  await context.test('links lead somewhere, and the markup is sound', async () => {
    const { siteFolder } = publication;
    assert.deepEqual(checkLinks(siteFolder, '/').broken, []);
    const own = pages(siteFolder).filter(({ file }) => /^(?:index|issues\/.*)\.html$/.test(file));
    assert.equal(own.length, 5);
    assert.deepEqual(await markupErrors(own), []);
  });

  await context.test(
    'axe finds nothing, and nothing is wider than a phone',
    { skip: noBrowser },
    async () => {
      const server = await serveSite(publication, 0, true);
      context.after(() => server.close());
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [320, 820, 1280])
          await withBrowser(
            { colorScheme, viewport: { width, height: 900 } },
            async ({ context: browser, errors }) => {
              const page = await browser.newPage();
              for (const at of ['', 'issues/', 'issues/1/', 'issues/3/']) {
                await page.goto(server.url + at);
                assert.deepEqual(await axeFindings(page), [], `${colorScheme} ${width} ${at}`);
                const wide = await page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(wide <= width, `${at} is ${wide} wide on ${width}`);
              }
              assert.deepEqual(errors, []);
            },
          );
    },
  );
});
