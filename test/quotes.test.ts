import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Block, ownText, parseBody } from '../mail/body.ts';
import type { MessageId } from '../mail/message-id.ts';
import { type Ancestor, provedLines, proveQuotations } from '../mail/quotes.ts';
import { ThreadWords } from '../mail/thread-words.ts';
import { runs } from './support/property.ts';

const idOf = (name: string) => `${name}@example.org` as MessageId;

/** A message of a thread: what it says, and the names of those above it, from its parent upward. */
interface Said {
  readonly name: string;
  readonly text: string;
  readonly above?: readonly string[];
  readonly own?: readonly string[];
}

/** The blocks of the last of `messages`, proved. */
function proved(...messages: readonly Said[]): readonly Block[] {
  const words = new ThreadWords();
  let blocks: readonly Block[] = [];
  for (const { name, text, above = [], own = [] } of messages) {
    const ancestors = above.map((one): Ancestor => ({ id: idOf(one), samePerson: own.includes(one) }));
    blocks = proveQuotations(words, { blocks: parseBody(text), ancestors });
    words.add(idOf(name), blocks);
  }
  return blocks;
}

/** The lines of quotations, each behind the name of its source or `?`. */
function sources(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap(({ lines, runs: all = [] }) =>
    all.flatMap(({ start, end, source }) =>
      lines.slice(start, end).map(line => `${source?.split('@')[0] ?? '?'}: ${line}`),
    ),
  );
}

const ADA = {
  name: 'ada',
  text: `Hello,

The table of entries is copied before the
lock is taken, and nobody looks at it again
until the next timer fires. I would rather
take the lock first.

Is there a reason?

Ada
`,
};
const BEN = {
  name: 'ben',
  above: ['ada'],
  text: `On Monday, Ada Example wrote:
> I would rather
> take the lock first.

The lock may sleep, and the caller may not.

> Is there a reason?

That one.
`,
};

test('each quoted line is proved to the message that wrote it, at every depth', () => {
  const text = `On Monday, Ben Example wrote:
> On Monday, Ada Example wrote:
> > I would rather
> > take the lock first.
>
> The lock may sleep, and the caller may not.

Then copy it twice.
`;
  assert.deepEqual(sources(proved(ADA, BEN, { name: 'cem', text, above: ['ben', 'ada'] })), [
    'ben: > On Monday, Ada Example wrote:',
    'ada: > > I would rather',
    'ada: > > take the lock first.',
    'ada: >',
    'ben: > The lock may sleep, and the caller may not.',
  ]);
});

test('wraps, blanks, marks and lines left out make no difference', () => {
  for (const text of [
    '> The table of entries is copied\n> before the lock is taken, and nobody looks at it\n> again until\n',
    '>The   table of entries is\t copied before the\n>lock is taken, and nobody looks at it again\n',
    'AE> The table of entries is copied before the\nAE> lock is taken, and nobody looks at it again\n',
    '> The table of entries is copied before the\n> [...]\n> until the next timer fires. I would rather\n> (snip)\n> Is there a reason?\n',
    '> > > > The table of entries is copied before the\n',
    '> Is there a reason?\n',
    '> Ada\n',
  ]) {
    const all = sources(proved(ADA, { name: 'ben', text, above: ['ada'] }));
    assert.ok(all.length > 0 && all.every(line => line.startsWith('ada: ')), all.join('\n'));
  }
});

test('a line whose words were changed, left out or added is not proved', () => {
  for (const line of [
    'The table of entries is moved before the',
    'The table of entries is before the',
    'The table of entries is copied long before the',
    'The table of entries is copied before The',
    'Is there any reason?',
    'reason there is?',
    'Ben',
  ]) {
    const all = sources(proved(ADA, { name: 'ben', text: `> ${line}\n`, above: ['ada'] }));
    assert.deepEqual(all, [`?: > ${line}`]);
  }
});

test('a changed line between others is the only one that is not proved', () => {
  const text = `> The table of entries is copied before the
> lock is dropped, and nobody looks at it again
> until the next timer fires. I would rather
`;
  assert.deepEqual(
    sources(proved(ADA, { name: 'ben', text, above: ['ada'] })).map(line => line[0]),
    ['a', '?', 'a'],
  );
});

