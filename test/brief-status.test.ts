import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { summarize } from '../briefs/summarize.ts';
import type { BriefThread, LaterVersion } from '../briefs/thread.ts';
import { holdThreads, verifyProse } from '../briefs/verify.ts';
import type { MessageId } from '../mail/message-id.ts';
import { listThreads } from './support/brief-threads.ts';
import { temporaryFolder } from './support/folder.ts';
import { mail } from './support/mails.ts';
import { mboxOf } from './support/mbox-file.ts';

const ADA = 'Ada Fern <ada@example.org>';
const BEN = 'Ben Cedar <ben@example.net>';
const DIFF =
  '---\n close.c | 1 +\n\ndiff --git a/close.c b/close.c\n--- a/close.c\n+++ b/close.c\n@@ -1 +1 @@\n+x\n';

/** Who writes what about it; each message but the first answers the one that `to` numbers, or the first. */
interface Mail {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly to?: number;
}

async function threadOf(context: TestContext, mails: readonly Mail[]): Promise<BriefThread> {
  const raws = mails.map(({ from, subject, text, to = 0 }, at) =>
    mail({
      id: `${at}@example.org`,
      from,
      subject,
      date: `Mon, 5 Mar 2018 10:${String(at).padStart(2, '0')}:00 +0000`,
      headers: at > 0 ? [`In-Reply-To: <${to}@example.org>`] : [],
      body: text,
    }),
  );
  const [thread] = await listThreads(mboxOf(temporaryFolder(context), raws));
  return thread!;
}

async function briefOf(context: TestContext, mails: readonly Mail[]) {
  return summarize(await threadOf(context, mails)).brief;
}

