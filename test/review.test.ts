import assert from 'node:assert/strict';
import test from 'node:test';
import { parseBody } from '../mail/body.ts';
import { type Review, reviewsOf } from '../mail/series/review.ts';

/** What a reader of patches writes, and what it says of them; `-` where it says nothing. */
const READERS: Readonly<Record<string, string>> = {
  'Acked-by: Ben Cedar <ben@example.net>': 'acked',
  '  Reviewed-by: Ben Cedar <ben@example.net>': 'reviewed',
  'Fine.\n\nTested-by: Ben Cedar <ben@example.net> # arm\nAcked-by: Ben Cedar <ben@example.net>':
    'tested, acked',
  '> Acked-by: Ben Cedar <ben@example.net>': '-',
  'Nacked-by: Ben Cedar <ben@example.net>': 'nacked',
  'Like this?\n\nclose: count once\n\nReviewed-by: Ada Fern <ada@example.org>\nSigned-off-by: Ben Cedar <ben@example.net>':
    '-',
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
  "I'll apply pressure to get it done.": '-',
  'The filter is applied to the whole tree.': '-',
  "I've merged your suggestions.": '-',
  'Applied the patch and the kernel does not boot.': '-',
  'Applied this to 5.2 and it works.': '-',
  'Queued for further review, thanks.': '-',
  'Queued for testing.': '-',
  'Queued for v4.17.': 'applied',
  'Queued for larch-next.': 'applied',
  'Applied to u-boot-larch/master, thanks!': 'applied',
  'Applied to larch, boots fine.': '-',
  'Applied on top, cf30f2d4a800.': 'applied',
  'Applied as commit cf30f2d4a800, thanks.': 'applied',
  'Applied, cf30f2d4a800.': 'applied',
  'Applied on top, and the board is silent.': '-',
  'Applied on top of cf30f2d4a800.': '-',
  'Applied on top cf30f2d4a800 boots.': '-',
  'Applied, facade broke.': '-',
  'Pushed to trunk.': 'applied',
  'Series applied to larch.git, thanks.': 'applied',
  'Applied and pushed to git master.': 'applied',
  'This was applied to larch-next and broke my board.': '-',
  'I provisionally pushed this series to larch-next.': 'applied',
  'Applied version contains this:': '-',
  "I've applied the first 4, thanks.": 'applied',
  "I've applied some version of this.": '-',
  'If this is applied, it breaks.': '-',
  'When I applied this, it broke.': '-',
  "I think I've applied this.": '-',
  'Ada said "I\'ve applied it".': '-',
  "> I've applied it.\n\nGood.": '-',
  'It was merged this week.': '-',
  'It is merged into one function.': '-',
  'The full series has been merged now.': 'applied',
  'Thanks for the fix, applied.': 'applied',
  "I've picked them up and pushed them to the random tree.": 'applied',
  'Ok, I picked it up now, should be in linux-next starting next week.': 'applied',
  'I have taken the patches and built a kernel.': '-',
  "I've taken the first two patches into my locks-next branch.": 'applied',
  'Picked up, thanks.': 'applied',
  nak: 'nacked',
  'nacked.': 'nacked',
  'Nak - you cannot do that.': 'nacked',
  'I NAK this.': 'nacked',
  'One big NACK.': 'nacked',
  'The NAK stands.': 'nacked',
  'I keep NACK.': 'nacked',
  'Unless the lock goes, I keep NACK on this change.': 'nacked',
  "That's a NAK from me.": 'nacked',
  'I am nacking this approach.': 'nacked',
  'I will NAK whatever does that.': '-',
  'NAK is returned to the host.': '-',
  'In the USB spec, NAK means that it is busy.': '-',
  'On error, NAK.': '-',
  'NAK handling looks fine.': '-',
  'The driver sends ACK/NAK.': '-',
  'ACK/NAK.': '-',
  "I really don't like this approach.": 'objected',
  "I really don't like the name of this helper.": '-',
  'This patch is wrong: the counter wraps.': 'objected',
  'This series makes no sense to me.': 'objected',
  'This makes no sense to me at all.': '-',
  'This change will break the arm build.': 'objected',
  'It will break the arm build, I guess.': '-',
  "I'd prefer a helper in fs code.": '-',
  'I strongly object to the new flag.': 'objected',
  "I don't think this patch is needed.": 'objected',
  'If this patch is wrong, tell me.': '-',
  'I thought this approach is broken, but it looks good.': '-',
  'No, the lock is taken further below.': '-',
  'That does not look like a very bad idea.': '-',
  'That is not a bad idea at all.': '-',
  "I don't see why not, go ahead.": '-',
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
  'please drop this patch': 'withdrawn',
  'Patch withdrawn.': 'withdrawn',
  'Please ignore v2.': 'withdrawn',
  'Please ignore v1, it was incomplete.': '-',
  'Sorry, ignore this.': 'withdrawn',
  'Oops, ignore this one - wrong branch.': 'withdrawn',
  'Please ignore this line, it is for the next series.': '-',
  'Please ignore this warning.': '-',
  'I will drop this patch.': '-',
  'You can ignore this.': '-',
  'Acked-by: Oda Vinterhal <oda@example.org>': '-',
  'Applied, thanks!': '-',
  'Applied to larch/next with your changes.': 'applied',
  'Pushed to trunk now.': 'applied',
  "I've applied your suggestions.": '-',
};

