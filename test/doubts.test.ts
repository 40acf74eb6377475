import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { readMbox } from '../ingest/files/mbox.ts';
import { parseBody } from '../mail/body.ts';
import { allows } from '../mail/doubts/attribution.ts';
import type { Doubt, Doubtful } from '../mail/doubts/doubt.ts';
import { findDoubts } from '../mail/doubts.ts';
import { headerFacts, messageHash } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';
import { parseContent } from '../mail/mime.ts';
import { buildThreads, byReceived } from '../mail/thread.ts';
import { keptAsText } from './support/kept.ts';
import { runs } from './support/property.ts';

const CASES = new URL('fixtures/doubts/', import.meta.url);

interface Mail extends Doubtful {
  readonly text: string;
}

async function mailsIn(file: URL): Promise<readonly Mail[]> {
  const mails: Mail[] = [];
  for await (const { raw } of readMbox(fs.createReadStream(file), { maxBytes: 1 << 20, dialect: 'mboxrd' }))
    if (raw)
      mails.push({ ...headerFacts(raw), hash: messageHash(raw), text: (await parseContent(raw)).text });
  return mails;
}

function threaded<M extends Doubtful>(mails: readonly M[]) {
  return { messages: mails.toSorted(byReceived), threads: buildThreads(mails) };
}