/** How the story of a thread ends whose patches were posted again later, without the links; it must pass its check. */
async function endWith(context: TestContext, mails: readonly Mail[], later: Partial<LaterVersion>) {
  const thread = await threadOf(context, mails);
  const supersededBy: LaterVersion = {
    label: 'v2',
    title: 'close: count once',
    sameAuthor: true,
    message: 'later@example.org' as MessageId,
    received: Date.UTC(2018, 7, 26) / 1000,
    ...later,
  };
  const { prose } = summarize({ ...thread, supersededBy });
  const { findings } = verifyProse(prose, holdThreads([{ ...thread, supersededBy }]), { about: thread.root });
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'error'),
    [],
  );
  return prose
    .trimEnd()
    .split('\n')
    .at(-1)!
    .replace(/\[(?!")([^\]]+)\]\([^()]*\)/g, '$1');
}

const PATCH = { from: ADA, subject: '[PATCH] close: count once', text: `Count once.\n\n${DIFF}` };
const COMMENT = { from: BEN, subject: 'Re: [PATCH] close: count once', text: 'The counter is too small.\n' };

test('the author promises under another address', async context => {
  const from = 'Ada Fern <fern@example.com>';
  const promise = { from, subject: 'Re: [PATCH] close: count once', text: 'Will fix.\n', to: 1 };
  const { status } = await briefOf(context, [PATCH, COMMENT, promise]);
  assert.deepEqual([status.value, status.evidence[0]?.text], ['changes promised', 'Will fix.']);
});

test('what somebody else will fix is no promise of the author', async context => {
  const { status } = await briefOf(context, [PATCH, { ...COMMENT, text: 'I will fix the other driver.\n' }]);
  assert.equal(status.value, 'discussed');
});

test('the author alone, under two addresses, is nobody who replied', async context => {
  const remark = { ...COMMENT, from: 'Ada Fern <fern@example.com>' };
  assert.equal((await briefOf(context, [PATCH, remark])).status.value, 'no reply');
});

test('a maintainer applies under one address what he sent under another', async context => {
  const from = 'Ada Fern <fern@example.com>';
  const applied = { ...COMMENT, from, text: 'Applied to larch/next.\n' };
  assert.equal((await briefOf(context, [PATCH, applied])).status.value, 'applied');
});

test('the tags of a patch pasted into an answer were given elsewhere', async context => {
  const text = `Like this?\n\nclose: count all\n\nReviewed-by: ${ADA}\nSigned-off-by: ${BEN}\n${DIFF}`;
  assert.equal((await briefOf(context, [PATCH, { ...COMMENT, text }])).status.value, 'discussed');
});

test('a second version in answer to the first does not make it longer', async context => {
  const series = (version: string, to?: number) =>
    [0, 1, 2].map(place => ({
      from: ADA,
      subject: `[PATCH${version} ${place}/2] close: step ${place}`,
      text: place === 0 ? 'Count once.\n' : DIFF,
      ...(to !== undefined && { to: place === 0 ? 0 : to }),
    }));
  const { series: place } = await briefOf(context, [...series(''), ...series(' v2', 3)]);
  assert.equal(place?.patches, 2);
});

test('a NAK does not hide the later version', async context => {
  const nak = { ...COMMENT, text: 'NAK. The counter belongs to the ring, and not to its reader.\n' };
  assert.match(
    await endWith(context, [PATCH, nak], {}),
    / The NAK was not taken back here\. On 26 August, Ada posted version 2\.$/,
  );
});

test('what was applied and posted again is told as both', async context => {
  const applied = { ...COMMENT, text: 'Applied to larch/next.\n' };
  assert.match(
    await endWith(context, [PATCH, applied], {}),
    /Ben Cedar applied the patch: .* On 26 August, Ada posted version 2\.$/,
  );
});

test('a program that ends the story is not told to have sent a report as well', async context => {
  const bot = { from: 'patchwork-bot+larch@example.org', subject: COMMENT.subject };
  const hello = { ...bot, text: 'Hello:\n\nThe counter has a page of its own now.\n' };
  const merged = { ...bot, text: 'This patch was applied to larch/next.git (main).\n' };
  const { prose } = summarize(await threadOf(context, [PATCH, hello, merged]));
  assert.match(prose, /patchwork-bot\+larch reported: /);
  assert.doesNotMatch(prose, /sent a report/);
});

test('a later version is told by what is new: its number, its title, that it is no RFC any more', async context => {
  const rfc = { ...PATCH, subject: '[RFC PATCH] close: count once' };
  const title = 'close: let Grace Larch count "as often as needed"';
  const ends = [
    [PATCH, { label: 'v3' }, 'On 26 August, Ada posted version 3.'],
    [PATCH, { label: 'v3', title }, `On 26 August, Ada posted version 3 as ${title}.`],
    [PATCH, { label: 'v1', title }, `On 26 August, Ada posted it anew as ${title}.`],
    [PATCH, { label: 'v1, resent' }, 'On 26 August, Ada posted it anew.'],
    [rfc, { label: 'v1' }, 'On 26 August, Ada posted it as patches.'],
    [rfc, { label: 'v1', title }, `On 26 August, Ada posted it as patches, ${title}.`],
    [rfc, { label: 'RFC v2' }, 'On 26 August, Ada posted version 2 of the RFC.'],
    [PATCH, { label: 'v2', sameAuthor: false }, 'On 26 August, version 2 was posted.'],
  ] as const;
  for (const [patch, later, end] of ends) {
    const told = await endWith(context, [patch], later);
    assert.ok(told.endsWith(end), `${told} does not end with ${end}`);
  }
});

test('a clock that is slow does not make an answer the beginning', async context => {
  const thread = await threadOf(context, [PATCH, COMMENT]);
  const [first, answer] = thread.messages;
  const messages = [{ ...first!, received: answer!.received + 60 }, answer!];
  const { timeline } = summarize({ ...thread, messages }).brief;
  assert.deepEqual(
    timeline.map(({ event, message }) => [event, message]),
    [
      ['began', '0@example.org'],
      ['ended', '0@example.org'],
    ],
  );
});

test('an answer counts though the clock of the question is slow', async context => {
  const question = { from: ADA, subject: 'Which ring is it?', text: 'Which ring does the sampler use?\n' };
  const text = '> Which ring does the sampler use?\n\nIt uses the small one.\n';
  const thread = await threadOf(context, [question, { from: BEN, subject: 'Re: Which ring is it?', text }]);
  const [first, answer] = thread.messages;
  const messages = [{ ...first!, received: answer!.received + 60 }, answer!];
  assert.equal(summarize({ ...thread, messages }).brief.status.value, 'answered');
});

test('patches without a version belong to the version of their cover letter', async context => {
  const mails = ['[PATCH v4 0/2] close', '[PATCH 1/2] close: one', '[PATCH 2/2] close: two'].map(
    (subject, at) => ({ from: ADA, subject, text: at === 0 ? 'Count once.\n' : DIFF }),
  );
  const { series } = await briefOf(context, mails);
  assert.deepEqual([series?.version, series?.patches, series?.promised], ['v4', 2, 2]);
});

test('a place beyond the number of patches is none of the series', async context => {
  const mails = ['[PATCH 0/2] close', '[PATCH 1/2] close: one', '[PATCH 3/3] open: three'].map(
    (subject, at) => ({ from: ADA, subject, text: at === 0 ? 'Count once.\n' : DIFF }),
  );
  assert.equal((await briefOf(context, mails)).series?.patches, 1);
});

test('of a series whose patches were never received, to apply the last is to apply a part', async context => {
  const subject = 'Re: [PATCH 4/4] close: count once';
  const { status } = await briefOf(context, [
    { from: BEN, subject, text: 'This patch is queued in larch/next.\n' },
  ]);
  assert.equal(status.value, 'partly applied');
});

test('to ask back is no answer to a question', async context => {
  const question = 'Does the counter wrap around when it is full?';
  const text = `> ${question}\n\nDid you try it on a small machine?\n`;
  const { status } = await briefOf(context, [
    { from: ADA, subject: 'close: counter', text: `${question}\n` },
    { from: BEN, subject: 'Re: close: counter', text },
  ]);
  assert.equal(status.value, 'discussed');
});

test('a sentence that is the subject again is neither gist nor quoted', async context => {
  const thread = await threadOf(context, [
    {
      from: ADA,
      subject: 'The counter wraps around',
      text: 'The counter wraps around.\n\nIt did not do so last week.\n',
    },
  ]);
  const { brief, prose } = summarize(thread);
  assert.equal(brief.gist?.text, 'It did not do so last week.');
  assert.equal(prose.split('wraps around').length, 2);
});

test('a long series that nobody answered is told in words of its patches, 150 and more', async context => {
  const words = (at: number) =>
    `The counter number ${at} of the ring is read before it is written, so that whoever looks at it in between sees what was there before. `;
  const patches = Array.from({ length: 10 }, (_, at) => ({
    from: ADA,
    subject: `[PATCH ${at + 1}/10] close: counter ${at + 1}`,
    text: `${words(at)}\n\n${DIFF}`,
  }));
  const cover = {
    from: ADA,
    subject: '[PATCH 0/10] close: counters',
    text: 'Ten counters are read too early here.\n',
  };
  const { prose } = summarize(await threadOf(context, [cover, ...patches]));
  const count = prose.replace(/\]\([^()]*\)/g, ']').split(/\s+/).length;
  assert.ok(count >= 150 && count <= 400, `${count} words`);
});

test('of hundreds who reviewed, a brief lists some', async context => {
  const reviewers = Array.from({ length: 200 }, (_, at) => ({
    ...COMMENT,
    from: `Reviewer ${at} <reviewer${at}@example.org>`,
    text: `Reviewed-by: Reviewer ${at} <reviewer${at}@example.org>\n`,
  }));
  const { status, positions } = await briefOf(context, [PATCH, ...reviewers]);
  assert.deepEqual([status.value, status.evidence.length, positions.length], ['reviewed', 20, 201]);
});

test('two who share an address are not called by one name', async context => {
  const office = (name: string) => ({ ...COMMENT, from: `${name} <office@example.net>` });
  const thread = await threadOf(context, [PATCH, office('Cleo Birch'), office('Dag Elm')]);
  const speakers = summarize(thread).ranked.map(({ sentence }) => sentence.message);
  assert.equal(new Set(speakers).size, 3);
  const { questions } = summarize({
    ...thread,
    messages: thread.messages.map(message => ({
      ...message,
      blocks: [{ kind: 'text', lines: ['Does the counter wrap around at all?'] }],
    })),
  }).brief;
  assert.deepEqual(
    questions.map(({ quotation }) => quotation.speaker),
    ['Ada Fern', 'Cleo Birch', 'Dag Elm'],
  );
});

for (const name of ['A', '_!?_', '[Fern]', '🌲', 'https://evil.example', 'A (Larch)', '1.', '?', 'the [x] .'])
  test(`a brief passes its own check where somebody is called ${JSON.stringify(name)}`, async context => {
    const from = `${JSON.stringify(name)} <odd@example.com>`;
    const text = 'Does the counter wrap around when the ring is full?\n';
    const thread = await threadOf(context, [PATCH, { ...COMMENT, from, text }, { ...PATCH, from }]);
    const { prose } = summarize(thread);
    assert.match(prose, /counter wrap around/);
    const { findings } = verifyProse(prose, holdThreads([thread]), { about: thread.root });
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    );
  });
