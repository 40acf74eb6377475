import assert from 'node:assert/strict';
import test from 'node:test';
import { canBeQuoted, needsContext } from '../briefs/sentences/quotable.ts';
import { sentencesOf } from '../briefs/sentences/sentences.ts';
import { countWords } from '../briefs/sentences/words.ts';
import { parseBody } from '../mail/body.ts';
import type { MessageId } from '../mail/message-id.ts';

function sentencesIn(body: string) {
  return sentencesOf({ id: 'one@example.org' as MessageId, blocks: parseBody(`${body}\n`) });
}

/** What is written, and what of it may be quoted. */
const CASES: readonly (readonly [name: string, body: string, ...quotable: readonly string[]])[] = [
  [
    'people who write all in lower case',
    'the lock is taken twice here.\n\nit was not before the last series.',
    'the lock is taken twice here.',
    'it was not before the last series.',
  ],
  [
    'what goes on behind code',
    'The loop\n\n\tfor (;;)\n\t\tcpu_relax();\n\nnever gives the processor away again.\n\nThat was so before this series.',
    'That was so before this series.',
  ],
  ['what goes on behind a heading', 'Open questions\n\nshould be answered before this is merged.'],
  ['what goes on in lower case behind a colon', 'What this does:\n\nadds a second lock to the pool.'],
  [
    'a small letter directly under a quotation',
    '> Why twice?\n\nthe second time is for the reader.',
    'the second time is for the reader.',
  ],
  ['a conjunction in lower case', '> Why twice?\n\nand it is slow on the old boards too.'],
  [
    'an item in lower case',
    'This series does two things.\n- adds a second lock to the pool.',
    'This series does two things.',
  ],
  ['what stands behind noise in its paragraph', '#include <pool.h>\nwould be missing in two of the files.'],
  [
    'a greeting in front of it',
    'Hi Ben,\n\nthe lock is taken twice on this path.',
    'the lock is taken twice on this path.',
  ],
  ['thanks alone', 'First of all, thanks for the new version of this series.'],
  [
    'thanks, and something else',
    'Thanks for the series, but the second patch takes the lock twice.',
    'Thanks for the series, but the second patch takes the lock twice.',
  ],
  [
    'thanks at the end',
    'With that comment in place I have no objection left, thank you for the patience.',
    'With that comment in place I have no objection left, thank you for the patience.',
  ],
  [
    'what maintainers send with every patch they take',
    'Patches in the example/next branch should appear in linux-next soon.\nPlease report any outstanding bugs that were missed during review.',
  ],
  ['a word about the mail', 'Please stop sending this patch to the list.\n\nA few comments inline.'],
  ['an aside', '(I sent this from my phone, so the wraps are odd.)'],
  ['a bracket that closes what is not there', 'Two locks do not help the reader here.)'],
  ['somebody else’s words alone', '"Only boards with a timer have this file."'],
  ['the rest of a sentence', '…in the helper of the pool and in its caller.'],
  ['what shows something that is not quoted', 'The trace of the second board is attached below.'],
  [
    'Chinese',
    '我们认为这是固件的问题，因为旧的内核没有这个问题。',
    '我们认为这是固件的问题，因为旧的内核没有这个问题。',
  ],
  ['Japanese', 'この問題は古いカーネルでは起きません。', 'この問題は古いカーネルでは起きません。'],
];

for (const [name, body, ...quotable] of CASES)
  test(`quotable: ${name}`, () => {
    assert.deepEqual(
      sentencesIn(body)
        .filter(canBeQuoted)
        .map(({ text }) => text),
      quotable,
    );
  });

test('words of scripts without blanks are counted by their letters', () => {
  assert.equal(countWords('  The lock is  taken twice. '), 5);
  assert.equal(countWords('旧的内核没有这个问题。'), 6);
  assert.equal(countWords(''), 0);
});

test('what points back, takes something up or is short is understood only beside what it answers', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['No, the clock of the old boards needs no flag at all.', true],
    ['That is what the second patch of the series is for, mostly.', true],
    ['If so, the flag belongs to the board and not to the clock.', true],
    ['Two of them do.', true],
    ['The clock of the old boards starts before the timers do.', false],
  ];
  for (const [text, needs] of cases) assert.equal(needsContext(sentencesIn(text)[0]!), needs, text);
});