function doubtsOf(
  mails: readonly Mail[],
  settled: readonly MessageId[] = [],
): Promise<readonly Doubt<Mail>[]> {
  return findDoubts(threaded(mails), async ({ text }) => parseBody(text), new Set(settled));
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
/** An invented mail with the hash of all that it is. */
function hashed<M extends object>(mail: M): M & { readonly hash: string } {
  return { ...mail, hash: messageHash(Buffer.from(JSON.stringify(mail))) };
}
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
    fc
      .record({
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
      })
      .map(hashed),
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

test('what is remembered of earlier mail makes no difference to doubts', async () => {
  await fc.assert(
    fc.asyncProperty(mails, async ([, list]) => {
      const { memo } = keptAsText();
      const blocksOf = async ({ text }: Mail) => parseBody(text);
      for (let count = 1; count <= list.length; count++) {
        const mail = threaded(list.slice(0, count));
        const doubts = await findDoubts(mail, blocksOf, new Set());
        assert.deepEqual(await findDoubts(mail, blocksOf, new Set(), memo), doubts);
        const unread = () => assert.fail('a body was read again');
        assert.deepEqual(await findDoubts(mail, unread, new Set(), memo), doubts);
      }
    }),
    runs(200),
  );
});

test('the bodies of mail that nobody doubts are not read', async () => {
  const many = Array.from({ length: 1000 }, (_, number) =>
    hashed({
      id: id(number),
      references: number % 10 === 0 ? [] : [id(number - 1)],
      received: number,
      from: { name: 'Ada Lund', address: 'ada@example.org' },
      subject: `${number % 10 === 0 ? '' : 'Re: '}Ring driver leaks pages ${Math.floor(number / 10)}`,
    }),
  );
  const unread = () => assert.fail('a body was read');
  assert.deepEqual(await findDoubts<Doubtful>(threaded(many), unread, new Set()), []);
});

test('a day that is named is that of any message sent two days before it to two days behind it', () => {
  const days = new Map([[1, new Set([Date.UTC(2018, 2, 5) / 1000])]]);
  const isAllowed = (time: string) => allows({ texts: [], days }, 1, Date.parse(time) / 1000);
  const times = ['03-02T23:59:59Z', '03-03T00:00:00Z', '03-07T23:59:59Z', '03-08T00:00:00Z'];
  assert.deepEqual(
    times.map(time => isAllowed(`2018-${time}`)),
    [false, true, true, false],
  );
});

/** A message of an invented list, one a minute. */
function numbered(number: number, parts: Partial<Mail>): Mail {
  return hashed({
    id: id(number),
    references: [],
    received: number * 60,
    from: { name: 'Ada Lund', address: 'ada@example.org' },
    subject: 'Ring driver leaks',
    text: '',
    ...parts,
  });
}

/** What nobody else says, in two lines. */
function sayingOf(number: number): readonly string[] {
  return [`The ring driver leaks page ${number} of its cache`, `and nobody frees page ${number} any more`];
}

test('replies without parents are placed however many they are', async () => {
  const many = Array.from({ length: 1100 }, (_, number) => {
    const quoted = number === 0 ? [] : sayingOf(number - 1).map(said => `> ${said}`);
    const text = [...quoted, '', ...sayingOf(number), ''].join('\n');
    return numbered(number, { subject: `Re: Ring driver leaks ${number}`, text });
  });
  const answers = (await doubtsOf(many)).map(({ kind, message, other }) => [kind, message.id, other.id]);
  assert.deepEqual(
    answers,
    many.slice(1).map((_, before) => ['split', id(before + 1), id(before)]),
  );
});

test('ten thousand replies to one message that never came take no longer than their number', async () => {
  const many = Array.from({ length: 10_000 }, (_, number) =>
    numbered(number, { subject: 'Re: Ring driver leaks', references: [id(-1)], text: `I say ${number}.\n` }),
  );
  assert.deepEqual(await doubtsOf(many), []);
});

/** Which messages are doubted to belong to which others: of the first mails, and then of all, with one memo. */
async function othersOf(first: readonly Mail[], later: readonly Mail[]): Promise<readonly MessageId[][]> {
  const { memo } = keptAsText();
  const others: MessageId[][] = [];
  for (const list of [first, [...first, ...later]]) {
    const blocksOf = async ({ text }: Mail) => parseBody(text);
    const doubts = await findDoubts(threaded(list), blocksOf, new Set(), memo);
    others.push(doubts.map(({ other }) => other.id));
  }
  return others;
}

test('what comes in above a message ends the doubt about it that is remembered', async () => {
  const above = numbered(0, { text: `${sayingOf(0).join('\n')}\n` });
  const parent = numbered(1, { references: [id(0)], subject: 'Re: Ring driver leaks', text: 'Yes.\n' });
  const message = numbered(2, {
    references: [id(0), id(1)],
    from: { name: 'Ben Okoro', address: 'ben@example.net' },
    subject: 'Mailbox of the toolchain',
    text: `${sayingOf(0)
      .map(said => `> ${said}`)
      .join('\n')}\n\nSo does the compiler.\n`,
  });
  assert.deepEqual(await othersOf([parent, message], [above]), [[id(1)], []]);
});

test('what was thought to be answered is not remembered when it comes into the same thread', async () => {
  const answered = numbered(0, { text: `${sayingOf(0).join('\n')}\n` });
  const quoted = sayingOf(0).map(said => `> ${said}`);
  const quoting = numbered(1, { subject: 'Mailbox of the toolchain', text: `${quoted.join('\n')}\n` });
  const lost = numbered(2, {
    references: [id(99)],
    subject: 'Re: Another matter',
    text: `${quoted.join('\n')}\n\nYes.\n`,
  });
  const joining = numbered(2000, {
    references: [id(99), id(0)],
    subject: 'Re: Ring driver leaks',
    text: 'No.\n',
  });
  assert.deepEqual(await othersOf([answered, quoting, lost], [joining]), [[id(0)], [id(1)]]);
});

test('below a long chain of new subjects each body is read for its doubt and for its words, no more', async () => {
  const words = 'alder birch cedar hazel olive poplar spruce thuja willow'.split(' ');
  const chain = words.map((word, number) =>
    numbered(number, {
      references: number === 0 ? [] : [id(number - 1)],
      from: { name: word, address: `${word}@example.org` },
      subject: `${word} ${word}wood`,
      text: `The ${word} stands where no other tree of the wood has ever stood before.\n`,
    }),
  );
  const reads = new Map<MessageId, number>();
  const blocksOf = async (message: Mail) => {
    reads.set(message.id, (reads.get(message.id) ?? 0) + 1);
    return parseBody(message.text);
  };
  const doubts = await findDoubts(threaded(chain), blocksOf, new Set());
  assert.equal(doubts.length, words.length - 1);
  for (const [message, count] of reads) assert.ok(count <= 2, `${message} was read ${count} times`);
});

const LONG = 100_000;
/** Lines that took minutes once, or would. */
const BUSY_LINES: Readonly<Record<string, string>> = {
  digits: `On ${'1'.repeat(LONG)} x`,
  dashes: `--original message ${'-'.repeat(LONG)}x`,
  'a long token': `On 5 Mar 2018, ${'x'.repeat(LONG)} wrote:`,
  at: `On 5 Mar 2018, ${'@'.repeat(LONG)} wrote:`,
  'one word again and again': 'page '.repeat(LONG / 5),
};

for (const [name, text] of Object.entries(BUSY_LINES)) {
  test(`a hostile line keeps nothing busy: ${name}`, async () => {
    const busy = `${text}\n${sayingOf(0)
      .map(said => `> ${said}`)
      .join('\n')}\n> ${text}\n`;
    const mails = [
      numbered(0, { text: `${sayingOf(0).join('\n')}\n${text}\n` }),
      numbered(1, { subject: 'Re: Another matter of the day', text: busy }),
    ];
    await doubtsOf(mails);
    assert.deepEqual(await doubtsOf(mails.toReversed()), await doubtsOf(mails));
  });
}

test('subjects of a hundred thousand letters are compared by their beginning', async () => {
  const long = (letter: string) => `${'ab'.repeat(LONG)}${letter}`;
  const mails = [
    numbered(0, { subject: long('c') }),
    numbered(1, {
      subject: long('d'),
      references: [id(0)],
      from: { name: 'Ben', address: 'ben@example.net' },
    }),
  ];
  assert.deepEqual(await doubtsOf(mails), []);
});
