import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { partStarts } from '../site/parts.ts';
import { runs } from './support/property.ts';

/** A page of a thread holds as many messages at most, and a weight of so much. */
const MOST_MESSAGES = 200;
const MOST_WEIGHT = 900_000;

const light = (depth: number) => ({ depth, weight: 2000 });

/** The depths of a thread whose every step goes down, stays, or comes up again. */
const threads = fc
  .array(
    fc.record({ step: fc.integer({ min: -40, max: 1 }), weight: fc.integer({ min: 1000, max: 90_000 }) }),
    {
      minLength: 1,
      maxLength: 1500,
      size: 'max',
    },
  )
  .map(steps => {
    let depth = 0;
    return steps.map(({ step, weight }, index) => {
      depth = index === 0 ? 0 : Math.max(0, depth + (step < -20 ? -1 : step < 0 ? 0 : step));
      return { depth, weight };
    });
  });

test('a thread that fits one page is one page', () => {
  assert.deepEqual(partStarts([light(0)]), [0]);
  assert.deepEqual(partStarts(Array.from({ length: MOST_MESSAGES }, (_, at) => light(at))), [0]);
});

test('a subthread that does not fit what is left of a page begins the next', () => {
  const subthread = (length: number) => Array.from({ length }, (_, at) => light(at === 0 ? 1 : 2));
  const posts = [light(0), ...subthread(150), ...subthread(120), ...subthread(60), ...subthread(30)];
  assert.deepEqual(partStarts(posts), [0, 151, 331]);
});

test('a chain and a star, which have nothing to keep together, fill their pages', () => {
  const chain = Array.from({ length: 1000 }, (_, at) => light(at));
  const star = Array.from({ length: 1000 }, (_, at) => light(at === 0 ? 0 : 1));
  assert.deepEqual(partStarts(chain), [0, 200, 400, 600, 800]);
  assert.deepEqual(partStarts(star), [0, 200, 400, 600, 800]);
});

test('heavy messages make pages of fewer', () => {
  const heavy = Array.from({ length: 60 }, (_, at) => ({ depth: at === 0 ? 0 : 1, weight: 100_000 }));
  assert.deepEqual(partStarts(heavy), [0, 9, 18, 27, 36, 45, 54]);
});

test('no page is too large, and no subthread is cut that a page has room for', () => {
  fc.assert(
    fc.property(threads, posts => {
      const starts = partStarts(posts);
      const ends = [...starts.slice(1), posts.length];
      const weight = (from: number, to: number) =>
        posts.slice(from, to).reduce((sum, post) => sum + post.weight, 0);
      assert.equal(starts[0], 0);
      for (const [part, start] of starts.entries()) {
        const end = ends[part]!;
        assert.ok(end > start && end - start <= MOST_MESSAGES);
        assert.ok(weight(start, end) <= MOST_WEIGHT);
        if (start === 0) continue;
        // What begins before this page and goes on in it would not have fitted one.
        for (let above = start - 1, depth = posts[start]!.depth; depth > 0 && above >= 0; above--) {
          if (posts[above]!.depth >= depth) continue;
          depth = posts[above]!.depth;
          const behind = posts.findIndex((post, at) => at > above && post.depth <= depth);
          const last = behind === -1 ? posts.length : behind;
          const room = above === 0 ? MOST_WEIGHT - 95 * posts.length : MOST_WEIGHT;
          assert.ok(last - above > MOST_MESSAGES || weight(above, last) > room);
        }
      }
    }),
    runs(100),
  );
});
