import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { findingsIn, threadOf } from './support/checked-thread.ts';
import { runs } from './support/property.ts';

test('whatever is written and mailed, the check comes to an end', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        '["',
        '"](mid:ada@example.org)',
        '](',
        '[',
        ']',
        '[…]',
        '> ',
        '\n',
        '\n\n',
        '- ',
        '— [Ada Example](mid:ada@example.org)',
      ],
      ...[
        'Ada Example ',
        'Ben ',
        '*',
        '_',
        '`',
        '<b>',
        '&#0;',
        '&amp;',
        '%',
        'mid:',
        '5 March',
        'v3',
        '1234567ab',
        '\ufdd0',
        '\ud800',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.stringMatching(/^[a-z ]{1,8}$/),
  );
  const text = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''));
  fc.assert(
    fc.property(text, text, (mail, prose) => {
      const thread = threadOf([{ id: 'ada', by: 'Ada Example', text: mail }]);
      const lines = prose.split(/\r\n?|\n/).length;
      for (const { line, column } of findingsIn(thread, prose))
        assert.ok(line >= 1 && line <= lines && column >= 1);
    }),
    runs(),
  );
});

test('prose and mail made to be slow are read to their end', () => {
  const many = 100_000;
  const quoted = (words: string) => `["${words}"](mid:x@example.org)`;
  const cases: readonly (readonly [mail: string, prose: string, first: string | undefined])[] = [
    ['word '.repeat(2 * many), quoted(`${'word '.repeat(2 * many)}end`), 'not-found'],
    ['a'.repeat(10 * many), quoted(`${'a'.repeat(5 * many)}b`), 'not-found'],
    ['a '.repeat(many), quoted(`${'a […] '.repeat(20)}b`), 'not-found'],
    ['word '.repeat(many), quoted('word […] '.repeat(many)), 'not-found'],
    ['word', quoted(`${'['.repeat(10_000)} word`), undefined],
    ['word', quoted(`${']['.repeat(10_000)} word`), undefined],
    ['word', `> ${'[a '.repeat(many)}\n> — [Ada Example](mid:x@example.org)`, 'not-found'],
    ['word', quoted(`a${'\u0301\u0323'.repeat(many)} word`), 'not-found'],
    ['word', quoted(`a${'\\*\\_'.repeat(many)}`), 'not-found'],
    ['word', `${'Ada '.repeat(many)}${'Bob Miller '.repeat(many)}[x](mid:x@example.org)`, 'name'],
    ['1.1'.repeat(many), `${'1-'.repeat(many)}${' 12'.repeat(many)} [x](mid:x@example.org)`, 'number'],
    ['word', `${'"a b c '.repeat(many)}[x](mid:x@example.org)`, 'unsourced-words'],
    ['word', '>'.repeat(10_000), 'too-deep'],
    ['word', '- '.repeat(10_000), 'too-deep'],
    ['word', `${'*a **b '.repeat(10_000)}[x](mid:x@example.org)`, undefined],
  ];
  for (const [text, prose, first] of cases) {
    const found = findingsIn(threadOf([{ id: 'x', by: 'Ada Example', text }]), prose);
    assert.equal(found[0]?.rule, first, prose.slice(0, 40));
  }
});
