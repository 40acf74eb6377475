import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { changelog } from '../mail/series/changelog.ts';
import { changeItems } from '../mail/series/changes.ts';
import { runs } from './support/property.ts';

/** A version, the text of its cover letter, and its changes. */
const CHANGES: Readonly<
  Record<string, readonly [version: number, text: string, changes: readonly string[]]>
> = {
  'Changes in v2': [2, 'Words.\n\nChanges in v2:\n- one\n- two\n\nOda', ['- one', '- two']],
  'the right one of many': [3, 'v3:\n  - new\nv2:\n  - old\n', ['  - new']],
  'Changes since v1': [2, 'Changes since v1:\n * one\n   more of it\n', [' * one', '   more of it']],
  'an arrow': [3, 'v2 -> v3: (2018-03-05)\n- new\n\nv1 -> v2:\n- old\n', ['- new']],
  'an arrow back': [2, 'v2 <- v1\n - new\n', [' - new']],
  'two dots': [4, 'v3..v4:\n- new\n', ['- new']],
  'on the line of the heading': [2, 'v2: rebased on 4.16\nv1: first try\n', ['rebased on 4.16']],
  'a link on the line of the heading': [2, 'v2: https://example.org/a\nv1: https://example.org/b\n', []],
  'in square brackets': [3, '[v3: rebased on 4.16]\n[v2: first try]\n', ['rebased on 4.16']],
  'an underlined heading': [2, 'Changes since v1\n================\n1. one\n2. two\n', ['1. one', '2. two']],
  'no number': [2, 'Changes since the last version:\n- one\n', ['- one']],
  'Changelog over versions': [2, 'Changelog:\nv2:\n- new\nv1:\n- old\n', ['- new']],
  'Changelog over a list': [2, 'Changelog:\n- one\n\nCheers\n', ['- one']],
  'an RFC': [3, 'Changes in rfc v3:\n- one\n', ['- one']],
  'minor changes': [9, 'Minor changes from v8 based on feedback:\n- one\n', ['- one']],
  'a list that ends in trailers': [2, 'v2:\n- one\nSigned-off-by: Oda <oda@example.org>\n', ['- one']],
  'a list that ends in a shortlog': [2, 'v2:\n- one\n\nOda Vinterhal (2):\n  a: b\n', ['- one']],
  'items apart': [2, 'v2:\n\n- one\n\n- two\n\nNext paragraph.\n', ['- one', '', '- two']],
  'a list that is of another version': [4, 'Changes in v3:\n- one\n', []],
  'words that only speak of changes': [2, 'This changes nothing since v4.14 of the kernel was cut.\n', []],
  nothing: [2, 'Words.\n', []],
  'a heading of prose': [2, 'Changes in this version\nare few, as I was away.\n', []],
  'a title of prose': [2, 'History\n\nClosing files was counted once before.\n', []],
  'a title of prose, underlined': [2, 'History\n=======\n\nFiles were counted once.\n', []],
  'updates for a kernel': [5, 'close updates for v5.5\n- count twice\n', []],
  'a title over a list': [2, 'History\n\n- one\n', ['- one']],
  'a heading in Markdown': [2, '## Changes since last version\n\nThe build.\n', ['The build.']],
  'a heading by itself': [2, 'Words.\n\nChangelog since v1 [7]\n\nThe build.\n', ['The build.']],
  "a test's plan": [2, 'TAP version 13\n1..2\n# Starting 2 tests\nok 1 close\n', []],
  'a link to the version before, with a v': [3, 'v3:\n- one\nv2: https://example.org/2\n', ['- one']],
  'a link to the version before, in brackets': [3, 'v3:\n- one\n- v2: <https://example.org/2>\n', ['- one']],
  'a link to this version, above': [3, 'v3: https://example.org/3\n\nChanges in v3:\n- one\n', ['- one']],
  'Link to, as an item': [3, 'Changes in v3:\n - one\n - Link to v2: https://example.org/2\n', [' - one']],
  'Link to an RFC, with a star': [
    2,
    'Changes in v2:\n * one\n * Link to RFC v2: https://example.org/2\n',
    [' * one'],
  ],
  'footnotes below': [2, 'v2:\n- one\n[1] https://example.org/1\n', ['- one']],
  'a rule that is set in below': [2, 'v2:\n- one\n ---\n one.c | 2\n', ['- one']],
  'v4.1, since v4': [4, 'Changes since v4:\n- new\n\nChanges since v3:\n- old\n', ['- new']],
  'a version in brackets': [3, 'Changes since [v2]:\n- one\n', ['- one']],
  'a footnote behind the version': [3, 'Changes since v2 [1]:\n- one\n', ['- one']],
  'Differences to v1': [2, 'Differences to v1\n- one\n', ['- one']],
  'Differences to v1, as an item': [2, '- Differences to v1\n  - one\n', ['  - one']],
  notes: [6, '= v6 notes =\n- one\n\n= v5 notes =\n- old\n', ['- one']],
  'Changelog v2->v3': [3, 'Changelog v2->v3\n- one\n', ['- one']],
  'v2 changes': [2, 'v2 changes:\n- one\n', ['- one']],
  'since an RFC': [1, 'Changes since RFC v2:\n- one\n', ['- one']],
  'patches that are listed by their subjects': [
    2,
    '- [PATCH v2 1/2] close: count\n- [PATCH v2 2/2] open\n',
    [],
  ],
  'numbers of the kernel': [5, 'v5.10: 3.4 GB/s\nv5.11: 3.6 GB/s\n', []],
  'a sentence that goes on': [3, 'Since v2 I was away,\nsince v2\nwas enough.\n', []],
};

