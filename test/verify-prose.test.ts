import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { inlineQuotation } from '../briefs/citations.ts';
import { citedIds, holdThreads, verifyProse } from '../briefs/verify.ts';
import { findingsIn, idOf, LOCK_THREAD, threadOf, told, written } from './support/checked-thread.ts';
import { runs } from './support/property.ts';

const CASES: readonly (readonly [why: string, prose: string, findings: readonly string[]])[] = [
  [
    'words across a wrap',
    'Ada Example wrote, ["copied before the lock is taken"](mid:ada%40example.org).',
    [],
  ],
  ['an id that is not encoded', 'Ada Example wrote, ["copied before the lock is taken"](mid:ada).', []],
  ['curly marks', 'Ada Example wrote, [“copied before the lock is taken”](mid:ada).', []],
  [
    'other dashes and quotes',
    'Ada Example wrote, ["fires - I would rather take the lock first. It isn’t"](mid:ada).',
    [],
  ],
  ['words after a long dash', 'Ada Example wrote, ["I would rather take the lock"](mid:ada).', []],
  [
    "the mail's own marks",
    'Ada Example wrote, ["We *really* need `take_lock()` here, and a_b_c"](mid:ada).',
    [],
  ],
  ['escaped marks', 'Ada Example wrote, ["We \\*really\\* need \\`take\\_lock()\\` here"](mid:ada).', []],
  ['code set in code, which the mail is not', 'Ada Example wrote, ["here, and `a_b_c` too"](mid:ada).', []],
  [
    'brackets in place of a "not"',
    'Ada Example wrote, ["It [is] unlikely to be 3.5 times slower"](mid:ada).',
    ['warning negation 1:20'],
  ],
  [
    'a cut that leaves it out',
    'David Laight said, ["The timer is […] the problem"](mid:miller2).',
    ['warning negation 1:20'],
  ],
  ['a cut that leaves it in', 'Ada Example wrote, ["It isn\'t […] 3.5 times slower"](mid:ada).', []],
  [
    'emphasis that the mail has not',
    'Ada Example wrote, ["the lock **is** taken"](mid:ada).',
    ['warning emphasis 1:20'],
  ],
  ['a trailer', 'Ada Example sent her ["Signed-off-by: Ada Example"](mid:ada).', []],
  ['two words', 'Ada Example spoke of ["the lock"](mid:ada).', ['warning short 1:22']],
  ['a cut', 'Ada Example wrote, ["The table of entries […] until the next timer fires"](mid:ada).', []],
  ['an insertion', 'Ada Example wrote, ["nobody looks at [the table] again"](mid:ada).', []],
  ['a changed capital', 'Ada Example wrote, ["[t]he table of entries is copied"](mid:ada).', []],
  [
    'a block',
    'Ada Example:\n\n> The table of entries is copied before the lock is taken\n> — [Ada Example](mid:ada)',
    [],
  ],
  ['a block with two dashes', '> The table of entries is copied\n> -- [Ada Example](mid:ada)', []],
  ['a block with a hyphen', '> The table of entries is copied\n> - [Ada Example](mid:ada)', []],
  ['a block with its source apart', '> The table of entries is copied\n>\n> – [Ada Example](mid:ada)\n', []],
  ['a citation', 'Ada Example [posted it](mid:ada).', []],
  [
    'the last named',
    'Ben Sample did not agree with Ada Example: ["That was so in the old code"](mid:ben).',
    [],
  ],
  ['the first name', 'Ada Example posted it. Ada wrote, ["nobody looks at it again"](mid:ada).', []],
  ['the family name', 'Sample replied, ["That was so in the old code"](mid:ben).', []],
  ['named by a link', '[Ada Example](mid:ada) wrote, ["nobody looks at it again"](mid:ada).', []],
  ['introduced before', 'David Miller came in.\n\nDavid said, ["right about the timer"](mid:miller1).', []],

  [
    'one word changed',
    'Ada Example wrote, ["copied after the lock is taken"](mid:ada).',
    ['error not-found 1:20'],
  ],
  ['case changed', 'Ada Example wrote, ["The Table of entries"](mid:ada).', ['error not-found 1:20']],
  ['a number changed', 'Ada Example wrote, ["unlikely to be 3.6 times"](mid:ada).', ['error not-found 1:20']],
  ['half a word', 'Ada Example wrote, ["likely to be 3.5 times slower"](mid:ada).', ['error not-found 1:20']],
  ['half a number', 'Ada Example wrote, ["5 times slower on"](mid:ada).', ['error not-found 1:20']],
  ['half a negation', 'Ada Example wrote, ["the lock first. It isn"](mid:ada).', ['error not-found 1:20']],
  [
    'a cut of nothing but the wrong order',
    'Ada Example wrote, ["take the lock first […] The table of entries"](mid:ada).',
    ['error not-found 1:20'],
  ],
  ['her signature', 'Ada Example wrote, ["signatures are long and"](mid:ada).', ['error not-found 1:20']],
  [
    'across what is quoted between',
    'Ben Sample wrote, ["nobody minded. The lock may sleep"](mid:ben).',
    ['error not-found 1:19'],
  ],
  ['a cut across it', 'Ben Sample wrote, ["nobody minded. […] The lock may sleep"](mid:ben).', []],
  [
    'words that he quotes',
    'Ben Sample wrote, ["The table of entries is copied"](mid:ben).',
    ['error quoted-by-cited 1:19'],
  ],
  [
    'words of nobody here',
    'Ben Sample wrote, ["somebody who is not here"](mid:ben).',
    ['error quoted-by-cited 1:19'],
  ],
  ['another message', 'Ada Example wrote, ["The lock may sleep"](mid:ada).', ['error wrong-message 1:20']],
  [
    'another mouth',
    'Ben Sample wrote, ["The table of entries is copied"](mid:ada).',
    ['warning name 1:1', 'error wrong-speaker 1:19'],
  ],
  [
    'somebody who wrote nothing',
    'Ada Example posted it. Linus Sample said, ["The table of entries is copied"](mid:ada).',
    ['error wrong-speaker 1:43'],
  ],
  [
    'her first name, another family',
    'Ada Stranger wrote, ["The table of entries is copied"](mid:ada).',
    ['error name 1:1', 'error wrong-speaker 1:21'],
  ],
  [
    'another of that first name',
    'David Laight came in. David said, ["right about the timer"](mid:miller1).',
    ['warning name 1:1', 'warning name 1:23', 'error wrong-speaker 1:35'],
  ],
  [
    'either of that first name',
    'David said, ["right about the timer"](mid:miller1).',
    ['warning ambiguous-speaker 1:13'],
  ],
  ['nobody', 'He wrote, ["The table of entries is copied"](mid:ada).', ['error no-speaker 1:11']],
  [
    'another name under a block',
    '> The table of entries is copied\n> — [Ben Sample](mid:ada)',
    ['error wrong-speaker 1:1'],
  ],
  [
    'a block of no source',
    'Ada Example wrote:\n\n> The table of entries is copied\n',
    ['error no-source 3:1'],
  ],
  [
    'a block of another site',
    '> Whatever they say\n> — [Ada Example](https://example.org/)',
    ['warning elsewhere 1:1'],
  ],
  [
    'no such message',
    'Ada Example wrote, ["The table of entries"](mid:eve), and [more](mid:no).',
    ['error no-such-message 1:20', 'error no-such-message 1:71'],
  ],
  [
    'a broken escape',
    'Ada Example wrote, ["The table of entries"](mid:ada%4gexample.org) [so](mid:%zz).',
    ['error bad-id 1:20', 'error bad-id 1:68'],
  ],
  ['no words', 'Ada Example wrote, ["[…]"](mid:ada).', ['error empty 1:20']],
  ['tags', 'Ada Example wrote, ["The table of <b>entries</b>"](mid:ada).', ['error markup 1:20']],
  ['a quotation by tags', 'Ada Example wrote, <q>what she never said</q>.', ['error tag 1:20']],
  [
    'words that link to nothing',
    'Ada Example wrote, "the lock is for losers", in [her mail](mid:ada).',
    ['error unsourced-words 1:20'],
  ],
  ['a title', '[Her mail](mid:ada) was called "lock: take it first".', []],
];