for (const [text, told] of Object.entries(AUTHORS))
  test(`what the author says: ${JSON.stringify(text)}`, () => {
    const reviews = reviewsOf(parseBody(`${text}\n`), {
      robot: false,
      author: true,
      direct: true,
      version: 2,
    });
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
  'This patch was applied to larch/larch.git (ci) by Ben Cedar.': '-',
  'This series was applied to larch/larch.git (testing)\nby Ben Cedar': '-',
  'This series was merged into larch-test.git.': '-',
};

for (const [text, told] of Object.entries(ROBOTS))
  test(`what a robot says: ${JSON.stringify(text)}`, () => {
    const reviews = reviewsOf(parseBody(`${text}\n`), { robot: true, author: false });
    assert.equal(reviews.map(({ kind }) => kind).join(', ') || '-', told);
  });

/** What is said, and which patches it is of. */
const SCOPES: Readonly<Record<string, Review['scope']>> = {
  'Applied, thanks!': 'answered',
  'Patch applied.': 'one',
  'Series applied, thanks.': 'all',
  'Applied all.': 'all',
  'All patches applied to larch/next.': 'all',
  'Both patches applied.': [1, 2],
  "I've applied the first four patches, thanks.": [1, 2, 3, 4],
  'Applied patches 1-3 and 5 to larch/next.': [1, 2, 3, 5],
  'Applied patch [1/9] - [4/9] on larch/next.': [1, 2, 3, 4],
  'Series applied except patch 3.': 'part',
  "I've applied this and the other four, thanks.": 'all',
  "I've applied this and the rest to larch/next.": 'all',
  'Applied, thanks!\n\n[1/3] close: count\n      commit: 12345678\n[3/3] close: doc\n      commit: 87654321\n':
    [1, 3],
  'Applied, thanks!\n\n[1/2] close: count\n      https://example.org/1\n[2/2] close: doc\n      https://example.org/2\n':
    'all',
  'NAK.': 'answered',
  'NAK to this series.': 'all',
};

for (const [text, scope] of Object.entries(SCOPES))
  test(`which patches it is of: ${JSON.stringify(text)}`, () => {
    const [review] = reviewsOf(parseBody(`${text}\n`), { robot: false, author: false });
    assert.deepEqual(review!.scope, scope);
  });

test('a robot that names a series and lists one patch of it with a commit tells of that one', () => {
  const text = `Hello:

This series was applied to larch/larch-next.git (main)
by Ben Cedar <ben@example.net>:

Here is the summary with links:
  - [v2,1/2] close: count
    https://example.org/c/12
  - [v2,2/2] close: doc
    (no matching commit)
`;
  const [review] = reviewsOf(parseBody(text), { robot: true, author: false });
  assert.deepEqual(review!.scope, [1]);
});

test('"this" right under a quotation of the patch is the patch, and elsewhere any thing', () => {
  const text = '> count++;\n\nThis is wrong: the counter wraps.\n';
  const kinds = (direct: boolean, body: string) =>
    reviewsOf(parseBody(body), { robot: false, author: false, direct }).map(({ kind }) => kind);
  assert.deepEqual(kinds(true, text), ['objected']);
  assert.deepEqual(kinds(false, text), []);
  assert.deepEqual(kinds(true, 'This is wrong: the counter wraps.\n'), []);
});

test('"ignore this" under an answer is about the answer', () => {
  const review = (direct: boolean, words: string) =>
    reviewsOf(parseBody(words), { robot: false, author: true, direct }).map(({ kind }) => kind);
  assert.deepEqual(review(false, 'Please ignore this mail.\n'), []);
  assert.deepEqual(review(false, 'Please ignore this series.\n'), ['withdrawn']);
});

test('a sentence of a hundred thousand words is none', () => {
  const text = `${'Applied to this, thanks, '.repeat(20_000)}NAK.\n`;
  assert.deepEqual(reviewsOf(parseBody(text), { robot: false, author: false }), []);
});

test("the words of a review are the sender's, wraps folded", () => {
  const [review] = reviewsOf(parseBody('Hi,\n\nApplied to larch/next, with\na typo fixed.  Thanks.\n'), {
    robot: false,
    author: false,
  });
  assert.equal(review!.words, 'Applied to larch/next, with a typo fixed.');
});
