import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { foldLineEnds, type HeaderFacts, headerFacts, messageHash } from '../mail/message.ts';
import { runs } from './support/property.ts';

/** The facts of a message given as a header, one byte per character. */
const factsOf = (header: string): HeaderFacts => headerFacts(Buffer.from(`${header}\n\nHi.\n`, 'latin1'));

const WHOLE = `From: =?utf-8?Q?J=C3=BCrgen?= Example <j@example.org>
Subject: Re: [PATCH] fs:
 close files
Date: Mon, 5 Mar 2018 10:00:00 +0100
Received: from a by b; Mon, 5 Mar 2018 09:02:00 +0000
Received: from c by a; Mon, 5 Mar 2018 09:01:00 +0000
Message-ID: <two@example.org>
References: <zero@example.org>
 <one@example.org>
In-Reply-To: <other@example.org>
List-Id: About examples <list.example.org>`;

test('a header tells its facts', () => {
  const { bodyHash, ...facts } = factsOf(WHOLE);
  assert.match(bodyHash, /^[0-9a-f]{64}$/);
  assert.deepEqual(facts, {
    id: 'two@example.org',
    references: ['zero@example.org', 'one@example.org'],
    sent: { time: Date.parse('2018-03-05T09:00:00Z') / 1000, offset: 60 },
    received: Date.parse('2018-03-05T09:02:00Z') / 1000,
    from: { name: 'Jürgen Example', address: 'j@example.org' },
    subject: 'Re: [PATCH] fs: close files',
    listIds: ['list.example.org'],
    noArchive: false,
    autoReply: false,
  });
});

test('an empty message has facts as well', () => {
  const { id, bodyHash, ...facts } = headerFacts(Buffer.alloc(0));
  assert.match(id, /^[0-9a-f]{40}@no-message-id\.invalid$/);
  assert.equal(bodyHash, createHash('sha256').digest('hex'));
  assert.deepEqual(facts, {
    references: [],
    sent: undefined,
    received: 0,
    from: { name: '', address: '' },
    subject: '',
    listIds: [],
    noArchive: false,
    autoReply: false,
  });
});

/** Headers and one fact of each. */
const FACTS: Readonly<Record<string, readonly [header: string, fact: keyof HeaderFacts, value: unknown]>> = {
  'of two Message-IDs the first': ['Message-ID: <a@b.org>\nMessage-ID: <c@d.org>', 'id', 'a@b.org'],
  'of two Message-IDs the first that is one': ['Message-ID: <>\nMessage-Id: <c@d.org>', 'id', 'c@d.org'],
  'a Message-ID without control characters': ['Message-ID: <a\x07\x1bb@c.org>', 'id', 'ab@c.org'],
  'references without control characters': ['References: <a\x07\x1bb@c.org>', 'references', ['ab@c.org']],
  'references that can join only': ['References: <yes> <a@b.org> <no>', 'references', ['a@b.org']],
  'of several References fields all': ['References: <a@b>\nReferences: <c@d>', 'references', ['a@b', 'c@d']],
  'without References the first In-Reply-To': ['In-Reply-To: <a@b> <c@d>', 'references', ['a@b']],
  'without a usable reference In-Reply-To': ['References: <y>\nIn-Reply-To: <a@b>', 'references', ['a@b']],
  'no reference that was typed at a prompt': ['In-Reply-To: <yes>', 'references', []],
  'no received time of a broken Received': [
    'Received: now\nReceived: x; Mon, 5 Mar 2018 09:01:00 +0000',
    'received',
    Date.parse('2018-03-05T09:01:00Z') / 1000,
  ],
  'without Received the Date': [
    'Date: Mon, 5 Mar 2018 10:00:00 +0100',
    'received',
    Date.parse('2018-03-05T09:00:00Z') / 1000,
  ],
  'no date of an impossible day': ['Date: Fri, 30 Feb 2018 10:00:00 +0100', 'sent', undefined],
  'no author': ['To: ben@example.net', 'from', { name: '', address: '' }],
  'without From the Sender': ['Sender: s@example.org', 'from', { name: '', address: 's@example.org' }],
  'of two From fields the one with an address': [
    'From: ada  Thu Aug 22 12:46:39 2002\nFrom: Ada <ada@example.org>',
    'from',
    { name: 'Ada', address: 'ada@example.org' },
  ],
  'a From that has only a name': ['From: Ada Example', 'from', { name: 'Ada Example', address: '' }],
  'an author in Latin-1': [
    'From: J\xfcrgen <j@example.org>',
    'from',
    { name: 'Jürgen', address: 'j@example.org' },
  ],
  'a subject in Latin-1': ['Subject: Gr\xfc\xdfe', 'subject', 'Grüße'],
  'a subject in UTF-8': ['Subject: Gr\xc3\xbc\xc3\x9fe', 'subject', 'Grüße'],
  'a subject of encoded words': [
    'Subject: =?utf-8?Q?Gr=C3=BC?=\n =?utf-8?Q?=C3=9Fe?= an alle',
    'subject',
    'Grüße an alle',
  ],
  'a subject of one line': ['Subject: =?utf-8?Q?Hi=0D=0ABcc=3A_x?=', 'subject', 'Hi Bcc: x'],
  'a broken encoded word as it stands': ['Subject: =?utf-8?Q?Hi', 'subject', '=?utf-8?Q?Hi'],
  'a List-Id without brackets': ['List-Id: List.Example.ORG', 'listIds', ['list.example.org']],
  'all List-Ids': [
    'List-Id: <a.example.org>\nList-Id: b <b.example.org>',
    'listIds',
    ['a.example.org', 'b.example.org'],
  ],
  'no empty List-Id': ['List-Id: nothing <>', 'listIds', []],
  'the wish for no archive': ['X-No-Archive: Yes', 'noArchive', true],
  'the wish for no archive on Usenet': ['Archive: no', 'noArchive', true],
  'no wish where the answer is another': ['X-No-Archive: no\nArchive: yes', 'noArchive', false],
};

