import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { isMbox, type MboxItem, type MboxOptions, mboxrdEntry, readMbox } from '../ingest/files/mbox.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { runs } from './support/property.ts';

/** The items of `chunks` read as one mbox. */
async function itemsOf(
  chunks: Iterable<Buffer>,
  { maxBytes = 1 << 20, dialect = 'mboxrd' }: Partial<MboxOptions> = {},
): Promise<readonly MboxItem[]> {
  const items: MboxItem[] = [];
  for await (const item of readMbox(stream(chunks), { maxBytes, dialect })) items.push(item);
  return items;
}

async function* stream(chunks: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* chunks;
}

/** The messages of an mbox as text. */
async function messagesOf(
  mbox: string | Buffer,
  options: Partial<MboxOptions> = {},
): Promise<readonly string[]> {
  const items = await itemsOf([Buffer.from(mbox)], options);
  return items.map(({ raw, size }) => raw?.toString('latin1') ?? `too big: ${size}`);
}

const ADA = 'From ada@example.org Mon Mar  5 09:12:44 2018\n';
const BEN = 'From ben@example.net Tue Mar  6 10:00:00 2018\n';

const CASES: Readonly<Record<string, readonly [mbox: string, ...messages: string[]]>> = {
  'no bytes': [''],
  'one message': [`${ADA}Subject: a\n\nHi.\n\n`, 'Subject: a\n\nHi.\n'],
  'two messages': [
    `${ADA}Subject: a\n\nHi.\n\n${BEN}Subject: b\n\nHo.\n\n`,
    'Subject: a\n\nHi.\n',
    'Subject: b\n\nHo.\n',
  ],
  'no empty line at the end': [`${ADA}Subject: a\n\nHi.\n`, 'Subject: a\n\nHi.\n'],
  'no line end at the end': [`${ADA}Subject: a\n\nHi.`, 'Subject: a\n\nHi.'],
  'empty lines at the end of a body': [
    `${ADA}Subject: a\n\nHi.\n\n\n\n${BEN}X: b\n\n`,
    'Subject: a\n\nHi.\n\n\n',
    'X: b\n',
  ],
  CRLF: [
    `${ADA}Subject: a\n\nHi.\n\n${BEN}X: b\n\nHo.\n\n`.replaceAll('\n', '\r\n'),
    'Subject: a\r\n\r\nHi.\r\n',
    'X: b\r\n\r\nHo.\r\n',
  ],
  'a byte order mark': [`\xef\xbb\xbf${ADA}Subject: a\n\nHi.\n`, 'Subject: a\n\nHi.\n'],
  'empty lines before the first separator': [`\n\r\n\n${ADA}Subject: a\n\nHi.\n`, 'Subject: a\n\nHi.\n'],
  'prose after an empty line': [
    `${ADA}Subject: a\n\nSee:\n\nFrom Russia with love\n\nFrom here on it is easy.\n`,
    'Subject: a\n\nSee:\n\nFrom Russia with love\n\nFrom here on it is easy.\n',
  ],
  'prose that tells a date and a time': [
    `${ADA}Subject: a\n\nFrom my notes of Mon, 5 Mar 2018 at 09:12 I take this.\nFrom Monday Mar 5 on, at 10:00 each day.\n`,
    'Subject: a\n\nFrom my notes of Mon, 5 Mar 2018 at 09:12 I take this.\nFrom Monday Mar 5 on, at 10:00 each day.\n',
  ],
  'prose before a word with a colon': [
    `${ADA}Subject: a\n\nFrom Russia with love\nYear: 1963\n`,
    'Subject: a\n\nFrom Russia with love\nYear: 1963\n',
  ],
  'prose at the very end': [`${ADA}Subject: a\n\nFrom afar\n\nFrom`, 'Subject: a\n\nFrom afar\n\nFrom'],
  'separators without a date': [
    'From 18443@xxx\nSubject: a\n\nHi.\n\nFrom 18444@xxx\nMIME-Version: 1.0\n\nHo.\n',
    'Subject: a\n\nHi.\n',
    'MIME-Version: 1.0\n\nHo.\n',
  ],
  'separators after no empty line': [
    `${ADA}Subject: a\n\nHi.\n${BEN}Subject: b\n\nHo.\n`,
    'Subject: a\n\nHi.\n',
    'Subject: b\n\nHo.\n',
  ],
  'separators with neither a date nor an empty line before them': [
    'From - \nFrom: ada@example.org\n\nHi.\nFrom - \nTo: ben@example.net\n\nHo.\n',
    'From: ada@example.org\n\nHi.\n',
    'To: ben@example.net\n\nHo.\n',
  ],
  'a separator in a body before no field': [
    `${ADA}Subject: a\n\nHi.\n${BEN}and more\n`,
    `Subject: a\n\nHi.\n${BEN}and more\n`,
  ],
  'separators of other writers': [
    'From ada@example.org  Thu Nov 24 18:22 PST 1988 remote from larch\nX: 1\n\nFrom "A B"@example.org Thu, 24 Nov 1988 18:22:48 +0100\nX: 2\n\nFrom  Thu Nov 24 18:22:48 1988\nX: 3\n',
    'X: 1\n',
    'X: 2\n',
    'X: 3\n',
  ],
  'a message of no bytes between others': [`${ADA}\n${BEN}Subject: b\n\nHo.\n`, '', 'Subject: b\n\nHo.\n'],
  'a message of no bytes after a separator at the end': [
    `${ADA}Subject: a\n\nHi.\n\n${BEN}`,
    'Subject: a\n\nHi.\n',
    '',
  ],
  'nothing but a separator': [ADA, ''],
  'quoted lines': [
    `${ADA}Subject: a\n\n>From b\n>>From c\n> From d\n>from e\n`,
    'Subject: a\n\nFrom b\n>From c\n> From d\n>from e\n',
  ],
};

