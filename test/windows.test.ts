import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { uncovered, united } from '../ingest/pull/windows.ts';
import { runs } from './support/property.ts';

const times = fc.array(
  fc.tuple(fc.nat(30), fc.nat(30)).map(([since, until]) => ({ since, until })),
  { maxLength: 8 },
);

/** The whole numbers that windows hold. */
function held(windows: readonly { readonly since: number; readonly until: number }[]): readonly number[] {
  return Array.from({ length: 31 }, (_, time) => time).filter(time =>
    windows.some(({ since, until }) => time >= since && time < until),
  );
}

test('united windows hold the same times, ascending and apart from each other', () => {
  fc.assert(
    fc.property(times, windows => {
      const result = united(windows);
      assert.deepEqual(held(result), held(windows));
      for (const [index, window] of result.entries()) {
        assert.ok(window.since < window.until);
        assert.ok(index === 0 || result[index - 1]!.until < window.since);
      }
    }),
    runs(),
  );
});

test('what is uncovered of windows is in them, and in nothing that covers them', () => {
  fc.assert(
    fc.property(times, times, (windows, covering) => {
      const covered = united(covering);
      const left = new Set(held(covering));
      assert.deepEqual(
        held(uncovered(windows, covered)),
        held(windows).filter(time => !left.has(time)),
      );
    }),
    runs(),
  );
});
