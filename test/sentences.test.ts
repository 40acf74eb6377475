import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isTelling } from '../briefs/sentences/noise.ts';
import { isOfProgram } from '../briefs/sentences/programs.ts';
import { sentencesOf } from '../briefs/sentences/sentences.ts';
import { parseBody } from '../mail/body.ts';
import type { MessageId } from '../mail/message-id.ts';
import { runs } from './support/property.ts';

const ID = 'one@example.org' as MessageId;

function sentencesIn(body: string) {
  return sentencesOf({ id: ID, blocks: parseBody(body) });
}

/** What is written, by lines, and the sentences in it. */
const CASES: readonly (readonly [name: string, body: string, ...sentences: readonly string[]])[] = [
  [
    'wraps are folded, and nothing else is touched',
    'The lock is taken twice on\nthis path.  Once  is enough.',
    'The lock is taken twice on this path.',
    'Once is enough.',
  ],
  [
    'abbreviations end no sentence',
    'Some drivers, e.g. the e1000, i.e. old ones, poll vs. wait, etc. and so on.',
    'Some drivers, e.g. the e1000, i.e. old ones, poll vs. wait, etc. and so on.',
  ],
  [
    'but what follows the word "no" does begin one',
    'Is it safe? No. See fig. 3 and no. 4 of it.',
    'Is it safe?',
    'No.',
    'See fig. 3 and no. 4 of it.',
  ],
  [
    'an initial ends none',
    'This was found by A. Example last week.',
    'This was found by A. Example last week.',
  ],
  [
    'a function begins a sentence in lower case',
    'The page is freed too early. kfree() poisons it. __free_page() does not.',
    'The page is freed too early.',
    'kfree() poisons it.',
    '__free_page() does not.',
  ],
  [
    'people who write all in lower case',
    'it does not boot. i tried two boards.',
    'it does not boot.',
    'i tried two boards.',
  ],
  [
    'versions and file names hold dots',
    'Since v5.6-rc1 mm/slab.c of 2.6.39.4 warns. That is new.',
    'Since v5.6-rc1 mm/slab.c of 2.6.39.4 warns.',
    'That is new.',
  ],
  [
    'an ellipsis goes on',
    'It may work... but only by luck. Really... No.',
    'It may work... but only by luck.',
    'Really...',
    'No.',
  ],
  [
    'a smile belongs to what it smiles at',
    'I tried that too. :-) It broke.',
    'I tried that too. :-)',
    'It broke.',
  ],
  [
    'questions and calls',
    'Why here? because of the barrier! Good.',
    'Why here?',
    'because of the barrier!',
    'Good.',
  ],
  [
    'a question in brackets',
    'It was there for long (months? years?) and nobody saw it.',
    'It was there for long (months? years?) and nobody saw it.',
  ],
  [
    'quotation marks and brackets close behind the mark',
    'He called it "broken." (It is not.) We keep it.',
    'He called it "broken."',
    '(It is not.)',
    'We keep it.',
  ],
  [
    'addresses hold question marks',
    'See https://example.org/a?b=c.html for it. Then decide.',
    'See https://example.org/a?b=c.html for it.',
    'Then decide.',
  ],
  [
    'items are sentences without a full stop',
    'Two things are wrong here:\n- the first one is the lock\n  that is never dropped\n- the second one is the name',
    'Two things are wrong here:',
    '- the first one is the lock that is never dropped',
    '- the second one is the name',
  ],
  [
    'numbered items keep their numbers',
    '1. Boot with the new kernel.\n2. Unplug the disk.',
    '1. Boot with the new kernel.',
    '2. Unplug the disk.',
  ],
  [
    'a number that was wrapped is no item',
    'We did the same for all of the other users in the big commit number\n15. That was enough for everybody I asked.',
    'We did the same for all of the other users in the big commit number 15.',
    'That was enough for everybody I asked.',
  ],
  [
    'a line that ends early before a capital',
    'I have a board with two network ports\nThe second one is dead\nIt worked before the last update of the driver, which I cannot undo.',
    'I have a board with two network ports',
    'The second one is dead',
    'It worked before the last update of the driver, which I cannot undo.',
  ],
  [
    'a line that was only wrapped before a capital',
    'This was first seen on a machine that runs an older version of\nLinux with a patch for the timer of the second processor.',
    'This was first seen on a machine that runs an older version of Linux with a patch for the timer of the second processor.',
  ],
  [
    'one paragraph a line, as mail programs without wraps send it',
    `The first line is long ${'and says the same again '.repeat(5)}here\nthe second begins small`,
    `The first line is long ${'and says the same again '.repeat(5)}here`,
    'the second begins small',
  ],
  [
    'a greeting and a farewell',
    'Hi Ada,\n\nThe fix looks right to me.\n\nThanks,\nBen\nKernel team | Example\ntel: +1 555 0100',
    'The fix looks right to me.',
  ],
  [
    'a farewell on one line, a name alone',
    'I will test it tomorrow.\nBest regards, Ada Example\n',
    'I will test it tomorrow.',
  ],
  ['a name alone at the end', 'I will test it tomorrow.\n\nada\n', 'I will test it tomorrow.'],
  ['thanks that say something', 'Thanks, applied to my tree.', 'Thanks, applied to my tree.'],
  ['thanks for a patch', 'Thanks for the patch!\n\nIt does not build here.', 'It does not build here.'],
  [
    'words behind a farewell that go on',
    'Fine with me.\n\nCheers,\nAda\n\nPS: The other patch is still needed for the old boards.',
    'Fine with me.',
    'PS: The other patch is still needed for the old boards.',
  ],
  ['a word or two', 'Applied, thanks!', 'Applied, thanks!'],
  ['a NAK alone', '> the plan\n\nNAK', 'NAK'],
  ['a greeting with a word to say', 'Hey, that is wrong.', 'Hey, that is wrong.'],
  [
    'headings, rulers, addresses alone',
    'Steps to reproduce:\n=====\nhttps://example.org/bug/1\nChanges since v2:\nThe machine hangs at boot.',
    'The machine hangs at boot.',
  ],
  [
    'a line of a program in the text',
    'The check is wrong:\nif (!page || !page->mapping)\nIt must come first.',
    'The check is wrong:',
    'It must come first.',
  ],
  [
    'settings that were pasted',
    'My configuration has these.\n# CONFIG_EXAMPLE is not set\nCONFIG_OTHER=y\nCONFIG_THIRD=m',
    'My configuration has these.',
  ],
  [
    'what a tracker puts over quotations',
    '(In reply to Ada from comment #3)\nThat is not it.',
    'That is not it.',
  ],
  [
    'notes for reviewers, but no list of changes and no commit trailer',
    'area: take the lock once\n\nIt was taken twice.\n\nSigned-off-by: Ada Example <ada@example.org>\n---\nThis needs a test on big endian.\n\n a.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\n',
    'area: take the lock once',
    'It was taken twice.',
    'This needs a test on big endian.',
  ],
  [
    'a line that is drawn parts what stands above and below it, and underlines a heading',
    '----------------------------------------\nTHE RING is small.\n\nOverview\n========\nIt is a ring.\n*****\nIt holds.',
    'THE RING is small.',
    'It is a ring.',
    'It holds.',
  ],
  [
    'forms of bug trackers',
    'Package: larch\nVersion: 1.2-3\nSeverity: normal\nOS: Linux\nThe printer stops.\nUser-Agent: Example/1.0 (one; two; three; four)\nIt did not before.',
    'The printer stops.',
    'It did not before.',
  ],
  [
    'but words behind a colon are words',
    'Status: the patch is ready, but nobody has tested it yet on a big machine.\n\nSource: I wrote it myself.',
    'Status: the patch is ready, but nobody has tested it yet on a big machine.',
    'Source: I wrote it myself.',
  ],
  [
    'what is said to trackers and by them',
    'severity 123456 normal\ntags 123456 + patch\n\nCreated an attachment (id=12) [details]\nThe cable is short.',
    'The cable is short.',
  ],
  [
    'what git request-pull writes',
    'The following changes since commit 0123456789ab:\n\nare available in the Git repository at:\n\n  https://example.org/rings.git next\n\nfor you to fetch changes up to 0123456789ab:\n\nIt makes rings small.',
    'It makes rings small.',
  ],
  [
    'what git log writes',
    'commit 0123456789abcdef (HEAD)\nAuthor: Ada Example <ada@example.org>\n\nThe ring is small.',
    'The ring is small.',
  ],
  [
    'what providers put under a mail, and all below it',
    'The ring is small.\n\nThis example.net email is sponsored by nobody.\nIt is text.\n\nThis e-mail and any attachments are confidential.\nIt may be read.',
    'The ring is small.',
    'This example.net email is sponsored by nobody.',
    'It is text.',
  ],
  [
    'an attribution that nothing quoted follows',
    'Ada Example stated the following on Mon, Mar 5, 2018 at 10:00:00AM +0100 :\n\nThe ring is small.',
    'The ring is small.',
  ],
  [
    'headings of Markdown',
    '## What it is for\n\nThe pool gives its pages back in batches.',
    'The pool gives its pages back in batches.',
  ],
  [
    'Chinese with commas',
    '我们认为这是固件的问题，因为旧的内核没有。再试一次。',
    '我们认为这是固件的问题，因为旧的内核没有。',
    '再试一次。',
  ],
  ['Chinese full stops', '这个补丁有问题。 请再试一次。', '这个补丁有问题。', '请再试一次。'],
];

