import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { z } from 'zod';
import { parseYaml } from '../publication/yaml-file.ts';
import { runs } from './support/property.ts';

const schema = z.object({ is: z.string() });

/** The places of what `words` begins with in the text of `is`, as in `2:7`, and the text. */
function placed(source: string, words: string): readonly [string, string] {
  const { data, placeIn } = parseYaml(source, { file: 'a.yaml', schema, remedy: '' });
  const { line, column } = placeIn(['is'], data.is.indexOf(words));
  return [`${line}:${column}`, data.is];
}

const CASES: readonly (readonly [why: string, source: string, words: string, place: string])[] = [
  ['plain', 'is: one two', 'two', '1:9'],
  ['at the start', 'is: one two', 'one', '1:5'],
  ['plain over lines', 'is: one\n  two\n\n  three', 'three', '4:3'],
  ['double quotes', 'is: "one \\"two\\" three"', 'three', '1:18'],
  ['escapes', 'is: "\\u0041\\x42\\n\\tCD \\U0001F600 E"', 'E', '1:34'],
  ['two escapes that are one character', 'is: "\\ud83d\\ude00ab E"', 'E', '1:21'],
  ['a backslash at the end of a line', 'is: "one\\\n   two"', 'two', '2:4'],
  ['single quotes', "is: 'it''s two'", 'two', '1:12'],
  ['a literal block', 'is: |\n  one\n   two\n\n  three\n', 'three', '5:3'],
  ['a block that is indented', 'is: |\n  one\n   two\n', 'two', '3:4'],
  ['a folded block', 'is: >-\n  one\n  two\n  three\n', 'three', '4:3'],
  ['a block with words behind its mark', 'is: | # words\n  of words\n', 'words', '2:6'],
  ['lines as Windows ends them', 'is: |\r\n  one\r\n  two\r\n', 'two', '3:3'],
  ['a map on a line', '{ is: "a b" }', 'b', '1:10'],
  ['said elsewhere', 'as: &a one two\nis: *a\n', 'two', '2:1'],
];

const MISREAD: readonly (readonly [source: string, fault: RegExp])[] = [
  ['is: A lock: for each table', /^a\.yaml:1: .*put a text that has ": " in it in quotes/],
  ['is: [PATCH] A lock', /^a\.yaml:1: .*put the whole of it in single quotes/],
  ['is: ["words"](mid:a@example.org)', /^a\.yaml:1: .*put the whole of it in single quotes/],
  ["is: 'Ada's lock'", /^a\.yaml:1: .*write '' for a single quote within/],
  ['is: "A lock', /^a\.yaml:1: .*no quotation mark at its end/],
  ['is: @ada', /^a\.yaml:1: .*begins with a mark such as @.* must stand in quotes/],
  ['of: [locks\nis: a', /^a\.yaml:2: .*not closed by its bracket/],
  ['is: { FS: devfs }', /^a\.yaml:1: is must be text, not a map; put a text that has ": " in it in quotes/],
  ['is: [locks]', /^a\.yaml:1: is must be text, not a list; put a text that begins with \[ in quotes/],
];

test("an editor's words that YAML takes for something else come with what to do", () => {
  for (const [source, fault] of MISREAD)
    assert.throws(
      () => parseYaml(source, { file: 'a.yaml', schema, remedy: '' }),
      { message: fault },
      source,
    );
});

test('where in a file the words of a text stand', () => {
  for (const [why, source, words, place] of CASES) assert.equal(placed(source, words)[0], place, why);
});

test('whatever form a text has, its letters are found where they stand', () => {
  const words = fc.array(
    fc.constantFrom('a', 'b', "'", '"', '\\', ' ', '\n', '\n\n', ': ', '#', 'é', '😀', '\t'),
  );
  const form = fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED');
  fc.assert(
    fc.property(words, form, fc.integer({ min: 20, max: 80 }), (parts, defaultStringType, lineWidth) => {
      const text = `${parts.join('')}Z`;
      const source = stringify({ is: text }, { defaultStringType, lineWidth, singleQuote: null });
      const { data, placeIn } = parseYaml(source, { file: 'a.yaml', schema, remedy: '' });
      assert.equal(data.is, text);
      const { line, column } = placeIn(['is'], text.length - 1);
      assert.equal(source.split('\n')[line - 1]!.charAt(column - 1), 'Z', source);
    }),
    runs(500),
  );
});
