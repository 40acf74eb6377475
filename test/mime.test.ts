import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { parseBody } from '../mail/body.ts';
import { headerFacts } from '../mail/message.ts';
import { type Content, parseContent } from '../mail/mime.ts';
import { visible } from '../mail/printable.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { runs } from './support/property.ts';

const contentOf = (raw: string): Promise<Content> => parseContent(Buffer.from(raw, 'latin1'));

/** A multipart message of `parts`, each with its header lines and its body. */
const multipart = (kind: string, ...parts: readonly string[]): string =>
  `Content-Type: multipart/${kind}; boundary="=b"\n\n${parts.map(part => `--=b\n${part}\n`).join('')}--=b--\n`;

const PLAIN = 'Content-Type: text/plain; charset=utf-8\n\n';
const HTML = 'Content-Type: text/html; charset=utf-8\n\n';
const DIFF = '--- a/one.c\n+++ b/one.c\n@@ -1 +1 @@\n-a\n+b';
const PATCH = `Content-Type: text/x-patch; name=one.patch\nContent-Disposition: inline; filename=one.patch\n\n${DIFF}`;
const FOOTER = `${'_'.repeat(47)}\nlist mailing list\nlist@example.org`;

/** Messages, one byte per character, and their texts. */
const TEXTS: Readonly<Record<string, readonly [raw: string, text: string]>> = {
  'no type': ['Subject: a\n\nHello.\n', 'Hello.\n'],
  'no type and Latin-1': ['Subject: a\n\nGr\xfc\xdfe\n', 'Grüße\n'],
  'no type and UTF-8': ['Subject: a\n\nGr\xc3\xbc\xc3\x9fe\n', 'Grüße\n'],
  'a charset that its bytes break': ['Content-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe\n', 'Grüße\n'],
  'a charset that nobody knows': ['Content-Type: text/plain; charset=x-mars\n\nGr\xfc\xdfe\n', 'Grüße\n'],
  'a charset of another alphabet': ['Content-Type: text/plain; charset=koi8-r\n\n\xf0\xd2\xc9\n', 'При\n'],
  'a charset of two bytes': ['Content-Type: text/plain; charset=gb2312\n\n\xd6\xd0\xce\xc4\n', '中文\n'],
  'a charset of two bytes and a byte that breaks it': [
    'Content-Type: text/plain; charset=gb2312\n\n\xd6\xd0 \xff \xce\xc4\n',
    '中 ÿ 文\n',
  ],
  'a charset of DOS': ['Content-Type: text/plain; charset=cp850\n\nGr\x81\xe1e\n', 'Grüße\n'],
  'UTF-7, whose markup is text': ['Content-Type: text/plain; charset=utf-7\n\n+ADw-b\n', '<b\n'],
  'a type without a subtype': ['Content-Type: text; charset=us-ascii\n\nHello.\n', 'Hello.\n'],
  'a type that is none': ['Content-Type: ;;\n\nGr\xfc\xdfe\n', 'Grüße\n'],
  base64: ['Content-Transfer-Encoding: base64\n\nR3LDvMOf\nZQo=\n', 'Grüße\n'],
  'broken base64': ['Content-Transfer-Encoding: base64\n\naGVsbG8g*d29y\nbGQ\n', 'hello world'],
  'quoted-printable': [
    'Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=\n=DFe =ZZ\n',
    'Grüße =ZZ\n',
  ],
  'lines that flow': [
    'Content-Type: text/plain; charset=utf-8; format=flowed\n\nOne \nline.\n> quoted \n> too\n-- \nAda\n',
    'One line.\n> quoted too\n-- \nAda\n',
  ],
  'CRLF and many empty lines at the end': [
    'Subject: a\r\n\r\none\r\ntwo\rthree\r\n\r\n\r\n',
    'one\ntwo\nthree\n',
  ],
  'NUL and escape sequences': ['Subject: a\n\na\0b\x1b[31m\n', 'a\0b\x1b[31m\n'],
  'no body': ['Subject: a\n', ''],
  'no header': ['\nHello.\n', 'Hello.\n'],
  'no bytes': ['', ''],
  'plain text and HTML to choose from': [
    multipart('alternative', `${PLAIN}plain`, `${HTML}<b>rich</b>`),
    'plain',
  ],
  'HTML alone': [`${HTML}<p>One &amp; two<br>three</p><p>four</p>`, 'One & two\nthree\n\nfour\n'],
  'HTML with what is no text': [
    `${HTML}<title>t</title><style>p{}</style><script>x()</script><img src="http://example.org/x"><p><a href="javascript:x()">link</a></p>`,
    'link\n',
  ],
  'HTML of one long paragraph': [`${HTML}<p>${'words '.repeat(99)}</p>`, `${'words '.repeat(99).trim()}\n`],
  'HTML that quotes': [`${HTML}<p>Yes.</p><blockquote>Well?</blockquote>`, 'Yes.\n\n> Well?\n'],
  'HTML and the footer of a list': [
    multipart('mixed', `${HTML}<p>rich</p>`, `${PLAIN}${FOOTER}`),
    `rich\n\n${FOOTER}`,
  ],
  'several parts of text': [multipart('mixed', `${PLAIN}one`, `${PLAIN}two`), 'one\ntwo'],
  'a part without a header': [multipart('mixed', '\nHello.'), 'Hello.'],
  'parts in parts': [
    multipart('mixed', multipart('alternative', `${PLAIN}deep`).replaceAll('=b', '=c')),
    'deep',
  ],
  'a patch as a part': [multipart('mixed', `${PLAIN}See:`, PATCH), `See:\n[one.patch]\n${DIFF}`],
  'a patch beside HTML': [multipart('mixed', `${HTML}<p>See:</p>`, PATCH), `See:\n\n[one.patch]\n${DIFF}`],
  'no closing boundary': ['Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n', 'Hello.\n'],
  'a boundary that never comes': ['Content-Type: multipart/mixed; boundary=b\n\nHello.\n', 'Hello.\n'],
  'no boundary named': ['Content-Type: multipart/mixed\n\n--b\n\nHello.\n--b--\n', '--b\n\nHello.\n--b--\n'],
  'a separator of an mbox on top': [
    'From ada@example.org Mon Mar  5 09:12:44 2018\nSubject: a\n\nHello.\n',
    'Hello.\n',
  ],
};

