import assert from 'node:assert/strict';
import test from 'node:test';
import type { Publication } from '../publication/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';
import { page, words } from './support/pages.ts';
import { build, filledPublication, importInto, readTree, temporaryFolder } from './support/publication.ts';

const list = 'List-Id: <list.example.org>';
const URL_OF_ONE = 'https://lore.kernel.org/all/one@example.org/';

/** A thread of a patch and an answer to it, and whoever links to the patch from elsewhere. */
const PATCH = [
  mail({ id: 'one@example.org', subject: '[PATCH] Count once', headers: [list], body: 'Words.\n' }),
  mail({
    id: 'answer@example.org',
    from: 'Cy Dorn <cy@example.com>',
    subject: 'Re: [PATCH] Count once',
    headers: [list, 'In-Reply-To: <one@example.org>'],
    body: `This is ${URL_OF_ONE} again.\n`,
  }),
];

function elsewhere(id: string, from: string, body: string, ...headers: readonly string[]): Buffer {
  const date = 'Tue, 6 Mar 2018 10:00:00 +0000';
  return mail({ id, from: `${from} <${id}>`, subject: from, date, headers: [list, ...headers], body });
}

const LINKS: Readonly<Record<string, readonly [mail: Buffer, cites: boolean]>> = {
  'in the text': [elsewhere('a@example.org', 'Ann Ash', `See ${URL_OF_ONE}.\n`), true],
  'in a trailer': [
    elsewhere('b@example.org', 'Ben Cedar', 'Link: https://lkml.kernel.org/r/one@example.org\n'),
    true,
  ],
  'as a mid: URL': [elsewhere('c@example.org', 'Cor Elm', 'As mid:one@example.org says.\n'), true],
  'broken for the transport': [
    elsewhere(
      'd@example.org',
      'Dee Fir',
      'See https://lore.kernel.org/all/one=\n@example.org/ for it.\n',
      'Content-Transfer-Encoding: quoted-printable',
    ),
    true,
  ],
  'in Base64': [
    elsewhere(
      'e@example.org',
      'Eve Gum',
      Buffer.from(`See ${URL_OF_ONE}\n`).toString('base64'),
      'Content-Transfer-Encoding: base64',
    ),
    true,
  ],
  'quoted alone': [elsewhere('f@example.org', 'Fay Haw', `> See ${URL_OF_ONE}\n\nI did.\n`), false],
  'in a patch': [
    elsewhere('g@example.org', 'Gus Ivy', `--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+// ${URL_OF_ONE}\n`),
    false,
  ],
  'somebody’s address': [elsewhere('h@example.org', 'Hal Jay', 'Ask <one@example.org>, please.\n'), false],
};

const citations = (publication: Publication, file: string) =>
  [...page(publication, file).querySelectorAll('.cited-by')].map(words);

test('a message tells who links to it, in their own words and from outside of its answers', async context => {
  const all = Object.values(LINKS);
  const publication = await filledPublication(context, [
    mboxOf(temporaryFolder(context), [...PATCH, ...all.map(([linking]) => linking)]),
  ]);
  await build(publication);
  const named = all
    .filter(([, cites]) => cites)
    .map(([linking]) => `${/^From: (.*) </m.exec(String(linking))![1]}, 6 March 2018`);
  for (const file of ['list/one@example.org', 'list/one@example.org/T'])
    assert.deepEqual(citations(publication, file), [`Cited by ${named.join('; ')}`]);
  const [first] = page(publication, 'list/one@example.org').querySelectorAll('.cited-by a');
  assert.equal(first!.getAttribute('href'), '/list/a@example.org/');
  const [there] = page(publication, 'list/one@example.org/T').querySelectorAll('.cited-by a');
  assert.match(there!.getAttribute('href')!, /^\/list\/a@example\.org\/T\/#m[0-9a-f]{40}$/);
});

test('a link that comes later is told, too, as if all had come at once', async context => {
  const [linking] = LINKS['in the text']!;
  const grown = await filledPublication(context, [mboxOf(temporaryFolder(context), PATCH)]);
  await build(grown);
  assert.deepEqual(citations(grown, 'list/one@example.org'), []);
  await importInto(grown, [mboxOf(temporaryFolder(context), [linking])]);
  await build(grown);
  const whole = await filledPublication(context, [mboxOf(temporaryFolder(context), [...PATCH, linking])]);
  await build(whole);
  assert.deepEqual(citations(grown, 'list/one@example.org'), ['Cited by Ann Ash, 6 March 2018']);
  assert.deepEqual(readTree(grown.siteFolder), readTree(whole.siteFolder));
});
