import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { type Brief, knownNumbers } from '../briefs/brief.ts';
import { idOfMidUrl } from '../briefs/citations.ts';
import { numberLinks, plainText } from '../briefs/plain-text.ts';
import { summarize } from '../briefs/summarize.ts';
import { holdThreads, verifyProse } from '../briefs/verify.ts';
import { listThreads } from './support/brief-threads.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { temporaryFolder } from './support/folder.ts';
import { mboxOf } from './support/mbox-file.ts';
import { mailsInMbox } from './support/thread-facts.ts';

const CASES = path.join(import.meta.dirname, 'fixtures/briefs');

/** A brief as text: its facts, a line each, and its prose. */
function drawn({ brief, prose }: { readonly brief: Brief; readonly prose: string }): string {
  const { kind, status, positions, questions, objections, numbers } = brief;
  const answered = ({ quotation, answer }: Brief['questions'][number]) =>
    `${quotation.text} ${answer ? `-> ${answer.speaker}` : '(open)'}`;
  return [
    `${kind}, ${status.value}`,
    ...status.evidence.map(({ text }) => `  shown by: ${text}`),
    ...positions.map(({ who, messages, stances }) => `${who}, ${messages}: ${stances.join(', ')}`),
    ...questions.map(one => `asked: ${answered(one)}`),
    ...objections.map(one => `objected: ${answered(one)}`),
    ...numbers.map(({ text }) => `measured: ${text}`),
    '',
    ...plainText(prose, 100, numberLinks(idOfMidUrl)),
    '',
  ].join('\n');
}

async function told(place: string): Promise<string> {
  const threads = await listThreads(place);
  return threads.map(thread => drawn(summarize(thread))).join('\n');
}

for (const name of fs.readdirSync(CASES)) {
  const expected = fs.readFileSync(path.join(CASES, name, 'expected.txt'), 'utf8');
  test(`brief, ${name}: ${/^# (.*)/.exec(expected)?.[1]}`, async context => {
    const file = path.join(CASES, name, 'mail.mbox');
    const wanted = expected.slice(expected.indexOf('\n') + 1);
    assert.equal(await told(file), wanted);
    const reversed = mboxOf(temporaryFolder(context), (await mailsInMbox(file)).toReversed());
    assert.equal(await told(reversed), wanted);
  });
}

/** Lists whose briefs are checked against the mail; the large ones in full runs alone. */
const LISTS = process.env.TEST_FULL
  ? ['notmuch-lkml/notmuch-lkml.mbox', 'linux-um.mbox.gz', 'linux-arch-2020-q1.mbox.gz', 'jwz-aerc', 'nasty']
  : ['notmuch-lkml/notmuch-lkml.mbox', 'jwz-aerc'];

for (const list of LISTS)
  test(`every brief of ${list} passes the check of quotations and narration`, {
    skip: NO_CORPORA,
  }, async () => {
    const threads = await listThreads(path.join(corporaFolder()!, list));
    assert.ok(threads.length > 10);
    for (const thread of threads) {
      const { prose, brief } = summarize(thread);
      const known = knownNumbers(brief);
      const { findings } = verifyProse(prose, holdThreads([thread]), { about: thread.root, known });
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error'),
        [],
        thread.root,
      );
    }
  });
