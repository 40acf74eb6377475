import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { hear } from '../briefs/facts/statements.ts';
import { inTellingOrder } from '../briefs/story/order.ts';
import type { BriefMessage } from '../briefs/thread.ts';
import { parseBody } from '../mail/body.ts';
import { NO_MAILMAP } from '../mail/mailmap.ts';
import type { MessageId } from '../mail/message-id.ts';
import { personOf } from '../mail/people.ts';
import { parseSubject } from '../mail/subject.ts';
import { runs } from './support/property.ts';

/** A message: the number of what it answers, when it came, and whether it is told. */
type Place = readonly [answers: number | undefined, received: number, told: boolean];

const author = personOf({ name: 'Ada Example', address: 'ada@example.org' }, NO_MAILMAP);
const blocks = parseBody('The clock of the old boards starts late.\n');

/** The numbers of the messages that are told, in the order of telling. */
function orderOf(places: readonly Place[]): readonly number[] {
  const messages = places.map(([answers, received], at): BriefMessage => {
    const parent = answers === undefined ? undefined : idOf(answers);
    return { id: idOf(at), parent, received, author, subject: parseSubject('Re: clocks'), blocks };
  });
  const hearing = hear({ root: idOf(0), messages });
  const passages = hearing.said.flatMap((said, at) =>
    places[at]![2] ? [{ said, statements: said.statements }] : [],
  );
  return inTellingOrder(hearing, passages).map(({ said }) => Number.parseInt(said.message.id, 10));
}

function idOf(place: number): MessageId {
  return `${place}@example.org` as MessageId;
}

test('of two talks the one that began first is told first, to its end', () => {
  const thread: readonly Place[] = [
    [undefined, 0, true],
    [0, 5, true], // began second
    [1, 6, true],
    [0, 2, true], // began first,
    [3, 9, true], // and went on for longer
  ];
  assert.deepEqual(orderOf(thread), [0, 3, 4, 1, 2]);
});

test('a talk begins with what is told of it', () => {
  const thread: readonly Place[] = [
    [undefined, 0, true],
    [0, 1, false],
    [1, 7, true],
    [0, 3, true],
  ];
  assert.deepEqual(orderOf(thread), [0, 3, 2]);
});

test('the first message comes first, whatever its clock says', () => {
  const thread: readonly Place[] = [
    [undefined, 9, true],
    [undefined, 1, true],
    [0, 2, true],
  ];
  assert.deepEqual(orderOf(thread), [0, 2, 1]);
});

test('everything is told once, and behind what it answers', () => {
  const tree = fc
    .array(fc.tuple(fc.nat(), fc.nat({ max: 50 }), fc.boolean()), { minLength: 1, maxLength: 30 })
    .map(all =>
      all.map(([pick, received, told], at): Place => [at === 0 ? undefined : pick % at, received, told]),
    );
  fc.assert(
    fc.property(tree, places => {
      const order = orderOf(places);
      const told = places.flatMap(([, , isTold], at) => (isTold ? [at] : []));
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        told,
      );
      for (const [at, place] of order.entries())
        for (let above = places[place]![0]; above !== undefined; above = places[above]![0])
          assert.ok(!order.slice(at).includes(above), `${place} is told before ${above}, which it answers`);
    }),
    runs(200),
  );
});
