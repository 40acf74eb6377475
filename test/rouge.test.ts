import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { l, n } from 'js-rouge';
import { rouge, stemsOf } from '../bench/briefs/rouge.ts';
import { runs } from './support/property.ts';

const WORDS = 'The locks page running timers BOARD is twice, of v5.6 again'.split(' ');
const text = fc
  .array(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 30 })
  .map(words => words.join(' '));

test('ROUGE is what js-rouge says it is', () => {
  const tokenizer = (input: string) => [...stemsOf(input)];
  const segmenter = (input: string) => [input];
  fc.assert(
    fc.property(text, text, (candidate, reference) => {
      const { one, two, longest } = rouge(candidate, reference);
      close(one, n(candidate, reference, { n: 1, tokenizer }));
      close(two, n(candidate, reference, { n: 2, tokenizer }));
      close(longest, l(candidate, reference, { tokenizer, segmenter }));
    }),
    runs(),
  );
});

test('nothing in common is 0, the same is 1', () => {
  assert.deepEqual(rouge('locks', 'timers'), { one: 0, two: 0, longest: 0 });
  assert.deepEqual(rouge('The locks are held.', 'the lock are held'), { one: 1, two: 1, longest: 1 });
});

function close(ours: number, theirs: number): void {
  assert.ok(Math.abs(ours - theirs) < 1e-9, `${ours} is not ${theirs}`);
}
