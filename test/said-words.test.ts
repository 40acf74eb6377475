import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { GRAM, SaidWords } from '../mail/said-words.ts';
import { runs } from './support/property.ts';

/** Few words, so that many grams are said again; and so many of them that tables grow. */
const WORDS = fc.tuple(fc.array(fc.nat(3), { minLength: GRAM, maxLength: 60 }), fc.constantFrom(1, 300));

test('words are found again wherever the same three were said, the last place first', () => {
  fc.assert(
    fc.property(WORDS, fc.array(fc.nat(4), { maxLength: 8 }), ([some, times], wanted) => {
      const all = Array.from({ length: times }, (_, at) => [4 + at, ...some]).flat();
      const said = new SaidWords();
      for (const word of all) said.add(word);
      assert.equal(said.length, all.length);
      for (const words of [wanted, some])
        for (const at of words.keys())
          assert.deepEqual([...said.places(words, at)], placesIn(all, words, at));
      for (const place of [...all.keys()].slice(-100))
        assert.equal(said.alike(place, [...some, 0], 1), alikeIn(all, place, [...some, 0], 1));
    }),
    runs(),
  );
});

function placesIn(all: readonly number[], words: readonly number[], at: number): readonly number[] {
  if (at + GRAM > words.length) return [];
  return [...all.keys()].reverse().filter(place => alikeIn(all, place, words, at) >= GRAM);
}

function alikeIn(all: readonly number[], place: number, words: readonly number[], at: number): number {
  let length = 0;
  while (at + length < words.length && all[place + length] === words[at + length]) length++;
  return length;
}