for (const [name, [header, fact, value]] of Object.entries(FACTS)) {
  test(`a header gives ${name}`, () => assert.deepEqual(factsOf(header)[fact], value));
}

test('line ends make no difference to a message, other bytes do', () => {
  const raw = `${WHOLE}\n\nHi.\n`;
  const lf = Buffer.from(raw);
  const mixed = Buffer.from(raw.replace('\n', '\r\n'));
  const crlf = Buffer.from(raw.replaceAll('\n', '\r\n'));
  for (const other of [mixed, crlf]) {
    assert.equal(messageHash(other), messageHash(lf));
    assert.deepEqual(headerFacts(other), headerFacts(lf));
  }
  assert.notEqual(messageHash(Buffer.from(`${raw}\n`)), messageHash(lf));
  assert.notEqual(messageHash(Buffer.from(raw.replace('\n', '\r'))), messageHash(lf));
});

test('an id that is made up is the same for the same mail and another for another', () => {
  const id = (raw: string) => headerFacts(Buffer.from(raw)).id;
  assert.equal(id('Subject: a\n\nHi.\n'), id('Subject: a\r\n\r\nHi.\r\n'));
  assert.notEqual(id('Subject: a\n\nHi.\n'), id('Subject: b\n\nHi.\n'));
});

test('folding line ends is a replacement of CRLF by LF and leaves what needs none alone', () => {
  const text = fc
    .array(fc.constantFrom('\r', '\n', '\r\n', 'a', 'ü'), { maxLength: 30 })
    .map(list => list.join(''));
  fc.assert(
    fc.property(text, raw => {
      const bytes = Buffer.from(raw);
      const folded = foldLineEnds(bytes);
      assert.equal(Buffer.from(folded).toString(), raw.replaceAll('\r\n', '\n'));
      if (!raw.includes('\r\n')) assert.equal(folded, bytes);
    }),
    runs(500),
  );
});

test('arbitrary bytes have facts, and the same bytes have the same', () => {
  const piece = fc.constantFrom(
    'From: ',
    'Date:',
    'Message-ID: <',
    '>',
    '\n',
    '\r\n',
    ' ',
    ';',
    '=?utf-8?Q?',
    '\xff',
    '(',
  );
  const text = fc
    .array(fc.oneof(piece, fc.string()), { maxLength: 30 })
    .map(parts => Buffer.from(parts.join(''), 'latin1'));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), text), raw => {
      const facts = headerFacts(raw);
      assert.notEqual(facts.id, '');
      assert.ok(facts.received >= 0);
      assert.deepEqual(headerFacts(Uint8Array.from(raw)), facts);
    }),
    runs(500),
  );
});