for (const [name, [raw, text]] of Object.entries(TEXTS)) {
  test(`the text of a message with ${name}`, async () => assert.equal((await contentOf(raw)).text, text));
}

test('text made from HTML says so', async () => {
  assert.equal((await contentOf('Content-Type: multipart/mixed\n\nHello.\n')).fromHtml, false);
  assert.equal((await contentOf(`${HTML}<p>a</p>`)).fromHtml, true);
  assert.equal((await contentOf(multipart('mixed', `${HTML}<p>a</p>`, `${PLAIN}${FOOTER}`))).fromHtml, true);
  assert.equal((await contentOf(multipart('alternative', `${PLAIN}a`, `${HTML}b`))).fromHtml, false);
});

/** Parts and what becomes of them: type, name, content. */
const PARTS: Readonly<Record<string, readonly [part: string, ...attachment: readonly string[]]>> = {
  'a file': [
    'Content-Type: Application/PDF\nContent-Disposition: attachment; filename="a b.pdf"\nContent-Transfer-Encoding: base64\n\naGk=',
    'application/pdf',
    'a b.pdf',
    'hi',
  ],
  'a file without a name': ['Content-Type: image/png\n\nhi', 'image/png', '', 'hi'],
  'a patch': [PATCH, 'text/x-patch', 'one.patch', DIFF],
  'a message': [
    'Content-Type: message/rfc822\n\nSubject: b\n\nInner.',
    'message/rfc822',
    '',
    'Subject: b\n\nInner.',
  ],
  'a name that climbs and hides': [
    'Content-Type: text/x-c; name="../../etc/pa\x01ss\x1bwd\x7f"\nContent-Disposition: attachment\n\nhi',
    'text/x-c',
    'passwd',
    'hi',
  ],
  'a name turned round': [
    "Content-Type: application/octet-stream; name*=utf-8''%e2%80%aefdp.exe\n\nhi",
    'application/octet-stream',
    'fdp.exe',
    'hi',
  ],
};

