import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDate, parseReceivedDate } from '../mail/date.ts';
import { runs } from './support/property.ts';

/** A date and the moment and offset it names. */
const DATES: Readonly<Record<string, readonly [iso: string, offset: number]>> = {
  'Mon, 5 Mar 2018 09:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  'Mon, 05 Mar 2018 09:12:44 -0330': ['2018-03-05T12:42:44Z', -210],
  '5 Mar 2018 09:12 +0000': ['2018-03-05T09:12:00Z', 0],
  'Mon,5 Mar 2018 9:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  'Monday, 5 March 2018 09:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  'Mo, 5 MAR 2018 09:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  // Zones: unknown, obsolete (RFC 5322, 4.3), military, in other writings.
  'Mon, 5 Mar 2018 09:12:44 -0000': ['2018-03-05T09:12:44Z', 0],
  'Mon, 5 Mar 2018 09:12:44': ['2018-03-05T09:12:44Z', 0],
  'Mon, 5 Mar 2018 09:12:44 GMT': ['2018-03-05T09:12:44Z', 0],
  'Mon, 5 Mar 2018 09:12:44 EST': ['2018-03-05T14:12:44Z', -300],
  'Mon, 5 Mar 2018 09:12:44 pdt': ['2018-03-05T16:12:44Z', -420],
  'Mon, 5 Mar 2018 09:12:44 Q': ['2018-03-05T09:12:44Z', 0],
  'Mon, 5 Mar 2018 09:12:44 XYZT': ['2018-03-05T09:12:44Z', 0],
  'Mon, 5 Mar 2018 09:12:44 +01:00': ['2018-03-05T08:12:44Z', 60],
  'Mon, 5 Mar 2018 09:12:44 GMT+0100': ['2018-03-05T08:12:44Z', 60],
  'Mon, 5 Mar 2018 09:12:44 -600': ['2018-03-05T15:12:44Z', -360],
  'Mon, 5 Mar 2018 09:12:44 +1400': ['2018-03-04T19:12:44Z', 840],
  'Mon, 5 Mar 2018 09:12:44 +2400': ['2018-03-05T09:12:44Z', 0],
  'Mon, 5 Mar 2018 09:12:44 +9900': ['2018-03-05T09:12:44Z', 0],
  // Comments and folding.
  'Mon, 5 Mar 2018 09:12:44 +0100 (CET)': ['2018-03-05T08:12:44Z', 60],
  'Mon, 5 Mar 2018 09:12:44 (EST) -0500': ['2018-03-05T14:12:44Z', -300],
  '(on the 1 Jan 2001 00:00 (or so)) Mon, 5 Mar 2018 09:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  'Mon, 5\r\n\tMar (March) 2018\r\n 09:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  // Years of two and three digits (RFC 5322, 4.3).
  'Mon, 5 Mar 18 09:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  'Sun, 31 Dec 49 00:00:00 GMT': ['2049-12-31T00:00:00Z', 0],
  'Fri, 1 Sep 95 13:30:57 GMT': ['1995-09-01T13:30:57Z', 0],
  'Mon, 5 Mar 118 09:12:44 +0100': ['2018-03-05T08:12:44Z', 60],
  // Other orders and dashes.
  'Monday, 05-Mar-18 09:12:44 GMT': ['2018-03-05T09:12:44Z', 0],
  'Mon Mar  5 09:12:44 2018': ['2018-03-05T09:12:44Z', 0],
  'Mon Mar  5 09:12:44 EST 2018': ['2018-03-05T14:12:44Z', -300],
  'Mon Mar  5 09:12:44 2018 +0100': ['2018-03-05T08:12:44Z', 60],
  // Clocks.
  'Mon, 5 Mar 2018 12:30:00 AM +0000': ['2018-03-05T00:30:00Z', 0],
  'Mon, 5 Mar 2018 01:30:00 PM +0000': ['2018-03-05T13:30:00Z', 0],
  'Mon, 5 Mar 2018 09:12:44.250 +0100': ['2018-03-05T08:12:44Z', 60],
  'Sat, 31 Dec 2016 23:59:60 +0000': ['2017-01-01T00:00:00Z', 0],
  'Thu, 29 Feb 2024 23:59:59 +0000': ['2024-02-29T23:59:59Z', 0],
  'Thu, 1 Jan 1970 00:00:00 +0000': ['1970-01-01T00:00:00Z', 0],
  'Fri, 31 Dec 9999 23:59:59 +0000': ['9999-12-31T23:59:59Z', 0],
};

