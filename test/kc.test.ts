import assert from 'node:assert/strict';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { saidUrl, speakerOfSaidUrl } from '../briefs/citations.ts';
import { holdThreads, verifyProse } from '../briefs/verify.ts';
import { readIssues } from '../publication/issues/read.ts';
import { readDay, writeDay } from '../publication/kc/day.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { FIXTURES, ISSUE_9, imported, importInto, kc } from './support/kc.ts';
import { runs } from './support/property.ts';
import { readTree } from './support/publication.ts';

/** The Markdown of the one section of a kc file. */
function sectionOf(context: TestContext, section: string): string {
  return imported(context, { 'a.xml': kc(section) }).issues[0]!.sections[0]!.prose.markdown.trim();
}

test('an issue becomes a folder with all that is in it', context => {
  const { folder, tally } = imported(context, { 'lt20020405_9.xml': ISSUE_9 });
  assert.deepEqual([tally.added, tally.skipped, tally.rejected], [1, 0, []]);
  const expected = readTree(path.join(FIXTURES, '9'));
  const made = readTree(path.join(folder, 'issues', '9'));
  assert.deepEqual([...made.keys()], [...expected.keys()]);
  for (const [name, bytes] of expected) assert.equal(made.get(name)!.toString(), bytes.toString(), name);
  assert.deepEqual(readIssues(folder).faults, []);
  assert.deepEqual(
    tally.warnings.map(
      ({ where, message }) => `${where.replace('lt20020405_9.xml:', '')} ${message.slice(0, 30)}`,
    ),
    [
      '14 Issue 8 is not here; the refer',
      '59 A section\'s posts: "lots" is n',
      '59 A section\'s startdate, "05//20',
      '61 A link to javascript:alert(1) ',
      '67 A picture was left out; a link',
      '71 <script> was left out, with al',
      '72 <blink> is not known; its word',
    ],
  );
});

test('what an editor has is left alone, and counted', context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, { 'issues/9/notes.txt': 'mine' });
  const tally = importInto(folder, {
    'lt20020405_9.xml': ISSUE_9,
    'b.xml': kc('<p>Words.</p>'),
  });
  assert.deepEqual([tally.added, tally.skipped], [1, 1]);
  const before = readTree(folder);
  assert.deepEqual([...before.keys()], ['issues/1/issue.md', 'issues/1/locks.md', 'issues/9/notes.txt']);
  const again = importInto(folder, { 'b.xml': kc('<p>Other words.</p>'), 'c.xml': kc('<p>More.</p>') });
  assert.deepEqual([again.added, again.skipped], [0, 2]);
  assert.deepEqual(readTree(folder), before);
});

test('malformed files are read, and the warnings name the lines', context => {
  const text = `<kc><issue num="3" date="04/05/2002" />
<author>Nora Quill</author>
<!-- ##### -- />
<section title="J\u00f6rn's Lock">
<p>He said caf&eacute;&nbsp;au lait,
and &nothing; else<br>
<quote who="J&ouml;rn Alder">a <b>lock</quote>.
</section>
<!-- ##### -- />
<section title="Second"><p>It is < 5 &amp; done.</p></section></kc>`;
  const { issues, tally } = imported(context, { 'kc.xml': Buffer.from(text, 'latin1') });
  assert.deepEqual(
    issues[0]!.sections.map(({ title, prose }) => [title, prose.markdown.trim()]),
    [
      [
        "J\u00f6rn's Lock",
        'He said caf\u00e9 au lait, and \\&nothing; else\\\n["a **lock**"](said:J%C3%B6rn%20Alder).',
      ],
      ['Second', 'It is \\< 5 & done.'],
    ],
  );
  assert.deepEqual(
    tally.warnings.map(({ where, message }) => `${where} ${message}`),
    [
      'kc.xml:3 A comment ends in -- /> instead of --> (and 1 more like it).',
      'kc.xml:4 Some bytes are no UTF-8; the line was read as Windows-1252.',
      "kc.xml:5 &eacute; is not declared; it was read as HTML's.",
      "kc.xml:5 &nbsp; is not declared; it was read as HTML's.",
      'kc.xml:5 <p> is never closed; it was taken to end where what it stands in does.',
      'kc.xml:6 &nothing; is not declared; it was kept as written.',
      'kc.xml:6 <br> is never closed; it was taken to end there.',
      "kc.xml:7 &ouml; is not declared; it was read as HTML's.",
      'kc.xml:7 <b> is never closed; it was taken to end where what it stands in does.',
    ],
  );
});

