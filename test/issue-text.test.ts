import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { numberLinks, plainText } from '../briefs/plain-text.ts';
import { writeFiles } from './support/folder.ts';
import { runs } from './support/property.ts';
import { build, filledPublication, SAMPLE_MBOX } from './support/publication.ts';

/** Markdown of a few columns; links to example.org lead somewhere. */
const CASES: readonly (readonly [why: string, markdown: string, expected: string])[] = [
  ['a paragraph is filled', 'one two\nthree four five', 'one two three\nfour five'],
  ['a word that is too long stays whole', 'a wordofmanyletters b', 'a\nwordofmanyletters\nb'],
  ['a link has its number', 'see [it](https://example.org/1).', 'see it [1].'],
  ['a link that leads nowhere has none', 'see [it](/nowhere).', 'see it.'],
  [
    'one target has one number',
    '[a](https://example.org/1) [b](https://example.org/2) [c](https://example.org/1)',
    'a [1] b [2] c\n[1]',
  ],
  ['a heading is underlined', '## A heading\n\nb', 'A heading\n---------\n\nb'],
  ['bullets hang', '- one two three\n- b', ' * one two\n   three\n * b'],
  ['numbers go on', '4. a\n5. b', ' 4. a\n 5. b'],
  ['a list within', '- a\n  - b\n- c', ' * a\n    * b\n * c'],
  ['items of more than a paragraph part', '- a\n\n  b\n\n- c', ' * a\n\n   b\n\n * c'],
  ['code keeps its lines', '```\nint  a;\n\nint b;\n```', '    int  a;\n\n    int b;'],
  ['a quotation is set in', '> a b c d e f', '    a b c d e\n    f'],
  ['marks and entities', '**a** *b* `c_d` \\*e &amp;', 'a b c_d *e &'],
  ['a table', '| a | b |\n|---|---|\n| 1 | 2 |', 'a | b\n1 | 2'],
  ['a ruler', 'a\n\n---\n\nb', 'a\n\n    * * *\n\nb'],
  ['a heading deeper than there are columns', `${'> '.repeat(5)}# a`, `${' '.repeat(20)}a`],
  ['a comment is not shown', 'a\n\n<!-- note -->\n\nb <!-- too -->', 'a\n\nb'],
];

const links = () => numberLinks(url => (url.startsWith('https://example.org/') ? url : undefined));

test('Markdown as plain text', () => {
  for (const [why, markdown, expected] of CASES)
    assert.equal(plainText(markdown, 14, links()).join('\n'), expected, why);
});

test('no line is longer than the columns, unless it is one word', () => {
  const piece = fc.constantFrom(
    'word',
    ' ',
    '\n\n',
    '- ',
    '> ',
    '1. ',
    '# ',
    '**b**',
    '[a](https://example.org/)',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
      for (const line of plainText(pieces.join(''), 30, links()))
        assert.ok(line.length <= 30 || /^[\s*\d.]*\S*$/.test(line), JSON.stringify(line));
    }),
    runs(),
  );
});

const COVER = '20180305091502.7431-1-oda@example.org';

test('an issue as it is sent by mail', async context => {
  const publication = await filledPublication(context, [SAMPLE_MBOX]);
  writeFiles(publication.folder, {
    'issues/1/issue.md':
      '---\ndate: 2018-03-14\neditor: Ada Example\nsections: [calls, news]\n---\n\nA week of [files](#calls).\n',
    'issues/1/calls.md': `---
title: Calls Of Calls
thread: ${COVER}
topics: [Files]
---

Oda Vinterhal [posted](mid:${COVER}) a series.
`,
    'issues/1/news.md': '---\ntitle: News\n---\n\nSee [the list](https://example.com/list).\n',
    'issues/1/corrections.yaml':
      'corrections: [{ date: 2018-03-20, section: news, kind: typo, was: Sea, is: See., thanks: Ben Example }]\n',
  });
  await build(publication);
  const text = fs.readFileSync(path.join(publication.siteFolder, 'issues/1/issue.txt'), 'utf8');
  const [head, statistics, end] = text.split(
    /^Mailing List Stats For This Week\n=+\n|^1\. Calls Of Calls\n=+\n/m,
  );
  assert.equal(
    head,
    `Test Traffic
A reading of linux-arch-example, linux-example

No. 1, 14 March 2018
Edited by Ada Example
https://traffic.example.org/issues/1/


Contents
========

 1. Calls Of Calls
    5 to 7 March 2018 (22 posts)
 2. News


Introduction
============

A week of files [1].


`,
  );
  assert.match(statistics!, /The top posters of the week were:\n\n \* \d+ posts in \d+K by \S/);
  assert.equal(
    end,
    `
5 to 7 March 2018 (22 posts)
Subject: "[PATCH 0/5] Remove calls of system calls from inside the
kernel" [2]
Topics: Files

Oda Vinterhal posted [3] a series.


2. News
=======

Correction, 20 March: the text says "Sea". See. Thanks to Ben Example.

See the list [4].


Links
=====

  [1] https://traffic.example.org/issues/1/#calls
  [2] https://traffic.example.org/linux-example/${COVER}/T/
  [3] https://traffic.example.org/linux-example/${COVER}/
  [4] https://example.com/list
`,
  );
  for (const line of text.split('\n')) assert.ok(line.length <= 72 || /^ *\[\d+\] \S+$/.test(line), line);
});
