import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fieldsNamed, fieldValue, fieldValues, splitMessage } from '../mail/header.ts';
import { runs } from './support/property.ts';

/** A message as its bytes, one per character; its fields as `name: value` and its body. */
interface Case {
  readonly raw: string;
  readonly fields: readonly string[];
  readonly body: string;
  readonly warnings?: number;
}

const CASES: Readonly<Record<string, Case>> = {
  'a header and a body': {
    raw: 'From: a\nTo: b\n\nHi.\n',
    fields: ['from: a', 'to: b'],
    body: 'Hi.\n',
  },
  'CRLF at its line ends': {
    raw: 'From: a\r\nTo: b\r\n\r\nHi.\r\n',
    fields: ['from: a', 'to: b'],
    body: 'Hi.\r\n',
  },
  'CRLF in the header and LF in the body': {
    raw: 'From: a\r\nTo: b\r\n\nHi.\n',
    fields: ['from: a', 'to: b'],
    body: 'Hi.\n',
  },
  'an LF among CRLF': { raw: 'From: a\nTo: b\r\n\r\nHi.', fields: ['from: a', 'to: b'], body: 'Hi.' },
  'folded fields': {
    raw: 'Subject: one\n two\r\n\tthree\nTo: b\n\n',
    fields: ['subject: one two three', 'to: b'],
    body: '',
  },
  'a field that begins on its second line': {
    raw: 'Message-ID:\n <a@example.org>\n\nHi.',
    fields: ['message-id: <a@example.org>'],
    body: 'Hi.',
  },
  'no header': { raw: '\nHi.\n', fields: [], body: 'Hi.\n' },
  'no body and no empty line': { raw: 'From: a\nTo: b\n', fields: ['from: a', 'to: b'], body: '' },
  'no line end at its end': { raw: 'From: a\nTo: b', fields: ['from: a', 'to: b'], body: '' },
  'no bytes': { raw: '', fields: [], body: '' },
  'an empty line only': { raw: '\r\n', fields: [], body: '' },
  'empty lines at the head of its body': { raw: 'From: a\n\n\nHi.', fields: ['from: a'], body: '\nHi.' },
  'names in odd letters and blanks before the colon': {
    raw: 'SUBJECT : one\nx-Odd_Name!:two\n\n',
    fields: ['subject: one', 'x-odd_name!: two'],
    body: '',
  },
  'an empty field': { raw: 'Subject:\nTo: b\n\n', fields: ['subject: ', 'to: b'], body: '' },
  'a colon in a value': { raw: 'Subject: a: b\n\n', fields: ['subject: a: b'], body: '' },
  'a separator of an mbox on top': {
    raw: 'From ada@example.org Mon Mar  5 09:12:44 2018\nFrom: a\n\nHi.',
    fields: ['from: a'],
    body: 'Hi.',
  },
  'a quoted separator on top': {
    raw: '>From ada@example.org Mon Mar  5 09:12:44 2018\nFrom: a\n\nHi.',
    fields: ['from: a'],
    body: 'Hi.',
  },
  'a line that is no field': {
    raw: 'From: a\nnot a field\n of its own\nTo: b\n\nHi.',
    fields: ['from: a', 'to: b'],
    body: 'Hi.',
    warnings: 1,
  },
  'lines of one letter and of none but CR and a letter': {
    raw: 'From: a\nx\n\rx\nTo: b\n\nHi.',
    fields: ['from: a', 'to: b'],
    body: 'Hi.',
    warnings: 2,
  },
  'a folded line on top': { raw: ' folded\nFrom: a\n\nHi.', fields: ['from: a'], body: 'Hi.' },
  'UTF-8 in its header': { raw: 'Subject: Gr\xc3\xbc\xc3\x9fe\n\n', fields: ['subject: Grüße'], body: '' },
  'Latin-1 in its header': { raw: 'Subject: Gr\xfc\xdfe\n\n', fields: ['subject: Grüße'], body: '' },
  'UTF-8 in its header and Latin-1 in its body': {
    raw: 'Subject: Gr\xc3\xbc\xc3\x9fe\n\nGr\xfc\xdfe',
    fields: ['subject: Grüße'],
    body: 'Gr\xfc\xdfe',
  },
};

for (const [name, { raw, fields, body, warnings = 0 }] of Object.entries(CASES)) {
  test(`a message with ${name}`, () => {
    const split = splitMessage(Buffer.from(raw, 'latin1'));
    assert.deepEqual(
      split.fields.map(field => `${field.name}: ${field.value}`),
      fields,
    );
    assert.equal(split.body.toString('latin1'), body);
    assert.equal(split.warnings.length, warnings);
  });
}

test('a piece of a bigger buffer is read as the message that it is', () => {
  const bytes = new Uint8Array(Buffer.from('xxxxFrom: a\n\nHi.yyyy')).subarray(4, 16);
  const { fields, body } = splitMessage(bytes);
  assert.equal(fieldValue(fields, 'from'), 'a');
  assert.equal(body.toString(), 'Hi.');
});

test('of fields with one name the first is the value, and all are the values', () => {
  const { fields } = splitMessage(Buffer.from('Received: one\nTo: b\nRECEIVED: two\n\n'));
  assert.equal(fieldValue(fields, 'received'), 'one');
  assert.deepEqual(fieldValues(fields, 'received'), ['one', 'two']);
  assert.equal(fieldValue(fields, 'cc'), undefined);
  assert.deepEqual(fieldValues(fields, 'cc'), []);
});

test('fields that are asked for by their names are those of the whole header', () => {
  const line = fc.constantFrom(
    ...['To: a', 'to : b', 'CC:', 'Cc: c:d', 'Too: no', 'X-To: no', 'no field', 'From a', '>From a'],
    ...[' folded', '\tto: folded', ' ', '', 'Subject: a\rTo: b', 'to', 'To\xe9: a', 'To: \xe9\u2028cc: no'],
  );
  const end = fc.constantFrom('\n', '\r\n');
  const named = fieldsNamed('to', 'cc');
  fc.assert(
    fc.property(fc.array(fc.tuple(line, end), { maxLength: 12 }), lines => {
      const raw = Buffer.from(lines.flat().join(''));
      const wanted = splitMessage(raw).fields.filter(({ name }) => name === 'to' || name === 'cc');
      assert.deepEqual(named(raw), wanted);
    }),
    runs(),
  );
});
