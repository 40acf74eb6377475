import assert from 'node:assert/strict';
import test from 'node:test';
import { bodyHash, footerStart } from '../mail/body-hash.ts';
import { splitMessage } from '../mail/header.ts';
import { decodeTransferEncoding } from '../mail/transfer-encoding.ts';

const TEXT = 'Grüße an alle,\n\nthe patch = good.\nAda\n';
const FOOTER = `${'_'.repeat(47)}\nlist mailing list\nlist@example.org\nhttps://example.org/list\n`;

function hashOf(header: string, body: string | Buffer): string {
  const message = splitMessage(Buffer.concat([Buffer.from(`${header}\n\n`), Buffer.from(body)]));
  return bodyHash(message.fields, message.body);
}

const ORIGINAL = hashOf('Content-Transfer-Encoding: 8bit', TEXT);
const base64 = Buffer.from(TEXT).toString('base64').replace(/.{20}/g, '$&\n');
const quotedPrintable = 'Gr=C3=BC=C3=9Fe an alle,\n\nthe patch =3D=\n good.   \nAda\n';

const SAME: Readonly<Record<string, readonly [header: string, body: string]>> = {
  'no encoding named': ['Subject: a', TEXT],
  base64: ['Content-Transfer-Encoding: base64', base64],
  'BASE64 with CRLF': ['Content-Transfer-Encoding:  BASE64 ', base64.replaceAll('\n', '\r\n')],
  'quoted-printable': ['Content-Transfer-Encoding: quoted-printable', quotedPrintable],
  CRLF: ['Subject: a', TEXT.replaceAll('\n', '\r\n')],
  'blanks at the ends of lines': ['Subject: a', TEXT.replaceAll('\n', ' \t\n')],
  'empty lines at the end': ['Subject: a', `${TEXT}\n\n\n`],
  'no line end at the end': ['Subject: a', TEXT.trimEnd()],
  'the footer of a list': ['List-Id: <list.example.org>', `${TEXT}\n${FOOTER}`],
  'the footer of a list, in base64': [
    'Content-Transfer-Encoding: base64',
    Buffer.from(`${TEXT}\n${FOOTER}`).toString('base64'),
  ],
  'other headers': ['Subject: [list] b\nReceived: x\nX-Relay: y', TEXT],
};

for (const [name, [header, body]] of Object.entries(SAME)) {
  test(`a copy with ${name} says the same`, () => assert.equal(hashOf(header, body), ORIGINAL));
}

const OTHER: Readonly<Record<string, string>> = {
  'a changed word': TEXT.replace('good', 'bad'),
  'a word more': `${TEXT}PS\n`,
  'an empty line more in the middle': TEXT.replace('\n\n', '\n\n\n'),
  'a blank more at the head of a line': TEXT.replace('\nthe', '\n the'),
  'no words': '',
};

for (const [name, body] of Object.entries(OTHER)) {
  test(`a message with ${name} says something else`, () =>
    assert.notEqual(hashOf('Subject: a', body), ORIGINAL));
}

test('a footer is what follows a line of underscores near the end', () => {
  const rule = '_'.repeat(40);
  assert.equal(footerStart(['a', rule, 'list']), 1);
  assert.equal(footerStart([rule]), 0);
  assert.equal(footerStart(['a', rule, ...Array.from({ length: 7 }, () => 'b')]), 1);
  assert.equal(footerStart(['a', rule, ...Array.from({ length: 8 }, () => 'b')]), undefined);
  assert.equal(footerStart(['a', '_'.repeat(39), 'b']), undefined);
  assert.equal(footerStart([]), undefined);
});

const ENCODED: Readonly<Record<string, readonly [encoding: string, body: string, decoded: string]>> = {
  'a soft line break': ['quoted-printable', 'a=\nb=\r\nc', 'abc'],
  'a soft line break with blanks behind it': ['quoted-printable', 'a= \t\nb', 'ab'],
  'blanks at the end of a line': ['quoted-printable', 'a \t\nb', 'a\nb'],
  'small letters': ['Quoted-Printable', 'a=3db', 'a=b'],
  'broken quoted-printable': ['quoted-printable', '=ZZ=4', '=ZZ=4'],
  'base64 over lines and with strange characters': ['base64', 'aGVs\nbG8*g\r\nd29ybGQ', 'hello world'],
  'an unknown encoding': ['x-uuencode', 'a=3D', 'a=3D'],
};

for (const [name, [encoding, body, decoded]] of Object.entries(ENCODED)) {
  test(`${name} decoded`, () =>
    assert.equal(decodeTransferEncoding(encoding, Buffer.from(body)).toString('latin1'), decoded));
}

test('a million blanks in the middle of a line are read to their end', () => {
  const body = Buffer.from(`a${' '.repeat(1_000_000)}b`);
  assert.equal(decodeTransferEncoding('quoted-printable', body).length, body.length);
});
