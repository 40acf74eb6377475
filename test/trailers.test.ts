import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseHTML } from 'linkedom';
import { parseBody } from '../mail/body.ts';
import { parseSettings } from '../publication/traffic-yaml.ts';
import { mailBody } from '../templates/mail-body.ts';
import { linked, type MailLinks, NO_LINKS } from '../templates/mail-links.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { checkLinks, markupErrors, pages } from './support/pages.ts';
import { build, filledPublication, SETTINGS, temporaryFolder } from './support/publication.ts';

const LINKS: MailLinks = {
  ...NO_LINKS,
  commit: id => `https://git.example.org/${id}`,
  person: address => (address === 'ada@example.org' ? '/search/?q=ada' : undefined),
};

test('ids of commits in prose lead to them, and what only looks like one stays text', () => {
  const ids = [
    ['since commit 0123456789ab, all', '0123456789ab'],
    ['(1234567890abcdef1234567890abcdef12345678)', '1234567890abcdef1234567890abcdef12345678'],
    ['a1b2c3d4e5f6..0f1e2d3c4b5a', 'a1b2c3d4e5f6', '0f1e2d3c4b5a'],
    ['as of 0123456789ab.', '0123456789ab'],
  ];
  for (const [text, ...wanted] of ids) {
    const found = [...String(linked(text!, LINKS)).matchAll(/<a href="https:\/\/git\.example\.org\/(\w+)"/g)];
    assert.deepEqual(
      found.map(match => match[1]),
      wanted,
      text,
    );
  }
  const others = [
    '0123456789a',
    'deadbeefcafe',
    '201803051234',
    'ffffffff81a0b2c3',
    '0x123456789abc',
    '00007f1234567890',
    'd41d8cd98f00b204e9800998ecf8427e',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '123e4567-e89b-12d3-a456-42661417400a',
    '<20180305.0123456789ab@example.org>',
    'lib/0123456789ab/file.c',
    'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001',
    '0123456789ab.patch',
    'https://example.org/0123456789ab',
  ];
  for (const text of others) assert.doesNotMatch(String(linked(text, LINKS)), /git\.example\.org/, text);
  assert.equal(String(linked('see 0123456789ab')), 'see 0123456789ab', 'a list without a place for commits');
});

test('in diffs, code and quotations ids of commits stay text', () => {
  const text = `Look:

> commit 0123456789ab is it

    git show 0123456789ab

--- a/one.c
+++ b/one.c
@@ -1 +1 @@
-0123456789ab
+a123456789ab
`;
  assert.doesNotMatch(String(mailBody(parseBody(text), LINKS)), /<a /);
});

const bodyOf = (text: string) => {
  const { document } = parseHTML(`<body>${mailBody(parseBody(text), LINKS)}</body>`);
  return document.querySelector('.trailers') as unknown as Element;
};

test('trailers of one name stand together, and more than two that get a copy fold', () => {
  const list = bodyOf(`Reviewed-by: Ada Example <ada@example.org>
Reviewed-by: Ben Cedar <ben@example.net>
Cc: One <one@example.org>
Signed-off-by: Ada Example <ada@example.org>
Cc: Two <two@example.org>
Cc: stable@example.org # 4.14
`);
  assert.deepEqual(
    [...list.children].map(
      ({ localName, textContent }) => `${localName} ${textContent!.replace(/\s+/g, ' ')}`,
    ),
    [
      'dt Reviewed-by',
      'dd Ada Example <ada@example.org>',
      'dd Ben Cedar <ben@example.net>',
      'dt Signed-off-by',
      'dd Ada Example <ada@example.org>',
      'dt Cc',
      'dd 3 addresses One <one@example.org>Two <two@example.org>stable@example.org # 4.14',
    ],
  );
  const links = [...list.querySelectorAll('a')].map(a => [a.textContent, a.getAttribute('href')]);
  assert.deepEqual(links, [
    ['Ada Example', '/search/?q=ada'],
    ['Ada Example', '/search/?q=ada'],
  ]);
});

test('Fixes leads to the commit with its title, short ids too; other words behind them stay', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['0123456 ("Count (once)") # 4.14', '0123456 ("Count (once)")', '0123456'],
    ['0123456789ab', '0123456789ab', '0123456789ab'],
  ];
  for (const [value, text, id] of table) {
    const list = bodyOf(`Fixes: ${value}\n`);
    const link = list.querySelector('a')!;
    assert.deepEqual([link.textContent, link.getAttribute('href')], [text, `https://git.example.org/${id}`]);
    assert.equal(list.querySelector('dd')!.textContent, value);
  }
  assert.equal(
    bodyOf('Fixes: https://example.org/bug/1\n').querySelector('a')!.textContent,
    'https://example.org/bug/1',
  );
});

