import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { changedWords } from '../templates/changed-words.ts';
import { escapeHtml } from '../templates/html.ts';
import { runs } from './support/property.ts';

test('of two lines that are alike, the words that changed are marked', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    [
      '-\treturn open(one);',
      '+\treturn open(two);',
      '-\treturn open(<mark>one</mark>);',
      '+\treturn open(<mark>two</mark>);',
    ],
    [
      '-int f(a, b)',
      '+int g(a, c)',
      '-int <mark>f</mark>(a, <mark>b</mark>)',
      '+int <mark>g</mark>(a, <mark>c</mark>)',
    ],
    ['-f(void *p)', '+f(const void *p)', '-f(void *p)', '+f(<mark>const </mark>void *p)'],
    ['-a < b && c', '+a < b', '-a &lt; b<mark> &amp;&amp; c</mark>', '+a &lt; b'],
    [
      '-same \u{1f427} bird',
      '+same \u{1f428} bird',
      '-same <mark>\u{1f427}</mark> bird',
      '+same <mark>\u{1f428}</mark> bird',
    ],
  ];
  for (const [removed, added, ...markup] of table)
    assert.deepEqual(changedWords(removed, added), markup, removed);
});

test('lines that have little in common are not compared', () => {
  assert.equal(changedWords('-one', '+other'), undefined);
  assert.equal(changedWords('-if (list_empty(head))', '+return -EINVAL;'), undefined);
});

test('no character of a line is lost, and all that is marked on neither side is the same', () => {
  const line = fc
    .array(fc.constantFrom('a', 'bc', ' ', '\t', '<', '&', '(', 'é', '\u{1f427}', '\ud83d'))
    .map(parts => parts.join(''));
  fc.assert(
    fc.property(line, line, (one, other) => {
      const found = changedWords(`-${one}`, `+${other}`);
      if (!found) return;
      const plain = found.map(markup => markup.replace(/<\/?mark>/g, ''));
      assert.deepEqual(plain, [escapeHtml(`-${one}`), escapeHtml(`+${other}`)]);
      const kept = found.map(markup => markup.slice(1).replace(/<mark>.*?<\/mark>/gs, ''));
      assert.equal(kept[0], kept[1]);
    }),
    runs(),
  );
});

test('lines as long as a mail cost no more than their length', () => {
  const long = 'word, '.repeat(100_000);
  assert.ok(changedWords(`-${long}a`, `+${long}b`));
  assert.equal(changedWords(`-${long}`, `+${'x;'.repeat(200_000)}`), undefined);
});
