import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { holdThreads, verifyProse } from '../briefs/verify.ts';
import { readIssues } from '../publication/issues/read.ts';
import { importKc } from '../publication/kc/import.ts';
import { kcIssueOf } from '../publication/kc/issue-files.ts';
import { writeKc } from '../publication/kc/write-xml.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { temporaryFolder, writeFiles } from './support/folder.ts';
import { exported, ISSUE_9, imported, importInto, kc } from './support/kc.ts';
import { runs } from './support/property.ts';
import { readTree } from './support/publication.ts';

function filesOf(folder: string): readonly (readonly [string, string])[] {
  return [...readTree(folder)].map(([name, bytes]) => [name, bytes.toString()] as const);
}

/** Exports all issues of a folder and imports them into a new one. */
function throughXml(context: TestContext, folder: string): string {
  const again = temporaryFolder(context);
  const files = readIssues(folder).issues.map(issue => [`kc_${issue.number}.xml`, exported(issue)] as const);
  assert.deepEqual(importInto(again, Object.fromEntries(files)).rejected, []);
  return again;
}

test('an issue that is exported and imported again is the same', context => {
  const { folder } = imported(context, { 'lt20020405_9.xml': ISSUE_9 });
  assert.deepEqual(filesOf(throughXml(context, folder)), filesOf(folder));
});

const OWN = {
  'issues/4/issue.md':
    '---\ndate: 2002-04-05\neditor: Nora Quill\nperiod: { since: 2002-03-25, until: 2002-03-31 }\nsections: [locks]\n---\n\nHello.\n',
  'issues/4/locks.md': '---\ntitle: Locks\n---\n\nIt takes twelve boots.\n',
  'issues/4/corrections.yaml': `corrections:
  - date: 2002-04-07
    kind: attribution
    was: Ben said, ["no lock"](said:Ben%20Cedar), [here](https://example.org/a_b)
    is: It was *Ada*; see [the section](#locks).
    thanks: Ada "the" Birch
  - { date: 2002-04-06, section: locks, kind: fact, was: twelve, is: "There were 14.\\nNo: <13> & more." }
`,
};

test('the days of an issue and its corrections are there again, and old readers see what is right', context => {
  const folder = temporaryFolder(context);
  writeFiles(folder, OWN);
  const [issue] = readIssues(folder).issues;
  const xml = writeKc(kcIssueOf(issue!), { senderOf: () => undefined, sectionAt: () => 1 });
  assert.match(
    xml,
    /^<issue num="4" date="04\/05\/2002" startdate="03\/25\/2002" enddate="03\/31\/2002" \/>$/m,
  );
  assert.match(
    xml,
    /^<section title="Locks">\n<correction date="04\/06\/2002" kind="fact" was="twelve">There were 14\. No: &lt;13&gt; &amp; more\.<\/correction>\n<p>It takes/m,
  );
  const again = temporaryFolder(context);
  assert.deepEqual(importInto(again, { 'kc.xml': xml }).warnings, []);
  const [read] = readIssues(again).issues;
  assert.deepEqual(read!.period, issue!.period);
  assert.equal(read!.introduction.markdown, 'Hello.\n');
  assert.deepEqual(
    read!.corrections.map(({ placeIn, ...said }) => said),
    [
      {
        date: '2002-04-06',
        section: 'locks',
        kind: 'fact',
        was: 'twelve',
        is: 'There were 14. No: \\<13\\> & more.',
      },
      {
        date: '2002-04-07',
        kind: 'attribution',
        was: 'Ben said, ["no lock"](said:Ben%20Cedar), [here](https://example.org/a_b)',
        is: 'It was *Ada*; see [the section](../4/#s1).',
        thanks: 'Ada "the" Birch',
      },
    ],
  );
  assert.deepEqual(filesOf(throughXml(context, again)), filesOf(again));
});