test('the end of a line that was wrapped below the marks of its line is proved with it', () => {
  const text = `> > The table of entries is copied before
> the
> > lock is taken, and nobody looks at it again
`;
  assert.ok(
    sources(proved(ADA, BEN, { name: 'cem', text, above: ['ben', 'ada'] })).every(one => /^ada/.test(one)),
  );
});

test('what several messages say is quoted from the nearest above, and from another only where none above says it', () => {
  const same = 'Reviewed by Ada Example, for all patches';
  const first = { name: 'first', text: `${same}\n` };
  const other = { name: 'other', text: `${same}\n`, above: ['first'] };
  const reply = (above: readonly string[]) => ({ name: 'reply', text: `> ${same}\n`, above });
  assert.deepEqual(sources(proved(first, other, reply(['first']))), [`first: > ${same}`]);
  assert.deepEqual(sources(proved(first, other, reply(['other', 'first']))), [`other: > ${same}`]);
  assert.deepEqual(sources(proved(first, other, reply([]))), [`other: > ${same}`]);
});

test('a line that begins with From is found, whoever escaped it', () => {
  const ada = { name: 'ada', text: 'It came here\nFrom the other machine, by mail.\n' };
  const text = '> It came here\n> >From the other machine, by mail.\n';
  assert.ok(
    sources(proved(ada, { name: 'ben', text, above: ['ada'] })).every(line => line.startsWith('ada')),
  );
});

test('what Outlook pasted under its header is a quotation, and the answers in it are not', () => {
  const text = `I think so.

-----Original Message-----
From: Ada Example <ada@example.org>
Sent: Monday, March 5, 2018 10:00
To: Ben Example <ben@example.org>
Subject: the lock

The table of entries is copied before the lock is taken, and nobody looks at it again
until the next timer fires. I would rather take the lock first.

No: the lock may sleep.

Is there a reason?

Ada
`;
  const blocks = proved(ADA, { name: 'ben', text, above: ['ada'] });
  assert.deepEqual(
    blocks.flatMap(({ kind, lines }) => (lines.join('').trim() === '' ? [] : [kind])),
    ['text', 'attribution', 'quote', 'text', 'quote'],
  );
  assert.ok(
    sources(blocks).every(line => line.startsWith('ada: ')),
    sources(blocks).join('\n'),
  );
  assert.equal(ownText(blocks), 'I think so.\n\nNo: the lock may sleep.');
  assert.equal(blocks.flatMap(({ lines }) => lines).join('\n'), text.trimEnd());
});

test('paragraphs that were pasted without any mark are a quotation, a line in passing is not', () => {
  const pasted = `You wrote:

The table of entries is copied before the
lock is taken, and nobody looks at it again
until the next timer fires. I would rather
take the lock first.

I would not.
`;
  const kinds = (said: Said) => proved(ADA, said).map(({ kind }) => kind);
  const ben = { name: 'ben', above: ['ada'] };
  assert.deepEqual(kinds({ ...ben, text: pasted }), ['text', 'quote', 'text']);
  assert.deepEqual(kinds({ ...ben, text: 'Is there a reason?\n\nNo.\n' }), ['text']);
  assert.deepEqual(kinds({ ...ben, text: pasted, own: ['ada'] }), ['text'], 'their own words again');
  assert.deepEqual(kinds({ ...ben, above: [], text: pasted }), ['text'], 'no message above');
  const patch = `${pasted}---\n one.c | 2 +-\n`;
  assert.ok(!kinds({ ...ben, text: patch }).includes('quote'), 'a patch that is sent again');
});

const word = fc.stringMatching(/^[a-z]{2,8}$/);
/** Numbered, so that no two lines of a thread are alike. */
const bodyOf = (name: string, lines: readonly (readonly string[])[]) =>
  lines.map((words, at) => [`${name}${at}`, ...words, `${at}${name}.`].join(' '));
const linesOf = fc.array(fc.array(word, { minLength: 2, maxLength: 12 }), { minLength: 1, maxLength: 8 });