for (const [name, [part, ...attachment]] of Object.entries(PARTS)) {
  test(`an attachment that is ${name}`, async () => {
    const { attachments } = await contentOf(multipart('mixed', `${PLAIN}See:`, part));
    assert.deepEqual(
      attachments.map(({ type, name, content }) => [type, name, content.toString()]),
      [attachment],
    );
  });
}

test('the one part of a message is its text, and a file as well only where it has a name', async () => {
  const named = await contentOf(
    'Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nHello.\n',
  );
  assert.deepEqual([named.text, named.attachments.map(({ name }) => name)], ['Hello.\n', ['a.txt']]);
  assert.deepEqual((await contentOf('Content-Type: text\n\nHello.\n')).attachments, []);
});

test('what is shown otherwise than it was meant comes with a warning', async () => {
  const warningsOf = async (raw: string) => (await contentOf(raw)).warnings;
  assert.deepEqual(await warningsOf('Subject: a\n\nHello.\n'), []);
  assert.deepEqual(await warningsOf(multipart('mixed', 'Content-Type: image/png\n\nx')), []);
  assert.deepEqual(await warningsOf(`${HTML}<p>a</p>`), []);
  assert.deepEqual(await warningsOf(multipart('alternative', `${PLAIN}a`, `${HTML}<p>b</p>`)), []);
  assert.deepEqual(await warningsOf('Content-Type: multipart/mixed\n\n--b\n\nHello.\n'), [
    'shown undecoded: no part of it can be read',
  ]);
  const long = await contentOf(`X: ${'x'.repeat(1_200_000)}\n\nHello.\n`);
  assert.equal(long.text, 'Hello.\n');
  assert.match(long.warnings.join(), /^shown undecoded: /);
  for (const html of ['<b>'.repeat(200_000), '<p>x</p>'.repeat(200_000)])
    assert.deepEqual(await warningsOf(HTML + html), ['only the first part of long HTML is shown']);
});

test('bodies made to be slow are read to their end', async () => {
  const { text } = await contentOf(`Subject: a\n\n${'\n'.repeat(1_000_000)}!\n`);
  assert.equal(text.length, 1_000_002);
});

test('arbitrary bytes have a content whose lines are all in the blocks of a body', async () => {
  const words = [
    '--=b\n',
    '--=b--\n',
    PLAIN,
    HTML,
    PATCH,
    '\n',
    '<p>',
    '=3D',
    '\xff',
    'Content-Transfer-Encoding: base64\n',
  ];
  const header = fc.constantFrom('', 'Content-Type: multipart/mixed; boundary="=b"\n\n', HTML, PLAIN);
  const pieces = fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 20 });
  const built = fc.tuple(header, pieces).map(([head, parts]) => Buffer.from(head + parts.join(''), 'latin1'));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), built), raw => losesNothing(raw)),
    runs(300),
  );
});

test('every odd message of other projects has facts, and soon a text that loses no line and hides nothing', {
  skip: NO_CORPORA,
}, async () => {
  const folder = path.join(corporaFolder()!, 'nasty');
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile());
  assert.equal(files.length, 468);
  for (const file of files) {
    const started = performance.now();
    await losesNothing(fs.readFileSync(path.join(file.parentPath, file.name)));
    assert.ok(performance.now() - started < 5_000, file.name);
  }
});

async function losesNothing(raw: Uint8Array): Promise<void> {
  assert.notEqual(headerFacts(raw).id, '');
  const { text, attachments } = await parseContent(raw);
  assert.doesNotMatch(visible(text), /[\0\x1b\u202a-\u202e\u2066-\u2069]/);
  for (const { name } of attachments) assert.doesNotMatch(name, /[\0-\x1f\\/\u202a-\u202e\u2066-\u2069]/);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  assert.deepEqual(
    parseBody(text).flatMap(block => block.lines),
    lines,
  );
}