for (const [name, body, ...sentences] of CASES) {
  test(`sentences: ${name}`, () => {
    assert.deepEqual(
      sentencesIn(`${body}\n`).map(({ text }) => text),
      sentences,
    );
  });
}

test('a sentence knows its place and what it answers', () => {
  const body =
    'First words here. More of them.\n\nBen wrote:\n> a claim\n\nThat is so. It was before.\n\nAnd this is new.\n';
  assert.deepEqual(
    sentencesIn(body).map(({ index, paragraph, opens, answers, under }) => [
      index,
      paragraph,
      opens,
      answers,
      under,
    ]),
    [
      [0, 0, true, false, undefined],
      [1, 0, false, false, undefined],
      [2, 1, true, true, 2],
      [3, 1, false, true, 2],
      [4, 2, true, false, undefined],
    ],
  );
});

test('a sentence opens its paragraph only where that begins with it', () => {
  const opening = (body: string) =>
    sentencesIn(body)
      .filter(({ opens }) => opens)
      .map(({ text }) => text);
  assert.deepEqual(opening('$ make test\nfails on the second board.'), []);
  assert.deepEqual(opening('Hello Ben,\nThe test fails here.'), ['The test fails here.']);
  assert.deepEqual(opening('The loop\n\n\twhile (1);\n\nnever ends.\n\nThe test does.'), [
    'The loop',
    'The test does.',
  ]);
});

