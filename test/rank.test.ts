import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { countTerms, neighbourCounts } from '../briefs/rank/clue-words.ts';
import { lexRanks } from '../briefs/rank/lexrank.ts';
import { rankSentences } from '../briefs/rank/rank.ts';
import { vectorOf } from '../briefs/rank/vectors.ts';
import { sentencesOf } from '../briefs/sentences/sentences.ts';
import type { BriefMessage, BriefThread } from '../briefs/thread.ts';
import { parseBody } from '../mail/body.ts';
import { NO_MAILMAP } from '../mail/mailmap.ts';
import type { MessageId } from '../mail/message-id.ts';
import { personOf } from '../mail/people.ts';
import { proveQuotations } from '../mail/quotes.ts';
import { parseSubject } from '../mail/subject.ts';
import { ThreadWords } from '../mail/thread-words.ts';
import { runs } from './support/property.ts';

interface Written {
  readonly from?: string;
  readonly body: string;
  /** The number of the message it answers; the one before it where it is left out. */
  readonly answers?: number;
}

function threadOf(subject: string, written: readonly Written[]): BriefThread {
  const words = new ThreadWords();
  const messages: BriefMessage[] = [];
  for (const [at, { from = 'Ada Example', body, answers = at - 1 }] of written.entries()) {
    const id = `${at}@example.org` as MessageId;
    const address = `${from.toLowerCase().replaceAll(' ', '.')}@example.org`;
    const author = personOf({ name: from, address }, NO_MAILMAP);
    const ancestors = messages
      .toReversed()
      .map(above => ({ id: above.id, samePerson: above.author.key === author.key }));
    const blocks = proveQuotations(words, { blocks: parseBody(`${body}\n`), ancestors });
    words.add(id, blocks);
    const parent = messages[answers]?.id;
    messages.push({ id, parent, received: at, author, subject: parseSubject(subject), blocks });
  }
  return { root: messages[0]!.id, messages };
}

function ranked(thread: BriefThread) {
  return rankSentences(thread, thread.messages.map(sentencesOf));
}

function texts(thread: BriefThread): readonly string[] {
  return ranked(thread).map(({ sentence }) => sentence.text);
}

test('what the first message begins with comes before what it ends with', () => {
  const thread = threadOf('Weather', [
    { body: 'The wind was cold today. The rain was warm. Everybody stayed inside.' },
  ]);
  assert.deepEqual(texts(thread), [
    'The wind was cold today.',
    'The rain was warm.',
    'Everybody stayed inside.',
  ]);
});

test('a sentence on the subject comes before one that is not', () => {
  const thread = threadOf('Timer of the second board', [
    { body: 'Some days are long.\n' },
    { body: 'Ben sends his greetings. The timer of the second board stops.' },
    { body: 'Cleo paints her kitchen. Dogs bark in the yard.' },
  ]);
  const order = texts(thread);
  assert.ok(
    order.indexOf('The timer of the second board stops.') < order.indexOf('Cleo paints her kitchen.'),
  );
});

test('what was quoted comes before what nobody quoted', () => {
  const said = 'We painted the north wall green. You polished an old silver spoon.';
  const reply = '> You polished an old silver spoon.\n\nIndeed.';
  const at = (order: readonly string[]) => order.indexOf('You polished an old silver spoon.');
  const start = { body: 'Hello all of you out there.' };
  const quoted = texts(threadOf('Chores', [start, { from: 'Ben Example', body: said }, { body: reply }]));
  const unquoted = texts(
    threadOf('Chores', [start, { from: 'Ben Example', body: said }, { body: 'Indeed.' }]),
  );
  assert.ok(at(quoted) < quoted.indexOf('We painted the north wall green.'));
  assert.ok(at(unquoted) > unquoted.indexOf('We painted the north wall green.'));
});

test('words that the neighbours of a message take up count, and those of nobody else', () => {
  const { messages } = threadOf('Chores', [
    { body: 'One.' },
    { body: 'Two.' },
    { body: 'Three.' },
    { body: 'Four.', answers: 1 },
    { body: 'Five.', answers: 0 },
  ]);
  const terms = [[[7]], [[7, 8]], [[8], [8]], [[7]], [[7]]];
  const takenUp = neighbourCounts(messages, terms.map(countTerms));
  // The second answers the first, and the third and fourth answer it.
  assert.equal(takenUp(1, 7), 2);
  assert.equal(takenUp(1, 8), 2);
  assert.equal(takenUp(2, 8), 1);
  assert.equal(takenUp(4, 8), 0);
});

