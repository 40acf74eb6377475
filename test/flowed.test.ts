import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { unflow } from '../mail/flowed.ts';
import { runs } from './support/property.ts';

const LONG =
  'A paragraph that says so much that no mail program would leave it on one line of its own, ever.';

/** Flowed texts and what they are without their flow. */
const TEXTS: Readonly<Record<string, readonly [flowed: string, text: string]>> = {
  'lines that flow': ['One \ntwo \nthree.\nFour.', 'One two three.\nFour.'],
  'paragraphs longer than a line': [
    `${LONG} \nMore.`,
    'A paragraph that says so much that no mail program would leave it on one line\nof its own, ever. More.',
  ],
  'a fixed line longer than a line': [LONG, LONG],
  'a word longer than a line': [
    `See \nhttps://example.org/${'x'.repeat(90)}`,
    `See\nhttps://example.org/${'x'.repeat(90)}`,
  ],
  'stuffed lines': [' From here\n  indented\n > no quotation', 'From here\n indented\n> no quotation'],
  'quoted paragraphs': ['> One \n> two.\n>\n> Three.\nMine.', '> One two.\n>\n> Three.\nMine.'],
  'quotations in quotations': ['>> a \n>> b\n> c \n> d\ne', '>> a b\n> c d\ne'],
  'quotations with blanks between their marks': ['> > a \n> > b\n> c', '>> a b\n> c'],
  'a quotation that ends while it flows': ['> a \nb', '> a\nb'],
  'a quoted paragraph longer than a line': [
    `> ${LONG} \n> More.`,
    '> A paragraph that says so much that no mail program would leave it on one line\n> of its own, ever. More.',
  ],
  'a signature': ['Bye. \n-- \nAda \nExample', 'Bye.\n-- \nAda Example'],
  'a quoted signature': ['> Bye. \n> -- \n> Ada', '> Bye.\n> -- \n> Ada'],
  'a last line that would flow': ['Hello. ', 'Hello.'],
  'a word that would begin a quotation': [
    `${'x'.repeat(70)} and \nthen > five`,
    `${'x'.repeat(70)} and\nthen > five`,
  ],
  'no lines': ['', ''],
  'a diff': [
    ' Hello \nthere.\n--- a/one.c\n+++ b/one.c\n@@ -1,3 +1,3 @@\n  int a; \n-int b;  \n+int c; \n   int d;\nBye \nnow.',
    'Hello there.\n--- a/one.c\n+++ b/one.c\n@@ -1,3 +1,3 @@\n int a; \n-int b;  \n+int c; \n  int d;\nBye now.',
  ],
  'a diff whose mail does not flow at all': [
    ' a.c | 2 +-\n one \n--- a/one.c\n+++ b/one.c\n@@ -1,2 +1,2 @@\n int a;\n-b \n+c ',
    ' a.c | 2 +-\n one \n--- a/one.c\n+++ b/one.c\n@@ -1,2 +1,2 @@\n int a;\n-b \n+c ',
  ],
  'a quoted diff': [
    '> --- a/one.c\n> +++ b/one.c\n> @@ -1,3 +1,3 @@\n>   a\n>   \n> -b \n> +c \nWhy?\n>   d \n> +e',
    '> --- a/one.c\n> +++ b/one.c\n> @@ -1,3 +1,3 @@\n>   a\n>   \n> -b \n> +c \nWhy?\n>   d \n> +e',
  ],
  'a diff that a mail program wrapped': [
    `> @@ -1 +1 @@\n> -a\n> +${'b'.repeat(64)} \n> cccccccc\n> +d`,
    `> @@ -1 +1 @@\n> -a\n> +${'b'.repeat(64)} cccccccc\n> +d`,
  ],
};

for (const [name, [flowed, text]] of Object.entries(TEXTS)) {
  test(`flowed text with ${name}`, () => assert.equal(unflow(flowed), text));
}

test('flowed text made to be slow or to fill the memory is read to its end', () => {
  const traps = [
    `${' '.repeat(1_000_000)}\na`,
    `${'>'.repeat(5_000)} ${'word '.repeat(300_000)}\n${'>'.repeat(5_000)} a`,
    'word \n'.repeat(200_000),
    '@@ -1,9 +1,9 @@ \n+a \n'.repeat(50_000),
  ];
  for (const text of traps) assert.ok(Math.abs(unflow(text).length - text.length) < text.length / 5);
});

test('with DelSp the blank that makes a line flow is no part of it', () => {
  assert.equal(unflow('日本 \n語  \nです。', { delSp: true }), '日本語 です。');
  assert.equal(unflow('日本 \n語', { delSp: false }), '日本 語');
  assert.equal(unflow('> 日本 \n> 語\n-- \na', { delSp: true }), '> 日本語\n-- \na');
});

/** Paragraphs as a mail program sends them (RFC 3676, 4.2): wrapped at `width`, stuffed, marked. */
function flow(
  paragraphs: readonly (readonly [depth: number, words: readonly string[]])[],
  width: number,
): string {
  return paragraphs
    .flatMap(([depth, words]) => {
      const lines: string[] = [];
      for (const word of words) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + word.length < width)
          lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
      }
      const marked = lines.map((line, at) => {
        const flowing = at < lines.length - 1 ? `${line} ` : line;
        return '>'.repeat(depth) + (depth > 0 || /^( |>|From )/.test(flowing) ? ` ${flowing}` : flowing);
      });
      return marked;
    })
    .join('\n');
}

test('what a mail program flowed is read as it was written', () => {
  const word = fc.stringMatching(/^[a-z>.,]{1,12}$/);
  const paragraph = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.array(word, { minLength: 1, maxLength: 30 }));
  fc.assert(
    fc.property(
      fc.array(paragraph, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 10, max: 78 }),
      (all, width) => {
        const written = all.map(
          ([depth, words]) => `${depth > 0 ? `${'>'.repeat(depth)} ` : ''}${words.join(' ')}`,
        );
        // A paragraph that begins with marks of its own is a quotation once it is unstuffed.
        fc.pre(all.every(([, words]) => words.every(each => !each.startsWith('>'))));
        assert.equal(unflow(flow(all, width), { width: Number.POSITIVE_INFINITY }), written.join('\n'));
        const wrapped = unflow(flow(all, width));
        assert.equal(wrapped.replace(/[\s>]+/g, ''), written.join('').replace(/[\s>]+/g, ''));
      },
    ),
    runs(500),
  );
});

test('arbitrary flowed text keeps all its words, and what has flowed is not changed by flowing again', () => {
  const piece = fc.constantFrom(
    ' ',
    '\n',
    ' \n',
    '>',
    '> ',
    'word',
    '-- \n',
    '@@ -1 +1 @@\n',
    '+a',
    '-b',
    '--- a\n+++ b\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const text = pieces.join('');
      const said = (flowed: string) => flowed.replace(/[\s>]+/g, '');
      assert.equal(said(unflow(text)), said(text));
      assert.equal(said(unflow(text, { delSp: true })), said(text));
    }),
    runs(1000),
  );
});
