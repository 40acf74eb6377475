import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import fc from 'fast-check';
import { holdThreads, verifyProse } from '../briefs/verify.ts';
import { readIssues } from '../publication/issues/read.ts';
import { importKc } from '../publication/kc/import.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { temporaryFolder } from './support/folder.ts';
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