for (const [name, [version, text, changes]] of Object.entries(CHANGES))
  test(`changes by a changelog: ${name}`, () => {
    assert.deepEqual(changelog(text, version).changes, changes);
  });

/** A line of a cover letter, and whether what it links to is an earlier version. */
const LINKS: Readonly<Record<string, boolean>> = {
  'v1: https://lore.kernel.org/r/a@example.org/': true,
  '- Link to v1: https://lore.kernel.org/r/a@example.org': true,
  'Previous version: <a@example.org>': true,
  'RFC: https://lkml.kernel.org/r/a%40example.org': true,
  'The last series is at https://lore.kernel.org/linux-example/a@example.org/T/#u.': true,
  'This replaces mid:a@example.org': true,
  'It depends on https://lore.kernel.org/r/a@example.org v2': false,
  'Based on v3 of <a@example.org>': false,
  'See https://lore.kernel.org/r/a@example.org for the report.': false,
  'Reported in https://lore.kernel.org/r/a@example.org': false,
  'https://lore.kernel.org/v1-list/a@example.org': false,
};

for (const [line, earlier] of Object.entries(LINKS))
  test(`a link to ${earlier ? 'an earlier version' : 'other work'}: ${line}`, () => {
    const ids = changelog(`Words.\n${line}\n`, 2).earlier.map(({ id }) => id);
    assert.deepEqual(ids, earlier ? ['a@example.org'] : []);
  });

test('bare links under "Previous versions" are earlier versions', () => {
  const text =
    'Previous versions:\n  https://lore.kernel.org/r/a@example.org\n  [v2] <b@example.org>\n\nSee <c@example.org>.\n';
  assert.deepEqual(
    changelog(text, 3).earlier.map(({ id }) => id),
    ['a@example.org', 'b@example.org'],
  );
});

test('a link alone under "Changes since v1" leads to v1', () => {
  const { earlier } = changelog(
    'Changes since v1\n====\nhttps://lore.kernel.org/r/a@example.org\n1. one\n',
    2,
  );
  assert.deepEqual(
    earlier.map(({ id }) => id),
    ['a@example.org'],
  );
});

test('a change-id is found where b4 writes it', () => {
  assert.equal(
    changelog('Words.\n\n---\nbase-commit: 12\nchange-id: 20180305-close-3f2a\n', 1).changeId,
    '20180305-close-3f2a',
  );
});

test('items are joined over their lines and lose their bullets', () => {
  const lines = ['- one', '  and more', '* two', '', 'A line', '  set in under it', '3. three', '-> four'];
  assert.deepEqual(changeItems(lines), ['one and more', 'two', 'A line set in under it', 'three', 'four']);
});

test('items without bullets ran together: each line is one, unless the line above was full', () => {
  const full = 'Count what the last close leaves open, in the task and not';
  const lines = ['Fixed the build', 'Dropped patch 3.', full, 'in the file.', 'Rebased', '  on 4.16'];
  assert.deepEqual(changeItems(lines), [
    'Fixed the build',
    'Dropped patch 3.',
    `${full} in the file.`,
    'Rebased on 4.16',
  ]);
});

test('no text makes a changelog throw or take words that are not in it', () => {
  const words = fc.constantFrom(
    'v2:',
    'Changes in v3:',
    '- one',
    '',
    '  * two',
    'v1 -> v2',
    '===',
    '<a@b>',
    'Cc: x',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 20 }), fc.nat(5), (lines, version) => {
      for (const change of changelog(lines.join('\n'), version).changes)
        assert.ok(lines.join('\n').includes(change.trimEnd()));
    }),
    runs(),
  );
});

test('a line of a hundred thousand brackets is passed over', () => {
  assert.deepEqual(changelog('<a@b'.repeat(100_000), 2).earlier, []);
});

test('a history with lines of a hundred thousand signs is read through', () => {
  const text = `Previous versions:\n${`${'-'.repeat(100_000)}x\n`.repeat(20)}<a@example.org>\n`;
  assert.deepEqual(changelog(text, 2).earlier, []);
});

test('a heading with twenty thousand blanks behind it is none', () => {
  assert.deepEqual(changelog(`Changes${' '.repeat(20_000)}x\n- one\n`, 2).changes, []);
});
