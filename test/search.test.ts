import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { parseBody } from '../mail/body.ts';
import { diffNames } from '../site/search/diff-names.ts';
import { openSearch, type Search } from '../site/search/find.ts';
import { firstResults } from '../site/search/first-results.ts';
import { findInFull } from '../site/search/full.ts';
import { QueryError } from '../site/search/lunr.ts';
import type { SearchDocument } from '../site/search/prepare.ts';
import { oneLine } from '../site/search/records.ts';
import { wholeResults } from '../site/search/results.ts';
import { sha1 } from '../site/search/sha1.ts';
import { snippet } from '../site/search/snippet.ts';
import { archiveQuery, searchResults } from '../templates/search-results.ts';
import { runs } from './support/property.ts';
import { type HeldIndex, heldIndex, readHeld, searchDocument } from './support/search-index.ts';

const NOW = Date.UTC(2018, 2, 14, 12);
const day = (number: number) => Date.UTC(2018, 2, number) / 1000;
const MAILS: readonly SearchDocument[] = [
  searchDocument({
    id: '0',
    received: day(1),
    subject: 'Remove calls of sys_close()',
    from: 'Oda Vinterhal',
    files: 'arch/x86/entry/common.c do_syscall_64',
    body: 'The entry point belongs to user space; ksys_close() is what the kernel calls. See CVE-2020-1234 in v5.9-rc1.',
  }),
  searchDocument({
    id: '1',
    received: day(5),
    subject: 'A machine in the cellar',
    from: 'Anselm Quillfeather',
    body: 'It boots, and the fans were replaced. The mm: prefix is wrong here.',
  }),
  searchDocument({
    id: '2',
    received: day(12),
    subject: 'Remove calls of sys_close()',
    from: 'Rhea Castellane',
    body: `${'One more word before the point. '.repeat(12)}Somebody will export ksys_write one day.`,
  }),
  searchDocument({
    id: '3',
    received: day(14),
    subject: 'Über Strauß',
    from: 'Émile Привет',
    body: 'Hello, (Привет), 日本語!',
  }),
];

/** The mails as parts of threads: 0 and 2 of one, which has a document of its own. */
const THREADED: readonly SearchDocument[] = [
  ...MAILS.map(one => {
    const [list, kind, thread] = (
      {
        '0': ['larch', 'patch', 'a'],
        '1': ['birch', 'reply', 'b'],
        '2': ['larch', 'reply', 'a'],
        '3': ['larch', 'cover', 'c'],
      } as const
    )[one.key.id as '0' | '1' | '2' | '3'];
    return {
      ...one,
      fact: { ...one.fact, lists: [list], kinds: ['message', kind], thread },
      record: { ...one.record, thread: `larch/${thread}/T/` },
    };
  }),
  threadDocument('a', '0', day(12), 'applied', ['boot']),
  threadDocument('b', '1', day(5), 'no-reply', []),
];

function threadDocument(
  thread: string,
  id: string,
  received: number,
  status: string,
  topics: readonly string[],
): SearchDocument {
  const title = MAILS[Number(id)]!.texts.subject;
  return {
    key: { kind: 'thread', received, id },
    texts: { subject: title, from: '', files: '', body: '' },
    fact: { received, author: '', thread, lists: ['larch'], kinds: ['thread'], status, topics },
    record: {
      ...searchDocument({ id, received, subject: title }).record,
      kind: 'thread',
      thread: `larch/${thread}/T/`,
    },
  };
}

async function opened(held: HeldIndex): Promise<Search> {
  const read = readHeld(held);
  return openSearch(await read('root.bin'), read, async () => findInFull);
}

const held = heldIndex(MAILS);
const held2 = heldIndex(THREADED);

/** The ids of what a query finds, best first; a thread's with a T behind. */
async function found(query: string, index = held2): Promise<readonly string[]> {
  const search = await opened(index);
  const { ranked } = await search.find(query, NOW);
  return (await search.hits(ranked)).map(hit => (hit.kind === 'thread' ? `${hit.message}T` : hit.message));
}

test('words are found in any form, in a field, asked for and left out', async () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['cellar', ['1']],
    ['boot', ['1']],
    ['replacing', ['1']],
    ['from:rhea', ['2']],
    ['f:rhea', ['2']],
    ['subject:cellar', ['1']],
    ['s:cellar', ['1']],
    ['body:cellar', []],
    ['nq:cellar', []],
    ['+remove -from:rhea', ['0']],
    ['quill*', ['1']],
    ['entr*', ['0']],
    ['cellra~1', ['1']],
    ['привет', ['3']],
    ['日本語', ['3']],
    ['from:Émile', ['3']],
    ['über', ['3']],
    ['+the +entry', ['0']],
    ['mm: prefix', ['1']],
    ['', []],
    ['   ', []],
  ];
  for (const [query, wanted] of table) assert.deepEqual(await found(query, held), wanted, query);
});