test('a trailer as long as a mail costs no more than its length', () => {
  for (const piece of ['a ', '<', '0123456 ("', ' \t', 'a@'])
    assert.ok(bodyOf(`Fixes: x${piece.repeat(100_000)}\n`), piece);
});

test('a patch tells what answers give it, and leads from what it names to the messages here', async context => {
  const list = 'List-Id: <odd.example.org>';
  const answer = (id: string, from: string, body: string, subject = 'Re: [PATCH] Count once') =>
    mail({ id, from, subject, headers: [list, 'In-Reply-To: <patch@x>'], body });
  const mails = [
    mail({
      id: 'patch@x',
      subject: '[PATCH] Count once',
      headers: [list],
      body: 'Since 0123456789ab it is twice.\n\nLink: https://lore.kernel.org/r/other@x\nLink: https://lore.kernel.org/r/own@x\nSigned-off-by: Ben <ben@example.net>\n',
    }),
    answer(
      'own@x',
      'Ben <ben@example.net>',
      'acked-by: Ben <ben@example.net>\n\nReviewed-By: Ben <ben@example.net>\n',
    ),
    answer('self@x', 'Ada Example <ada@example.org>', 'Tested-by: Ada Example <ada@example.org>\n'),
    answer(
      'new@x',
      'Cy <cy@example.com>',
      'Reviewed-by: Cy <cy@example.com>\n\n--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-a\n+b\n',
    ),
    mail({ id: 'other@x', subject: 'Another thread', headers: [list] }),
  ];
  const publication = await filledPublication(
    context,
    [mboxOf(temporaryFolder(context), mails)],
    `${SETTINGS}commits: { odd: "https://git.example.org/%h" }\n`,
  );
  await build(publication);
  const read = (file: string) =>
    parseHTML(fs.readFileSync(path.join(publication.siteFolder, file), 'utf8')).document.querySelector(
      'article.msg',
    ) as unknown as Element;
  const [inThread, alone] = [read('odd/patch@x/T/index.html'), read('odd/patch@x/index.html')];
  const given = [...inThread.querySelectorAll('.given > *')].map(({ textContent }) =>
    textContent!.replace(/\d+$/, '').trim(),
  );
  assert.deepEqual(given.slice(-2), ['Reviewed-By', 'Ben <ben@example.net> #']);
  assert.doesNotMatch(given.join(), /Ada|Cy/);
  const hrefs = (article: Element, selector: string) =>
    [...article.querySelectorAll(selector)].map(link => link.getAttribute('href'));
  assert.match(hrefs(inThread, '.given a:last-child')[0]!, /^#m[0-9a-f]{40}$/);
  assert.equal(hrefs(alone, '.given a:last-child')[0], '/odd/own@x/');
  const [other, own] = hrefs(inThread, '.mail .trailers a:not(.person)');
  assert.match(other!, /^\/odd\/other@x\/T\/#m[0-9a-f]{40}$/);
  assert.match(own!, /^#m[0-9a-f]{40}$/);
  assert.deepEqual(hrefs(alone, '.mail .trailers a:not(.person)'), ['/odd/other@x/', '/odd/own@x/']);
  assert.deepEqual(hrefs(inThread, '.mail .trailers .person'), ['/search/?q=%2Bfrom%3ABen']);
  assert.deepEqual(hrefs(inThread, '.mail > p a'), ['https://git.example.org/0123456789ab']);
  assert.deepEqual(checkLinks(publication.siteFolder, '/').broken, []);
  assert.deepEqual(await markupErrors(pages(publication.siteFolder)), []);
});

test('where commits lead is an address with %h in it, by the name of a list', () => {
  const { commits } = parseSettings('commits: { odd: https://git.example.org/c/?id=%h }\n', 'traffic.yaml');
  assert.deepEqual(commits, { odd: 'https://git.example.org/c/?id=%h' });
  for (const value of ['https://git.example.org/', 'javascript:%h', 'https://%h/', 'https://x.org/%h/%h'])
    assert.throws(() => parseSettings(`commits: { odd: "${value}" }\n`, 'traffic.yaml'), {
      message:
        'traffic.yaml:1: commits.odd must be a web address with %h in it once, where the id of the commit goes.',
    });
});