const WORDS = [
  'lock',
  ' ',
  '\n',
  'a_b',
  '*',
  '**',
  '_',
  '`',
  '``',
  '[',
  ']',
  '](x)',
  '!',
  '#',
  '# ',
  '- ',
  '1. ',
  '> ',
  '|',
];
const MORE_WORDS = [
  '~~',
  '\\',
  '&amp;',
  '&lt;',
  '&amp;amp;',
  '"',
  '\u201c',
  '\u2014 ',
  '-- ',
  '--',
  '---',
  '===',
  '+',
  ':',
  '. ',
];
const ADDRESSES = [
  'http://example.org/x_y',
  'https://example.org/(a)*b*',
  'ada@example.org',
  'www.example.org',
  '[Editor: ',
];
const TAGS = [
  'p',
  'b',
  'i',
  'code',
  'ul',
  'ol',
  'li',
  'pre',
  'quote',
  'blockquote',
  'table',
  'tr',
  'td',
  'th',
  'h2',
  'dl',
  'dt',
  'dd',
];
const OPEN = [
  ...TAGS.map(name => `<${name}>`),
  '<quote who="Ada Birch">',
  '<quote who="*_[x](y)&quot;">',
  '<a href="http://example.org/a?b=1&amp;c=2&amp;lt;">',
  '<a href="mailto:ada@example.org">',
  '<editorialize who="Nora Quill">',
  '<correction date="04/05/2002">',
  '<correction date="04/06/2002" kind="typo" was="a *b* [c](https://example.org/c)&#10;- &quot;d&quot; \\_" thanks="Ada Birch">',
  '<correction was="1. [&quot;x&quot;](said:Ben%20Cedar)">',
  '<kcref issuenum="1" sectionnum="0">',
  '<br/>',
  '<br>',
  '<p/>',
  '<font color="red">',
];
const CLOSE = [...TAGS, 'a', 'editorialize', 'correction', 'kcref', 'font'].map(name => `</${name}>`);
const SOUP = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WORDS, ...MORE_WORDS, ...ADDRESSES),
      fc.constantFrom(...OPEN),
      fc.constantFrom(...CLOSE),
    ),
    {
      maxLength: 30,
    },
  )
  .map(parts => parts.join(''));

test('any prose is the same after it was exported and imported again', context => {
  fc.assert(
    fc.property(SOUP, soup => {
      const { folder } = imported(context, { 'a.xml': kc(soup) });
      assert.deepEqual(filesOf(throughXml(context, folder)), filesOf(folder));
    }),
    runs(300),
  );
});

test('no bytes are too odd to be told what became of them', context => {
  const pieces = fc.oneof(
    fc.constantFrom(
      '<kc>',
      '<issue num="1" date="04/05/2002"/>',
      '<!--',
      '-->',
      '<![CDATA[',
      '&#xd800;',
      '\0',
    ),
    SOUP,
  );
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.array(pieces).map(parts => Buffer.from(parts.join(''))),
  );
  fc.assert(
    fc.property(bytes, one => {
      const folder = temporaryFolder(context);
      const { added, skipped, rejected } = importKc(folder, [{ where: 'a.xml', bytes: one }]);
      assert.equal(added + skipped + rejected.length, 1);
      assert.deepEqual(readIssues(folder).faults, []);
    }),
    runs(200),
  );
});

test('forty issues of a cousin of Kernel Traffic come in whole and go out as they came', {
  skip: NO_CORPORA,
}, context => {
  const corpus = path.join(corporaFolder()!, 'wwn');
  const files = fs.readdirSync(corpus).map(name => [name, fs.readFileSync(path.join(corpus, name))] as const);
  const { folder, tally, issues } = imported(context, Object.fromEntries(files));
  assert.deepEqual([tally.added, tally.rejected], [files.length, []]);
  const sections = issues.flatMap(issue => issue.sections);
  assert.equal(sections.length, 225);
  assert.equal(issues.filter(({ stats }) => stats).length, 39);
  const proses = issues.flatMap(issue => [issue.introduction, ...issue.sections.map(({ prose }) => prose)]);
  const checked = proses.map(({ markdown }) => verifyProse(markdown, holdThreads([]), { unheld: true }));
  assert.deepEqual(
    checked.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error')),
    [],
  );
  const named = checked.flatMap(({ quotations }) =>
    quotations.filter(({ quotation: { name, url } }) => name ?? url),
  );
  assert.equal(named.length, 464);
  assert.deepEqual(filesOf(throughXml(context, folder)), filesOf(folder));
});
