import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeText } from '../mail/charset.ts';
import { decodeEncodedWords } from '../mail/encoded-words.ts';
import { runs } from './support/property.ts';

/** Bytes, one per character, and their text, under every name that declares it. */
const TEXTS: readonly (readonly [bytes: string, text: string, ...names: readonly string[]])[] = [
  [
    'Gr\xfc\xdfe \x80',
    'Grüße €',
    ...[
      '',
      'us-ascii',
      'ANSI_X3.4-1968',
      'x-unknown',
      'unknown-8bit',
      '8bit',
      'default',
      'x-mars',
      'us-ascii; foo',
    ],
    ...[
      'iso-8859-1',
      'ISO8859-1',
      'iso_8859_1',
      'latin1',
      'latin-1',
      'Latin 1',
      'l1',
      '8859-1',
      'x-iso-8859-1',
    ],
    ...['iso-8859-1:1987', 'windows-1252', 'win1252', 'cp1252', 'cp-1252', 'x-cp1252', 'ansi-1252', 'utf-8'],
  ],
  [
    'Gr\xc3\xbc\xc3\x9fe',
    'Grüße',
    ...[
      '',
      'us-ascii',
      'utf-8',
      'UTF8',
      'utf_8',
      'utf8mb4',
      '"utf-8"',
      "'utf-8'",
      'utf-8; foo',
      'utf-8,iso-8859-1',
    ],
    ...['unicode-1-1-utf-8', 'x-utf-8', 'en_US.UTF-8', 'cp65001', '=utf-8', 'iso-2022-jp', 'utf-16'],
  ],
  ['\xef\xbb\xbfa\xc3\xbc', 'aü', '', 'utf-8'],
  ['\xc3\xbc\xc3\x9f \x96 \xe2\x82\xac \xf0\x9f\x99\x82 \xff', 'üß – € 🙂 ÿ', '', 'utf-8'],
  ['caf\xe9 fa\xe7ade \xc3\xa9 na\xefve', 'café façade Ã© naïve', ''],
  ['caf\xe9 fa\xe7ade \xc3\xa9 na\xefve', 'café façade é naïve', 'utf-8'],
  ['\xed\xa0\x80 \xc0\xaf \xf4\x90\x80\x80', 'í\u00a0€ À¯ ô\u0090€€', '', 'utf-8'],
  ['Gr\x81\xe1e', 'Grüße', 'cp850', 'cp-850', 'IBM850', 'ibm-850', '850'],
  ['\xf0\xd2\xc9', 'При', 'koi8-r', 'KOI8R', 'koi8', 'cskoi8r', 'cp20866'],
  ['\xcf\xf0\xe8', 'При', 'windows-1251', 'win-1251', 'cp1251', 'x-cp1251', 'windows1251'],
  ['\x8f\xe0\xa8', 'При', 'cp866', 'ibm866', '866', 'dos-866'],
  ['Gr\x9f\xa7e', 'Grüße', 'macintosh', 'x-mac-roman', 'mac', 'macroman'],
  ['\xf9\xec\xe5\xed', 'שלום', 'iso-8859-8', 'iso-8859-8-i', 'ISO-8859-8-E', 'windows-1255'],
  ['\xd0\xfd', 'Ğı', 'iso-8859-9', 'latin5', 'latin-5', 'windows-1254'],
  ['\xa4', '€', 'iso-8859-15', 'latin9', 'latin-9', 'iso8859-15', 'cp28605'],
  ['\xd6\xd0\xce\xc4', '中文', 'gb2312', 'GB_2312-80', 'gbk', 'gb18030', 'x-gbk', 'cn-gb', 'cp936', 'euc-cn'],
  ['\xd6\xd0 \xff \x81\x308', '中 ÿ \u008108', 'gb2312'],
  ['\x95\x32\x82\x36', '𠀀', 'gb2312', 'gb18030'],
  ['\xa4\xa4\xa4\xe5', '中文', 'big5', 'big-5', 'cn-big5', 'x-big5', 'big5-hkscs', 'cp950'],
  ['\xc7\xd1', '한', 'ks_c_5601-1987', 'ks_c_5601', 'ksc5601', 'euc-kr', 'cp949', 'korean'],
  ['\x93\xfa\x96{', '日本', 'shift_jis', 'shift-jis', 'sjis', 'x-sjis', 'ms_kanji', 'cp932', 'windows-31j'],
  ['\xc6\xfc\xcb\xdc', '日本', 'euc-jp', 'eucjp', 'x-euc-jp', 'ujis'],
  ['\x1b$BF|K\\\x1b(B.', '日本.', '', 'us-ascii', 'iso-2022-jp', 'csISO2022JP', 'iso-2022-jp-ms'],
  ['\x1b$BF|K\\\x1b(B\n\xe9\n\x1b$BF|\x1b(B', '日本\né\n日', 'iso-2022-jp'],
  ['\x1b[1mbold', '\x1b[1mbold', '', 'us-ascii'],
  ['+ZeVnLA- a+b +- 1+1', '日本 a+b + 1+1', 'utf-7', 'unicode-1-1-utf-7', 'UTF7'],
  ['\xff\xfea\0\xe9\0', 'aé', '', 'utf-16', 'utf-16be'],
  ['\xfe\xff\0a\0\xe9', 'aé', '', 'utf-16', 'utf-16le'],
  ['\0a\0\xe9', 'aé', 'utf-16', 'utf-16be', 'UTF16'],
  ['a\0\xe9\0\xe9', 'aéé', 'utf-16', 'utf-16le', 'unicode', 'ucs-2'],
];

