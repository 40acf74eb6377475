import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { ownText, parseBody } from '../mail/body.ts';
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

test('the bodies of the table are there', () => assert.equal(BODIES.size, 27));

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
      ['text', 'attribution', 'quote'],
    ));
}

test('the own words of a body are its text blocks, and nothing that others wrote', () => {
  const body =
    'Hello.\n\nBen wrote:\n> a\n\nYes.\n\n\n> b\nNo.\n\nAcked-by: Ada <a@example.org>\n\n-- \nAda\n';
  assert.equal(ownText(parseBody(body)), 'Hello.\n\nYes.\n\nNo.');
  assert.equal(ownText(parseBody('> a\n')), '');
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
  ])
    for (const body of [`${part.repeat(many)}!\n> a\n`, `-- \n${part.repeat(many)}!\n`])
      assert.equal(parseBody(body).flatMap(block => block.lines).length, body.split('\n').length - 1);
});