test('a word of code is found whole and by its parts', async () => {
  for (const query of [
    'ksys_close',
    'KSYS_CLOSE',
    'ksys_close()',
    'CVE-2020-1234',
    'cve',
    'v5.9-rc1',
    'v5.9',
    'rc1',
  ])
    assert.deepEqual(await found(query, held), ['0'], query);
  for (const query of [
    'x86/entry',
    'dfn:x86/entry',
    'dfn:common.c',
    'arch/x86/entry',
    'entry/common.c',
    'dfn:do_syscall_64',
  ])
    assert.deepEqual(await found(query, held), ['0'], query);
  assert.deepEqual([...(await found('ksys', held))].sort(), ['0', '2']);
  assert.deepEqual(await found('export', held), ['2']);
  assert.deepEqual(await found('dfn:arch/arm/entry', held), []);
});

test('words in quotation marks are found as they stand there', async () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['"user space"', ['0']],
    ['"space user"', []],
    ['"the fans were replaced"', ['1']],
    ['"the fans were replacing"', []],
    ['"kernel calls. See"', ['0']],
    ['s:"machine in the cellar"', ['1']],
    ['nq:"machine in the cellar"', []],
    ['f:"Oda Vinterhal"', ['0']],
    ['f:"Vinterhal Oda"', []],
    ['remove -"user space"', ['2']],
    ['"unclosed words', []],
    ['"more word before', ['2']],
  ];
  for (const [query, wanted] of table) assert.deepEqual(await found(query, held), wanted, query);
});

test('filters narrow what was found, and find by themselves, the newest first', async () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['is:patch', ['0']],
    ['is:patch,reply', ['2', '1', '0']],
    ['is:patch is:reply', ['2', '1', '0']],
    ['is:thread', ['0T', '1T']],
    ['is:message -is:reply', ['3', '0']],
    ['l:birch', ['1']],
    ['topic:boot', ['0T', '2', '0']],
    ['status:applied is:message', ['2', '0']],
    ['status:no-reply is:message', ['1']],
    ['remove is:reply', ['2']],
    ['d:2018-03-05', ['1T', '1']],
    ['d:2018-03-02..2018-03-12 is:message', ['2', '1']],
    ['d:..2018-02', []],
    ['d:2018-03-06.. is:message', ['3', '2']],
    ['d:"last week" is:message', ['1']],
    ['d:last.week.. is:message', ['3', '2', '1']],
    ['d:this-week is:message', ['3', '2']],
    ['d:2.days.ago is:message', ['2']],
    ['is:message -d:2018-03-05..', ['0']],
    ['s:remove d:20180301', ['0']],
  ];
  for (const [query, wanted] of table) assert.deepEqual(await found(query), wanted, query);
});

test('a public-inbox is asked what it knows alone', () => {
  for (const [query, asked] of [
    ['sys_close f:"Oda Vinterhal"', 'sys_close f:"Oda Vinterhal"'],
    ['is:patch,cover cellar -status:applied topic:"a b"', 'cellar'],
    ['d:2018-12 cellar', 'd:2018-12-01..2019-01-01 cellar'],
    ['cellar -d:2018', 'cellar -d:2018-01-01..2019-01-01'],
    ['d:2018-03.. cellar d:last.week', 'd:2018-03.. cellar d:last.week'],
    ['this:is:no fis:h', 'this:is:no fis:h'],
  ] as const)
    assert.equal(archiveQuery(query), asked);
});

test('a query that cannot be read is told in a sentence', async () => {
  const table: readonly (readonly [string, RegExp])[] = [
    [
      'colour:red',
      /^There is no field called “colour”: a colon comes after s, f, nq, dfn, d, l, is, topic, status\./,
    ],
    ['+', /^A \+ or - stands directly before a word\.$/],
    ['word~', /^After ~ stands how many letters may differ: 1 or 2\.$/],
    ['word^x', /^After \^ stands a whole number, how many times the word counts\.$/],
    ['s:+read', /^“\+” cannot be read there: a word comes behind \+, - and :/],
    ['topic:x', /^Nothing here has a topic: leave topic:x out\.$/],
    ['word~3', /^After ~ stands how many letters may differ: 1 or 2\.$/],
    ['is:letter', /^There is no is:letter here; after is: stands message, patch, cover, reply/],
    ['l:oak', /^There is no l:oak here; after l: stands birch, larch\.$/],
    ['d:soon', /^“soon” is no time: write d:2018-03, /],
    ['d:2018-02-31', /is no time/],
    ['d:..', /is no time/],
    ['the', /^“the” stands in nearly every text: add a word that tells more\.$/],
    ['"to the"', /^“to the” stands in nearly every text/],
  ];
  const search = await opened(held);
  for (const [query, sentence] of table) {
    await assert.rejects(search.find(query, NOW), error => {
      assert.ok(error instanceof QueryError, query);
      assert.match(error.message, sentence);
      return true;
    });
  }
  for (const query of ['a^b', '~', 'word~', '-', 'word~9999', 'word~20', 's:~1'])
    await assert.rejects(search.find(query, NOW), QueryError, query);
});

