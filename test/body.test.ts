import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { ownProse, ownText, parseBody } from '../mail/body.ts';
import { unquoted, withoutMarks } from '../mail/quote-marks.ts';
import { runs } from './support/property.ts';

/** Bodies with the kind of its block before each line, by name. */
const BODIES: ReadonlyMap<string, readonly string[]> = new Map(
  fs
    .readFileSync(new URL('fixtures/bodies.txt', import.meta.url), 'utf8')
    .replaceAll('·', ' ')
    .split(/\r?\n\r?\n= /)
    .slice(1)
    .map(section => section.trimEnd().split(/\r?\n/))
    .map(([name, ...lines]) => [name!, lines]),
);

/** What stands behind the kind. */
const untagged = (lines: readonly string[]) => lines.map(line => line.slice(line.indexOf('|') + 1));

for (const [name, lines] of BODIES) {
  test(`the blocks of ${name}`, () => {
    const blocks = parseBody(`${untagged(lines).join('\n')}\n`);
    const tagged = blocks.flatMap(block => block.lines.map(line => `${block.kind}|${line}`));
    assert.deepEqual(tagged, lines);
  });
}

test('the bodies of the table are there', () => assert.equal(BODIES.size, 54));

const SAYINGS = `
Ada Example writes:
Am 05.03.2018 um 10:00 schrieb Ada Example:
Le lundi 5 mars 2018 à 10:00 +0100, Ada Example a écrit :
El lun, 5 mar 2018, Ada Example (<ada@example.org>) escribió:
Il giorno lun 5 mar 2018 alle ore 10:00 Ada Example ha scritto:
Em 5 de março de 2018 10:00, Ada Example escreveu:
Op ma 5 mrt. 2018 om 10:00 schreef Ada Example:
Den 5 mars 2018 kl. 10:00 skrev Ada Example:
Dnia 5 marca 2018 Ada Example napisał(a):
05.03.2018 10:00, Ada Example пишет:
Ada Example <ada@example.org> 于2018年3月5日周一 上午10:00写道：
在 2018/3/5 10:00, Ada Example 写道:`;

for (const saying of SAYINGS.trim().split('\n')) {
  test(`the attribution ${JSON.stringify(saying)}`, () =>
    assert.deepEqual(
      parseBody(`Hello.\n\n${saying}\n> a\n`).map(({ kind }) => kind),
      ['greeting', 'attribution', 'quote'],
    ));
}

test('the own words of a body are its text blocks, and nothing that others wrote', () => {
  const body =
    'Hello.\n\nBen wrote:\n> a\n\nYes.\n\n\n> b\nNo.\n\nAcked-by: Ada <a@example.org>\n\n-- \nAda\n';
  assert.equal(ownText(parseBody(body)), 'Hello.\n\nYes.\n\nNo.');
  assert.equal(ownText(parseBody('> a\n')), '');
});

test('nothing of an attached message or patch is the own word of who sends it', () => {
  const heading = '---------- Attached message ----------\nFrom: Ben Example\nSubject: One\n';
  const body = `Look at this.\n\n-- \nAda\n\n${heading}\nHi all,\n\nIt fails.\n\nAcked-by: Ben <b@example.org>\n> deep\n\n`;
  const ended = `${body}---------- End of attached message ----------\n\nI agree.\n`;
  const kinds = (text: string) => parseBody(text).map(({ kind }) => kind);
  assert.equal(ownText(parseBody(body)), 'Look at this.');
  assert.equal(ownText(parseBody(ended)), 'Look at this.\n\nI agree.');
  assert.deepEqual(kinds(body), ['text', 'signature', 'attribution', 'quote']);
  const patch = 'See:\n-- \nAda\n[0001-one.patch]\n--- a/one.c\n+++ b/one.c\n@@ -1 +1 @@\n-a\n+b\n';
  assert.deepEqual(kinds(patch), ['text', 'signature', 'attribution', 'diff']);
  assert.deepEqual(kinds('[one.c]\n@@ -1 +1 @@\n-a\n+b\n'), ['attribution', 'diff']);
  assert.deepEqual(kinds('[one.c]\nis the file.\n'), ['text']);
});

test('the own prose of a body has no greeting, code or list of changes; its text has', () => {
  const body =
    'Hi Ben,\n\nIt fails:\n\n[   1.000000] BUG: at one.c\n\nWhy?\n---\nFor 6.1.\n\nv2: spelling\n\n one.c | 2 +-\n';
  assert.equal(ownProse(parseBody(body)), 'It fails:\n\nWhy?\n---\n\nFor 6.1.');
  assert.match(ownText(parseBody(body)), /^Hi Ben,\n\nIt fails:\n\n\[ {3}1\.000000\] BUG.*v2: spelling$/s);
});

