import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  dayAt,
  daysOfWeek,
  isDay,
  lengthOf,
  spanOf,
  wednesdayAfter,
  weekOf,
} from '../publication/calendar.ts';

test('weeks are those of ISO 8601, and a week that a year does not have is none', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['2018-W13', '2018-03-26'],
    ['2018W13', '2018-03-26'],
    ['2018-w01', '2018-01-01'],
    ['2019-W01', '2018-12-31'],
    ['2021-W01', '2021-01-04'],
    ['2020-W53', '2020-12-28'],
    ['2021-W53', undefined],
    ['2018-W00', undefined],
    ['2018-W99', undefined],
    ['2018-13', undefined],
    ['W13', undefined],
  ];
  for (const [week, monday] of table) {
    assert.equal(daysOfWeek(week)?.since, monday, week);
    if (monday) assert.equal(lengthOf(daysOfWeek(week)!), 7, week);
  }
});

test('every day is in the week that it is said to be in', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 60_000 }), days => {
      const day = addDays('1970-01-01', days);
      const { since, until } = daysOfWeek(weekOf(day))!;
      assert.ok(since <= day && day <= until, day);
    }),
  );
});

test('a period lasts from midnight to midnight of its zone, also where the clocks change', () => {
  const hours = (since: string, zone: string) => {
    const { from, to } = spanOf({ since, until: since }, zone);
    return [new Date(from * 1000).toISOString().slice(0, 16), (to - from) / 3600];
  };
  assert.deepEqual(hours('2018-03-25', 'UTC'), ['2018-03-25T00:00', 24]);
  assert.deepEqual(hours('2018-03-25', 'Europe/Berlin'), ['2018-03-24T23:00', 23]);
  assert.deepEqual(hours('2018-10-28', 'Europe/Berlin'), ['2018-10-27T22:00', 25]);
  // There the clocks went on at midnight: the day began at one o'clock.
  assert.deepEqual(hours('2018-11-04', 'America/Sao_Paulo'), ['2018-11-04T03:00', 23]);
  // One in which 30 December 2011 did not take place.
  assert.deepEqual(hours('2011-12-31', 'Pacific/Apia'), ['2011-12-30T10:00', 24]);
});

test('days of the calendar, of a time, and a Wednesday', () => {
  assert.deepEqual(['2018-02-28', '2018-02-29', '2018-2-3', 'soon', ''].map(isDay), [
    true,
    false,
    false,
    false,
    false,
  ]);
  assert.equal(dayAt(Date.parse('2018-03-31T23:30:00Z') / 1000, 'Europe/Berlin'), '2018-04-01');
  assert.deepEqual(['2018-04-01', '2018-04-03', '2018-04-04'].map(wednesdayAfter), [
    '2018-04-04',
    '2018-04-04',
    '2018-04-11',
  ]);
});
