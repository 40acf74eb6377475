import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { plainPart } from '../mail/mime/plain-part.ts';
import { takeApart, takeApartByMailparser } from '../mail/mime/take-apart.ts';
import { type Content, parseContent } from '../mail/mime.ts';
import { runs } from './support/property.ts';

const contentOf = (raw: string): Promise<Content> => parseContent(Buffer.from(raw, 'latin1'));

let boundaries = 0;
/** A multipart of `parts`, each with its header lines and its body; with parameters behind its kind. */
const multipart = (kind: string, ...parts: readonly string[]): string => {
  const boundary = `=b${boundaries++}`;
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\n\n${parts.map(part => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`;
};

const PLAIN = 'Content-Type: text/plain; charset=utf-8\n\n';
const HTML = 'Content-Type: text/html; charset=utf-8\n\n';
const IMAGE = 'Content-Type: image/png; name=a.png\n\nx';
const DIFF = '--- a/one.c\n+++ b/one.c\n@@ -1 +1 @@\n-a\n+b\n';
const MESSAGE =
  'Content-Type: message/rfc822\n\nFrom: "Ada Example" <ada@example.org>\nDate: Mon, 5 Mar 2018 10:00:00 +0100\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\nContent-Type: text/plain; charset=iso-8859-1\n\nInner \xe9.';
const INNER =
  '---------- Attached message ----------\nFrom: Ada Example\nDate: Mon, 5 Mar 2018 10:00:00 +0100\nSubject: Grüße\n\nInner é.';
const INVITATION =
  'Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A call\\, at\n  last\nDTSTART:20180305T100000Z\nDTEND:20180305T110000Z\nLOCATION:Room 1\nEND:VEVENT\nEND:VCALENDAR';

/** Messages; their texts, and the types of what is attached. */
const STRUCTURES: Readonly<
  Record<string, readonly [raw: string, text: string, ...types: readonly string[]]>
> = {
  'a plain text to choose that is empty': [
    multipart('alternative', `${PLAIN}\n`, `${HTML}<p>rich`),
    'rich\n',
  ],
  'plain texts to choose from that say different things': [
    multipart('alternative', `${PLAIN}one`, `${PLAIN}two`, `${PLAIN}two.`, `${HTML}<p>rich`),
    'one\ntwo',
  ],
  'a text and a patch to choose from': [
    multipart('alternative', `${PLAIN}See:`, `Content-Type: text/x-patch; name=a.diff\n\n${DIFF}`),
    `See:\n[a.diff]\n${DIFF}`,
    'text/x-patch',
  ],
  'a plain text that is an excuse': [
    multipart('alternative', `${PLAIN}Your mail client does not support HTML.`, `${HTML}<p>rich`),
    'rich\n',
  ],
  'a plain text that speaks of HTML and has more to say': [
    multipart('alternative', `${PLAIN}I cannot read HTML.\n${'Much else. '.repeat(40)}`, `${HTML}<p>rich`),
    `I cannot read HTML.\n${'Much else. '.repeat(40)}`,
  ],
  'an excuse and nothing else': [
    multipart('alternative', `${PLAIN}This mail is in HTML, which cannot be shown.`, `${HTML}<img src="x">`),
    'This mail is in HTML, which cannot be shown.',
  ],
  'HTML with its pictures': [
    multipart('alternative', `${PLAIN}plain`, multipart('related', `${HTML}<p>rich`, IMAGE)),
    'plain',
    'image/png',
  ],
  'HTML between plain parts': [
    multipart('mixed', `${PLAIN}one`, `${HTML}<p>two`, `${PLAIN}three`),
    'one\ntwo\n\nthree',
  ],
  'HTML that says the same once more': [
    multipart('mixed', `${PLAIN}One, two.`, `${HTML}<p>One, <b>two</b>.`),
    'One, two.',
  ],
  'HTML sent as a file': [
    multipart('mixed', `${PLAIN}See:`, 'Content-Type: text/html\nContent-Disposition: attachment\n\n<p>no'),
    'See:',
    'text/html',
  ],
  'an HTML file that does not say it is a file': [
    multipart('mixed', `${PLAIN}See:`, 'Content-Type: text/html; name=page.html\n\n<p>no'),
    'See:',
    'text/html',
  ],
  'parts that call themselves HTML': [
    multipart('mixed', `${HTML}<p>rich`).replace('multipart/mixed', 'text/html'),
    'rich\n',
  ],
  'a log that is packed': [
    multipart('mixed', `${PLAIN}See:`, 'Content-Type: text/plain; name=boot.log\n\n\x1f\x8b\0'),
    'See:',
    'text/plain',
  ],
  'a text file that is shown': [
    multipart('mixed', `${PLAIN}See:`, 'Content-Type: text/plain; name=boot.log\n\nbooted'),
    'See:\n[boot.log]\nbooted',
    'text/plain',
  ],
  'a name on its text': ['Content-Type: text/plain; name=x.txt\n\nHello.\n', 'Hello.\n', 'text/plain'],
  'a message': [multipart('mixed', `${PLAIN}See:`, MESSAGE), `See:\n\n${INNER}`, 'message/rfc822'],
  'a message between texts': [
    multipart('mixed', `${PLAIN}See:`, MESSAGE, `${PLAIN}I agree.`),
    `See:\n\n${INNER}\n\n---------- End of attached message ----------\n\nI agree.`,
    'message/rfc822',
  ],
  'a message that says it ends': [
    multipart('mixed', `${MESSAGE}\n---------- End of attached message ----------\nForged.`, `${PLAIN}Mine.`),
    `\n${INNER}\n ---------- End of attached message ----------\nForged.\n\n---------- End of attached message ----------\n\nMine.`,
    'message/rfc822',
  ],
  'messages in a digest': [
    multipart('digest', '\nFrom: a@example.org\n\none', '\nFrom: b@example.org\n\ntwo'),
    '\n---------- Attached message ----------\nFrom: a\n\none\n\n---------- Attached message ----------\nFrom: b\n\ntwo',
    'message/rfc822',
    'message/rfc822',
  ],
  'a report': [
    multipart(
      'report; report-type=delivery-status',
      `${PLAIN}It failed.`,
      'Content-Type: message/delivery-status\n\nAction: failed',
      'Content-Type: text/rfc822-headers\n\nSubject: a',
    ),
    'It failed.\nAction: failed',
    'text/rfc822-headers',
  ],
  'an invitation': [
    multipart('mixed', INVITATION),
    'Event: A call, at last\nWhen: 2018-03-05 10:00 UTC to 2018-03-05 11:00 UTC\nWhere: Room 1\n',
    'text/calendar',
  ],
  'an invitation beside its text': [
    multipart('alternative', `${PLAIN}Come!`, INVITATION),
    'Come!',
    'text/calendar',
  ],
  'a patch that says it is bytes': [
    multipart('mixed', `${PLAIN}See:`, `Content-Type: application/octet-stream; name=a.diff\n\n${DIFF}`),
    `See:\n[a.diff]\n${DIFF}`,
    'application/octet-stream',
  ],
  'a patch that is to be a file': [
    multipart(
      'mixed',
      `${PLAIN}See:`,
      `Content-Type: text/x-patch\nContent-Disposition: attachment; filename=a.patch\n\n${DIFF}`,
    ),
    `See:\n[a.patch]\n${DIFF}`,
    'text/x-patch',
  ],
  'a patch that is all of it': [`Content-Type: text/x-diff\n\n${DIFF}`, DIFF, 'text/x-diff'],
  'a charset inside its HTML': ['Content-Type: text/html\n\n<meta charset=koi8-r><p>\xf0\xd2\xc9', 'При\n'],
  'text signed before PGP/MIME': ['Content-Type: application/pgp; format=text\n\nHello.\n', 'Hello.\n'],
  'an encoding with a comment': ['Content-Transfer-Encoding: base64 (again)\n\nU0drPQ==\n', 'SGk='],
  'an encoding in quotes': ['Content-Transfer-Encoding: "Base64"\n\nSGk=\n', 'Hi'],
};

for (const [name, [raw, text, ...types]] of Object.entries(STRUCTURES)) {
  test(`the parts of a message with ${name}`, async () => {
    const content = await contentOf(raw);
    assert.equal(content.text, text);
    assert.deepEqual(
      content.attachments.map(({ type }) => type),
      types,
    );
    assert.deepEqual(content.warnings, []);
  });
}

test('the heading of an attached message tells no address', async () => {
  const writers: readonly (readonly [from: string, shown: string])[] = [
    ['Ada Example <ada@example.org>', 'Ada Example'],
    ['"ada@example.org" <ada@example.org>', 'ada'],
    ['ada@example.org (Ada Example)', 'Ada Example'],
    ['<ada@example.org>', 'ada'],
    ['ada@example.org, Ben <ben@example.org>', 'ada, Ben'],
    ['=?utf-8?Q?=C3=84da?= <ada@example.org>', 'Äda'],
  ];
  for (const [from, shown] of writers) {
    const { text } = await contentOf(`Content-Type: message/rfc822\n\nFrom: ${from}\n\nInner.`);
    assert.equal(/^From: (.*)$/m.exec(text)?.[1], shown);
  }
});

const SIGNATURE =
  'Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\n\naGk=\n-----END PGP SIGNATURE-----';

/** Messages; what a reader is told, their texts, and the types of what is attached. */
const PROTECTED: Readonly<
  Record<string, readonly [raw: string, note: string, text: string, ...types: string[]]>
> = {
  'signed with OpenPGP': [
    multipart('signed; protocol="application/pgp-signature"', `${PLAIN}Hello.`, SIGNATURE),
    'signed with OpenPGP, not checked here',
    'Hello.',
  ],
  'signed with OpenPGP, and taken apart by a list': [
    multipart('mixed', `${PLAIN}Hello.`, SIGNATURE),
    'signed with OpenPGP, not checked here',
    'Hello.',
  ],
  'encrypted with OpenPGP': [
    multipart(
      'encrypted; protocol="application/pgp-encrypted"',
      'Content-Type: application/pgp-encrypted\n\nVersion: 1',
      'Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----',
    ),
    'encrypted; only its recipients can read it',
    '',
  ],
  'signed with S/MIME': [
    multipart('signed', `${PLAIN}Hello.`, 'Content-Type: application/x-pkcs7-signature; name=smime.p7s\n\nx'),
    'signed with S/MIME, not checked here',
    'Hello.',
  ],
  'encrypted with S/MIME': [
    'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx',
    'encrypted; only its recipients can read it',
    '',
  ],
  'signed with S/MIME around its text': [
    'Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n\nx',
    'in a form of S/MIME that is not opened here',
    '',
    'application/pkcs7-mime',
  ],
  'signed with S/MIME around its text, and does not say so': [
    'Content-Type: application/pkcs7-mime; name=smime.p7m\n\n\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02',
    'in a form of S/MIME that is not opened here',
    '',
    'application/pkcs7-mime',
  ],
  'packed with S/MIME': [
    'Content-Type: application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z\n\nx',
    'in a form of S/MIME that is not opened here',
    '',
    'application/pkcs7-mime',
  ],
};

for (const [name, [raw, note, text, ...types]] of Object.entries(PROTECTED)) {
  test(`a message that is ${name}`, async () => {
    const content = await contentOf(raw);
    assert.deepEqual([content.notes, content.text, content.warnings], [[note], text, []]);
    assert.deepEqual(
      content.attachments.map(({ type }) => type),
      types,
    );
  });
}

test('keys are files', async () => {
  const { attachments, notes } = await contentOf(
    multipart('mixed', `${PLAIN}My key.`, 'Content-Type: application/pgp-keys; name=key.asc\n\nx'),
  );
  assert.deepEqual([attachments.map(({ name }) => name), notes], [['key.asc'], []]);
});

/** Header lines of a part, one byte per character, and the name of its file. */
const NAMES: Readonly<Record<string, readonly [lines: string, name: string]>> = {
  'RFC 2231': ["Content-Disposition: attachment; filename*=utf-8'en'Gr%C3%BC%C3%9Fe.txt", 'Grüße.txt'],
  'RFC 2231 in pieces': [
    "Content-Disposition: attachment;\n filename*0*=iso-8859-1''Gr%FC;\n filename*1*=%DFe;\n filename*2=.txt",
    'Grüße.txt',
  ],
  'RFC 2231 and a name for old readers': [
    'Content-Disposition: attachment; filename="old.txt"; filename*=UTF-8\'\'new.txt',
    'new.txt',
  ],
  'RFC 2231 with an odd charset': ["Content-Disposition: attachment; filename*=cp-850''Gr%81%E1e", 'Grüße'],
  'RFC 2047': ['Content-Type: text/x-c; name="=?utf-8?B?R3LDvA==?= =?utf-8?Q?=C3=9Fe=2Ec?="', 'Grüße.c'],
  'RFC 2047 without quotes': [
    'Content-Disposition: attachment; filename==?iso-8859-1?Q?Gr=FC=DFe?=',
    'Grüße',
  ],
  'RFC 2047 in pieces of RFC 2231': [
    'Content-Disposition: attachment; filename*0="=?utf-8?Q?Gr=C3=BC";\n filename*1="=C3=9Fe?="',
    'Grüße',
  ],
  'raw UTF-8': ['Content-Disposition: attachment; filename="Gr\xc3\xbc\xc3\x9fe"', 'Grüße'],
  'raw Latin-1': ['Content-Disposition: attachment; filename="Gr\xfc\xdfe"', 'Grüße'],
  'a Windows path': ['Content-Disposition: attachment; filename="C:\\\\Users\\\\ada\\\\a b.txt"', 'a b.txt'],
  'a path encoded': ["Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd", 'passwd'],
  'nothing but a path': ['Content-Disposition: attachment; filename="../.."', ''],
  'a quote that never ends': ['Content-Disposition: attachment; filename="a.txt', 'a.txt'],
  'controls and overrides': [
    "Content-Disposition: attachment; filename*=utf-8''a%00%1B%E2%80%AE%0Ab.txt",
    'a b.txt',
  ],
  'a name of either kind': [
    'Content-Type: text/x-c; name=b.c\nContent-Disposition: attachment; filename=a.c',
    'a.c',
  ],
  'a name in the value of something else': [
    'Content-Disposition: attachment; x-note="a; filename=b.exe"; filename=a.txt',
    'a.txt',
  ],
  'a folded name': ['Content-Disposition: attachment;\n\tfilename="a\n b.txt"', 'a b.txt'],
};

for (const [name, [lines, wanted]] of Object.entries(NAMES)) {
  test(`a file name with ${name}`, async () => {
    const part = /^Content-Type/.test(lines) ? lines : `Content-Type: application/x-a\n${lines}`;
    const { attachments } = await contentOf(multipart('mixed', `${PLAIN}See:`, `${part}\n\nhi`));
    assert.deepEqual(
      attachments.map(file => [file.name, file.content.toString()]),
      [[wanted, 'hi']],
    );
  });
}

test('mailparser gives every part as its bytes, in a tree', async () => {
  const raw = multipart('mixed', `${PLAIN}caf\xe9`, multipart('related', `${HTML}<p>`, IMAGE));
  const whole = await takeApart(Buffer.from(raw, 'latin1'));
  assert.deepEqual(
    whole.parts.map(({ type, content, parts }) => [type, content.toString('latin1'), parts.length]),
    [
      ['text/plain', 'caf\xe9', 0],
      ['multipart/related', '', 2],
    ],
  );
});

/** Messages of one text that are read without mailparser, one byte per character. */
const PLAINEST: Readonly<Record<string, string>> = {
  'no field of MIME': 'Subject: a\n\ncaf\xe9\n',
  'a charset': 'Content-Type: text/plain; charset=UTF-8\n\nHello.\n',
  'a folded type in quotes':
    'content-type: TEXT/PLAIN;\r\n\tcharset="utf-8"; format=flowed;\r\n delsp=yes\r\n\r\na \r\n',
  'two charsets': 'Content-Type: text/plain; charset=utf-8; charset=koi8-r\n\nHello.\n',
  'quoted-printable': 'Content-Transfer-Encoding: Quoted-Printable\n\ncaf=E9 =\n  \t\n=ZZ=3D41\n',
  base64: 'Content-Transfer-Encoding: base64\n\nSGVs\nbG8=\n',
  'a disposition': 'Content-Disposition: inline\nSubject: a\n\nHello.\n',
  'a separator of mbox': 'From ada Mon Mar  5 10:00:00 2018\nSubject: a\n\nHello.\n',
  'a field that lists names of fields':
    'DKIM-Signature: v=1; h=from:\n\tcontent-type:to\nSubject: a\n\nHello.\n',
  'no body': 'Subject: a\n\n',
};
/** Those that only mailparser reads. */
const NOT_PLAINEST: Readonly<Record<string, string>> = {
  HTML: `${HTML}<p>`,
  parts: multipart('mixed', PLAIN),
  'a name': 'Content-Type: text/plain; name=a.txt\n\nHello.\n',
  'an attachment': 'Content-Disposition: attachment\n\nHello.\n',
  'two types': `Content-Type: text/html\n${PLAIN}<p>`,
  'a type behind a blank': ' Content-Type: text/html\nSubject: a\n\n<p>',
  'a type behind a character of no field': '\x0bContent-Type: text/html\n\n<p>',
  'a type whose colon is folded': 'Content-Type\n : text/html\n\n<p>',
  'a type behind a lone CR': 'Subject: a\rContent-Type: text/html\n\n<p>',
  'a type with a comment': 'Content-Type: text/plain (x); charset=utf-8\n\nHello.\n',
  'broken base64': 'Content-Transfer-Encoding: base64\n\nSGVsbG8*\n',
  'quoted-printable that ends in the middle': 'Content-Transfer-Encoding: quoted-printable\n\nHello= ',
  'no end of the header': 'Subject: a\n',
};

const bytesOf = (raw: string) => Buffer.from(raw, 'latin1');

for (const [why, raw] of Object.entries(PLAINEST))
  test(`a plain text with ${why} is what mailparser makes of it`, async () => {
    assert.deepEqual(plainPart(bytesOf(raw)), await takeApartByMailparser(bytesOf(raw)));
  });

for (const [why, raw] of Object.entries(NOT_PLAINEST))
  test(`a message with ${why} is left to mailparser`, () => {
    assert.equal(plainPart(bytesOf(raw)), undefined);
  });

test('whatever is read without mailparser is what mailparser makes of it', async () => {
  const blank = fc.constantFrom('', ' ', '\t', '\n ', '\r\n\t');
  const token = fc.constantFrom('utf-8', '"utf-8"', 'koi8-r', 'flowed', '"flowed"', 'yes', 'a b', '"', '');
  const parameter = fc
    .tuple(blank, fc.constantFrom('charset', 'FORMAT', 'delsp', 'name', 'boundary', 'charset*'), token)
    .map(([before, name, value]) => `;${before}${name}=${value}`);
  const type = fc
    .tuple(
      fc.constantFrom('text/plain', 'Text/Plain', 'text/html', 'text', ''),
      fc.array(parameter, { maxLength: 3 }),
    )
    .map(([media, parameters]) => `${media}${parameters.join('')}`);
  const encoding = fc.constantFrom(
    '7bit',
    '8BIT',
    'binary',
    'base64',
    'quoted-printable',
    'x-uuencode',
    '(a) 7bit',
    '',
  );
  const field = fc
    .tuple(
      fc.constantFrom('', '', '', ' ', 'X-', '\x0b', 'Subject: a\r', '\n'),
      fc.oneof(
        type.map(value => `Content-Type: ${value}`),
        encoding.map(value => `Content-Transfer-Encoding:${value}`),
        fc
          .constantFrom('inline', 'Inline ', 'attachment', 'inline; filename=a')
          .map(value => `content-disposition: ${value}`),
        fc.constantFrom(
          'Subject: a',
          'From: Ada <ada@example.org>',
          'From ada',
          'Content-Type',
          'DKIM-Signature: h=content-type:\n content-type:to',
        ),
      ),
    )
    .map(([before, line]) => before + line);
  const body = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', ' ', '=', '\n', '\r', '\t', '4', '1', 'F', '\xe9', '-', 'SGVs', '=='),
    }),
    fc.string(),
  );
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(field, { maxLength: 4 }),
      body,
      fc.constantFrom('\n', '\r\n'),
      async (fields, text, end) => {
        const raw = Buffer.from([...fields, '', text].join(end), 'latin1');
        const part = plainPart(raw);
        if (!part) return;
        read++;
        assert.deepEqual(part, await takeApartByMailparser(raw));
      },
    ),
    runs(500),
  );
  assert.ok(read > 50, `${read} were read`);
});

test('parts and messages nested without end are read to a limit', async () => {
  for (const inner of [
    Array.from({ length: 60 }).reduce<string>(raw => multipart('mixed', raw), `${PLAIN}deep`),
    `${PLAIN}top`.replace(/^/, 'Content-Type: message/rfc822\n\n'.repeat(60)),
  ]) {
    const { warnings } = await contentOf(multipart('mixed', `${PLAIN}Hello.`, inner));
    assert.equal(warnings.length, 1);
  }
});

test('the type of a part hides nothing and is short', async () => {
  const { attachments } = await contentOf(
    multipart('mixed', `${PLAIN}a`, `Content-Type: image/\x1bpng${'x'.repeat(9_000)}\n\nx`),
  );
  assert.match(attachments[0]!.type, /^image\/png.{1,127}$/);
});

test('mail made to be slow is read to its end', async () => {
  const repeated = (part: string) =>
    `Content-Type: multipart/mixed; boundary=b\n\n${`--b\n${part}\n`.repeat(900)}`;
  const traps = [
    `Content-Type: message/rfc822\n\nFrom: ${'@'.repeat(500_000)}\n\na`,
    `Content-Type: text/plain${';name*0*=a'.repeat(40_000)}\n\na`,
    multipart('mixed', `${PLAIN}a${'.'.repeat(3_000_000)}`, repeated(`${HTML}a`)),
    repeated(`Content-Type: text/plain; charset=gb2312\n\n${'\xff'.repeat(4_000)}`),
    `Content-Type: text/plain; charset=${'8859'.repeat(100_000)}\n\n\xff`,
    repeated(`Content-Type: text/calendar\n\n${'BEGIN:VEVENT\nSUMMARY;'.repeat(900)}`),
  ];
  for (const raw of traps) assert.deepEqual((await contentOf(raw)).warnings, []);
  // More parts, and parts deeper in parts, than mailparser takes.
  for (const raw of [
    `${repeated(`${PLAIN}a`)}--b\n\na\n`.repeat(2),
    'Content-Type: multipart/mixed; boundary=b\n\n--b\n'.repeat(10_000),
  ])
    assert.equal((await contentOf(raw)).warnings.length, 1);
});

test('every byte of a part in a charset of single bytes gives a character, whatever stands around it', async () => {
  const charsets = [
    'iso-8859-1',
    'windows-1251',
    'koi8-r',
    'cp850',
    'iso-8859-7',
    'windows-1255',
    'x-mac-roman',
  ];
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 }).map(each =>
    // Line ends are folded, and leading dashes may end the part.
    Buffer.from(each).map(byte => (byte === 0x0a || byte === 0x0d ? 0x2e : byte)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...charsets), bytes, async (charset, body) => {
      const part = `Content-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: base64\n\n`;
      const { text } = await contentOf(multipart('mixed', part + Buffer.from(body).toString('base64')));
      assert.equal([...text].length, body.length);
      assert.doesNotMatch(text, /\ufffd/);
    }),
    runs(200),
  );
});
