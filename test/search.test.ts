import assert from 'node:assert/strict';
import test from 'node:test';
import { beginning } from '../site/search/documents.ts';
import { createFind } from '../site/search/find.ts';
import { createBuilder, openIndex, QueryError } from '../site/search/lunr.ts';

const MAILS: { subject: string; from: string; body: string }[] = [
  {
    subject: 'Remove calls of sys_close()',
    from: 'Oda Vinterhal',
    body: 'The entry point belongs to user space; ksys_close() is what the kernel calls.',
  },
  {
    subject: 'A machine in the cellar',
    from: 'Anselm Quillfeather',
    body: 'It boots, and the fans were replaced.',
  },
  {
    subject: 'Re: Remove calls of sys_close()',
    from: 'Rhea Castellane',
    body: `${'One more word before the point. '.repeat(12)}Somebody will export ksys_write one day.`,
  },
];

MAILS.push({ subject: 'Über Strauß', from: 'Émile Привет', body: 'Hello, (Привет), 日本語!' });

const builder = createBuilder();
for (const [number, texts] of MAILS.entries()) builder.add(number, texts);
const find = createFind(
  openIndex(builder.toJson()),
  MAILS.map(({ subject, from, body }, number) => ({
    message: `${number}@example.org`,
    url: `/list/${number}/`,
    title: subject,
    from,
    received: 1_520_000_000 + number,
    thread: '/list/0/T/',
    threadTitle: 'Remove calls of sys_close()',
    text: beginning(body),
  })),
);
const found = (query: string) => find(query).map(hit => hit.message[0]);

test('words are found in any form, in a field, asked for and left out', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['cellar', ['1']],
    ['boot', ['1']],
    ['replacing', ['1']],
    ['from:rhea', ['2']],
    ['subject:cellar', ['1']],
    ['body:cellar', []],
    ['+remove -from:rhea', ['0']],
    ['quill*', ['1']],
    ['привет', ['3']],
    ['日本語', ['3']],
    ['from:Émile', ['3']],
    ['über', ['3']],
    ['+the +entry', ['0']],
    ['', []],
    ['   ', []],
  ];
  for (const [query, wanted] of table) assert.deepEqual(found(query), wanted, query);
});

test('a word of code is found whole and by its parts', () => {
  for (const query of ['ksys_close', 'KSYS_CLOSE']) assert.deepEqual(found(query), ['0'], query);
  assert.deepEqual(found('ksys').sort(), ['0', '2']);
  assert.deepEqual(found('export'), ['2']);
});

test('a hit shows its words around the first match, cut into pieces that are marked', () => {
  const [hit] = find('ksys_write');
  assert.match(hit!.snippet, /^… .*Somebody will export ksys_write one day\.$/);
  assert.deepEqual(
    hit!.marked.filter(piece => piece.match),
    [{ text: 'ksys_write', match: true }],
  );
  assert.equal(hit!.marked.map(piece => piece.text).join(''), hit!.snippet);
  assert.equal(hit!.date, '2018-03-02');
});

test('a query that cannot be read is told in a sentence', () => {
  const message = 'There is no field called “colour”: a colon comes after subject, from, body.';
  assert.throws(() => find('colour:red'), new QueryError(message));
  for (const query of ['a^b', '~', 'word~', '+', 'word~3', 'word~9999', 'word~20'])
    assert.throws(() => find(query), QueryError, query);
});

test('the beginning of a text ends between words', () => {
  assert.equal(beginning('short  words\n\nhere '), 'short words here');
  const long = beginning('word '.repeat(400));
  assert.ok(long.endsWith('word …') && long.length <= 1202);
  assert.ok(beginning('x'.repeat(5000)).length <= 1202);
});