test('a sentence that is like two others is more central than these, and one like none the least', () => {
  const idf = new Float64Array(6).fill(1);
  const [middle, left, right, alone] = lexRanks(
    [
      [0, 1, 2, 3],
      [0, 1],
      [2, 3],
      [4, 5],
    ].map(terms => vectorOf(terms, idf)),
  );
  assert.ok(middle! > left! && left === right && left! > alone!);
});

test('pieces of text come after sentences', () => {
  const thread = threadOf('Weather', [{ body: 'cold wind from the north\n\nThe rain was warm today.' }]);
  assert.deepEqual(texts(thread), ['The rain was warm today.', 'cold wind from the north']);
});

test('what programs write comes last, wherever it stands, and is worth nothing', () => {
  const thread = threadOf('Build of the timer', [
    { from: 'kernel test robot', body: 'The build of the timer failed on two boards. It was fine before.' },
    { from: 'Ben Example', body: 'That is all nonsense.' },
  ]);
  const [first, ...rest] = ranked(thread);
  assert.equal(first!.sentence.text, 'That is all nonsense.');
  assert.deepEqual(
    rest.map(({ sentence, score }) => [sentence.text, score]),
    [
      ['The build of the timer failed on two boards.', 0],
      ['It was fine before.', 0],
    ],
  );
});

test('sentences of the same worth stay in the order of the thread', () => {
  const thread = threadOf('Build', [
    { from: 'kernel test robot', body: 'It failed on board one.' },
    { from: 'kernel test robot', body: 'It failed on board two.' },
    { from: 'kernel test robot', body: 'It failed on board three.' },
  ]);
  assert.deepEqual(texts(thread), [
    'It failed on board one.',
    'It failed on board two.',
    'It failed on board three.',
  ]);
});

test('a thread without a word', () => assert.deepEqual(ranked(threadOf('Empty', [{ body: '' }])), []));

test('a thread of ten thousand messages, whether all answer one or each the last', () => {
  const body = 'The lock is taken twice here. We drop it later. Nobody else reads that page.';
  for (const flat of [true, false]) {
    const thread = unproved(10_000, body, flat);
    const all = ranked(thread);
    assert.equal(all.length, 30_000);
    assert.equal(all[0]!.sentence.message, thread.root);
  }
});

/** A long thread whose quotations nobody looks for. */
function unproved(count: number, body: string, flat: boolean): BriefThread {
  const [one] = threadOf('Locks', [{ body }]).messages;
  const id = (at: number) => `${at}@example.org` as MessageId;
  const messages = Array.from({ length: count }, (_, at): BriefMessage => {
    return { ...one!, id: id(at), parent: at === 0 ? undefined : id(flat ? 0 : at - 1), received: at };
  });
  return { root: id(0), messages };
}

const sentence = fc
  .array(fc.constantFrom('lock', 'page', 'timer', 'the', 'of', 'board', 'is', 'quoted', 'twice'), {
    minLength: 3,
    maxLength: 9,
  })
  .map(words => `We ${words.join(' ')}.`);
const message = fc.record({
  from: fc.constantFrom('Ada Example', 'Ben Example', 'kernel test robot'),
  body: fc
    .array(fc.tuple(fc.constantFrom('', '> ', '\n', '- '), sentence), { maxLength: 8 })
    .map(lines => lines.map(([mark, text]) => mark + text).join('\n')),
  answers: fc.nat(5),
});

test('every sentence is ranked once, the best first, and the same each time', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 6 }), written => {
      const thread = threadOf('The timer of the board', written);
      const order = ranked(thread);
      const all = thread.messages.flatMap(sentencesOf);
      const key = (one: (typeof all)[number]) => `${one.message} ${one.index}`;
      assert.deepEqual(order.map(one => key(one.sentence)).sort(), all.map(key).sort());
      for (const [at, { score }] of order.entries()) {
        assert.ok(Number.isFinite(score) && score >= 0);
        if (at > 0) assert.ok(score <= order[at - 1]!.score);
      }
      assert.equal(JSON.stringify(ranked(structuredClone(thread))), JSON.stringify(order));
    }),
    runs(100),
  );
});
