import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { plainClauses } from '../site/search/clauses.ts';
import { createAnalysis } from '../site/search/lunr.ts';
import { openLunrIndex } from '../site/search/lunr-index.ts';
import { readClauses } from '../site/search/lunr-query.ts';
import { readQuery } from '../site/search/query.ts';
import { runs } from './support/property.ts';
import { heldIndex, type Mail, readHeld, searchDocument, wholeIndex } from './support/search-index.ts';

// The contract of the search: for any query the same documents, scores and order as one lunr index over everything.

/** Few words, so that queries find something; kin of each other, so that wildcards and ~ do. */
const WORDS = [
  ...'read reads reading lead bread readable sys_read ksys_read __x64_sys_read sys_write write wrote'.split(
    ' ',
  ),
  ...'arch/x86/entry/common.c x86/entry fs/read_write.c CVE-2020-1234 v5.9-rc1 v5.9 in-kernel kernel'.split(
    ' ',
  ),
  ...'the a of 1 2 10 0x1f é über Strauß 日本語 привет 😀 x😀y __proto__ constructor a.b.c (call) foo(bar) *'.split(
    ' ',
  ),
];
const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'abcr_/-.'), minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
);
const text = (most: number) => fc.array(word, { maxLength: most }).map(words => words.join(' '));
const mail = fc.record({
  id: fc.nat(1e6).map(number => `${number}@example.org`),
  received: fc.integer({ min: 1_500_000_000, max: 1_500_000_300 }),
  subject: text(5),
  from: text(2),
  files: text(2),
  body: text(30),
});
const mails = (most: number) =>
  fc.uniqueArray(mail, { selector: ({ id }) => id, minLength: 1, maxLength: most });

const bare = fc.constantFrom(...WORDS).filter(one => !/[*:]/.test(one));
const term = fc.oneof(
  { weight: 6, arbitrary: bare },
  { weight: 2, arbitrary: bare.map(one => `${one.slice(0, 3)}*`) },
  { weight: 1, arbitrary: bare.map(one => `*${one.slice(-3)}`) },
  { weight: 1, arbitrary: bare.map(one => `${one[0]}*${one.at(-1)}`) },
  { weight: 1, arbitrary: bare.map(one => `*${one.slice(1, 3)}*`) },
  { weight: 1, arbitrary: fc.constantFrom('*', '**', 'r*a*', '*é*') },
  {
    weight: 2,
    arbitrary: fc.tuple(bare, fc.integer({ min: 0, max: 2 })).map(([one, edits]) => `${one}~${edits}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('r*ad~1', 'raed~1', 'ead~1', 'x~1', 'sys_raed~1', 'absent', 'zzz*'),
  },
);
const clause = fc
  .record({
    sign: fc.constantFrom('', '', '', '+', '-'),
    field: fc.constantFrom('', '', '', 'subject:', 'from:', 'files:', 'body:'),
    term,
    boost: fc.constantFrom('', '', '', '^2', '^10', '^0'),
  })
  .map(({ sign, field, term, boost }) => `${sign}${field}${term}${boost}`);
const query = fc.array(clause, { minLength: 1, maxLength: 4 }).map(clauses => clauses.join(' '));

const analysis = createAnalysis('en');
let compared = 0;

async function sameAsWhole(documents: readonly Mail[], queries: readonly string[]): Promise<void> {
  const all = documents.map(searchDocument);
  const whole = wholeIndex(all);
  const held = heldIndex(all);
  const index = openLunrIndex(held.root, readHeld(held));
  for (const one of queries) {
    const found = await index.rank(readClauses(analysis, one));
    assert.deepEqual(
      found.map(({ document, score }) => ({ document, score })),
      whole(one),
      one,
    );
    compared++;
  }
  assert.deepEqual(index.missing(), []);
}

test('any query finds what one lunr index over everything finds, with the same scores in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(mails(40), fc.array(query, { minLength: 1, maxLength: 10 }), sameAsWhole),
    runs(150),
  );
});

test('a query of words alone is read by itself as lunr reads it', () => {
  const names = { list: [], topic: [], status: [] };
  let plain = 0;
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), words => {
      const text = words.join(' ');
      const clauses = plainClauses(analysis, text);
      if (!clauses) return;
      plain++;
      const full = readQuery(text, 0, names, analysis.isCommon);
      assert.deepEqual(
        clauses.map(clause => ({ ...clause, matching: clause.matching(WORDS) })),
        readClauses(analysis, full.lunr).map(clause => ({ ...clause, matching: clause.matching(WORDS) })),
      );
      assert.deepEqual(full.phrases, []);
    }),
    runs(1000),
  );
  assert.ok(plain > 100);
});

test('the same over several levels, and over terms that fill more than one file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1e6 }),
      fc.array(mail, { minLength: 5, maxLength: 30 }),
      fc.array(query, { minLength: 20, maxLength: 40 }),
      async (seed, patterns, queries) => {
        const many = Array.from({ length: 1500 }, (_, number) => ({
          ...patterns[(number * 7 + seed) % patterns.length]!,
          id: `${seed}.${number}@example.org`,
          received: 1_500_000_000 + ((number * 7919) % 1500),
          from: `person${number % 300} ${number}`,
        }));
        await sameAsWhole(many, queries);
      },
    ),
    runs(5),
  );
});

test('a term that more documents have than one run of a file holds', async () => {
  const many = Array.from({ length: 20_000 }, (_, number) => ({
    id: `${number}@example.net`,
    received: 1_500_000_000 + number,
    subject: number % 3 === 0 ? 'read' : 'write',
    body: `${'read '.repeat((number % 5) + 1)} ${number % 2 ? 'read_write' : 'w'}`,
  }));
  await sameAsWhole(many, ['read', '+read -subject:write', 'read_wr*', '-read', 'subject:read raed~1 w']);
});

test.after(() => {
  console.log(`${compared} queries were compared with one lunr index over everything`);
});