test('number and date come from the file name where the file has none', context => {
  const { issues, tally } = imported(context, {
    'wn19990829_6.xml': kc('<p>One.</p>', ''),
    'wn19990905_7.xml.gz': kc('<p>Two.</p>', '<issue num="" date="soon"/>'),
    'plain.xml': kc('<p>Three.</p>', ''),
    'kc_8.xml': kc('<p>Four.</p>', ''),
    'wn20000101_10.xml': '<rss></rss>',
    'wn20000108_11.xml': `<kc>${'<div>'.repeat(1000)}`,
    'wn20000115_12.xml': `<kc>${'<section/>'.repeat(1001)}</kc>`,
  });
  assert.deepEqual(
    issues.map(({ number, date }) => [number, date]),
    [
      [6, '1999-08-29'],
      [7, '1999-09-05'],
    ],
  );
  assert.deepEqual(tally.rejected, [
    { where: 'plain.xml', reason: 'no-number' },
    { where: 'kc_8.xml', reason: 'no-date' },
    { where: 'wn20000101_10.xml', reason: 'not-kc' },
    { where: 'wn20000108_11.xml', reason: 'too-deep' },
    { where: 'wn20000115_12.xml', reason: 'too-many-sections' },
  ]);
});

const DAYS: readonly (readonly [string, string | undefined])[] = [
  ['05/13/2002', '2002-05-13'],
  ['5/3/2002', '2002-05-03'],
  ['13/05/2002', '2002-05-13'],
  ['05/13/02', '2002-05-13'],
  ['01/21/99', '1999-01-21'],
  ['13 May 2002 00:00:00 -0800', '2002-05-13'],
  [' 13  May\n2002 ', '2002-05-13'],
  ['Mon, 13 May 2002 23:30:00 -0800', '2002-05-13'],
  ['13 September 2002', '2002-09-13'],
  ['May 13, 2002', '2002-05-13'],
  ['2002-05-13', '2002-05-13'],
  ['2002-05-13T08:00:00Z', '2002-05-13'],
  ['2002/5/13', '2002-05-13'],
  ['20020513', '2002-05-13'],
  ['05//2003', undefined],
  ['02/30/2002', undefined],
  ['13/13/2002', undefined],
  ['13 Foo 2002', undefined],
  ['2002', undefined],
  ['', undefined],
];

test('days are read in every form that they have', () => {
  for (const [written, day] of DAYS) {
    assert.equal(readDay(written), day, written);
    if (day !== undefined) assert.equal(readDay(writeDay(day)), day);
  }
});