test('whatever is typed is a query or a sentence', async () => {
  const search = await opened(held2);
  const typed = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'ab"+-:*~^\\ \'1.d/s'), maxLength: 15 }),
  );
  await fc.assert(
    fc.asyncProperty(typed, async text => {
      try {
        const result = await search.find(text, NOW);
        await search.hits(result.ranked);
      } catch (error) {
        assert.ok(error instanceof QueryError, String(error));
      }
    }),
    runs(500),
  );
});

test('results come by thread, with counts to narrow them by', async () => {
  const search = await opened(held2);
  const ask = await search.find('sys_close is:message', NOW);
  assert.equal((await firstResults(search, ask)).length, 1);
  const { counts, groups } = await wholeResults(search, ask);
  assert.deepEqual(
    groups.map(({ hits, more }) => [hits.map(({ message }) => message).sort(), more]),
    [[['0', '2'], 0]],
  );
  assert.equal(counts.messages, 2);
  assert.deepEqual(
    counts.facets.map(({ name, values }) => [
      name,
      values.map(({ value, messages }) => `${value} ${messages}`),
    ]),
    [
      ['is', ['patch 1', 'reply 1']],
      ['f', ['Oda Vinterhal 1', 'Rhea Castellane 1']],
      ['l', ['larch 2']],
      ['topic', ['boot 2']],
      ['status', ['applied 2']],
    ],
  );
  assert.deepEqual(counts.bars, [{ span: '2018-03', messages: 2 }]);
});

test('below a thread’s title stands how it ended, how much of it was found, and from when it is', async () => {
  const search = await opened(held2);
  const linesOf = async (query: string) => {
    const view = { ...(await wholeResults(search, await search.find(query, NOW))), query, archives: [] };
    return [...String(searchResults(view)).matchAll(/<\/h3>\s*(<p class="meta">.*?<\/p>)/g)].map(
      ([, line]) => line,
    );
  };
  assert.deepEqual(await linesOf('entry'), [
    '<p class="meta"><span class="st st-merged">Applied</span> &ensp;<span class="nb">1 of 2 messages match</span> &ensp;<span class="nb">1 to 12 March 2018</span></p>',
  ]);
  assert.deepEqual(await linesOf('sys_close'), [
    '<p class="meta"><span class="st st-merged">Applied</span> &ensp;<span class="nb">all 2 messages match</span> &ensp;<span class="nb">1 to 12 March 2018</span></p>',
  ]);
  assert.deepEqual(await linesOf('cellar'), [
    '<p class="meta"><span class="st st-quiet">No reply</span> &ensp;<span class="nb">1 message</span> &ensp;<span class="nb">5 March 2018</span></p>',
  ]);
  // Its own document is not there.
  assert.deepEqual(await linesOf('日本語'), [
    '<p class="meta"><span class="nb">1 message</span> &ensp;<span class="nb">14 March 2018</span></p>',
  ]);
});

test('what is missing or damaged is named, and the rest is searched', async () => {
  const many = Array.from({ length: 600 }, (_, number) =>
    searchDocument({
      id: `${number}@example.org`,
      received: day(1) + number,
      subject: `word number${number}`,
      body: 'read',
    }),
  );
  const whole = heldIndex(many);
  assert.ok(whole.root.levels.length > 1, 'several levels');
  const all = (await found('word', whole)).length;
  assert.equal(all, 600);
  const [level] = whole.root.levels;
  const paths = [...whole.files.keys()].filter(path => path.startsWith(`${level!.name}/t`));
  for (const path of paths) whole.files.delete(path);
  const search = await opened(whole);
  const rest = await search.find('word', NOW);
  assert.equal(rest.ranked.length, 600 - level!.documents);
  assert.equal(search.missing().length, 1);
  assert.ok(paths.includes(search.missing()[0]!));
  const damaged = heldIndex(many);
  for (const [path, bytes] of damaged.files)
    if (/\/[tr]0/.test(path))
      damaged.files.set(
        path,
        bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 0x10 : byte)),
      );
  const other = await opened(damaged);
  await other.hits((await other.find('number7', NOW)).ranked);
  assert.ok(other.missing().length > 0);
});