for (const [value, [iso, offset]] of Object.entries(DATES)) {
  test(`the date ${JSON.stringify(value)}`, () =>
    assert.deepEqual(parseDate(value), { time: Date.parse(iso) / 1000, offset }));
}

const NO_DATES: Readonly<Record<string, string>> = {
  'a 31 February, which is no 3 March': 'Sat, 31 Feb 2018 10:00:00 +0000',
  'a 29 February of a common year': 'Thu, 29 Feb 2018 10:00:00 +0000',
  'a 31 April': 'Tue, 31 Apr 2018 10:00:00 +0000',
  'a day 0': 'Mon, 0 Mar 2018 10:00:00 +0000',
  'a day 32': 'Mon, 32 Mar 2018 10:00:00 +0000',
  'a day 105, which is no 5': 'Mon, 105 Mar 2018 10:00:00 +0000',
  'no month': 'Mon, 5 Foo 2018 10:00:00 +0000',
  'an hour 24': 'Mon, 5 Mar 2018 24:00:00 +0000',
  'a minute 60': 'Mon, 5 Mar 2018 10:60:00 +0000',
  'a second 61': 'Mon, 5 Mar 2018 10:00:61 +0000',
  'the year 1969': 'Thu, 13 Feb 1969 23:32:54 -0330',
  'the year 69': 'Thu, 13 Feb 69 23:32:54 -0330',
  'the year 50, which is no 2050': 'Wed, 1 Jun 50 10:00:00 +0000',
  'the year 0099, which is no 1999': 'Fri, 5 Mar 0099 10:00:00 +0000',
  'the year 10000': 'Mon, 5 Mar 10000 10:00:00 +0000',
  'a moment before 1970': 'Thu, 1 Jan 1970 00:30:00 +0100',
  'a moment after 9999': 'Fri, 31 Dec 9999 23:30:00 -0100',
  'no time': 'Mon, 5 Mar 2018',
  words: 'yesterday',
  nothing: '',
};

for (const [name, value] of Object.entries(NO_DATES)) {
  test(`no date: ${name}`, () => assert.equal(parseDate(value), undefined));
}

const RECEIVED: Readonly<Record<string, readonly [value: string, iso: string | undefined]>> = {
  'a date after its semicolon': ['from a by b; Mon, 5 Mar 2018 09:12:44 +0100', '2018-03-05T08:12:44Z'],
  'several semicolons': [
    'from a by b; Sun, 4 Mar 2018 00:00 +0000; Mon, 5 Mar 2018 09:12:44 +0100',
    '2018-03-05T08:12:44Z',
  ],
  'a semicolon in a comment behind the date': [
    'from a by b; Mon, 5 Mar 2018 09:12:44 +0100 (CET; by the wall)',
    '2018-03-05T08:12:44Z',
  ],
  'a date without a semicolon': ['from a by b Mon, 5 Mar 2018 09:12:44 +0100', undefined],
  'no date behind the semicolon': ['from a by b; some time ago', undefined],
  nothing: ['', undefined],
};

for (const [name, [value, iso]] of Object.entries(RECEIVED)) {
  test(`a Received field with ${name}`, () =>
    assert.equal(parseReceivedDate(value)?.time, iso === undefined ? undefined : Date.parse(iso) / 1000));
}

test('every moment of 1970 to 9999 is read back as it was written, in every zone', () => {
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const two = (part: number) => String(part).padStart(2, '0');
  const time = fc.integer({ min: 86_400, max: Date.UTC(9999, 11, 30) / 1000 });
  const offset = fc.integer({ min: -1439, max: 1439 });
  fc.assert(
    fc.property(time, offset, (time, offset) => {
      const there = new Date((time + offset * 60) * 1000);
      const [date, clock] = there.toISOString().split('T') as [string, string];
      const [year, month, day] = date.split('-');
      const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
      const written = `${day} ${names[Number(month) - 1]} ${year} ${clock.slice(0, 8)} ${zone}`;
      assert.deepEqual(parseDate(written), { time, offset });
    }),
    runs(1000),
  );
});

test('values made to be slow are read to their end', () => {
  const many = 100_000;
  for (const part of ['(', '1 ', '1-', '1 Jan ', '(a', ' ', ';', '00:'])
    assert.equal(parseDate(part.repeat(many)), undefined, part);
  assert.equal(parseReceivedDate('; '.repeat(many)), undefined);
});
