import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { parseHTML } from 'linkedom';
import { writeFiles } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { pages } from './support/pages.ts';
import { build, filledPublication, temporaryFolder } from './support/publication.ts';

const TITLE = 'Count all open files';

/** A series of three patches with its cover letter; the cover letter of a version that it replaces before it. */
const SERIES = [
  patch('old', 'RFC PATCH v4 0/3', 5),
  ...[0, 1, 2, 3].map(index => patch(`${index}`, `RFC PATCH v5 ${index}/3`, 8)),
];

function patch(id: string, tag: string, day: number): Buffer {
  return mail({
    id: `${id}@example.org`,
    subject: `[${tag}] ${TITLE}`,
    date: `Mon, ${day} Mar 2018 09:00:00 +0000`,
    headers: id === '0' || id === 'old' ? [] : ['References: <0@example.org>'],
  });
}

/** What somebody else answers to the message `to`, of which the messages in `above` are the ancestors. */
function answer(
  id: string,
  to: string,
  body: string,
  more: { subject?: string; above?: string } = {},
): Buffer {
  return mail({
    id: `${id}@example.org`,
    subject: more.subject ?? `Re: [RFC PATCH v5 ${to}/3] ${TITLE}`,
    from: 'Ben Cedar <ben@example.net>',
    date: 'Mon, 12 Mar 2018 09:00:00 +0000',
    headers: [`References: ${more.above ?? '<0@example.org>'} <${to}@example.org>`],
    body,
  });
}

/** The page of the series with these answers, in words. */
async function told(context: TestContext, answers: readonly Buffer[]): Promise<string> {
  const folder = temporaryFolder(context);
  const mails = [...SERIES, ...answers].map((raw, index) => [`${index}.eml`, raw]);
  writeFiles(folder, Object.fromEntries(mails));
  const publication = await filledPublication(context, [folder]);
  await build(publication);
  const page = pages(publication.siteFolder).find(
    ({ file, markup }) => /^series\/./.test(file) && markup.includes('section'),
  )!;
  const { document } = parseHTML(page.markup);
  return document.querySelector('main')!.textContent!.replace(/\s+/g, ' ');
}

test('one patch of three that was applied ended the whole series', async context => {
  const page = await told(context, [answer('a', '2', 'Applied, thanks.\n')]);
  assert.match(page, /Partly applied, 1 of 3/);
  assert.match(page, /Applied, patch 2 of 3 Ben Cedar/);
});

test('patches that are applied one by one end the series with the last', async context => {
  const page = await told(
    context,
    ['1', '2', '3'].map(index => answer(`a${index}`, index, 'Applied.\n')),
  );
  assert.match(page, /How it ended Applied ?Ben Cedar/);
});

test('a NAK that is a trailer decides the end, and shows no address', async context => {
  const page = await told(context, [answer('a', '0', 'Nacked-by: Ben Cedar <ben@example.net>\n')]);
  assert.match(page, /How it ended Nacked by Ben Cedar.* Nacked-by: Ben Cedar /);
  assert.doesNotMatch(page, /ben@example\.net/);
});

test("what is said of another's patch in a thread was told of the series", async context => {
  const page = await told(context, [
    answer('fix', '2', 'Like this.\n', { subject: '[PATCH] close: no lock' }),
    answer('a', 'fix', 'Applied, thanks.\n', {
      subject: 'Re: [PATCH] close: no lock',
      above: '<2@example.org>',
    }),
  ]);
  assert.match(page, /no end known/);
});

test('the label of a version was put in lower case behind other words', async context => {
  const page = await told(context, []);
  assert.match(page, /superseded by RFC v5/);
});

/** A patch of the series in a new version, sent in answer to it. */
const ANEW = mail({
  id: 'anew@example.org',
  subject: '[RFC PATCH v5.1 2/3] Count no file twice',
  date: 'Fri, 9 Mar 2018 09:00:00 +0000',
  headers: ['References: <0@example.org> <2@example.org>'],
});
const TO_ANEW = {
  subject: 'Re: [RFC PATCH v5.1 2/3] Count no file twice',
  above: '<0@example.org> <2@example.org>',
};

test('one patch sent anew gave the series its name, and its silence', async context => {
  const page = await told(context, [ANEW, answer('a', '0', 'Series applied, thanks.\n')]);
  assert.match(page, /Count all open files Applied 3 versions/);
  assert.match(page, /How it ended Applied ?Ben Cedar, 12 March 2018, of RFC v5:/);
});

test('one patch sent anew that was applied ended the whole series', async context => {
  const page = await told(context, [ANEW, answer('a', 'anew', 'Applied, thanks.\n', TO_ANEW)]);
  assert.match(page, /How it ended Partly applied, 1 of 3/);
});

test('the others and the one that was sent anew, each applied, are all', async context => {
  const page = await told(context, [
    ANEW,
    answer('a', '1', 'Applied.\n'),
    answer('b', '3', 'Applied.\n'),
    answer('c', 'anew', 'Applied, thanks.\n', TO_ANEW),
  ]);
  assert.match(page, /How it ended Applied ?Ben Cedar, 12 March 2018, of RFC v5\.1:/);
});

test('a NAK to one patch that was sent anew is of that one', async context => {
  const page = await told(context, [ANEW, answer('a', 'anew', 'NAK.\n', TO_ANEW)]);
  assert.match(page, /How it ended Nacked by Ben Cedar, patch 2 of 3/);
});

test('a program was one of the people who wrote of a version', async context => {
  const robot = mail({
    id: 'robot@example.org',
    from: 'kernel test robot <lkp@example.org>',
    subject: `Re: [RFC PATCH v5 0/3] ${TITLE}`,
    headers: ['References: <0@example.org>'],
  });
  assert.match(await told(context, [robot]), /5 messages by 1 person/);
});
