import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { parseBody } from '../mail/body.ts';
import { NO_MAILMAP } from '../mail/mailmap.ts';
import { type HeaderFacts, headerFacts } from '../mail/message.ts';
import type { MessageId } from '../mail/message-id.ts';
import { personOf } from '../mail/people.ts';
import { type Changelog, changelog } from '../mail/series/changelog.ts';
import { versionLabel } from '../mail/series/patch-mark.ts';
import type { Mailed, PatchSet } from '../mail/series/patch-set.ts';
import { isAnswerOnly, likelyAnswers, markedIn } from '../mail/series/patches.ts';
import { patchSets } from '../mail/series/postings.ts';
import type { VersionLink } from '../mail/series/version-links.ts';
import { findSeries, type Series } from '../mail/series.ts';
import { buildThreads } from '../mail/thread.ts';
import { corporaFolder, NO_CORPORA } from './support/corpora.ts';
import { mail } from './support/mails.ts';
import { runs } from './support/property.ts';
import { mailsInMbox } from './support/thread-facts.ts';

const CASES = new URL('fixtures/series/', import.meta.url);

interface Mail {
  readonly facts: HeaderFacts;
  /** The body as it stands: the fixtures are plain text. */
  readonly text: string;
}

function setsOf(mails: readonly Mail[]): readonly PatchSet<HeaderFacts>[] {
  const threads = buildThreads(mails.map(({ facts }) => facts));
  const texts = new Map(mails.map(({ facts, text }) => [facts.id, text]));
  const marked = markedIn(threads);
  const answers = likelyAnswers(marked).filter(({ id }) => isAnswerOnly(parseBody(texts.get(id)!)));
  return patchSets(marked, ({ from }) => personOf(from, NO_MAILMAP), new Set(answers.map(({ id }) => id)));
}

function seriesOf(mails: readonly Mail[]): readonly Series<HeaderFacts>[] {
  const sets = setsOf(mails);
  const texts = new Map(mails.map(({ facts, text }) => [facts.id, text]));
  const changelogs = new Map<MessageId, Changelog>(
    sets.map(({ head, mark }) => [head.message.id, changelog(texts.get(head.message.id)!, mark.version[0])]),
  );
  return findSeries(sets, changelogs).series;
}

/** Series as text: a line for each, under it one for each version. */
function drawn(all: readonly Series<HeaderFacts>[]): string {
  return all
    .flatMap(({ versions, possible, absent }) => [
      `${versions[0]!.set.head.subject.title}, by ${versions[0]!.set.head.author.name}`,
      ...(possible ? [`  beside: ${linked(possible)}`] : []),
      ...absent.map(({ version, named }) => `  v${version} is not here${named ? `: ${named.id}` : ''}`),
      ...versions.map(({ set, state, by, link }) => {
        const became = by ? `${state}: ${versionLabel(by.mark)}` : state;
        const size = `${set.cover ? 'cover, ' : ''}${set.patches.length} of ${set.total}`;
        return `  ${versionLabel(set.mark)} (${size}) ${became}${link ? `; ${linked(link)}` : ''}`;
      }),
    ])
    .map(line => `${line}\n`)
    .join('');
}

function linked({ kind, confidence, to, evidence }: VersionLink<HeaderFacts>): string {
  const why = evidence.map(one =>
    one.shared
      ? `${one.shared.count}/${one.shared.of} ${one.kind === 'similar' ? 'words' : one.kind}`
      : one.kind,
  );
  return `${confidence} ${kind} after ${versionLabel(to.mark)}: ${why.join(', ')}`;
}

for (const name of fs.readdirSync(CASES)) {
  const expected = fs.readFileSync(new URL(`${name}/expected.txt`, CASES), 'utf8');
  test(`series, ${name}: ${/^# (.*)/.exec(expected)?.[1]}`, async () => {
    const raws = await mailsInMbox(new URL(`${name}/mail.mbox`, CASES));
    const mails = raws.map(raw => ({
      facts: headerFacts(raw),
      text: raw.toString('utf8').replace(/^.*?\n\n/s, ''),
    }));
    const wanted = expected.slice(expected.indexOf('\n') + 1);
    assert.equal(drawn(seriesOf(mails)), wanted);
    assert.equal(drawn(seriesOf(mails.toReversed())), wanted);
  });
}

