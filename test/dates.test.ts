import assert from 'node:assert/strict';
import test from 'node:test';
import { createDates, sentTime, timeElement, utcSpan } from '../templates/dates.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;

test('a span names what its two days do not share', () => {
  const dates = createDates('en', 'UTC');
  const table: readonly (readonly [string, string, string])[] = [
    ['2018-03-05T09:00:00Z', '2018-03-05T21:00:00Z', '5 March 2018'],
    ['2018-03-05T09:00:00Z', '2018-03-25T21:00:00Z', '5 to 25 March 2018'],
    ['2018-03-28T09:00:00Z', '2018-04-02T21:00:00Z', '28 March to 2 April 2018'],
    ['2017-12-30T09:00:00Z', '2018-01-02T21:00:00Z', '30 December 2017 to 2 January 2018'],
  ];
  for (const [first, last, words] of table) assert.equal(dates.span(seconds(first), seconds(last)), words);
});

test('days follow the time zone of the site, months of addresses do not', () => {
  const dates = createDates('en', 'Asia/Tokyo');
  assert.equal(dates.day(seconds('2018-03-31T20:00:00Z')), '1 April 2018');
  assert.equal(dates.month('2018-03'), 'March 2018');
  assert.equal(createDates('de', 'UTC').day(seconds('2018-03-05T09:00:00Z')), '5. März 2018');
  assert.equal(dates.day(0), 'undated');
});

test('a message tells its time by its sender’s clock and by UTC', () => {
  const table: readonly (readonly [string, number, string])[] = [
    ['2018-03-05T09:12:00Z', 60, 'Monday 5 March 2018, 10:12 +0100 (09:12 UTC)'],
    ['2018-03-05T09:12:00Z', 0, 'Monday 5 March 2018, 09:12 UTC'],
    ['2018-03-05T23:30:00Z', 330, 'Tuesday 6 March 2018, 05:00 +0530 (5 March, 23:30 UTC)'],
    ['2018-03-05T02:00:00Z', -210, 'Sunday 4 March 2018, 22:30 −0330 (5 March, 02:00 UTC)'],
  ];
  for (const [time, offset, words] of table)
    assert.equal(String(sentTime(seconds(time), offset)).replace(/<[^>]*>/g, ''), words);
  assert.equal(
    String(timeElement(seconds('2018-03-05T09:12:00Z'), '5 March')),
    '<time datetime="2018-03-05T09:12:00Z">5 March</time>',
  );
});

test('the search’s spans name what their two days do not share, without a formatter', () => {
  const span = (first: string, last: string) => utcSpan(Date.parse(first) / 1000, Date.parse(last) / 1000);
  assert.equal(span('2018-03-02T23:59:59Z', '2018-03-02'), '2 March 2018');
  assert.equal(span('2018-03-02', '2018-03-12'), '2 to 12 March 2018');
  assert.equal(span('2018-03-12', '2018-04-12'), '12 March to 12 April 2018');
  assert.equal(span('2017-03-12', '2018-03-12'), '12 March 2017 to 12 March 2018');
  assert.equal(utcSpan(0, 0), 'undated');
});
