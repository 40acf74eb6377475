import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { POINTS_AWAY } from '../briefs/sentences/quotable.ts';
import { SAYS_TAKEN } from '../mail/series/applied.ts';
import { OBJECTED, REFUSED } from '../mail/series/objections.ts';
import { WITHDRAWN } from '../mail/series/withdrawals.ts';

const PHRASES = { SAYS_TAKEN, REFUSED, OBJECTED, WITHDRAWN, POINTS_AWAY };
const SAMPLES = { numRuns: 2000, seed: 1 };
/** So many of them at least must be what was asked for. */
const ENOUGH = 20;

for (const [name, { words, forms }] of Object.entries(PHRASES))
  for (const [at, form] of forms.entries())
    test(`whatever form ${at + 1} of ${name} matches has one of its words`, () => {
      const whole = fc.sample(fc.stringMatching(withoutAssertions(form)), SAMPLES);
      const spellings = whole.flatMap(text => [text, text.toUpperCase(), ` ${text}`]);
      const matched = spellings.filter(text => form.test(text));
      assert.ok(matched.length >= ENOUGH, `${matched.length} samples`);
      for (const text of matched) assert.match(text, words);
    });

/** What matches all that `form` does, and more: without flags, and without what is asserted of places. */
function withoutAssertions({ source }: RegExp): RegExp {
  let left = source.replaceAll('\\b', '');
  for (let begin = left.search(ASSERTION); begin !== -1; begin = left.search(ASSERTION))
    left = left.slice(0, begin) + left.slice(endOfGroup(left, begin));
  return new RegExp(left, 'u');
}

const ASSERTION = /\(\?<?[=!]/;

/** Behind the bracket that closes the one at `begin`. */
function endOfGroup(source: string, begin: number): number {
  let depth = 0;
  for (const { 0: piece, index } of source.slice(begin).matchAll(/\\.|\[(?:\\.|[^\]])*\]|[()]/g)) {
    if (piece === '(') depth++;
    if (piece === ')' && --depth === 0) return begin + index + 1;
  }
  throw new RangeError(`no bracket closes the one at ${begin} of ${source}`);
}