const GREETINGS: readonly (readonly [boolean, string])[] = [
  [true, 'Hi,'],
  [true, 'Hi all'],
  [true, 'Hello Ada and Ben,'],
  [true, 'Dear maintainers of the example list,'],
  [true, 'Good morning!'],
  [true, 'Ada,'],
  [true, 'Ada, Ben,'],
  [false, 'Hello is printed by the wrong program.'],
  [false, 'Hi all, this is what I found'],
  [false, 'Thanks,'],
  [false, 'However,'],
  [false, 'Highly unlikely.'],
  [false, 'Hello-world fails,'],
];

for (const [is, line] of GREETINGS) {
  test(`${JSON.stringify(line)} is ${is ? 'a' : 'no'} greeting`, () => {
    const [first] = parseBody(`${line}\n\nThe rest.\n`);
    assert.equal(first!.kind, is ? 'greeting' : 'text');
  });
}

const HEADINGS = `
v2:
v3 (2018-03-05):
v2: spelling
Changes in v3:
Changes since v1:
Changes from v2 to v3:
v1 -> v2:
v4..v5
Changelog:
Revision history:
Changes since RFC:
Example v3:`;

for (const heading of HEADINGS.trim().split('\n')) {
  test(`${JSON.stringify(heading)} begins a list of changes in a patch, and nowhere else`, () => {
    const text = `Words.\n\n${heading}\n - spelling\n\nMore words.\n`;
    const kinds = (body: string) => parseBody(body).map(({ kind }) => kind);
    assert.deepEqual(kinds(`${text}\n one.c | 2 +-\n`).slice(0, 3), ['text', 'changelog', 'text']);
    assert.deepEqual(kinds(text), ['text']);
  });
}

test('the depth of a quoted line is the number of its marks, however they are written', () => {
  const table: readonly (readonly [string, number, string])[] = [
    ['> a', 1, 'a'],
    [' > a', 1, 'a'],
    ['>a', 1, 'a'],
    ['>> a', 2, 'a'],
    ['> > > a', 3, 'a'],
    ['>> > a', 3, 'a'],
    ['AE> a', 1, 'a'],
    ['> AE> a', 2, 'a'],
    ['AE>> a', 2, 'a'],
    ['  Ada> a', 1, 'a'],
    ['> Adelheid> a', 2, 'a'],
    ['  > a', 0, '  > a'],
    ['| a', 1, 'a'],
    ['| | a', 2, 'a'],
    ['> | a', 1, '| a'],
    ['> >From here', 1, 'From here'],
    ['a > b', 0, 'a > b'],
    ['->member', 0, '->member'],
    ['', 0, ''],
  ];
  for (const [line, depth, text] of table) {
    assert.deepEqual(unquoted(line), { depth, text }, line);
    assert.equal(withoutMarks(line), text, line);
  }
});

test('a body without lines has no blocks, and an empty line is one', () => {
  assert.deepEqual(parseBody(''), []);
  assert.deepEqual(parseBody('\n'), [{ kind: 'text', lines: [''] }]);
});

test('every line of a body is in one block, in order, whatever the lines are', () => {
  const interesting = [...BODIES.values()].flatMap(untagged);
  const more = [
    '@@ -1,9 +1,9 @@',
    '@@ -1 +1 @@',
    'literal 9',
    '\\ No newline at end of file',
    '_'.repeat(40),
    ' >',
    '>',
    '---',
    'v2:',
    ' - one',
    '    x = 1;',
    '>From here',
  ];
  const line = fc.oneof(fc.constantFrom(...interesting, ...more), fc.string());
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.boolean(), (lines, ended) => {
      const text = lines.join('\n') + (ended ? '\n' : '');
      const blocks = parseBody(text);
      const rest = text.split('\n');
      if (rest.at(-1) === '') rest.pop();
      assert.deepEqual(
        blocks.flatMap(block => block.lines),
        rest,
      );
      assert.ok(blocks.every(block => block.lines.length > 0));
    }),
    runs(500),
  );
});

test('bodies made to be slow are read to their end', () => {
  const many = 100_000;
  for (const part of [
    ' wrote',
    '> a\n\n',
    ' a | ',
    '1.',
    '_',
    '-- \n',
    'A-a',
    '@@ -1 +1 @@\n',
    ': ',
    ' a | Bin\u2028',
    '---\n',
    '---\n\n x | 2 +-\n',
    'v2:\n\n',
    '-----BEGIN PGP SIGNATURE-----\n',
    '    { ',
    '    {\n\n',
    'Hi ',
    'A>',
    '| ',
    '>From \n',
  ])
    for (const body of [`${part.repeat(many)}!\n> a\n`, `-- \n${part.repeat(many)}!\n`])
      assert.equal(parseBody(body).flatMap(block => block.lines).length, body.split('\n').length - 1);
});
