import assert from 'node:assert/strict';
import test from 'node:test';
import { canJoin, type MessageId, messageIds, ownMessageId } from '../mail/message-id.ts';

const REFERENCES: Readonly<Record<string, readonly [value: string, ...ids: string[]]>> = {
  'one id': ['<one@example.org>', 'one@example.org'],
  'several ids': ['<one@example.org> <two@example.org>', 'one@example.org', 'two@example.org'],
  'ids without a blank between them': [
    '<one@example.org><two@example.org>',
    'one@example.org',
    'two@example.org',
  ],
  'ids with commas between them': [
    '<one@example.org>,\t<two@example.org>',
    'one@example.org',
    'two@example.org',
  ],
  'an id that is folded in the middle': ['<one.long.id@\r\n example.org>', 'one.long.id@example.org'],
  'blanks inside the brackets': ['< one . two @ example.org >', 'one.two@example.org'],
  'the same id twice': ['<a@example.org> <a@example.org>', 'a@example.org', 'a@example.org'],
  'an id without an @': ['<yes>', 'yes'],
  'an id with odd characters': ['<a/b+c=d$%#!@[10.0.0.1]>', 'a/b+c=d$%#!@[10.0.0.1]'],
  'upper case, which is kept': ['<AbC@Example.ORG>', 'AbC@Example.ORG'],
  'a quoted string in an id': ['<"odd id"@example.org>', '"oddid"@example.org'],
  'parentheses in an id': ['<one(1)@example.org>', 'one(1)@example.org'],
  'a phrase before the id': ['Your message of "Mon, 5 Mar 2018" <one@example.org>', 'one@example.org'],
  'a comment after the id': [
    '<one@example.org> (Ada Example\'s message of "Mon, 5 Mar 2018 10:00 (CET)")',
    'one@example.org',
  ],
  'a comment that holds an address': ['(from Ada <ada@example.org>) <one@example.org>', 'one@example.org'],
  'a comment close behind the id': ['<one@example.org>(Ada <ada@example.org>)', 'one@example.org'],
  'comments in comments': ['((a <b@example.org>) c <d@example.org>) <one@example.org>', 'one@example.org'],
  'a comment that nobody closes': ['(well <one@example.org>', 'one@example.org'],
  'a quoted string that holds an address': [
    '"Ada <ada@example.org>" wrote <one@example.org>',
    'one@example.org',
  ],
  'a quotation mark that nobody closes': ['the 5" disk <one@example.org>', 'one@example.org'],
  'the address of MH in front': [
    'Message from Ada <ada@example.org>\n of "Mon, 05 Mar 2018 10:00:00 CET." <one@example.org>',
    'one@example.org',
  ],
  'no brackets': ['one@example.org', 'one@example.org'],
  'several ids without brackets': ['one@example.org two@example.org', 'one@example.org', 'two@example.org'],
  'words that are no ids': ['Your message of Monday'],
  'a quoted address and no id': ['"ada@example.org" said so'],
  'empty brackets': ['<> <one@example.org> < >', 'one@example.org'],
  'brackets that nobody closes': ['<one@example.org <two@example.org>', 'two@example.org'],
  'doubled brackets': ['<<one@example.org>>', 'one@example.org'],
  nothing: [''],
};

for (const [name, [value, ...ids]] of Object.entries(REFERENCES)) {
  test(`References with ${name}`, () => assert.deepEqual(messageIds(value), ids));
}

const OWN: Readonly<Record<string, readonly [value: string, id: string | undefined]>> = {
  'an id': ['<one@example.org>', 'one@example.org'],
  'an id that is folded': ['\r\n <one@example.org>', 'one@example.org'],
  'blanks inside the brackets': ['<9209252113.AA00975@ larch >', '9209252113.AA00975@larch'],
  'no brackets': ['one@example.org', 'one@example.org'],
  'no brackets and no @': ['102.10200000000105', '102.10200000000105'],
  'one bracket only': ['<one@example.org', 'one@example.org'],
  'words after the id': ['<one@example.org> added by a relay', 'one@example.org'],
  'a comment before the id': ['(made by <x@example.net>) <one@example.org>', 'one@example.org'],
  'a comment after an id without brackets': ['one@example.org (by a relay)', 'one@example.org'],
  'empty brackets': ['<>', undefined],
  'a comment only': ['(none)', undefined],
  'blanks only': ['  ', undefined],
};

for (const [name, [value, id]] of Object.entries(OWN)) {
  test(`a Message-ID field with ${name}`, () => assert.equal(ownMessageId(value), id));
}

test('the id of a message and the references to it are read alike', () => {
  for (const value of [
    '<one@example.org>',
    '<a b@example.org>',
    '<one(1)@example.org>',
    '<"a b"@example.org>',
  ])
    assert.deepEqual(messageIds(value), [ownMessageId(value)], value);
});

test('an id without an @ joins nothing', () => {
  assert.ok(canJoin('one@example.org' as MessageId));
  for (const id of ['yes', 'n', '', 'example.org']) assert.equal(canJoin(id as MessageId), false, id);
});

test('values made to be slow are read to their end', () => {
  const many = 100_000;
  assert.deepEqual(messageIds('('.repeat(many)), []);
  assert.deepEqual(messageIds('<'.repeat(many)), []);
  assert.deepEqual(messageIds('"\\'.repeat(many)), []);
  assert.deepEqual(messageIds('( <a@b> '.repeat(many)).length, many);
  assert.deepEqual(messageIds(`${'a@'.repeat(many)}(`), []);
  assert.deepEqual(messageIds(`${'('.repeat(many)}${')'.repeat(many)} <one@example.org>`), [
    'one@example.org',
  ]);
  assert.deepEqual(messageIds('<a@b> of '.repeat(many)), []);
  assert.deepEqual(messageIds('<a@b>'.repeat(many)).length, many);
  assert.equal(ownMessageId('<'.repeat(many)), undefined);
  assert.equal(ownMessageId(`<${' '.repeat(many)}a@b>`), 'a@b');
});