for (const [name, [mbox, ...messages]] of Object.entries(CASES)) {
  test(`an mbox with ${name}`, async () => {
    assert.deepEqual(await messagesOf(Buffer.from(mbox, 'latin1')), messages);
  });
}

test('an mboxo quotes only what begins with From', async () => {
  const mbox = `${ADA}Subject: a\n\n>From b\n>>From c\n`;
  assert.deepEqual(await messagesOf(mbox, { dialect: 'mboxo' }), ['Subject: a\n\nFrom b\n>>From c\n']);
});

test('an mbox is told from text that begins with From', () => {
  for (const text of [ADA, `\n\n${ADA}`, 'From - \nFrom: ada@example.org\n', `\xef\xbb\xbf${ADA}X: 1\n`])
    assert.ok(isMbox(Buffer.from(text, 'latin1')), text);
  for (const text of [
    'From now on\nwe meet here\n',
    'From: ada@example.org\n',
    'from x\nTo: y\n',
    'From ',
    '',
  ])
    assert.ok(!isMbox(Buffer.from(text)), text);
});

/** Everything that makes a reader stumble, in one mbox. */
const TRICKY = Buffer.from(
  Object.values(CASES)
    .map(([mbox]) => mbox)
    .join('\n\n'),
  'latin1',
);

test('wherever the chunks of an mbox are cut, its messages are the same', async () => {
  const whole = await itemsOf([TRICKY]);
  assert.equal(whole.length, 30);
  for (let cut = 0; cut <= TRICKY.length; cut++)
    assert.deepEqual(await itemsOf([TRICKY.subarray(0, cut), TRICKY.subarray(cut)]), whole, `cut at ${cut}`);
  const lengths = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(lengths, async sizes => assert.deepEqual(await itemsOf(cut(TRICKY, sizes)), whole)),
    runs(200),
  );
});

/** `bytes` cut to pieces of `sizes`, in turn; a turn of zeros ends in one big piece. */
function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let start = 0;
  for (let turn = 0; start < bytes.length; turn++) {
    const size = turn < 2000 ? sizes[turn % sizes.length]! : bytes.length;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

const piece = fc.oneof(
  fc.constantFrom(
    'From ',
    '>',
    '>>',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    ADA,
    'Subject: x\n',
    'From - \n',
    '\0',
    '\xef\xbb\xbf',
  ),
  fc.uint8Array({ maxLength: 12 }).map(bytes => Buffer.from(bytes).toString('latin1')),
);
const anyMessage = fc.array(piece, { maxLength: 24 }).map(parts => Buffer.from(parts.join(''), 'latin1'));

test('whatever bytes a message has, it comes out of an mbox as it went in, but for a last line end', async () => {
  const messages = fc.array(anyMessage, { minLength: 1, maxLength: 4 });
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(messages, sizes, async (mails, lengths) => {
      const mbox = Buffer.concat(mails.map(mail => mboxrdEntry(mail).bytes));
      const found = (await itemsOf(cut(mbox, lengths))).map(item => item.raw?.toString('latin1'));
      const lines = mails.map(mail => mail.toString('latin1'));
      assert.deepEqual(
        found,
        lines.map(text => (text.endsWith('\n') ? text : `${text}\n`)),
      );
    }),
    runs(200),
  );
});

test('a line of hundreds of quote marks before From comes back with as many', async () => {
  for (const quotes of [394, 395, 396, 400, 2000]) {
    const mail = `Subject: a\n\n${'>'.repeat(quotes)}From b\n`;
    assert.deepEqual(await messagesOf(mboxrdEntry(Buffer.from(mail)).bytes), [mail]);
  }
});

test('the collected odd mbox files have as many messages as a person counts in them', {
  skip: NO_CORPORA,
}, async () => {
  const counted = {
    'MimeKit_content-length': 29,
    MimeKit_issue1189: 4,
    MimeKit_simple: 3,
    MimeKit_unmunged: 2,
    'james-mime4j_rlug': 5,
  };
  for (const [name, count] of Object.entries(counted)) {
    const mbox = fs.readFileSync(path.join(corporaFolder()!, 'nasty-mbox', `${name}.mbox`));
    assert.equal((await messagesOf(mbox)).length, count, name);
  }
});