test('each quotation is true, or told to be false', () => {
  for (const [why, prose, expected] of CASES) {
    const findings = findingsIn(LOCK_THREAD, written(prose));
    assert.deepEqual(told(findings), expected, `${why}: ${findings.map(({ message }) => message).join(' ')}`);
  }
});

test('a message of a thread that was not read may be cited, but not quoted', () => {
  const held = holdThreads([LOCK_THREAD], id => id === idOf('other'));
  const prose = 'Ada Example [said](mid:other@example.org), ["what she said"](mid:other@example.org).';
  assert.deepEqual(told(verifyProse(prose, held).findings), ['error unread 1:44']);
  assert.deepEqual([...citedIds(prose)], [idOf('other')]);
});

test('prose of several threads is checked against each', () => {
  const other = threadOf([{ id: 'eve', by: 'Eve Example', text: 'The other thread has 99 messages.\n' }]);
  const held = holdThreads([LOCK_THREAD, other]);
  const prose =
    'Ada Example wrote, ["take the lock first"](mid:ada@example.org). Eve Example wrote, ["The other thread"](mid:eve@example.org), of 99.';
  assert.deepEqual(verifyProse(prose, held).findings, []);
});

test('the message that is meant is the one by the speaker', () => {
  const said = { text: 'These words were said twice.\n' };
  const thread = threadOf([
    { id: 'one', by: 'Ada Example', ...said },
    { id: 'two', by: 'Ben Sample', ...said },
    { id: 'three', by: 'Ben Sample', text: 'Something else.\n' },
  ]);
  const [finding] = findingsIn(thread, 'Ben Sample said, ["These words were said"](mid:three@example.org).');
  assert.match(finding!.message, /<two@example.org>, by Ben Sample/);
});

const WORD = fc.stringMatching(/^[a-z]{2,7}[,.]?$/);
const WORDS = fc.array(WORD, { minLength: 6, maxLength: 60 });
const WIDTH = fc.integer({ min: 10, max: 90 });

/** A mail of these words, wrapped. */
function wrapped(words: readonly string[], width: number): string {
  return `${(words.join(' ').match(new RegExp(`.{1,${width}}(?: |$)`, 'g')) ?? []).join('\n')}\n`;
}

test('any words in a row are true, and no more when one is changed', () => {
  fc.assert(
    fc.property(WORDS, WIDTH, fc.nat(), fc.nat(), (words, width, from, place) => {
      const thread = threadOf([{ id: 'ada', by: 'Ada Example', text: `Then\n${wrapped(words, width)}` }]);
      const start = from % (words.length - 4);
      const some = words.slice(start, start + 4);
      const prose = (said: readonly string[]) =>
        `Ada Example said, ${inlineQuotation(said.join(' '), idOf('ada'))}`;
      assert.deepEqual(findingsIn(thread, prose(some)), []);
      const changed = some.with(place % 4, `${some[place % 4]!}z`);
      assert.deepEqual(told(findingsIn(thread, prose(changed))), ['error not-found 1:19']);
    }),
    runs(),
  );
});
