import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { readMbox } from '../ingest/files/mbox.ts';
import { parseBody } from '../mail/body.ts';
import type { Doubt, Doubtful } from '../mail/doubts/doubt.ts';
import { findDoubts } from '../mail/doubts.ts';
import { headerFacts } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';
import { parseContent } from '../mail/mime.ts';
import { buildThreads } from '../mail/thread.ts';
import { runs } from './support/property.ts';

const CASES = new URL('fixtures/doubts/', import.meta.url);

interface Mail extends Doubtful {
  readonly text: string;
}

async function mailsIn(file: URL): Promise<readonly Mail[]> {
  const mails: Mail[] = [];
  for await (const { raw } of readMbox(fs.createReadStream(file), { maxBytes: 1 << 20, dialect: 'mboxrd' }))
    if (raw) mails.push({ ...headerFacts(raw), text: (await parseContent(raw)).text });
  return mails;
}

function doubtsOf(
  mails: readonly Mail[],
  settled: readonly MessageId[] = [],
): Promise<readonly Doubt<Mail>[]> {
  return findDoubts(buildThreads(mails), async ({ text }) => parseBody(text), new Set(settled));
}

/** Doubts as lines: `split probable lost, 1 below, answers leak: 3 lines`. */
function drawn(doubts: readonly Doubt<Mail>[]): string {
  const short = (id: MessageId) => id.replace('@example.org', '');
  const lines = doubts.map(({ kind, certainty, message, other, quoted, followers }) => {
    const where = `${kind === 'split' ? 'answers' : 'under'} ${short(other.id)}`;
    return `${kind} ${certainty} ${short(message.id)}, ${followers} below, ${where}: ${quoted.length} lines\n`;
  });
  return lines.join('') || 'none\n';
}

for (const name of fs.readdirSync(CASES)) {
  const expected = fs.readFileSync(new URL(`${name}/expected.txt`, CASES), 'utf8');
  test(`${name}: ${/^# (.*)/.exec(expected)?.[1]}`, async () => {
    const mails = await mailsIn(new URL(`${name}/mail.mbox`, CASES));
    const doubts = await doubtsOf(mails);
    assert.equal(drawn(doubts), expected.slice(expected.indexOf('\n') + 1));
    assert.deepEqual(await doubtsOf(mails.toReversed()), doubts);
    assert.deepEqual(
      await doubtsOf(
        mails,
        doubts.map(({ message }) => message.id),
      ),
      [],
    );
  });
}

test('a doubt says in a sentence what was found, and in which threads', async () => {
  const mails = await mailsIn(new URL('30-pair/mail.mbox', CASES));
  const told = (await doubtsOf(mails)).map(({ reason, root, otherRoot }) => [reason, root, otherRoot]);
  assert.deepEqual(told, [
    [
      'It quotes 3 lines of “Ring driver leaks pages” by Ada Lund, but names no mail as its parent.',
      'lost@example.org',
      'leak@example.org',
    ],
    [
      'It answers “Re: Ring driver leaks pages” by Ben Okoro under another subject and has no words of that thread.',
      'lost@example.org',
      'lost@example.org',
    ],
  ]);
});

const id = (number: number) => `${number}@example.org` as MessageId;
const line = fc.oneof(
  fc.constantFrom(
    'The page cache of the ring driver leaks one page each time',
    '> The page cache of the ring driver leaks one page each time',
    '> > that a reader is killed while it waits for the next one',
    'that a reader is killed while it waits for the next one',
    'On Mon, 5 Mar 2018 at 10:00, Ada Lund <ada@example.org> wrote:',
    '> On 99/99/99, Ada Lund wrote:',
    '-----Original Message-----',
    '-- ',
    '',
  ),
  fc.string({ unit: 'binary' }),
);
const mails = fc
  .uniqueArray(
    fc.record({
      id: fc.nat(20).map(id),
      references: fc.array(fc.nat(25).map(id), { maxLength: 2 }),
      received: fc.oneof(fc.nat(5), fc.nat(2_000_000)),
      from: fc.constantFrom({ name: 'Ada Lund', address: 'ada@example.org' }, { name: '', address: '' }),
      subject: fc.oneof(
        fc.constantFrom(
          'Re: Ring driver leaks',
          'Ring driver leaks',
          'Re: [PATCH 1/2] Ring',
          'Re:',
          'Mailbox',
        ),
        fc.string({ unit: 'binary' }),
      ),
      text: fc.array(line, { maxLength: 8 }).map(lines => `${lines.join('\n')}\n`),
    }),
    { selector: mail => mail.id, maxLength: 12 },
  )
  .chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

test('no mail makes it throw, and the order of arrival makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(mails, async ([list, shuffled]) => {
      const doubts = await doubtsOf(list);
      assert.deepEqual(await doubtsOf(shuffled), doubts);
      for (const { kind, message, other, root, otherRoot } of doubts) {
        assert.notEqual(message.id, other.id);
        assert.equal(root === otherRoot, kind === 'join');
      }
    }),
    runs(500),
  );
});

test('the bodies of mail that nobody doubts are not read', async () => {
  const many = Array.from({ length: 1000 }, (_, number) => ({
    id: id(number),
    references: number % 10 === 0 ? [] : [id(number - 1)],
    received: number,
    from: { name: 'Ada Lund', address: 'ada@example.org' },
    subject: `${number % 10 === 0 ? '' : 'Re: '}Ring driver leaks pages ${Math.floor(number / 10)}`,
  }));
  const unread = () => assert.fail('a body was read');
  assert.deepEqual(await findDoubts<Doubtful>(buildThreads(many), unread, new Set()), []);
});
