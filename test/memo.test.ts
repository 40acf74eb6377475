import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import type { Archive } from '../ingest/archive/archive.ts';
import { readDoubts } from '../ingest/doubts.ts';
import { readMail } from '../ingest/reading.ts';
import { readSeries } from '../ingest/series.ts';
import { type Memo, NO_MEMO } from '../mail/memo.ts';
import { headerFacts } from '../mail/message.ts';
import type { Publication } from '../publication/folder.ts';
import { loadSite } from '../site/model.ts';
import { emptyArchive, store, tamper } from './support/archives.ts';
import { keptAsText } from './support/kept.ts';
import { LONG_MAILS } from './support/long-thread.ts';
import { runs } from './support/property.ts';
import { filledPublication } from './support/publication.ts';
import { mailsInMbox } from './support/thread-facts.ts';

/** The mails of each invented case of doubts and of series. */
const CASES: (readonly Buffer[])[] = [];
for (const kind of ['doubts', 'series']) {
  const folder = new URL(`fixtures/${kind}/`, import.meta.url);
  for (const name of fs.readdirSync(folder))
    CASES.push(await mailsInMbox(new URL(`${name}/mail.mbox`, folder)));
}

/** What an archive's series and doubts are, as data without the messages themselves. */
async function told(archive: Archive, publication: Publication, memo: Memo) {
  const reading = readMail(archive, publication);
  const { series } = await readSeries(archive, reading, memo);
  const { doubts } = await readDoubts(archive, reading, memo);
  return {
    series: series.map(({ versions, absent, possible }) => ({
      versions: versions.map(({ set, state, link, changelog }) => ({
        head: set.head.message.id,
        state,
        follows: link && [link.to.head.message.id, link.kind, link.confidence, link.evidence],
        changelog,
      })),
      absent,
      beside: possible?.to.head.message.id,
    })),
    doubts: doubts.map(doubt => ({ ...doubt, message: doubt.message.id, other: doubt.other.id })),
  };
}

test('of many things those that are not known are found together, once', async () => {
  const { memo, size } = keptAsText();
  const asked: (readonly number[])[] = [];
  const squares = (items: readonly number[]) =>
    memo.ofEach(
      items,
      item => ['square', String(item)],
      async unknown => {
        asked.push(unknown);
        return unknown.map(item => item * item);
      },
    );
  assert.deepEqual(await squares([1, 2, 3]), [1, 4, 9]);
  assert.deepEqual(await squares([4, 3, 2, 5]), [16, 9, 4, 25]);
  assert.deepEqual(await squares([5, 1]), [25, 1]);
  assert.deepEqual(asked, [
    [1, 2, 3],
    [4, 5],
  ]);
  assert.equal(await memo.of(['square', '2'], () => assert.fail('it is known')), 4);
  assert.equal(await memo.of(['cube', '2'], () => 8), 8);
  assert.equal(size(), 6);
});

test('what is remembered makes no difference, whatever mail comes in whatever order', async context => {
  const publication = await filledPublication(context, []);
  const cases = fc.uniqueArray(fc.nat(CASES.length - 1), { minLength: 2, maxLength: 5 });
  const mails = cases
    .map(numbers => numbers.flatMap(number => CASES[number]!))
    .chain(all => fc.shuffledSubarray(all, { minLength: all.length }));
  await fc.assert(
    fc.asyncProperty(mails, fc.integer({ min: 1, max: 6 }), async (all, steps) => {
      const { archive } = emptyArchive(context);
      const { memo } = keptAsText();
      const size = Math.ceil(all.length / steps);
      for (let start = 0; start < all.length; start += size) {
        store(archive, all.slice(start, start + size), { mailbox: `from ${start}` });
        assert.deepEqual(await told(archive, publication, memo), await told(archive, publication, NO_MEMO));
      }
    }),
    runs(40),
  );
});

test('no body is read of mail that was read before', async context => {
  const publication = await filledPublication(context, []);
  const { archive, file } = emptyArchive(context);
  const { memo, size } = keptAsText();
  store(archive, [...CASES.flat(), ...LONG_MAILS]);
  const parts = { doubts: true, memo };
  const before = await loadSite(archive, publication, parts);
  const known = size();
  // From now on a body that is read is an error.
  tamper(file, 'UPDATE raw SET bytes = zeroblob(1)');
  assert.throws(() => archive.text(before.messages[0]!.hash));
  const again = await loadSite(archive, publication, parts);
  assert.equal(size(), known);
  assert.ok(before.doubts.length > 0 && before.series.told.length > 0);
  assert.deepEqual(again.doubts, before.doubts);
  assert.deepEqual(again.series.told, before.series.told);
  const starts = ({ discussions }: typeof before) =>
    discussions.map(({ root, parts }) => [root, ...parts.map(part => part[0]!.number)]);
  assert.deepEqual(starts(again), starts(before));
  assert.ok(starts(again).some(([, ...parts]) => parts.length === 3));
});

test('a message that comes last makes nothing unknown that was known', async context => {
  const publication = await filledPublication(context, []);
  const { archive } = emptyArchive(context);
  const { memo, size } = keptAsText();
  store(archive, CASES.flat());
  await told(archive, publication, memo);
  const known = size();
  const last = Math.max(...readMail(archive, publication).messages.map(({ received }) => received));
  const date = new Date((last + 86_400) * 1000).toUTCString();
  const raw = Buffer.from(
    `From: Ada Lund <ada@example.org>\nSubject: News\nDate: ${date}\nMessage-ID: <last@example.org>\n\nWords.\n`,
  );
  assert.equal(headerFacts(raw).received, last + 86_400);
  store(archive, [raw], { mailbox: 'later' });
  await told(archive, publication, memo);
  assert.equal(size(), known);
});
