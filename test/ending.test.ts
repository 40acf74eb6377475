import assert from 'node:assert/strict';
import test from 'node:test';
import type { Scope } from '../mail/series/applied.ts';
import { endingOf, type Said } from '../mail/series/ending.ts';
import type { ReviewKind } from '../mail/series/review.ts';

/** Who says what of which patch, by its number; 0 is the cover letter. */
type Word = readonly [by: string, kind: ReviewKind, index: number, scope?: Scope];

function ending(total: number, words: readonly Word[]): string {
  const said = words.map(
    ([by, kind, index, scope = 'answered']): Said => ({ review: { kind, words: kind, scope }, by, index }),
  );
  const found = endingOf(total, said);
  if (!found) return '-';
  const { kind, part, shown, shownBy } = found;
  assert.equal(shownBy.at(-1), shown);
  const by = shownBy.map(one => one.by).join(' and ');
  if (!part) return `${kind}, ${by}`;
  return `${kind}, ${by}, ${part.index ? `patch ${part.index}` : (part.count ?? '?')} of ${part.total}`;
}

/** How many patches, what is said of them, and how it ended. */
const ENDINGS: Readonly<Record<string, readonly [total: number, said: readonly Word[], ending: string]>> = {
  'nothing is said': [3, [['ben', 'acked', 0]], '-'],
  'a patch alone': [1, [['ben', 'applied', 1, 'one']], 'applied, ben'],
  'an answer to the cover letter': [3, [['ben', 'applied', 0]], 'applied, ben'],
  'one patch alone was called all': [3, [['ben', 'applied', 2]], 'applied, ben, 1 of 3'],
  'words of the series under one patch': [3, [['ben', 'applied', 2, 'all']], 'applied, ben'],
  'one by one, by several': [
    3,
    [
      ['ben', 'applied', 2],
      ['cleo', 'applied', 1],
      ['dag', 'applied', 3],
    ],
    'applied, ben and cleo and dag',
  ],
  'the same one twice': [
    2,
    [
      ['ben', 'applied', 2],
      ['ben', 'applied', 2],
    ],
    'applied, ben, 1 of 2',
  ],
  'the first two, and the third': [
    3,
    [
      ['ben', 'applied', 0, [1, 2]],
      ['cleo', 'applied', 3],
    ],
    'applied, ben and cleo',
  ],
  'one by one, by one who says it twice': [
    2,
    [
      ['ben', 'applied', 1],
      ['ben', 'applied', 2],
    ],
    'applied, ben',
  ],
  'some, by several': [
    3,
    [
      ['ben', 'applied', 2],
      ['cleo', 'applied', 1],
    ],
    'applied, ben and cleo, 2 of 3',
  ],
  'the first two of three': [3, [['ben', 'applied', 0, [1, 2]]], 'applied, ben, 2 of 3'],
  'both of two': [2, [['ben', 'applied', 1, [1, 2]]], 'applied, ben'],
  'numbers that are not of this series': [3, [['ben', 'applied', 0, [8, 9]]], '-'],
  'all but some': [3, [['ben', 'applied', 0, 'part']], 'applied, ben, ? of 3'],
  'a robot that names one commit under the cover letter': [
    3,
    [['bot', 'merged', 0, 'one']],
    'merged, bot, ? of 3',
  ],
  'a robot under one patch': [3, [['bot', 'merged', 3, 'one']], 'merged, bot, 1 of 3'],
  'merged goes before applied': [
    3,
    [
      ['bot', 'merged', 0, 'all'],
      ['ben', 'applied', 0],
    ],
    'merged, bot',
  ],
  'a NAK': [3, [['ben', 'nacked', 0]], 'nacked, ben'],
  'a NAK to one patch': [3, [['ben', 'nacked', 2]], 'nacked, ben, patch 2 of 3'],
  'a NAK to the series under one patch': [3, [['ben', 'nacked', 2, 'all']], 'nacked, ben'],
  'a NAK whose giver acks later': [
    3,
    [
      ['ben', 'nacked', 0],
      ['ben', 'acked', 1],
    ],
    '-',
  ],
  'a NAK whose giver acked before': [
    3,
    [
      ['ben', 'acked', 1],
      ['ben', 'nacked', 0],
    ],
    'nacked, ben',
  ],
  'a NAK, and an ack by another': [
    3,
    [
      ['ben', 'nacked', 0],
      ['cleo', 'acked', 0],
    ],
    'nacked, ben',
  ],
  'a NAK before it was applied': [
    3,
    [
      ['ben', 'nacked', 0],
      ['cleo', 'applied', 0],
    ],
    'applied, cleo',
  ],
  'a NAK after it was applied': [
    3,
    [
      ['cleo', 'applied', 0],
      ['ben', 'nacked', 0],
    ],
    'nacked, ben',
  ],
  'a NAK to one patch after the others were applied': [
    2,
    [
      ['cleo', 'applied', 1],
      ['ben', 'nacked', 2],
    ],
    'applied, cleo, 1 of 2',
  ],
  'withdrawn, whatever was said': [
    3,
    [
      ['oda', 'withdrawn', 0],
      ['ben', 'nacked', 1],
    ],
    'withdrawn, oda',
  ],
  'withdrawn after a NAK': [
    3,
    [
      ['ben', 'nacked', 0],
      ['oda', 'withdrawn', 0],
    ],
    'withdrawn, oda',
  ],
  'one patch withdrawn ends nothing': [3, [['oda', 'withdrawn', 2]], '-'],
};

for (const [name, [total, said, told]] of Object.entries(ENDINGS))
  test(`how a version ended: ${name}`, () => assert.equal(ending(total, said), told));