test('a hit shows the sentence around the first word that matched, and where in its thread it stands', async () => {
  const search = await opened(held);
  const { ranked } = await search.find('ksys_write', NOW);
  const [hit] = await search.hits(ranked);
  assert.equal(hit!.snippet, '… Somebody will export ksys_write one day.');
  assert.deepEqual(
    hit!.marked.filter(piece => piece.match),
    [{ text: 'ksys_write', match: true }],
  );
  assert.equal(hit!.date, '2018-03-12');
  assert.equal(hit!.url, `/larch/2/T/#m${createHash('sha1').update('2').digest('hex')}`);
});

test('sections of issues come before the mail, whatever the scores', async () => {
  const section = searchDocument({
    id: '1/cellar',
    received: day(20),
    subject: 'What was in it',
    body: 'A cellar.',
  });
  const search = await opened(
    heldIndex([
      ...THREADED,
      {
        ...section,
        key: { ...section.key, kind: 'section' },
        fact: { ...section.fact, kinds: ['issue'] },
        record: { ...section.record, kind: 'section' },
      },
    ]),
  );
  const ask = await search.find('cellar', NOW);
  const { groups, counts } = await wholeResults(search, ask);
  assert.deepEqual([counts.sections, counts.messages, counts.threads], [1, 1, 1]);
  assert.equal(groups[0]!.hits[0]!.kind, 'section');
  assert.equal((await firstResults(search, ask))[0]!.hits[0]!.title, 'What was in it');
});

test('below a thread’s title stand the issues that tell of it, the oldest first', async () => {
  const sections = [12, 2].map((issue, at) => {
    const section = searchDocument({
      id: `${issue}/boots`,
      received: day(20 - at),
      subject: `${issue}`,
      body: 'x',
    });
    return {
      ...section,
      key: { ...section.key, kind: 'section' },
      fact: { ...section.fact, thread: `issues/${issue}/#boots`, kinds: ['issue'], tells: 'b' },
      record: { ...section.record, kind: 'section' },
    } as const;
  });
  const search = await opened(heldIndex([...THREADED, ...sections]));
  const view = { ...(await wholeResults(search, await search.find('cellar', NOW))), query: '', archives: [] };
  assert.match(
    String(searchResults(view)),
    /5 March 2018<\/span>, told in <a href="\/issues\/2\/#boots">issue 2<\/a>, <a href="\/issues\/12\/#boots">issue 12<\/a><\/p>/,
  );
});

test('the pieces of a snippet are words of the text in order, whatever matches', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab. (é'), maxLength: 600 }),
      fc.string({ unit: fc.constantFrom(...'ab'), minLength: 1, maxLength: 3 }),
      (text, word) => {
        const line = oneLine(text);
        const shown = snippet(line, one => one.includes(word))
          .map(piece => piece.text)
          .join('');
        assert.ok(line.includes(shown.replace(/^… /, '').replace(/ …$/, '')), shown);
      },
    ),
    runs(),
  );
});

test('anchors are the SHA-1 that the pages have', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      assert.equal(sha1(text), createHash('sha1').update(text, 'utf8').digest('hex'));
    }),
    runs(),
  );
});

test('of a diff the names of files and functions are indexed', () => {
  const blocks = parseBody(
    [
      'Words.',
      'diff --git a/fs/open.c b/fs/open.c',
      '--- a/fs/open.c',
      '+++ b/fs/open.c',
      '@@ -1,2 +1,2 @@ static long do_open(int fd)',
      '-old_call();',
      '+new_call();',
      '',
    ].join('\n'),
  );
  assert.equal(diffNames(blocks), 'fs/open.c do_open');
});

test('lines and rows of marks that divide a text are not among its words on one line', () => {
  for (const [text, line] of [
    ['Add the missing one.\n---\nv2: later', 'Add the missing one. v2: later'],
    ['Results\n=======\n\n  = = = =\n| a | b |\n|---|---|\n+---+---+', 'Results | a | b |'],
    ['==== Results ====\nnone', 'Results none'],
    // What somebody says with marks stays.
    [
      'if (a === b) i++; -- or --- as they say\n- one\n* two\n...',
      'if (a === b) i++; -- or --- as they say - one * two ...',
    ],
    ['-----BEGIN PGP MESSAGE-----', '-----BEGIN PGP MESSAGE-----'],
  ] as const)
    assert.equal(oneLine(text), line);
});

test('a line of a hundred thousand marks is read as any other', () => {
  for (const part of ['- ', '----x ', '=', '-\n \n']) assert.ok(oneLine(part.repeat(200_000)).length <= 4002);
});

test('a very long text is cut between words', () => {
  assert.equal(oneLine('short  words\n\nhere '), 'short words here');
  const long = oneLine('word '.repeat(20_000));
  assert.ok(long.endsWith('word …') && long.length <= 4002);
  assert.ok(oneLine('x'.repeat(90_000)).length <= 4002);
});