const tags = ['PATCH', 'PATCH v2', 'RFC PATCH', 'PATCH v2.1', 'RESEND PATCH', 'GIT PULL'];
const places = ['', ' 0/2', ' 1/2', ' 2/2', ' 1/3'];
const subjects = fc
  .tuple(fc.constantFrom(...tags), fc.constantFrom(...places), fc.constantFrom('count all files', 'fixes'))
  .map(([tag, place, title]) => `[${tag}${place}] ${title}`);

/** Up to twelve patches of two people that answer each other at random. */
const mailings = fc
  .array(fc.record({ subject: subjects, parent: fc.nat(14), person: fc.nat(1), hours: fc.nat(3000) }), {
    maxLength: 12,
  })
  .map(list =>
    list.map(({ subject, parent, person, hours }, index): Mail => {
      const raw = mail({
        id: `${index}@example.org`,
        subject,
        from: ['Ada Birch <ada@example.org>', 'Ben Cedar <ben@example.net>'][person]!,
        date: new Date((1520000000 + hours * 3600) * 1000).toUTCString(),
        headers: parent < index ? [`References: <${parent}@example.org>`] : [],
      });
      return { facts: headerFacts(raw), text: '' };
    }),
  );

test('every patch is in one set, every set in one series, in any order of input; links lead back in time', () => {
  fc.assert(
    fc.property(mailings, mails => {
      const series = seriesOf(mails);
      const sets = series.flatMap(({ versions }) => versions.map(({ set }) => set));
      const ids = sets.flatMap(set => set.all.map(({ message }) => message.id));
      assert.deepEqual(ids.sort(), mails.map(({ facts }) => facts.id).sort());
      for (const { versions } of series)
        for (const [index, { set, link }] of versions.entries()) {
          assert.equal(link === undefined, index === 0);
          if (link) assert.ok(link.to.first <= set.first && versions.some(one => one.set === link.to));
        }
      assert.equal(drawn(seriesOf(mails.toReversed())), drawn(series));
    }),
    runs(),
  );
});

test('ten thousand patches with one title take no longer than their number', () => {
  const mails = Array.from({ length: 10_000 }, (_, index) => ({
    facts: headerFacts(
      mail({ id: `${index}@example.org`, subject: `[PATCH v${index % 90}] count all files`, headers: [] }),
    ),
    text: '',
  }));
  assert.equal(seriesOf(mails).flatMap(({ versions }) => versions).length, 10_000);
});

test('nine thousand copies of one patch, and a series of as many patches without references, are put together', () => {
  const one = (index: number, place: string): Mail => ({
    facts: headerFacts(mail({ id: `${index}@example.org`, subject: `[PATCH ${place}] count all files` })),
    text: '',
  });
  const numbers = Array.from({ length: 9000 }, (_, index) => index);
  assert.equal(setsOf(numbers.map(index => one(index, '1/2'))).length, 9000);
  assert.equal(setsOf(numbers.map(index => one(index, `${index}/9000`))).length, 1);
});

test('one patch that is sent again two hundred thousand times in its thread is one set', () => {
  const one = (index: number): Mailed => ({
    id: `${index}@example.org` as MessageId,
    references: index === 0 ? [] : ['0@example.org' as MessageId],
    received: 1520000000 + index,
    subject: `[${index === 0 ? '' : 'RESEND '}PATCH 1/2] count all files`,
  });
  const threads = buildThreads(Array.from({ length: 200_000 }, (_, index) => one(index)));
  const sets = patchSets(markedIn(threads), () => ({ key: 'ada@example.org', name: 'Ada Birch' }));
  assert.deepEqual(
    sets.map(({ all, patches, total }) => [all.length, patches.length, total]),
    [[200_000, 1, 2]],
  );
});

/** Collections of real mail: patch sets, cover letters, and versions that were linked, at least. */
const CORPORA: Readonly<Record<string, readonly [sets: number, covers: number, linked: number]>> = {
  'linux-um.mbox.gz': [249, 61, 85],
  'linux-arch-2020-q1.mbox.gz': [118, 70, 47],
};

for (const [name, [sets, covers, links]] of Object.entries(CORPORA)) {
  test(`the series of the collection ${name}`, { skip: NO_CORPORA }, async () => {
    const raws = await mailsInMbox(`${corporaFolder()}/${name}`);
    const series = seriesOf(
      raws.map(raw => ({ facts: headerFacts(raw), text: raw.toString('utf8').replace(/^.*?\n\n/s, '') })),
    );
    const versions = series.flatMap(one => one.versions);
    assert.deepEqual([versions.length, versions.filter(({ set }) => set.cover).length], [sets, covers]);
    const found = versions.filter(({ link }) => link).length;
    assert.ok(found >= links, `${found} versions were linked`);
  });
}
