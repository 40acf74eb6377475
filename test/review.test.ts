import assert from 'node:assert/strict';
import test from 'node:test';
import { parseBody } from '../mail/body.ts';
import { reviewsOf } from '../mail/series/review.ts';

/** What a reader of patches writes, and what it says of them; `-` where it says nothing. */
const READERS: Readonly<Record<string, string>> = {
  'Acked-by: Ben Cedar <ben@example.net>': 'acked',
  '  Reviewed-by: Ben Cedar <ben@example.net>': 'reviewed',
  'Fine.\n\nTested-by: Ben Cedar <ben@example.net> # arm\nAcked-by: Ben Cedar <ben@example.net>':
    'tested, acked',
  '> Acked-by: Ben Cedar <ben@example.net>': '-',
  'Nacked-by: Ben Cedar <ben@example.net>': 'nacked',
  'NAK. This needs a lock.': 'nacked',
  'Sorry, but NAK on this one.': 'nacked',
  'I would not call it a NAK.': '-',
  'It has been NAKed before.': '-',
  'Is this a NAK?': '-',
  'Applied, thanks!': 'applied',
  'Thanks, both patches now applied.': 'applied',
  "I've queued this for 4.17.": 'applied',
  'Applied to larch/next.': 'applied',
  'I applied this on top of your branch and it fails.': '-',
  'Once applied, this breaks.': '-',
  'Has this been applied?': '-',
  "I haven't applied it yet.": '-',
  "I really don't like this helper in fs code.": 'objected',
  'This is wrong: the counter wraps.': 'objected',
  'That is not a bad idea at all.': '-',
  'No, never mind, it works now.': '-',
  'No.': '-',
  '> NAK\n\nI can change that.': '-',
  'Looks good to me.': '-',
};

for (const [text, told] of Object.entries(READERS))
  test(`what a reader says: ${JSON.stringify(text)}`, () => {
    const reviews = reviewsOf(parseBody(`${text}\n`), { robot: false, author: false });
    assert.equal(reviews.map(({ kind }) => kind).join(', ') || '-', told);
  });

const AUTHORS: Readonly<Record<string, string>> = {
  'Please ignore this series, I sent the wrong branch.': 'withdrawn',
  'Please drop the patch.': 'withdrawn',
  'Please drop this patch if the other one goes in.': '-',
  'Acked-by: Oda Vinterhal <oda@example.org>': '-',
  'Applied, thanks!': '-',
};

for (const [text, told] of Object.entries(AUTHORS))
  test(`what the author says: ${JSON.stringify(text)}`, () => {
    const reviews = reviewsOf(parseBody(`${text}\n`), { robot: false, author: true });
    assert.equal(reviews.map(({ kind }) => kind).join(', ') || '-', told);
  });

const ROBOTS: Readonly<Record<string, string>> = {
  'The following commit has been merged into the fs/core branch of larch:\n\nCommit-ID: 12': 'merged',
  'Hello:\n\nThis series was applied to larch/larch-next.git (main)\nby Ben Cedar <ben@example.net>:':
    'merged',
  'The pull request you sent on Mon, 5 Mar 2018:\n\nhas been merged into larch.git:\nhttps://example.org/c/12':
    'merged',
  'If your patch is applied to the wrong git tree, please drop us a note.': '-',
  'Build failed, the patch was not applied to larch.': '-',
};

for (const [text, told] of Object.entries(ROBOTS))
  test(`what a robot says: ${JSON.stringify(text)}`, () => {
    const reviews = reviewsOf(parseBody(`${text}\n`), { robot: true, author: false });
    assert.equal(reviews.map(({ kind }) => kind).join(', ') || '-', told);
  });

test("the words of a review are the sender's, wraps folded", () => {
  const [review] = reviewsOf(parseBody('Hi,\n\nApplied to larch/next, with\na typo fixed.  Thanks.\n'), {
    robot: false,
    author: false,
  });
  assert.equal(review!.words, 'Applied to larch/next, with a typo fixed.');
});