test('what says something by itself has three words that are no addresses', () => {
  assert.ok(isTelling('Please drop this.'));
  assert.ok(!isTelling('Applied, thanks.'));
  assert.ok(isTelling('请再试一次。'));
  assert.ok(!isTelling('See also https://example.org/a 12 34'));
});

const piece = fc.constantFrom(
  'The lock is taken twice.',
  'e.g.',
  'foo()',
  'Why?',
  'Thanks,',
  'Ada',
  '> quoted',
  '- item',
  '1.',
  '...',
  ':-)',
  '\n',
  '\n\n',
  ' ',
  '(',
  '"',
  '。',
);

test('a field of a form that goes on without a blank is judged at once', () => {
  assert.equal(isOfProgram(`Version: ${'a'.repeat(300)}`), true);
  assert.equal(isOfProgram(`Version: ${'a'.repeat(300)}.`), false);
});

test('every sentence stands in the body word for word, and they come in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 40 }),
      pieces => {
        const body = pieces.join(' ');
        const sentences = sentencesIn(body);
        const folded = body.replace(/\s+/g, ' ');
        let from = 0;
        for (const [at, { text, index }] of sentences.entries()) {
          assert.equal(index, at);
          assert.equal(text, text.replace(/\s+/g, ' ').trim());
          const place = folded.indexOf(text, from);
          assert.notEqual(place, -1, `${JSON.stringify(text)} is not in ${JSON.stringify(folded)}`);
          from = place + text.length;
        }
      },
    ),
    runs(300),
  );
});
