import assert from 'node:assert/strict';
import test from 'node:test';
import { mailLinks } from '../mail/mail-link.ts';

/** A line, and the ids that it links to or names. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  'Link: https://lore.kernel.org/all/20180305.1@example.org/': ['20180305.1@example.org'],
  'v1: https://lore.kernel.org/r/20180305.1@example.org.': ['20180305.1@example.org'],
  '(https://lkml.kernel.org/r/20180305.1@example.org)': ['20180305.1@example.org'],
  'https://lkml.kernel.org/larch/20180305.1%40example.org/T/#u': ['20180305.1@example.org'],
  'https://www.msgid.link/20180305.1@example.org': ['20180305.1@example.org'],
  'https://marc.info/?i=20180305.1@example.org': ['20180305.1@example.org'],
  'https://patchwork.example.org/project/larch/patch/20180305.1@example.org/': ['20180305.1@example.org'],
  'https://patchew.org/larch/20180305.1@example.org/': ['20180305.1@example.org'],
  'https://lists.example.org/larch/20180305.1@example.org/raw': ['20180305.1@example.org'],
  'mid:20180305.1@example.org': ['20180305.1@example.org'],
  'see <20180305.1@example.org> and <mid:20180305.2@example.org>': [
    '20180305.2@example.org',
    '20180305.1@example.org',
  ],
  'https://www.example.org/20180305.1@example.org': [],
  'https://lore.kernel.org/all/': [],
  'oda@example.org wrote to lists.example.org': [],
  'https://lore.kernel.org/all/%E0@example.org': ['%E0@example.org'],
};

for (const [line, ids] of Object.entries(LINES)) {
  test(`the links in ${line}`, () => {
    assert.deepEqual(
      mailLinks(line).map(({ id }) => id),
      ids,
    );
  });
}

test('ten thousand lines that begin an address again and again are read', () => {
  const hostile = [
    'https://patchwork.a/',
    'https://lists.',
    'https://yhbt.net/a/',
    'mid:',
    '/patch',
    '<a',
  ].map(piece => `${piece.repeat(1900 / piece.length)}@`);
  const lines = Array.from({ length: 10_000 }, (_, index) => hostile[index % hostile.length]!);
  lines.push('https://lore.kernel.org/r/20180305.1@example.org');
  assert.equal(mailLinks(lines.join('\n')).at(-1)!.id, '20180305.1@example.org');
});