test('whatever a reply quotes is proved to its source, however it was wrapped and marked', () => {
  const marks = fc.constantFrom('> ', '>', '>> ', '> > ', 'AE> ');
  const width = fc.integer({ min: 20, max: 90 });
  fc.assert(
    fc.property(linesOf, linesOf, marks, width, (a, b, mark, most) => {
      const ada = bodyOf('x', a);
      const ben = bodyOf('y', b);
      const wrapped = (lines: readonly string[]) =>
        lines.flatMap(line => line.match(new RegExp(`.{1,${most}}(?: |$)`, 'g')) ?? []);
      const quoted = [
        ...wrapped(ada).map(line => ['ada', `> ${mark}${line}`] as const),
        ...wrapped(ben).map(line => ['ben', `> ${line}`] as const),
      ];
      const blocks = proved(
        { name: 'ada', text: ada.join('\n') },
        { name: 'ben', text: ben.join('\n'), above: ['ada'] },
        { name: 'cem', text: quoted.map(([, line]) => line).join('\n'), above: ['ben', 'ada'] },
      );
      assert.deepEqual(
        sources(blocks),
        quoted.map(([name, line]) => `${name}: ${line}`),
      );
    }),
    runs(),
  );
});

test('a word that is changed anywhere leaves its line unproved', () => {
  fc.assert(
    fc.property(linesOf, fc.nat(), fc.nat(), (a, line, place) => {
      const ada = bodyOf('x', a);
      const at = line % ada.length;
      const changed = ada[at]!.split(' ');
      changed[place % changed.length] += 'Z';
      const text = ada.map((one, index) => `> ${index === at ? changed.join(' ') : one}`).join('\n');
      const blocks = proved({ name: 'ada', text: ada.join('\n') }, { name: 'ben', text, above: ['ada'] });
      assert.deepEqual(
        sources(blocks).map(one => one.startsWith('ada')),
        ada.map((_, index) => index !== at),
      );
      assert.deepEqual(provedLines(blocks), { proved: ada.length - 1, of: ada.length });
    }),
    runs(),
  );
});

test('no line is lost or moved, and the runs of a quotation are all of its lines', () => {
  const line = fc.oneof(
    fc.constantFrom(...ADA.text.split('\n'), ...BEN.text.split('\n'), '> > a', '>', '[...]', '| a', '-- '),
    fc.constantFrom(
      '-----Original Message-----',
      'From: Ada',
      'Sent: Monday',
      'To: Ben',
      'diff --git a/a b/a',
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), lines => {
      const text = lines.join('\n');
      const blocks = proved(ADA, BEN, { name: 'cem', text, above: ['ben', 'ada'] });
      const rest = text.split('\n');
      if (rest.at(-1) === '') rest.pop();
      assert.deepEqual(
        blocks.flatMap(block => block.lines),
        rest,
      );
      for (const { kind, lines: all, runs: parts } of blocks) {
        if (kind !== 'quote') continue;
        assert.deepEqual(
          parts!.map(({ start }) => start),
          [0, ...parts!.slice(0, -1).map(({ end }) => end)],
        );
        assert.equal(parts!.at(-1)!.end, all.length);
      }
    }),
    runs(),
  );
});

test('threads made to be slow are read to their end', () => {
  const many = 20_000;
  const texts = ['a a a a\n', 'a b c d\n', '> a a a a\n', '> a\n', 'From: a\n', '> '.repeat(50), 'x\n\n'].map(
    part => part.repeat(many),
  );
  const said = texts.flatMap((text, at): Said[] => [
    { name: `m${at}`, text, above: [`m${at - 1}`] },
    { name: `r${at}`, text: text.replace(/^(?=.)/gm, '> '), above: [`m${at}`] },
  ]);
  assert.ok(proved(...said).length > 0);
  const replies = Array.from({ length: 3000 }, (_, at): Said => {
    const above = Array.from({ length: Math.min(at, 60) }, (__, up) => `n${at - 1 - up}`);
    return {
      name: `n${at}`,
      text: `> the same words in each\n> of all replies\n\nthe same words in each\nof all replies\n`,
      above,
    };
  });
  assert.ok(proved(...replies).length > 0);
});

test('a letter with half a million marks on it holds nobody up', () => {
  const words = new ThreadWords();
  words.add('one@example.org' as MessageId, parseBody(`o${'\u0301\u0323'.repeat(250_000)} is a letter`));
  assert.equal(words.numberOf('one@example.org' as MessageId), 0);
});
