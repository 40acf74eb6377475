import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { displayName, parseAddress, parseAddresses } from '../mail/address.ts';
import { decodeEncodedWords } from '../mail/encoded-words.ts';
import { runs } from './support/property.ts';

const ADDRESSES: Readonly<Record<string, readonly [value: string, name: string, address: string]>> = {
  'a name and an address': ['Ada Example <ada@example.org>', 'Ada Example', 'ada@example.org'],
  'an address alone': ['ada@example.org', '', 'ada@example.org'],
  'an address in brackets': ['<ada@example.org>', '', 'ada@example.org'],
  'a quoted name': ['"Ada E. Example" <ada@example.org>', 'Ada E. Example', 'ada@example.org'],
  'quotation marks in a quoted name': [
    '"Ada \\"E\\" Example" <ada@example.org>',
    'Ada "E" Example',
    'ada@example.org',
  ],
  'last name first, quoted': ['"Example, Ada" <ada@example.org>', 'Example, Ada', 'ada@example.org'],
  'last name first, not quoted': ['Example, Ada <ada@example.org>', 'Example, Ada', 'ada@example.org'],
  'a title behind the name': ['Ada Example, PhD <ada@example.org>', 'Ada Example, PhD', 'ada@example.org'],
  'a name in a comment': ['ada@example.org (Ada Example)', 'Ada Example', 'ada@example.org'],
  'a comment beside the name': [
    'Ada Example (on the move) <ada@example.org>',
    'Ada Example',
    'ada@example.org',
  ],
  'only a name': ['Ada Example', 'Ada Example', ''],
  'several people': ['Ada <ada@example.org>, Ben <ben@example.net>', 'Ada', 'ada@example.org'],
  'a group': ['Friends: ben@example.net, ada@example.org;', '', 'ben@example.net'],
  'a group of nobody': ['Undisclosed recipients:;', '', ''],
  'no closing bracket': ['Ada <ada@example.org', 'Ada', 'ada@example.org'],
  'an address that hides its @': ['Ada <ada at example.org>', 'Ada', 'ada@example.org'],
  'two @': ['ada@home@example.org', '', 'ada@home@example.org'],
  'a quoted address for a name': [
    '"ada@example.org" <real@example.net>',
    'ada@example.org',
    'real@example.net',
  ],
  'an address as its own name': ['"ada@example.org" <ada@example.org>', '', 'ada@example.org'],
  nothing: ['', '', ''],
  'empty brackets': ['<>', '', ''],
  'a name in UTF-8': ['Jürgen Example <j@example.org>', 'Jürgen Example', 'j@example.org'],
  'an encoded name': ['=?utf-8?Q?J=C3=BCrgen_Example?= <j@example.org>', 'Jürgen Example', 'j@example.org'],
  'an encoded name in quotation marks': [
    '"=?utf-8?Q?J=C3=BCrgen?=" <j@example.org>',
    'Jürgen',
    'j@example.org',
  ],
  'a letter cut in two encoded words': [
    '=?utf-8?Q?J=C3?= =?utf-8?Q?=BCrgen?= <j@example.org>',
    'Jürgen',
    'j@example.org',
  ],
  'an encoded comma': ['=?utf-8?Q?Example=2C_Ada?= <ada@example.org>', 'Example, Ada', 'ada@example.org'],
  'an encoded line end': ['=?utf-8?Q?Ada=0D=0ABcc=3A_x?= <ada@example.org>', 'Ada Bcc: x', 'ada@example.org'],
  'an encoded word that does not end': [
    '=?utf-8?Q?Ada <ada@example.org>',
    '=?utf-8?Q?Ada',
    'ada@example.org',
  ],
  'control and bidi characters': ['A\u202eda\u0007 <ada@example.org>', 'Ada', 'ada@example.org'],
};

for (const [what, [value, name, address]] of Object.entries(ADDRESSES)) {
  test(`a From field with ${what}`, () => assert.deepEqual(parseAddress(value), { name, address }));
}

test('somebody is shown by name, else by the local part of the address, else as nobody', () => {
  assert.equal(displayName({ name: 'Ada', address: 'a@example.org' }), 'Ada');
  assert.equal(displayName({ name: '', address: 'ada@home@example.org' }), 'ada');
  assert.equal(displayName({ name: '', address: 'ada' }), 'ada');
  assert.equal(displayName({ name: '', address: '@example.org' }), 'nobody');
  assert.equal(displayName({ name: '', address: '' }), 'nobody');
});

const WORDS: Readonly<Record<string, string>> = {
  'plain words': 'plain words',
  '=?iso-8859-1?Q?Gr=FC=DFe?= an alle': 'Grüße an alle',
  '=?UTF-8?B?R3LDvMOfZQ==?=': 'Grüße',
  '=?utf-8?q?one?= =?utf-8?q?two?=': 'onetwo',
  '=?utf-8?q?one?= and =?utf-8?q?two?=': 'one and two',
  '=?utf-8?B?R3LDvA==?= =?utf-8?B?w59l?=': 'Grüße',
  '=?koi8-r?B?8NLJ18XU?=': 'Привет',
  '=?utf-8*de?Q?Hallo?=': 'Hallo',
  '=?utf-8?X?unknown?=': '=?utf-8?X?unknown?=',
  '=?utf-8?Q?open': '=?utf-8?Q?open',
  '=?': '=?',
  '': '',
};

for (const [value, decoded] of Object.entries(WORDS)) {
  test(`the words ${JSON.stringify(value)} decoded`, () => assert.equal(decodeEncodedWords(value), decoded));
}

test('values made to be slow are read to their end', () => {
  const many = 50_000;
  const parts = ['(', '<', '"', 'a@', ',', 'a:', '=?', '=?utf-8?Q?', '"\\\\'];
  for (const value of [...parts.map(part => part.repeat(many)), `(${'a@'.repeat(many)} b"`]) {
    const { name, address } = parseAddress(value);
    assert.ok(name.length + address.length <= value.length, value.slice(0, 9));
    assert.equal(decodeEncodedWords(value), value);
  }
});

test('the short way for plain addresses gives what the parser gives', () => {
  const letter = fc
    .integer({ min: 0x41, max: 0x2ffff })
    .map(code => String.fromCodePoint(code))
    .filter(one => /^\p{L}$/u.test(one));
  const rest = fc.stringMatching(/^[A-Za-z0-9.'-]{0,6}$/);
  const word = fc
    .tuple(
      fc.oneof(letter, fc.constantFrom('A', 'z', 'é', '\u3164')),
      rest,
      fc.oneof(letter, fc.constant('')),
    )
    .map(parts => parts.join(''));
  const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map(words => words.join(' '));
  const address = fc.stringMatching(/^[A-Za-z0-9._+-]{1,8}@[A-Za-z0-9.-]{1,8}$/);
  fc.assert(
    fc.property(
      phrase,
      address,
      fc.boolean(),
      fc.constantFrom('', ' (Ex4)'),
      (name, where, quoted, comment) => {
        const value = `${quoted ? `"${name}"` : name}${comment} <${where}>`;
        assert.deepEqual({ ...parseAddress(value) }, parseAddresses(value)[0]);
      },
    ),
    runs(),
  );
});
