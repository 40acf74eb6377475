import assert from 'node:assert/strict';
import test from 'node:test';
import { type Cue, cuesIn } from '../briefs/facts/cues.ts';

/** What does it, and beside it what looks as if it did and does not. */
const CUES: Readonly<Record<Cue, { readonly hits: readonly string[]; readonly misses: readonly string[] }>> =
  {
    agrees: {
      hits: [
        'I agree.',
        'Yes, I fully agree with Ben here.',
        'Agreed, one lock is enough.',
        'Makes sense.',
        'OK, makes sense to me, thanks.',
        'Sounds good to me.',
        'You’re right, the counter wraps.',
      ],
      misses: [
        'No worries, take your time.',
        'I agree, but the lock is still needed.',
        'I agree in general, however this path is hot.',
        "I don't agree.",
        'Do you agree?',
        'Does that sound good?',
        'It makes sense that we count them.',
        'They agreed on it years ago.',
        'This looks good.',
      ],
    },
    approves: {
      hits: ['This looks good.', 'Looks good to me.', 'Fine by me.', 'No objection.', 'Works for me.'],
      misses: ['Looks good unless the ring is full.', 'Does it look good?', 'I agree.', 'No object is left.'],
    },
    promises: {
      hits: [
        'Will do.',
        'OK, thanks, will fix.',
        "Good catch, I'll fix that.",
        'I’ll rename it.',
        'Agree, I will fix it in the next iteration.',
        "So yes, I'll remove it.",
        "I'll drop this check.",
        "I'll add that.",
        "I'll do that in the next version.",
        'OK, will use this.',
        'Correct , it will be cured on the next patch',
        'Let me look at the ring again, and then use one lock for v3.',
        'The early return will be gone in the next revision of this series.',
        'Fixed in v4.',
        'Right, will be addressed in the next version.',
        'Consider it done.',
      ],
      misses: [
        'I will look into it.',
        'If you like, I will change it.',
        "I'll change it once the ring is in.",
        'Will you fix it?',
        'I could drop it.',
        'I will drop this.',
        "I'll add that the ring was never meant to wrap.",
        "I'll do this every week.",
        "I'll try to do it for the next round.",
        'You will find it in the next version.',
        'It will be gone in the next version of the compiler.',
        'It will change the layout.',
        'Will it change the layout for v3?',
        'I fixed it yesterday.',
        'Can you fix this in v3?',
      ],
    },
    'announces version': {
      hits: [
        "I'll send a v2.",
        'OK, will send V3 tomorrow.',
        "I'll respin.",
        'Great, I will revise and resubmit.',
        'I am going to post an updated series on Monday.',
        'v3 coming soon.',
        'The next version will keep the lock.',
      ],
      misses: [
        'Please send a v2.',
        'Could you respin this?',
        "If nobody objects, I'll resend.",
        'Are you going to send a new version?',
        'Ben sent v2 yesterday.',
        'I sent v2 in March.',
      ],
    },
    decides: {
      hits: ["Let's go with one lock.", "OK, let's drop it.", "I'll apply it.", 'We agreed to keep it.'],
      misses: [
        "Let's see.",
        "I'll take a look.",
        "Let's keep it if nobody objects.",
        'We thought we agreed.',
        "Shall I say let's drop it?",
      ],
    },
    asks: {
      hits: ['Does this need the lock?', 'Why is the counter signed (and the ring not)?'],
      misses: [
        'Right?',
        'Make sense?',
        'Thoughts?',
        'What?',
        `Is ${'it '.repeat(120)}so?`,
        'I ask myself why.',
      ],
    },
    suggests: {
      hits: [
        'Maybe we could drop the lock.',
        'How about one counter for each ring?',
        "I'd suggest a helper.",
        'Please use the helper.',
        'It would be better to count once.',
        "Can't we just count once?",
      ],
      misses: [
        'The helper is used twice.',
        'May be.',
        'It was better before.',
        'Please find the patch below.',
      ],
    },
    measures: {
      hits: [
        'This reduces the latency by 12 %.',
        'Throughput rose to 3.5 GB/s.',
        'It is 2x faster now.',
        'The overhead is 300 ns.',
      ],
      misses: [
        'The ring holds 4096 bytes.',
        'It is faster now.',
        'Version 4.2 is faster.',
        'We have 16 CPUs and more overhead.',
        'It takes 3 seconds to boot.',
        'I think it would be good to keep the latency below 1 ms.',
        'Which of them has the 40 % overhead?',
      ],
    },
    pings: {
      hits: ['Ping.', 'Gentle ping.', 'ping?', 'Any comments on this?', 'Any further feedback?'],
      misses: ['The host answers a ping.', 'Pinging the host works.', 'Are there any comments in the code?'],
    },
  };

for (const [cue, { hits, misses }] of Object.entries(CUES)) {
  for (const sentence of hits)
    test(`${cue}: ${JSON.stringify(sentence)}`, () => assert.ok(cuesIn(sentence).has(cue as Cue)));
  for (const sentence of misses)
    test(`not ${cue}: ${JSON.stringify(sentence.slice(0, 80))}`, () =>
      assert.ok(!cuesIn(sentence).has(cue as Cue)));
}

test('a list that nobody ended does nothing but at its beginning', () => {
  const list = `I will fix ${'the lock, the ring, '.repeat(20_000)}I'll send v2?`;
  assert.deepEqual([...cuesIn(list)], ['promises']);
});