const PROSE: readonly (readonly [why: string, xml: string, markdown: string])[] = [
  ['words outside of paragraphs', 'One.<p>Two.</p> Three. <p /> Four.', 'One.\n\nTwo.\n\nThree.\n\nFour.'],
  ['two breaks end a paragraph', '<p>One.<br/>Two.<br/><br/>Three.</p>', 'One.\\\nTwo.\n\nThree.'],
  ['a list to indent', '<ul>Indented.</ul>', 'Indented.'],
  [
    'a list within a paragraph',
    '<p>See:<ul><li>one</li><li>two</li></ul>Done.</p>',
    'See:\n\n- one\n- two\n\nDone.',
  ],
  ['items that are not closed', '<ul><li>one<li>two</ul>', '- one\n- two'],
  ['lists that follow each other', '<ul><li>one</li></ul><ul><li>two</li></ul>', '- one\n\n* two'],
  ['a list that goes on counting', '<ol start="3"><li>three</li></ol>', '3. three'],
  ['definitions', '<dl><dt>lock</dt><dd>It locks.</dd></dl>', '- **lock**\n\n  It locks.'],
  [
    'code of several lines',
    '<p>Run: <code>make<br/>make install</code></p>',
    'Run:\n\n```\nmake\nmake install\n```',
  ],
  ['code with backticks', '<p><code>a`b</code></p>', '``a`b``'],
  [
    'marks that are words',
    '<p>*no* _mark_ [x](y) 1 < 2</p><p># no heading</p>',
    '\\*no\\* \\_mark\\_ \\[x\\]\\(y) 1 \\< 2\n\n\\# no heading',
  ],
  ['an address is a link', '<p>See http://example.org/a_b.</p>', 'See <http://example.org/a_b>.'],
  ['an address without a scheme', '<p><a href="//example.org/">It</a></p>', '[It](https://example.org/)'],
  ['other addresses', '<p><a href="ftp://example.org/x">It</a></p>', 'It \\<ftp\\://example.org/x\\>'],
  ['emphasis', '<p>A<b> bold </b>move, <i>well</i>.</p>', 'A **bold** move, *well*.'],
  ['emphasis that Markdown cannot have', '<p>w<b>(x)</b>y</p>', 'w(x)y'],
  ['a quotation alone', '<p><quote who="Ada Birch">It works.</quote></p>', '> It works.\n>\n> — Ada Birch'],
  [
    'a quotation of lines',
    '<quote who="Ada Birch">It<br/>works.</quote>',
    '> It\\\n> works.\n>\n> — Ada Birch',
  ],
  [
    'a quotation by author=',
    '<p>Ada: <quote author="Ada Birch">yes</quote>!</p>',
    'Ada: ["yes"](said:Ada%20Birch)!',
  ],
  ['a quotation that nobody said', '<quote><p>It works.</p></quote>', '> It works.'],
  [
    'a signature that nobody is quoted by',
    '<quote><p>It works.</p><p>-- Ada</p></quote>',
    '> It works.\n>\n> \\-- Ada',
  ],
  [
    'a dash that nobody is quoted by',
    '<quote><p>It works.</p><p>\u2014 Ada</p></quote>',
    '> It works.\n>\n> — Ada\n>\n> <!-- -->',
  ],
  [
    'a list that ends as a source does',
    '<quote><ul><li><a href="http://example.org/">It</a></li></ul></quote>',
    '> - [It](http://example.org/)\n>\n> <!-- -->',
  ],
  ['a line below another that would make it a table', '<p>Locks<br/>:---</p>', 'Locks\\\n\\:---'],
  ['a heading', '<h1>Locks #</h1><p>Words.</p>', '### Locks \\#\n\nWords.'],
  ['a layout table', '<table><tr><td>Words.</td></tr></table>', 'Words.'],
  ['a table without a head', '<table><tr><td>a</td><td>b</td></tr></table>', '|  |  |\n|---|---|\n| a | b |'],
  [
    'an aside in a sentence',
    '<p>It broke<editorialize>again</editorialize>.</p>',
    'It broke *[Editor: again]* .',
  ],
  ['nothing', '<p> </p><ul><li/></ul><quote who="Ada"/><b></b>', ''],
];

test('prose becomes Markdown', context => {
  for (const [why, xml, markdown] of PROSE) assert.equal(sectionOf(context, xml), markdown, why);
});

test('words of old issues are attributed, and never said to be checked', context => {
  const { issues } = imported(context, { 'lt20020405_9.xml': ISSUE_9 });
  const { quotations, findings } = verifyProse(issues[0]!.sections[0]!.prose.markdown, holdThreads([]), {
    unheld: true,
  });
  assert.deepEqual(
    quotations.map(({ quotation, verdict }) => [quotation.form, quotation.name ?? quotation.url, verdict]),
    [
      ['inline', 'said:Ada%20Birch', 'unverified'],
      ['block', 'Ben Sorrel', 'unverified'],
      ['block', undefined, 'unverified'],
    ],
  );
  assert.deepEqual(
    findings.map(({ severity, rule, line, message }) => [severity, rule, line, message.slice(0, 30)]),
    [['warning', 'unverified', 1, '3 quotations name no message, ']],
  );
});

test('an attribution without a message is no error, no attribution is one beside mail that is held', () => {
  const rules = (markdown: string, unheld = false) =>
    verifyProse(markdown, holdThreads([]), { unheld }).findings.map(
      ({ severity, rule }) => `${severity} ${rule}`,
    );
  for (const dash of ['\u2014', '\u2013', '--'])
    assert.deepEqual(rules(`> It works.\n> ${dash} Ada Birch`), ['warning unverified'], dash);
  assert.deepEqual(rules('> It works.\n>\n> ### \u2014 Ada Birch'), ['error no-source']);
  assert.deepEqual(rules('> It works.\n> \\-- Ada Birch'), ['error no-source']);
  assert.deepEqual(rules('> It works.'), ['error no-source']);
  assert.deepEqual(rules('> It works.', true), ['warning unverified']);
  assert.deepEqual(rules('She said, ["it works"](said:).'), ['warning elsewhere']);
});

test('any name comes back from its URL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), name => {
      assert.equal(speakerOfSaidUrl(saidUrl(name)), name.trim() || undefined);
      assert.match(saidUrl(name), /^said:[\w.%-]*$/);
    }),
    runs(),
  );
  assert.deepEqual(
    ['said:', 'said:%zz', 'mid:a@example.org', undefined].map(speakerOfSaidUrl),
    Array(4).fill(undefined),
  );
});