for (const [bytes, text, ...names] of TEXTS) {
  test(`${JSON.stringify(text)} by its names`, () => {
    for (const name of names) assert.equal(decodeText(Buffer.from(bytes, 'latin1'), name), text, name);
  });
}

test('arbitrary bytes in whatever charset have a text, and what is UTF-8 has its own', () => {
  const names = fc.oneof(fc.constantFrom(...TEXTS.flatMap(([, , ...all]) => all)), fc.string());
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), names, (bytes, name) => {
      assert.equal(typeof decodeText(Buffer.from(bytes), name), 'string');
    }),
    runs(1000),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      for (const name of ['', 'utf-8', 'us-ascii', 'x-mars'])
        assert.equal(decodeText(Buffer.from(`${text}é`), name), `${text}é`.replace(/^\ufeff/, ''));
    }),
    runs(500),
  );
});

test('bytes put into UTF-8 stay themselves, and all around them too', () => {
  const piece = fc.constantFrom('ü', '€', '中', '🙂', 'a', ' ');
  fc.assert(
    fc.property(
      fc.array(piece),
      fc.integer({ min: 0xf5, max: 0xff }),
      fc.array(piece),
      (before, byte, after) => {
        const bytes = Buffer.concat([
          Buffer.from(before.join('')),
          Buffer.of(byte),
          Buffer.from(after.join('')),
        ]);
        assert.equal(
          decodeText(bytes, 'utf-8'),
          before.join('') + String.fromCharCode(byte) + after.join(''),
        );
      },
    ),
    runs(500),
  );
});

test('broken text is read in time, however long', () => {
  const bytes = Buffer.from('\x81\n\xff\x1b$B!!\xe4'.repeat(200_000), 'latin1');
  for (const name of ['', 'utf-8', 'gb2312', 'iso-2022-jp', 'utf-7', 'shift_jis'])
    assert.ok(decodeText(bytes, name).length > 200_000);
  // No error is thrown for each of its bytes.
  const line = Buffer.alloc(3_000, 0xff);
  for (let part = 0; part < 200; part++) assert.equal(decodeText(line, 'gb2312'), 'ÿ'.repeat(3_000));
});

/** Header text and what its encoded words say. */
const WORDS: Readonly<Record<string, readonly [text: string, decoded: string]>> = {
  'no word': ['Re: a =? b', 'Re: a =? b'],
  'quoted-printable': ['=?iso-8859-1?Q?Gr=FC=DFe_an?= Ada', 'Grüße an Ada'],
  base64: ['=?UTF-8?b?R3LDvMOfZQ==?=', 'Grüße'],
  'a character cut in two': ['=?utf-8?B?R3LD?=\r\n =?utf-8?B?vMOfZQ==?=', 'Grüße'],
  'words of two charsets': ['=?utf-8?Q?=C3=BC?= =?koi8-r?Q?=F0?=', 'üП'],
  'a word that text stands beside': ['a=?utf-8?Q?b?=c', 'abc'],
  'a charset of DOS': ['=?cp-850?Q?Gr=81=E1e?=', 'Grüße'],
  'a charset that nobody knows': ['=?x-unknown?Q?Gr=FC=DFe?=', 'Grüße'],
  'a language': ['=?utf-8*de?Q?=C3=BC?=', 'ü'],
  'words of ISO-2022-JP, each of which goes back to ASCII': [
    '=?ISO-2022-JP?B?GyRCRnwbKEI=?= =?ISO-2022-JP?B?GyRCS1wbKEI=?=',
    '日本',
  ],
  'bytes that should be encoded': ['=?utf-8?Q?ü=C3=9F?=', 'üß'],
};

for (const [name, [text, decoded]] of Object.entries(WORDS)) {
  test(`encoded words with ${name}`, () => assert.equal(decodeEncodedWords(text), decoded));
}
